"""Take out of docs/spec/untested.yaml what something tests by now; print what is untested and not listed.

Usage: python docs/tools/untested.py

The list only shrinks by this; an entry is added by hand, with a reason.
"""

import sys

import yaml

from sitegen.cited import in_cases, in_tests
from sitegen.registry import SPEC, requirements

LIST = SPEC / "untested.yaml"
_HEAD = """\
# Requirements that want a case or a unit test and that nothing cites yet, each group with the reason.
# A check fails for a requirement that is neither cited nor listed, and for one that is both.
# `python docs/tools/untested.py` takes out what is cited by now.
"""


def main() -> int:
    """Run from the command line; 1 where something is neither cited nor listed."""
    wanted = {one.id for one in requirements() if one.test != "none"}
    uncovered = wanted - set(in_tests()) - set(in_cases())
    groups = yaml.safe_load(LIST.read_text("utf-8")) or []
    kept = [
        {"reason": group["reason"], "requirements": sorted(set(group["requirements"]) & uncovered)}
        for group in groups
    ]
    kept = [group for group in kept if group["requirements"]]
    LIST.write_text(_HEAD + yaml.safe_dump(kept, sort_keys=False, width=110), "utf-8")
    missing = sorted(uncovered - {number for group in kept for number in group["requirements"]})
    print("\n".join(missing) or "every untested requirement is listed")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())

"""Freeze the set of cases that each profile of a specification version needs (AWB-R-602).

Usage: python conformance/make_required.py

Run at a release of the suite, never in between: a case that came later counts for later suites only.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from awen_conformance import __version__, corpus  # noqa: E402 - the suite has to be importable first
from awen_conformance.claims import NEEDS, SPEC_VERSION  # noqa: E402 - the same


def main() -> None:
    """Write `required/<version>.json`."""
    profiles: defaultdict[str, list[str]] = defaultdict(list)
    digests: dict[str, str] = {}
    for case in corpus.load(HERE):
        profiles[case.profile].append(case.case_id)
        digests[case.case_id] = corpus.case_digest(case)
    frozen = {
        "spec_version": SPEC_VERSION,
        "suite_version": __version__,
        "profiles": {profile: profiles.get(profile, []) for profile in NEEDS},
        "sha256": digests,
    }
    target = HERE / "required" / f"{SPEC_VERSION}.json"
    target.write_text(json.dumps(frozen, indent=1) + "\n", encoding="utf-8")
    print(target.relative_to(HERE))


if __name__ == "__main__":
    main()

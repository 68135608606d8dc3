"""Run every check and write the papers of a delivery into a folder: nothing in them is typed by hand.

Usage: python docs/tools/delivery.py [--output dist/delivery]

SECTIONS.md, VERIFICATION.md, SIGN-OFF.md and manifest.json, beside the packages that were built, the test
results and the conformance reports that they are made from. Ends with 1 where something stands against it.
"""

import argparse
import shutil
import sys
from pathlib import Path

from delivering import papers
from delivering.coverage import sections
from delivering.facts import facts, text
from delivering.gates import conformance, recipes, run, tests
from sitegen.registry import ROOT
from sitegen.results import results as campaigns


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Check everything and write the papers of a delivery.")
    parser.add_argument("--output", type=Path, default=ROOT / "dist" / "delivery", help="the folder to write")
    folder: Path = parser.parse_args().output.resolve()
    shutil.rmtree(folder, ignore_errors=True)
    built = folder / "packages"
    built.mkdir(parents=True)
    gates = [run("build", [sys.executable, "-m", "hatchling", "build", "-d", str(built)]), *recipes()]
    suite, results = tests(folder)
    conforming = conformance(folder)
    found = papers.Findings(
        facts=facts(built),
        sections=sections(),
        gates=[*gates, suite, *(gate for gate, _ in conforming)],
        tests=results,
        conformance=[one for _, one in conforming],
        campaigns=campaigns(),
    )
    against = list(papers.objections(found))
    (folder / "SECTIONS.md").write_text(papers.sections(found.sections), "utf-8")
    (folder / "VERIFICATION.md").write_text(papers.verification(found), "utf-8")
    (folder / "SIGN-OFF.md").write_text(papers.sign_off(found), "utf-8")
    (folder / "manifest.json").write_text(text({**found.facts, "released": not against}), "utf-8")
    print("\n".join(against) or f"may be released; the papers are in {folder}")
    return int(bool(against))


if __name__ == "__main__":
    sys.exit(main())

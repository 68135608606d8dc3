"""Write MANIFEST.json, the digest of every file that a claim rests on, or with --check say what is stale.

Usage: python conformance/make_manifest.py [--check]
"""

import hashlib
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from awen_conformance import __version__, corpus  # noqa: E402 - the suite has to be importable first
from awen_conformance.claims import SPEC_VERSION  # noqa: E402 - the same

FOLDERS = ("cases", "golden", "required")
FILES = (
    "PROTOCOL.md",
    "VERSION",
    "plan.json",
    "one_sided.json",
    "coverage.json",
    "changes.json",
    "mutants.json",
)


def manifest() -> str:
    """The document: versions, the corpus's digest, and a digest for each file by its path."""
    paths = [HERE / name for name in FILES]
    for folder in FOLDERS:
        paths += corpus.files(HERE / folder)
    digests = {
        path.relative_to(HERE).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths
    }
    document = {
        "suite_version": __version__,
        "spec_version": SPEC_VERSION,
        "corpus_sha256": corpus.corpus_digest(HERE),
        "licence": {"cases": "CC0-1.0", "software": "Apache-2.0"},
        "files": dict(sorted(digests.items())),
    }
    return json.dumps(document, indent=1) + "\n"


def main() -> int:
    """Write, or check."""
    target, text = HERE / "MANIFEST.json", manifest()
    fresh = target.exists() and target.read_text(encoding="utf-8") == text
    if "--check" in sys.argv[1:]:
        if not fresh:
            print("stale  conformance/MANIFEST.json")
        return 0 if fresh else 1
    target.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

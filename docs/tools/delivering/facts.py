"""What is delivered: versions, counts and digests, read from the repository and from what was built."""

import hashlib
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from awen_conformance import __version__ as suite_version
from awen_conformance import corpus
from awen_ref import __version__
from awen_schema import SPEC_VERSION
from awen_schema.codes import CODES
from sitegen.registry import PAGES, ROOT, SPEC, requirements, schemas


def facts(built: Path) -> dict[str, Any]:
    """Everything that identifies a delivery.

    Args:
        built: The folder with the wheel and the source archive.
    """
    return {
        "versions": {"awen-ref": __version__, "specification": SPEC_VERSION, "suite": suite_version},
        "commit": _git("rev-parse", "HEAD"),
        "tree_clean": not _git("status", "--porcelain", "--untracked-files=no"),
        "specification": {page: _digest(SPEC / f"{page}.md") for page in PAGES},
        "corpus_sha256": corpus.corpus_digest(corpus.default_root()),
        "schemas_sha256": _digest_of_all(ROOT / "generated" / "json-schema"),
        "packages": {path.name: _digest(path) for path in sorted(built.iterdir())},
        "counts": {
            "requirements": len(requirements()),
            "codes": len(CODES),
            "schemas": len(schemas()),
            "cases": len(corpus.load(corpus.default_root())),
            "decisions": len(list((ROOT / "docs" / "adr").glob("[0-9]*.md"))),
        },
    }


def text(value: Mapping[str, Any]) -> str:
    """A document as it is delivered: sorted, so that two deliveries can be compared line by line."""
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607 - whichever git
    return done.stdout.strip()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _digest_of_all(folder: Path) -> str:
    """SHA-256 over the lines that `sha256sum` writes of every file, ascending by name."""
    lines = (f"{_digest(path)}  {path.name}\n" for path in sorted(folder.iterdir()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()

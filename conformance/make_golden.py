"""Write the golden bundles that every case of the corpus starts from.

Usage: python conformance/make_golden.py

They are made once, by the reference, and committed; their bytes are then the corpus's own, and stay as they
are when the reference comes to write descriptions otherwise. So only what is missing is made.
"""

import base64
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from awen_ref.bundle import Bundle  # noqa: E402 - the checkout has to be importable first
from tests import bundles  # noqa: E402 - the same

TEMPLATE_DATE = "2001-02-03T04:05:06+00:00"
"""Every date of the template is this one, so that a report can put its own in its place."""

SUITE = {"name": "awen-conform", "version": "0.0.0-template", "url": "https://w3id.org/awen/conformance"}


def tree_of(bundle: Bundle) -> dict[str, Mapping[str, str]]:
    """The bundle's files as a tree description."""
    return {path: _node(member.read()) for path, member in bundle.members.items()}


def _node(data: bytes) -> Mapping[str, str]:
    try:
        return {"text": data.decode()}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode()}


def report() -> Bundle:
    """The bundle that the suite's reports are made from; `awen_conformance.validation` fills it."""
    made = bundles.parts("validation")
    made.metadata = {
        "title": "AWEN conformance report",
        "description": "Outcome of every case of the AWEN conformance suite for one implementation.",
        "created": TEMPLATE_DATE,
        "license": {"name": "Creative Commons Zero v1.0 Universal", "spdx_id": "CC0-1.0"},
        "creators": [{"type": "organization", "name": "AWEN conformance suite"}],
        "keywords": ["conformance"],
    }
    made.claim["parents"] = []
    made.inputs["task"] |= {"procedure": "awen-conformance/1.0", "subjects": [], "constraints": {}}
    made.results = replace(made.results, body={**made.results.body, "constraints": {}})
    made.attachments = {"report.json": b"{}\n"}
    return bundles.build(made, created=TEMPLATE_DATE, tool=SUITE)


def main() -> None:
    """Write one tree for each artifact type, and the template of the suite's own reports."""
    trees = {f"golden/{kind}": bundles.sealed(kind) for kind in bundles.KINDS}
    for name, bundle in {**trees, "awen_conformance/report_template": report()}.items():
        target = HERE / f"{name}.tree.json"
        if target.exists():
            continue
        tree = {"entries": tree_of(bundle)}
        target.write_text(json.dumps(tree, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(target.relative_to(HERE))


if __name__ == "__main__":
    main()

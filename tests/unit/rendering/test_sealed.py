"""Awkward records under real bundles."""

import json
from collections.abc import Sequence
from typing import Any

from awen_ref import citation, verify
from tests import bundles


def test_a_bundle_with_any_awkward_record_is_valid(records: Sequence[dict[str, Any]]) -> None:
    for record in records[::3]:
        made = bundles.parts("run")
        made.metadata = record
        report = verify.check(bundles.build(made))
        assert (report.verdict, report.findings) == ("valid", ())


def test_a_bundle_whose_award_is_a_related_work_too_is_valid() -> None:
    made = bundles.parts("run")
    page = "https://example.org/award/42"
    made.metadata["funding"] = [{"funder_name": "A", "award_url": page}]
    made.metadata["related"] = [
        {"relation": "Cites", "type": "url", "value": value}
        for value in (page, "https://spdx.org/licenses/CC-BY-4.0")
    ]
    report = verify.check(bundles.build(made))
    assert (report.verdict, report.findings) == ("valid", ())


def test_the_format_json_is_the_record_itself(records: Sequence[dict[str, Any]]) -> None:
    made = bundles.parts("run")
    for record in records[::10]:
        made.metadata = record
        cited = citation.cite(verify.verify(bundles.build(made)))
        assert json.loads(cited.text("json"))["metadata"] == record
        assert cited.losses("json") == ()

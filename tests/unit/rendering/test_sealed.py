"""Awkward records under real bundles."""

from collections.abc import Sequence
from typing import Any

from awen_ref import verify
from tests import bundles


def test_a_bundle_with_any_awkward_record_is_valid(records: Sequence[dict[str, Any]]) -> None:
    for record in records[::3]:
        made = bundles.parts("run")
        made.metadata = record
        report = verify.check(bundles.build(made))
        assert (report.verdict, report.findings) == ("valid", ())

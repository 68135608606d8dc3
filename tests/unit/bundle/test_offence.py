"""The first violation of a large document is one that the validator finds; there is one iff it finds any."""

from functools import cache
from unittest import mock

import pytest

from awen_ref.bundle import schema
from awen_ref.bundle.schema import violations
from awen_schema.layout import ENTRIES
from tests.unit.schema.corpus import examples
from tests.unit.schema.mutations import Instance, instances

CLASSES = {entry.schema for entry in ENTRIES if entry.schema}
PATH = "data/x.json"


@cache
def corpus() -> tuple[Instance, ...]:
    """What lies near the valid examples of the classes that bundles hold, and the invalid ones."""
    return tuple(
        found for kind in ("valid", "invalid") for found in instances(examples(kind)) if found.name in CLASSES
    )


@pytest.mark.parametrize("step", range(4))
def test_first_violation_is_one_of_those_of_the_validator(step: int) -> None:
    """AWB-R-180: by code and pointer, as if the document were large."""
    judged = 0
    for found in corpus()[step::4]:
        wanted = {(one.code, one.pointer) for one in violations(found.name, found.value, PATH)}
        with mock.patch.object(schema, "_is_small", return_value=False):
            first = violations(found.name, found.value, PATH)
        assert {(one.code, one.pointer) for one in first} <= wanted, found
        assert len(first) == bool(wanted), found
        judged += bool(wanted)
    assert judged > 100


@pytest.mark.parametrize(
    ("document", "code", "pointer", "text"),
    [
        ({"phi": {"value": 1, "unit": "rad", "zeta": 1, "note": 1}}, "AWB-SCH-001", "/phi/note", "'note'"),
        ({"phi": {"unit": "rad"}}, "AWB-SCH-002", "/phi", "'value' is missing"),
        ({"phi": {"value": "1", "unit": "rad"}}, "AWB-SCH-003", "/phi/value", "'number'"),
        ({"phi": {"value": 1, "unit": "parsec"}}, "AWB-SCH-004", "/phi/unit", "enum"),
        ({"Phi/1": {"value": 1, "unit": "rad"}}, "AWB-SCH-004", "/Phi~11", "'Phi/1' is not permitted"),
        ([], "AWB-SCH-003", "", "'object'"),
    ],
)
def test_each_kind_of_violation_is_told_where_it_is(
    document: object, code: str, pointer: str, text: str
) -> None:
    with mock.patch.object(schema, "_is_small", return_value=False):
        (finding,) = violations("Parameters", document, PATH)
    assert (finding.code, finding.pointer, finding.path) == (code, pointer, PATH)
    assert text in finding.message

"""Where a rule ends: the last value that is inside, the first that is not, and what is passed over."""

import json
import math
from collections.abc import Callable, Mapping
from datetime import datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from awen_ref import canonical
from awen_ref.bundle import Bundle
from awen_ref.errors import Finding, VerificationError
from awen_ref.limits import DEFAULT
from awen_ref.verify import check, verify
from awen_ref.verify.phases import examine
from awen_ref.verify.references import crate, derived, graph, provenance, setting
from awen_schema.kinds import KINDS
from tests import bundles

if TYPE_CHECKING:
    from awen_ref.verify.state import State


def edited(change: Callable[[dict[str, Any]], None], path: str) -> Any:  # noqa: ANN401 - a bundle sealed again
    files = bundles.files_of(bundles.sealed("run"))
    document = json.loads(files[path])
    change(document)
    files[path] = canonical.dumps(document)
    return bundles.resealed(files)


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.params])
def test_bounds_of_a_parameter_are_inside_and_what_lies_beyond_is_not(kind: str) -> None:
    """AWB-R-405."""
    for param in KINDS[kind].params.values():
        for bound, beyond in ((param.minimum, -math.inf), (param.maximum, math.inf)):
            if bound is not None:
                assert list(graph._bounded("n", param, bound, ("p", ""))) == []
                outside = math.nextafter(bound, beyond)
                codes = [found.code for found in graph._bounded("n", param, outside, ("p", ""))]
                assert codes == ["AWB-SEM-107"]
        if param.above is not None:
            assert [f.code for f in graph._bounded("n", param, param.above, ("p", ""))] == ["AWB-SEM-107"]


@pytest.mark.parametrize(
    ("grid", "sound"),
    [
        ({"kind": "wavelength_list", "values_um": [1.3, 1.55]}, True),
        ({"kind": "wavelength_list", "values_um": [5e-324]}, True),
        ({"kind": "wavelength_list", "values_um": [0.0, 1.55]}, False),
        ({"kind": "wavelength_list", "values_um": []}, False),
        ({"kind": "wavelength", "start_um": 0.5, "stop_um": 0.75, "points": 2}, True),
        ({"kind": "wavelength", "start_um": 0.0, "stop_um": 0.75, "points": 2}, False),
        ({"kind": "wavelength", "start_um": -0.5, "stop_um": 0.75, "points": 2}, False),
        ({"kind": "wavelength", "start_um": 0.5, "stop_um": 0.5, "points": 1}, True),
        ({"kind": "wavelength", "start_um": 0.5, "stop_um": 0.75, "points": 1}, False),
        ({"kind": "wavelength", "start_um": 0.5, "stop_um": 0.5, "points": 2}, False),
        ({"kind": "wavelength", "start_um": 0.5, "stop_um": 0.5, "points": 0}, False),
        ({"kind": "frequency", "start_thz": 190.0, "stop_thz": 200.0, "points": 2}, True),
        ({"kind": "frequency", "start_thz": 200.0, "stop_thz": 190.0, "points": 2}, False),
    ],
)
def test_a_grid_is_sound_or_says_why_not(grid: dict[str, Any], sound: bool) -> None:  # noqa: FBT001
    """AWB-R-420."""
    said = setting._grid_problem(grid)
    assert (said == "") is sound
    assert isinstance(said, str)


@pytest.mark.parametrize(
    ("table", "inside"),
    [((1.4, 1.6), True), ((1.499, 1.578), True), ((1.4, 1.577), False), ((1.4989623, 1.6), False)],
)
def test_a_table_covers_a_grid_of_frequencies_from_its_last_to_its_first(
    table: tuple[float, float],
    inside: bool,  # noqa: FBT001
) -> None:
    """AWB-R-412: 190 to 200 THz are 1.498… to 1.577… um."""
    grid = {"kind": "frequency", "start_thz": 190.0, "stop_thz": 200.0, "points": 3}
    low, high = 299.792458 / 200.0, 299.792458 / 190.0
    edges = (low, high) if inside else table
    nodes = {"n": {"table": {"wavelengths_um": list(table)}}, "m": {"table": {"wavelengths_um": list(edges)}}}
    found = [finding.pointer for finding in setting._covered(nodes, grid)]
    beyond = not (table[0] <= low and high <= table[1])
    assert ("/nodes/n/table/wavelengths_um" in found) is beyond
    assert ("/nodes/m/table/wavelengths_um" in found) is not inside


INSTANTS = (
    "2025-12-31T23:59:59.999999999+00:00",
    "2026-01-01T00:00:00+00:00",
    "2026-01-01T00:00:00.000000001+00:00",
    "2026-01-01T00:00:00.25+00:00",
    "2026-01-01T00:00:00.5+00:00",
    "2026-01-01T00:00:01+00:00",
    "2026-01-01T00:00:10+00:00",
)


def test_instants_stand_in_the_order_of_time() -> None:
    """AWB-R-263: at nine digits, of which Python's own instants bear six."""
    moments = [provenance._moment(text) for text in INSTANTS]
    assert moments == sorted(set(moments))
    assert provenance._moment("2026-01-01T00:00:00.5+00:00") == provenance._moment(
        "2026-01-01T00:00:00.500+00:00"
    )
    whole = [datetime.fromisoformat(text[:19]) for text in INSTANTS]
    assert whole == sorted(whole)


def test_an_entity_is_pointed_at_where_it_stands() -> None:
    entities = [{"@id": "a"}, "no object", {"@id": "b"}]
    state = cast("State", SimpleNamespace(parsed={"ro-crate-metadata.json": {"@graph": entities}}))
    assert [crate._place(state, name) for name in ("a", "b", "c")] == ["/@graph/0", "/@graph/2", "/@graph"]


@pytest.mark.parametrize(
    ("result", "holds"),
    [
        ({"measured": 1.0}, True),
        ({"measured": 1.0, "minimum": 1.0, "maximum": 1.0}, True),
        ({"measured": 1.0, "minimum": 1.5}, False),
        ({"measured": 1.0, "maximum": 0.5}, False),
        ({"minimum": 0.0}, False),
        ({}, False),
    ],
)
def test_a_constraint_holds_at_its_bounds_and_not_without_a_measurement(
    result: Mapping[str, float],
    holds: bool,  # noqa: FBT001
) -> None:
    assert derived._holds(result) is holds


@pytest.mark.parametrize(
    ("kind", "there", "given"),
    [("validation", False, {}), ("validation", True, None), ("run", False, None), ("run", True, None)],
)
def test_only_a_validation_may_lack_what_a_graph_needs(kind: str, there: bool, given: object) -> None:  # noqa: FBT001
    members = {"data/inputs/parameters.json": b""} if there else {}
    state = SimpleNamespace(sound={}, artifact_type=kind, bundle=SimpleNamespace(members=members))
    assert graph._held_or_empty(cast("State", state), "data/inputs/parameters.json", {}) == given
    state.sound = {"data/inputs/parameters.json": {"a": 1}}
    assert graph._held_or_empty(cast("State", state), "data/inputs/parameters.json", {}) == {"a": 1}


@pytest.mark.parametrize("version", [1, "x.y", "1", "1.0.0", None])
def test_what_is_no_version_is_refused_as_such_and_makes_no_stranger(version: object) -> None:
    """AWB-R-241, AWB-R-242."""
    broken = edited(lambda head: head.update(spec_version=version), "manifest.json")
    assert not examine(broken, DEFAULT).foreign
    assert check(broken).verdict == "invalid"


def test_an_entry_for_no_file_does_not_hide_a_wrong_one_behind_it() -> None:
    """AWB-R-182."""

    def change(head: dict[str, Any]) -> None:
        head["content"]["data/a.json"] = dict(head["content"]["data/claim/claim.json"])
        head["content"]["data/results/body.json"]["sha256"] = "0" * 64

    files = bundles.files_of(bundles.sealed("run"))
    head = json.loads(files["manifest.json"])
    change(head)
    files["manifest.json"] = canonical.dumps(head)
    found = {(f.code, f.pointer) for f in check(bundles.bundle_of(files)).findings}
    assert ("AWB-IDN-012", "/content/data~1results~1body.json/sha256") in found


def test_a_title_with_a_command_of_tex_is_found_in_every_citation() -> None:
    """AWB-R-290: which reads such commands in BibTeX and letters in Markdown."""
    made = bundles.parts("run")
    made.metadata = {**bundles.METADATA, "title": "The \\alpha of \\emph{all} things"}
    assert check(bundles.build(made)).findings == ()


@pytest.mark.parametrize(("count", "said"), [(1, ""), (2, " (and 1 more)"), (3, " (and 2 more)")])
def test_a_refusal_says_how_many_errors_there_are(count: int, said: str) -> None:
    files = bundles.files_of(bundles.sealed("run"))
    for number in range(count):
        files[f"data/evidence/attachments/{number}.txt"] = b""
    with pytest.raises(VerificationError) as refused:
        verify(bundles.bundle_of(files))
    assert ("more)" in str(refused.value)) is bool(said)
    assert str(refused.value).endswith(said)


def test_each_phase_may_report_as_much_as_a_reader_bears(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one phase has used up is not missing to the next."""
    monkeypatch.setattr("awen_ref.verify.state.MOST_FINDINGS", 1)
    files = bundles.files_of(bundles.sealed("run"))
    head = json.loads(files["manifest.json"])
    head["ids"]["inputs_id"] = "inp_" + "0" * 64
    files["manifest.json"] = canonical.dumps(head)
    files["data/claim/claim.json"] = canonical.dumps({**json.loads(files["data/claim/claim.json"]), "x": 1})
    files["CITATION.cff"] = files["CITATION.cff"].replace(b"Zehnder", b"Other")
    files["stray.txt"] = b""
    seen = Finding("AWB-PKG-003", "seen by the reader", "link")
    found = {f.code for f in check(Bundle(bundles.bundle_of(files).members, (seen,))).findings}
    assert found >= {"AWB-INT-010", "AWB-PKG-003", "AWB-SCH-001", "AWB-IDN-010", "AWB-SEM-031"}
    assert any(code.startswith("AWB-INV") for code in found)

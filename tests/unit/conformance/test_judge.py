"""From answers to outcomes, without a process (AWB-R-612, 613, 321)."""

from pathlib import Path
from typing import Any

import pytest

from awen_conformance.driver import Answer
from awen_conformance.judge import judge, output_of
from awen_conformance.results import differences, elements, mismatch, results_id
from tests.unit.conformance.drivers import case


def answer(verdict: str, *codes: str, **more: Any) -> Answer:  # noqa: ANN401 - any member of an answer
    return Answer({"verdict": verdict, "findings": [{"code": code} for code in codes], **more})


@pytest.mark.parametrize(
    ("case_id", "given", "outcome"),
    [
        ("golden/run", answer("valid"), "pass"),
        ("golden/run", answer("invalid", "AWB-INT-010"), "fail"),
        ("golden/run", answer("valid", "AWB-PKG-032"), "overreport"),
        ("inv/stray-top-level-file", answer("invalid", "AWB-INV-011"), "pass"),
        ("inv/stray-top-level-file", answer("valid"), "fail"),
        ("inv/stray-top-level-file", answer("invalid", "AWB-INV-012"), "wrong_reason"),
        ("inv/stray-top-level-file", answer("invalid", "AWB-INV-011", "AWB-SEM-001"), "overreport"),
        ("inv/stray-top-level-file", answer("invalid", "AWB-INV-011", "AWB-INV-011"), "pass"),
        ("sem/gradient-without-parent", answer("invalid", "AWB-SEM-026", "AWB-SEM-009"), "pass"),
        ("int/two-altered-files", answer("invalid", "AWB-LIM-001"), "pass"),
        ("sch/wrong-type", answer("invalid", "AWB-SCH-003"), "wrong_reason"),
        ("golden/run", Answer({"verdict": "valid"}), "protocol_error"),
        ("golden/run", Answer({}, "hang", "late"), "hang"),
        ("idn/no-id-without-claim", Answer({"refused": {}}), "pass"),
        ("idn/no-id-without-claim", Answer({"refused": {}, "artifact_id": "awen_"}), "fail"),
        ("idn/names-of-run", Answer({"artifact_id": "awen_x"}), "fail"),
    ],
)
def test_answer_comes_to_its_outcome(case_id: str, given: Answer, outcome: str, tmp_path: Path) -> None:
    assert judge(case(case_id), given, tmp_path).outcome == outcome


def test_finding_has_to_name_its_place_where_the_case_says_which() -> None:
    at = {"code": "AWB-SCH-003", "path": "data/claim/claim.json", "pointer": "/parents"}
    right = Answer({"verdict": "invalid", "findings": [at]})
    assert judge(case("sch/wrong-type"), right, Path()).outcome == "pass"


def test_output_has_to_be_a_new_file_below_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "box"
    (folder / "sub").mkdir(parents=True)
    (folder / "input").write_bytes(b"")
    (folder / "output").write_bytes(b"")
    (tmp_path / "outside").write_bytes(b"")
    (folder / "link").symlink_to(tmp_path / "outside")
    given = {name: output_of(Answer({"output": name}), folder) for name in ("output", "sub", "input", "link")}
    assert given == {"output": folder / "output", "sub": folder / "sub", "input": None, "link": None}
    for name in ("../outside", ".", "", "missing", 7, None):
        assert output_of(Answer({"output": name}), folder) is None


def test_results_are_held_to_their_tolerance_and_form() -> None:
    header = (
        b"\x93NUMPY\x01\x00v\x00"
        + b"{'descr': '<f8', 'fortran_order': False, 'shape': (), }".ljust(117)
        + b"\n"
    )
    array = header + (1.0).hex().encode()[:0] + bytes.fromhex("000000000000f03f")
    entry = {"dtype": "<f8", "shape": [], "file": "arrays/x.npy"}
    tree = {
        "data/results/outputs.json": b'{"x":{"dtype":"<f8","shape":[],"file":"arrays/x.npy"}}',
        "data/results/body.json": b'{"status":"completed"}',
        "data/results/arrays/x.npy": array,
    }
    expect = {
        "outputs": {"x": {**entry, "values": [1.0 + 1e-10]}},
        "body": {"status": "completed"},
        "tolerance": {"absolute": 0.0, "relative": 1e-9},
    }
    assert elements(array) == (1.0,)
    assert differences(tree, expect) == ""
    assert "element 0" in differences(tree, expect | {"tolerance": {"absolute": 0.0, "relative": 1e-11}})
    assert "other outputs" in differences(tree, expect | {"outputs": {}})
    assert "status" in differences(tree, expect | {"body": {"status": "failed"}})
    assert "not of the form" in differences({**tree, "data/results/arrays/x.npy": array[:-1]}, expect)
    assert results_id(tree) != results_id({**tree, "data/results/arrays/x.npy": header + bytes(8)})


@pytest.mark.parametrize(
    ("stated", "got", "right"),
    [
        ({"a": 1}, {"a": 1, "b": 2}, True),
        ({"a": 1}, {}, False),
        ({"a": 1}, [], False),
        ([1, 2], [1, 2], True),
        ([1, 2], [1], False),
        (1.0, 1.0 + 1e-12, True),
        (1.0, 1.1, False),
        (1.0, None, False),
        (True, 1, False),
        ("x", "y", False),
    ],
)
def test_stated_parts_of_a_document_are_held(stated: object, got: object, right: bool) -> None:  # noqa: FBT001
    assert (mismatch(stated, got) == "") is right

"""The registry of finding codes: what a phase file may hold, and what becomes of it."""

import subprocess
import sys
from pathlib import Path

import pytest

from awen_schema.codes import CODES
from schemagen import codes
from schemagen.sources import SourceError

ENTRY = {
    "code": "AWB-INT-002",
    "title": "Upper-case digest",
    "severity": "error",
    "requirement": "AWB-R-050",
    "message": "A digest is written in upper case.",
    "mend": "Write it in lower case.",
    "since": '"1.0"',
}


def written(folder: Path, *entries: dict[str, str], phase: str = "INT") -> Path:
    """A folder of phase files, one of them with entries."""
    for name in codes.PHASES:
        (folder / f"{name}.yaml").write_text("# nothing yet\n")
    lines = ["- {" + ", ".join(f"{key}: {value}" for key, value in entry.items()) + "}" for entry in entries]
    (folder / f"{phase}.yaml").write_text("\n".join(lines) + "\n")
    return folder


def test_an_entry_becomes_a_row(tmp_path: Path) -> None:
    (row,) = codes.load(written(tmp_path, ENTRY))
    assert row.code == "AWB-INT-002"
    assert row.since == "1.0"


def test_rows_become_python_and_json(tmp_path: Path) -> None:
    files = codes.emit(codes.load(written(tmp_path, ENTRY)))
    namespace: dict[str, object] = {}
    exec(files["python/awen_schema/codes.py"], namespace)  # noqa: S102 - the text that was generated here
    assert list(namespace["CODES"]) == ["AWB-INT-002"]  # type: ignore[call-overload]  # from exec
    assert '"code": "AWB-INT-002"' in files["codes.json"]


@pytest.mark.parametrize(
    ("member", "value", "complaint"),
    [
        ("code", "AWB-ENC-002", "code does not match"),
        ("code", "AWB-INT-2", "code does not match"),
        ("severity", "fatal", "severity does not match"),
        ("requirement", "AWB-R-50", "requirement does not match"),
        ("message", "no full stop", "message does not match"),
        ("mend", '""', "mend does not match"),
        ("since", "1.0", "since does not match"),
    ],
)
def test_a_wrong_member_is_named(tmp_path: Path, member: str, value: str, complaint: str) -> None:
    with pytest.raises(SourceError, match=complaint):
        codes.load(written(tmp_path, {**ENTRY, member: value}))


def test_a_missing_or_additional_member_is_refused(tmp_path: Path) -> None:
    less = {key: value for key, value in ENTRY.items() if key != "mend"}
    for entry in (less, {**ENTRY, "colour": "red"}):
        with pytest.raises(SourceError, match="exactly the fields"):
            codes.load(written(tmp_path, entry))


def test_a_doubled_code_or_one_out_of_order_is_refused(tmp_path: Path) -> None:
    for second in ("AWB-INT-002", "AWB-INT-001"):
        with pytest.raises(SourceError, match=f"{second} does not follow AWB-INT-002"):
            codes.load(written(tmp_path, ENTRY, {**ENTRY, "code": second}))


def test_a_doubled_key_is_refused(tmp_path: Path) -> None:
    folder = written(tmp_path, ENTRY)
    path = folder / "INT.yaml"
    path.write_text(path.read_text().replace("severity: error", "severity: error, severity: info"))
    with pytest.raises(SourceError, match="doubled key severity"):
        codes.load(folder)


def test_a_file_of_no_phase_is_refused(tmp_path: Path) -> None:
    (written(tmp_path, ENTRY) / "XYZ.yaml").write_text("[]\n")
    with pytest.raises(SourceError, match=r"XYZ\.yaml: no such phase"):
        codes.load(tmp_path)


def test_the_registry_is_the_phase_files() -> None:
    assert list(CODES) == [row.code for row in codes.load()]


def test_importing_the_registries_is_cheap() -> None:
    heavy = ("json", "pydantic", "yaml", "linkml", "jsonschema", "importlib.resources")
    modules = "awen_schema.codes, awen_schema.layout, awen_schema.ordering, awen_schema.schemas"
    program = f"import sys; before = set(sys.modules); import {modules}; print(*set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert {name for name in done.stdout.split() if name in heavy} <= {"importlib.resources"}

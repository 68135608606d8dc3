"""Coverage and mutants: every requirement has its cases, and every check that is switched off is missed."""

import importlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from awen_conformance.corpus import Case, lay_out
from awen_conformance.driver import Answer
from awen_conformance.judge import judge
from awen_ref.driver import answer
from tests.unit.conformance.drivers import CORPUS, ROOT, cases


@pytest.fixture(scope="module")
def registers() -> ModuleType:
    """The script that makes the registers."""
    sys.path.insert(0, str(CORPUS))
    return importlib.import_module("make_registers")


def test_every_requirement_has_cases_on_both_sides_or_a_reason(registers: ModuleType) -> None:
    covered = registers.coverage(cases())
    assert registers.gaps(covered) == []
    assert json.loads((CORPUS / "coverage.json").read_text(encoding="utf-8")) == covered


def test_every_code_that_is_switched_off_is_missed_by_a_case_that_cites_its_requirement() -> None:
    published = json.loads((CORPUS / "mutants.json").read_text(encoding="utf-8"))["codes"]
    expected = {code for case in cases() if case.kind == "verdict" for code in case.expect.codes}
    stored = {
        code
        for case in cases()
        if case.kind == "verdict" and not case.stored().name.endswith(".made.json")
        for code in case.expect.codes
    }
    assert published.keys() == stored
    assert expected - stored <= {
        "AWB-LIM-001",
        "AWB-LIM-007",
        "AWB-LIM-009",
        "AWB-LIM-010",
        "AWB-LIM-012",
        "AWB-LIM-013",
        "AWB-LIM-017",
        "AWB-LIM-018",
    }
    assert [code for code, entry in published.items() if not entry["citing"]] == []


def test_every_requirement_that_is_broken_is_missed_by_a_case_that_cites_it(registers: ModuleType) -> None:
    published = json.loads((CORPUS / "mutants.json").read_text(encoding="utf-8"))["requirements"]
    known = {one.case_id: one for one in cases()}
    assert published.keys() == set(registers.wanted())
    for number, entry in published.items():
        assert entry, number
        killers = [name for ids in entry.get("unreported", {}).values() for name in ids]
        killers += entry.get("changed", {}).get("killed_by", [])
        assert killers or "reason" in entry, number
        assert all(number in known[name].requirements for name in killers)


def test_a_planted_change_still_fails_a_case_that_cites_its_requirement() -> None:
    numbers = ("055", "065", "085", "215", "303", "320")
    asked = [word for number in numbers for word in ("--only", number)]
    done = subprocess.run(
        [sys.executable, "-m", "campaigns.requirements", *asked], cwd=ROOT, capture_output=True, check=False
    )
    assert json.loads(done.stdout)["problems"] == []
    assert json.loads(done.stdout)["figures"]["noticed"] == len(numbers) + 1  # 066 falls with 065


@pytest.mark.slow
def test_published_mutants_are_what_the_reference_shows(registers: ModuleType) -> None:
    published = json.loads((CORPUS / "mutants.json").read_text(encoding="utf-8"))
    assert registers.mutants(cases()) == published


def nothing(*_: object, **__: object) -> None:
    """A check that checks nothing."""


def no_findings(*_: object, **__: object) -> list[object]:
    """A check that finds nothing."""
    return []


MUTANTS: dict[str, tuple[str, Callable[..., object]]] = {
    "awen_ref.verify.inventory.compare": ("AWB-R-002", nothing),
    "awen_ref.verify.manifests.compare": ("AWB-R-020", nothing),
    "awen_ref.verify.documents.validate": ("AWB-R-180", nothing),
    "awen_ref.verify.identity.compare": ("AWB-R-061", nothing),
    "awen_ref.verify.identity._content": ("AWB-R-182", nothing),
    "awen_ref.verify.inventory._stray": ("AWB-R-006", nothing),
    "awen_ref.bundle.dsse.shape_findings": ("AWB-R-381", no_findings),
    "awen_ref.verify.references.bag.compare": ("AWB-R-023", nothing),
    "awen_ref.verify.references.citation.compare": ("AWB-R-281", nothing),
    "awen_ref.verify.references.citation._prose": ("AWB-R-290", nothing),
    "awen_ref.verify.references.claim.compare": ("AWB-R-199", nothing),
    "awen_ref.verify.references.crate.compare": ("AWB-R-264", nothing),
    "awen_ref.verify.references.derived.compare": ("AWB-R-224", nothing),
    "awen_ref.verify.references.experiment.compare": ("AWB-R-181", nothing),
    "awen_ref.verify.references.graph.compare": ("AWB-R-403", nothing),
    "awen_ref.verify.references.setting.compare": ("AWB-R-420", nothing),
    "awen_ref.verify.references.ordered.compare": ("AWB-R-103", nothing),
    "awen_ref.verify.references.outputs.compare": ("AWB-R-203", nothing),
    "awen_ref.verify.references.people.compare": ("AWB-R-185", nothing),
    "awen_ref.verify.references.provenance.compare": ("AWB-R-262", nothing),
    "awen_ref.archive.index._Reading._check_sizes": ("AWB-R-149", nothing),
    "awen_ref.archive.index._Reading._check_method": ("AWB-R-147", nothing),
    "awen_ref.archive.index._Reading._check_place": ("AWB-R-146", nothing),
    "awen_ref.archive.index.path_problem": ("AWB-R-014", nothing),
    "awen_ref.archive.index.prefix_problems": ("AWB-R-018", no_findings),
}
"""Check of the reference to the requirement whose cases have to miss it."""


def passes(case: Case, folder: Path) -> bool:
    """Whether the reference, as it is now, passes a case; a crash is no pass."""
    target = folder / "input"
    lay_out(case, target)
    try:
        reply = answer({"verb": "verify", "input": str(target), "workdir": str(folder)})
    except Exception:  # noqa: BLE001 - a mutant may fall over anything
        return False
    return judge(case, Answer(reply["result"]), folder).outcome == "pass"


@pytest.mark.parametrize("name", MUTANTS)
def test_check_that_is_switched_off_is_missed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    requirement, replacement = MUTANTS[name]
    monkeypatch.setattr(name, replacement)
    citing = [
        case
        for case in cases()
        if requirement in case.requirements and case.kind == "verdict" and case.expect.codes
    ]
    for number, case in enumerate(citing):
        folder = tmp_path / str(number)
        folder.mkdir()
        if not passes(case, folder):
            return
    pytest.fail(f"{len(citing)} cases cite {requirement} and none misses {name}")

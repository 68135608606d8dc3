"""From requirement to schema, code, cases and mutants and back: no link leads nowhere."""

import json

import pytest

from awen_schema.codes import CODES
from schemagen import traceability
from schemagen.requirements import Requirement
from sitegen import pages, pages_corpus
from sitegen.cited import in_cases, in_code
from sitegen.classes import definitions
from sitegen.registry import ROOT, carriers, mutants, requirements

KNOWN = {one.id for one in requirements()}
CARRIED = {one.requirement for one in carriers()}
PAGES = pages.texts()


def row(number: str) -> str:
    """The row of one requirement on the traceability page."""
    lines = PAGES["spec/requirements.md"].splitlines()
    return next(line for line in lines if line.startswith(f"| {number} "))


def test_every_requirement_has_a_row() -> None:
    page = PAGES["spec/requirements.md"]
    assert [number for number in sorted(KNOWN) if f"| {number} " not in page] == []


def test_what_the_schema_names_is_in_the_text_and_has_a_page() -> None:
    assert [one for one in carriers() if one.requirement not in KNOWN] == []
    named = {one.name for one in carriers() if one.table == "schema" and one.name}
    assert sorted(named - definitions().keys()) == []


def test_a_link_of_the_schema_to_no_sentence_is_a_complaint() -> None:
    stated = [Requirement("AWB-R-001", "MUST", "bundle", "case", "", "artifacts", "Files", "text")]
    links = [traceability.Carrier(f"AWB-R-00{digit}", "schema", "Output", "dtype") for digit in (1, 2)]
    assert traceability.dangling(links, stated) == [
        f"schema: Output.dtype: the specification has no AWB-R-{'002'}"
    ]


def test_what_a_case_shows_by_the_schema_alone_the_schema_names() -> None:
    missing = [
        case["id"]
        for case in pages_corpus.cases()
        if (codes := case["expect"].get("codes"))
        and all(code.startswith("AWB-SCH") for code in codes)
        and CARRIED.isdisjoint(case["requirements"])
        and not {"AWB-R-241", "AWB-R-242", "AWB-R-321"} & set(case["requirements"])  # about readers
    ]
    assert missing == []


@pytest.mark.parametrize("code", sorted(mutants()["codes"]))
def test_a_mutant_is_of_a_code_and_its_requirement_and_killed_by_cases(code: str) -> None:
    assert CODES[code].requirement == mutants()["codes"][code]["requirement"]
    known = {case["id"] for case in pages_corpus.cases()}
    assert set(mutants()["codes"][code]["killed_by"]) <= known
    assert "#mutant" in PAGES[f"reference/codes/{code}.md"]


def test_a_broken_requirement_is_in_the_text_and_its_row_leads_to_what_noticed() -> None:
    assert mutants()["requirements"].keys() <= KNOWN
    unseen = [
        number
        for number in mutants()["requirements"]
        if not any(cell in row(number) for cell in ("#mutant)", "/corpus/", "none: "))
    ]
    assert unseen == []
    assert all(mutants()["requirements"].values())


def test_coverage_and_cases_name_requirements_of_the_text() -> None:
    covered = json.loads((ROOT / "conformance" / "coverage.json").read_text("utf-8"))
    assert set(covered) <= KNOWN
    assert in_cases().keys() <= KNOWN


def test_code_cites_requirements_of_the_text() -> None:
    assert in_code().keys() <= KNOWN


def test_what_binds_a_bundle_has_a_code_or_stands_in_the_schema_or_a_case() -> None:
    reported = {code.requirement for code in CODES.values()}
    bound = {one.id for one in requirements() if one.subject == "bundle" and one.test == "case"}
    assert sorted(bound - reported - CARRIED - in_cases().keys()) == []


def test_a_row_leads_to_schema_code_case_and_mutant() -> None:
    cells = row("AWB-R-198")
    assert "[`Claim.parents`](../reference/schema/Claim.md)" in cells
    assert "AWB-SEM-006" in cells
    assert "(../reference/api/awen_ref." in cells
    assert "(../reference/corpus/sem.md#" in cells
    assert "(../reference/codes/AWB-SEM-006.md#mutant)" in cells


def test_a_class_names_what_it_and_its_members_carry_out() -> None:
    page = PAGES["reference/schema/Claim.md"]
    assert "- `parents`: AWB-R-198 AWB-R-201" in page

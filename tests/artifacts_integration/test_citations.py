"""Citations: of a run, and of everything it stands on."""

import json
from pathlib import Path

import pytest
import yaml
from bibtexparser.entrypoint import parse_string

from awen_ref import citation, verify
from awen_ref.catalog import Catalog
from tests.artifacts_integration.conftest import Family


def test_citation_format_validity(family: Family) -> None:
    """Each machine format is read by a parser of its own and names the artifact."""
    cited, name = citation.cite(family.run), family.run.ids.artifact_id
    library = parse_string(cited.text("bibtex"))
    assert library.failed_blocks == []
    assert len(library.entries) == 1
    assert yaml.safe_load(cited.text("cff"))["cff-version"] == "1.2.0"
    for format_name in ("csl-json", "datacite-json", "json"):
        assert name in json.dumps(json.loads(cited.text(format_name)))


def test_a_citation_as_bibtex_has_title_author_year_and_id(family: Family) -> None:
    library = parse_string(citation.cite(family.run).text("bibtex"))
    fields = {field.key: field.value for field in library.entries[0].fields}
    metadata = family.run.document("metadata.json")
    assert metadata["title"].split()[0] in fields["title"]
    assert fields["year"] == metadata["created"][:4]
    assert family.run.ids.artifact_id in str(library.entries[0].raw).replace("\\_", "_")


def test_a_citation_as_json_holds_all_four_names(family: Family) -> None:
    value = json.loads(citation.cite(family.run).text("json"))
    for name in ("inputs_id", "results_id", "artifact_id", "seal"):
        assert value[name] == getattr(family.run.ids, name)


def test_citation_includes_dependencies(family: Family, catalog: Catalog) -> None:
    """What an artifact came from is cited with it, and what is not to be had is named."""
    for bundle in (family.run, family.replay):
        catalog.put(bundle)
    cited = citation.cite_with_parents(family.validation, lambda name: verify.verify(catalog.get(name)))
    assert {one.ids["artifact_id"] for one in cited.parents} == {
        family.run.ids.artifact_id,
        family.replay.ids.artifact_id,
    }
    assert cited.text("bibtex").count("@") >= 3
    related = json.loads(cited.text("datacite-json"))["relatedIdentifiers"]
    assert {row["relatedIdentifier"].removeprefix("urn:awen:") for row in related} == {
        parent.artifact_id for parent in family.validation.parents
    }
    catalog.delete(family.run.ids.seal, reason="test")
    cited = citation.cite_with_parents(family.replay, lambda name: verify.verify(catalog.get(name)))
    assert cited.missing == (family.run.ids.artifact_id,)


@pytest.mark.parametrize("kind", ["run", "gradient", "calibration", "replay", "validation"])
def test_multiple_export_formats(family: Family, tmp_path: Path, kind: str) -> None:
    """Every type of artifact is written in every format, each into a file with its own name."""
    bundle = getattr(family, kind)
    cited = citation.cite(bundle)
    for name in citation.FORMATS:
        (tmp_path / citation.FILE_NAMES[name]).write_text(cited.text(name), "utf-8")
    written = sorted(path.name for path in tmp_path.iterdir())
    assert written == sorted({citation.FILE_NAMES[name] for name in citation.FORMATS})
    for path in tmp_path.iterdir():
        assert bundle.ids.artifact_id in path.read_text("utf-8").replace("\\_", "_"), path.name

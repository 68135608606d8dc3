"""Citations of verified bundles: what they carry, the chain, resolvers, and the formats.

AWB-R-286 (the argument is a `VerifiedBundle`, which nothing but `verify` makes), AWB-R-287.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from awen_ref import citation, verify
from awen_ref.errors import MissingError, UsageError
from awen_ref.rendering.relations import RELATION_TYPES
from awen_ref.verify import VerifiedBundle
from tests import bundles


def verified(kind: str, *, parent: str = bundles.PARENT, title: str = "A title") -> VerifiedBundle:
    made = bundles.parts(kind)
    made.metadata["title"] = title
    made.inputs = json.loads(json.dumps(made.inputs).replace(bundles.PARENT, parent))
    made.claim = json.loads(json.dumps(made.claim).replace(bundles.PARENT, parent))
    return verify.verify(bundles.build(made))


@pytest.fixture(scope="module")
def run() -> VerifiedBundle:
    return verified("run")


def test_every_format_carries_artifact_id_and_seal(run: VerifiedBundle) -> None:
    cited = citation.cite(run)
    for name in citation.FORMATS:
        text = cited.text(name).replace("\\_", "_")
        assert run.ids.artifact_id in text, name
        assert run.ids.seal in text, name
        assert text.endswith("\n"), name


def test_no_format_has_a_doi_or_a_link_that_nobody_gave(run: VerifiedBundle) -> None:
    cited = citation.cite(run)
    assert cited.work.link == ""
    for name in citation.FORMATS:
        assert "doi.org/10" not in cited.text(name), name
    assert "doi" not in json.loads(cited.text("datacite-json"))


def test_a_resolver_gives_the_link(run: VerifiedBundle) -> None:
    cited = citation.cite(run, resolver="https://lab.example.org/find?id={artifact_id}")
    link = f"https://lab.example.org/find?id={run.ids.artifact_id}"
    assert cited.text("text", style="ieee").count(link) == 1
    assert yaml.safe_load(cited.text("cff"))["url"] == link


@pytest.mark.parametrize(
    "resolver",
    [
        "https://lab.example.org/",
        "{artifact_id}",
        "ftp://x/{seal}",
        "https://{artifact_id",
        "https://x/{host}",
        "https://x/{seal.__class__}",
        "javascript:{seal}",
        "https://x/{seal!r}",
        "https://x/{seal:>999999999}",
        "https://x/{seal}\nTY  - JOUR",
        "https://x/ {seal}",
        "https://xn/{seal}\u202e",
    ],
)
def test_a_resolver_that_is_no_template_is_refused(resolver: str, run: VerifiedBundle) -> None:
    with pytest.raises(UsageError):
        citation.cite(run, resolver=resolver)


def test_unknown_formats_and_styles_are_refused(run: VerifiedBundle) -> None:
    cited = citation.cite(run)
    with pytest.raises(UsageError, match="format 'docx'"):
        cited.text("docx")
    with pytest.raises(UsageError, match="style 'mla'"):
        cited.text("text", style="mla")


def test_the_bundles_own_files_say_the_same_without_the_seal(run: VerifiedBundle) -> None:
    inside = json.loads(run.read("citation/datacite.json"))
    outside = json.loads(citation.cite(run).text("datacite-json"))
    outside["alternateIdentifiers"] = [
        row for row in outside["alternateIdentifiers"] if row["alternateIdentifierType"] != "AWEN seal"
    ]
    assert inside == outside


def chain() -> tuple[list[VerifiedBundle], Callable[[str], VerifiedBundle]]:
    """A gradient, the run it differentiates, and a finder that knows both."""
    run = verified("run", title="The run")
    gradient = verified("gradient", parent=run.ids.artifact_id, title="The gradient")
    known = {item.ids.artifact_id: item for item in (run, gradient)}

    def find(artifact_id: str) -> VerifiedBundle:
        if artifact_id not in known:
            raise MissingError(f"no {artifact_id}")
        return known[artifact_id]

    return [gradient, run], find


def test_the_chain_is_cited_nearest_first() -> None:
    (gradient, run), find = chain()
    cited = citation.cite_with_parents(gradient, find)
    assert [item.ids["artifact_id"] for item in cited.parents] == [run.ids.artifact_id]
    assert cited.missing == ()
    assert cited.text("bibtex").count("@misc{") == 2
    assert [item["title"] for item in json.loads(cited.text("csl-json"))] == ["The gradient", "The run"]
    assert len(cited.text("text").splitlines()) == 2
    assert json.loads(cited.text("json"))["ancestors"][0]["artifact_id"] == run.ids.artifact_id


def test_every_format_says_what_it_can_of_the_parents() -> None:
    (gradient, run), find = chain()
    cited = citation.cite_with_parents(gradient, find)
    name, key = f"urn:awen:{run.ids.artifact_id}", citation.cite(run).work.key
    references = yaml.safe_load(cited.text("cff"))["references"]
    assert [(row["type"], row["title"], row["notes"]) for row in references] == [
        ("data", "The run", "Relation of the cited artifact to this one: IsDerivedFrom.")
    ]
    assert references[0]["authors"] == yaml.safe_load(citation.cite(run).text("cff"))["authors"]
    for form in ("bibtex", "biblatex"):
        assert cited.text(form).count(f"related = {{{key}}}") == 1
        assert "related = " not in citation.cite(gradient).text(form), "its entry would be missing"
    (item,) = json.loads(cited.text("datacite-json"))["relatedItems"]
    assert (item["titles"], item["relatedItemIdentifier"]["relatedItemIdentifier"]) == (
        [{"title": "The run"}],
        name,
    )
    assert "<title>The run</title>" in cited.text("datacite-xml")
    (based,) = json.loads(cited.text("codemeta"))["isBasedOn"]
    assert (based["name"], based["id"]) == ("The run", name)
    assert f"N1  - IsDerivedFrom {name}\r\n" in cited.text("ris")
    assert json.loads(cited.text("csl-json"))[0]["note"].endswith(f"; IsDerivedFrom {name}")
    deposit = json.loads(cited.text("zenodo"))
    assert deposit["related_identifiers"] == [
        {
            "identifier": f"urn:awen:{gradient.ids.artifact_id}",
            "relation": "isAlternateIdentifier",
            "scheme": "urn",
        },
        {"identifier": name, "relation": "isDerivedFrom", "scheme": "urn"},
    ]
    assert deposit["references"] == citation.cite(run).text("text").splitlines()


def test_works_of_one_author_and_year_get_letters_in_a_list() -> None:
    (gradient, _), find = chain()
    cited = citation.cite_with_parents(gradient, find)
    lines = cited.text("text").splitlines()
    year = gradient.document("metadata.json")["created"][:4]
    assert [f"({year}{letter})" in line for line, letter in zip(lines, "ab", strict=True)] == [True, True]
    assert [f"({year}{letter})" in cited.text("markdown") for letter in "ab"] == [True, True]
    assert f"({year})" in citation.cite(gradient).text("text")


def test_the_reference_lists_every_relation_and_format() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs/reference/citations.md").read_text()
    for relation, kind in RELATION_TYPES.items():
        assert f"| `{relation}` | `{kind}` |\n" in page
    for form in citation.FORMATS:
        assert page.count(f"`{form}`") >= 2, form


def test_relations_become_datacites() -> None:
    (gradient, run), _ = chain()
    rows = json.loads(citation.cite(gradient).text("datacite-json"))["relatedIdentifiers"]
    assert rows == [
        {
            "relatedIdentifier": f"urn:awen:{run.ids.artifact_id}",
            "relatedIdentifierType": "URN",
            "relationType": "IsDerivedFrom",
        }
    ]


def test_a_citation_says_what_a_format_leaves_out_of_its_record() -> None:
    """AWB-R-291."""
    (gradient, _), find = chain()
    assert "parents" in citation.cite(gradient).losses("bibtex")
    assert "parents" not in citation.cite_with_parents(gradient, find).losses("bibtex")
    assert all(citation.cite(gradient).losses("json", style=style) == () for style in ("apa", "ieee"))


def test_an_ancestor_that_is_not_there_is_named_and_no_failure() -> None:
    gradient = verified("gradient")
    (parent,) = {item["artifact_id"] for item in gradient.document("data/claim/claim.json")["parents"]}

    def find(artifact_id: str) -> VerifiedBundle:
        raise MissingError(f"no {artifact_id}")

    cited = citation.cite_with_parents(gradient, find)
    assert cited.missing == (parent,)
    assert json.loads(cited.text("json"))["missing"] == [parent]

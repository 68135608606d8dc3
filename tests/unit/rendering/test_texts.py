"""CITATION.cff, Markdown, the plain styles and the preview page (AWB-R-280 to AWB-R-289)."""

from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from markdown_it import MarkdownIt

from awen_ref.rendering.cff import cff
from awen_ref.rendering.markdown import citation_page, markdown
from awen_ref.rendering.names import Organization, initials
from awen_ref.rendering.plain import ascii_fold, one_line, paragraphs
from awen_ref.rendering.text import apa, ieee
from awen_ref.rendering.work import Work
from tests.unit.rendering.pages import read


def test_cff_is_read_back_with_every_member(works: Sequence[Work]) -> None:
    for work in works:
        document = yaml.safe_load(cff(work))
        assert document["title"] == work.title
        assert document["abstract"] == work.description
        assert document.get("version", "") == work.version
        assert document.get("keywords", []) == list(work.keywords)
        assert document["date-released"] == work.day.isoformat()
        for author, creator in zip(document["authors"], work.creators, strict=True):
            if isinstance(creator, Organization):
                assert author["name"] == creator.name
                continue
            names = ("family-names", "given-names", "name-particle", "name-suffix", "orcid")
            expected = (creator.family, creator.given, creator.particle, creator.suffix, creator.orcid_url)
            assert tuple(author.get(name, "") for name in names) == expected
        values = [row["value"] for row in document["identifiers"]]
        assert values[0].endswith(work.artifact_id)
        assert {item.value for item in work.identifiers} <= set(values)
        assert not work.seal or work.seal in values


def test_cff_leaves_out_a_licence_that_it_does_not_list(works: Sequence[Work]) -> None:
    odd = [work for work in works if work.licence.spdx_id in ("", "Not-In-CFF-9.9")]
    assert odd
    assert not any("license" in yaml.safe_load(cff(work)) for work in odd)


def test_markdown_shows_the_plain_line(works: Sequence[Work]) -> None:
    """AWB-R-371."""
    engine = MarkdownIt("commonmark")
    for work in works:
        page = read(engine.render(markdown(work)))
        assert set(page.tags) <= {"p", "em", "code", "a"}, markdown(work)
        # The reader shows the label of a link decoded.
        assert unquote(page.text.strip("\n")) == unquote(apa(work)), markdown(work)


def test_citation_page_names_every_creator_in_full(works: Sequence[Work]) -> None:
    engine = MarkdownIt("commonmark")
    for work in works:
        text = read(engine.render(citation_page(work))).text
        assert "; ".join(creator.inverted for creator in work.creators) in text
        assert work.artifact_id in text


def test_styles_carry_id_seal_and_link(works: Sequence[Work]) -> None:
    for work in works:
        for line in (apa(work), ieee(work)):
            assert "\n" not in line
            assert work.artifact_id in line
            assert work.seal in line
            assert work.link in line or work.doi in line


def test_a_link_to_a_doi_is_an_address_that_leads_back_to_it(works: Sequence[Work]) -> None:
    with_doi = [work for work in works if work.doi]
    for work in with_doi:
        parts = urlsplit(work.link)
        assert (parts.query, parts.fragment) == ("", "")
        assert unquote(parts.path).removeprefix("/") == work.doi
        assert not set(work.link) & set('<>"{}|\\^` ')


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Jean-Luc Marie", "J.-L. M."),
        ("E\u0301mile", "E\u0301."),
        ("", ""),
        ("J. R. R.", "J. R. R."),
        ("3rd", "3rd"),
    ],
)
def test_initials(given: str, expected: str) -> None:
    assert initials(given) == expected


def test_one_line_drops_what_xml_cannot_hold_and_keeps_the_rest() -> None:
    assert one_line(" a\tb\r\nc\u2028d\x07\x9f\ufffe \u00a0e\u0301 ") == "a b c d \u00a0e\u0301"


def test_paragraphs_keep_line_breaks() -> None:
    assert paragraphs("a \n\n\n\nb\r\nc\n") == "a\n\nb\nc"


def test_ascii_fold_makes_a_key() -> None:
    assert ascii_fold("Straße Øst Müller 李") == "strasseostmuller"

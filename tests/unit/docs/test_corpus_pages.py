"""The corpus browser has every case, and the traceability page leads to it."""

from sitegen import pages, pages_corpus


def test_every_case_has_an_anchor_on_the_page_of_its_phase() -> None:
    texts = pages_corpus.texts()
    assert pages_corpus.cases()
    for case in pages_corpus.cases():
        phase, _, name = case["id"].partition("/")
        assert f"{{ #{name} }}" in texts[f"reference/corpus/{phase}.md"]


def test_a_case_says_what_was_changed_and_what_a_right_answer_is() -> None:
    text = pages_corpus.texts()["reference/corpus/int.md"].partition("{ #flipped-bit-results-body-json }")[2]
    text = text.partition("###")[0]
    assert "Made from `run` by" in text
    assert "Right answer: invalid AWB-INT-010" in text


def test_a_case_is_linked_to_its_anchor() -> None:
    assert pages_corpus.link("int/a", base="x/") == "[int/a](x/int.md#a)"


def test_requirements_link_to_their_cases() -> None:
    row = next(
        line for line in pages.texts()["spec/requirements.md"].splitlines() if line.startswith("| AWB-R-053 ")
    )
    assert "](../reference/corpus/" in row

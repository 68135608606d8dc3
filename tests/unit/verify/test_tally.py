"""The JSON of a bundle is bounded as a whole, and counted before it is parsed (AWB-R-361, 362)."""

from awen_ref import canonical
from awen_ref.bundle import Bundle
from awen_ref.errors import Finding
from awen_ref.limits import DEFAULT, Limits
from awen_ref.verify import check
from tests import bundles

TIMELINE, EVENTS = "data/evidence/timeline.json", "data/evidence/events.jsonl"
RUN = bundles.files_of(bundles.sealed("run"))
DOCUMENTS = {path: data for path, data in RUN.items() if path.endswith(".json")}


def found(limits: Limits, bundle: Bundle | None = None) -> list[Finding]:
    """The findings about limits."""
    result = check(bundle or bundles.bundle_of(RUN), limits=limits)
    return [finding for finding in result.findings if finding.code.startswith("AWB-LIM-")]


def test_as_many_values_as_may_be_are_accepted_and_one_more_is_told_once() -> None:
    count = sum(map(canonical.count_values, DOCUMENTS.values()))
    assert check(bundles.bundle_of(RUN), limits=DEFAULT._replace(json_values=count)).verdict == "valid"
    (finding,) = found(DEFAULT._replace(json_values=count - 1))
    assert (finding.code, finding.path) == ("AWB-LIM-017", max(DOCUMENTS))
    (finding,) = found(DEFAULT._replace(json_values=count // 2))
    assert finding.code == "AWB-LIM-017"
    assert f"allowed are {count // 2} in all" in finding.message


def test_as_many_octets_as_may_be_are_accepted_and_one_more_is_told_once() -> None:
    size = sum(map(len, DOCUMENTS.values()))
    assert check(bundles.bundle_of(RUN), limits=DEFAULT._replace(json_bytes_together=size)).verdict == "valid"
    (finding,) = found(DEFAULT._replace(json_bytes_together=size - 1))
    assert (finding.code, finding.path) == ("AWB-LIM-018", max(DOCUMENTS))


def test_what_is_over_the_limit_is_hashed_and_not_parsed() -> None:
    files = {**RUN, TIMELINE: b"no JSON at all"}
    result = check(bundles.resealed(files), limits=DEFAULT._replace(json_bytes_together=1))
    assert {finding.code for finding in result.findings} >= {"AWB-LIM-018"}
    assert not [finding for finding in result.findings if finding.code.startswith(("AWB-ENC-", "AWB-INT-"))]


def test_lines_are_counted_together_and_apart_from_documents() -> None:
    lines = [data for path, data in RUN.items() if path.endswith(".jsonl")]
    count = sum(canonical.count_values(line) for data in lines for line in data.splitlines())
    assert found(DEFAULT._replace(json_line_values=count)) == []
    (finding,) = found(DEFAULT._replace(json_line_values=count - 1))
    assert finding.code == "AWB-LIM-017"
    assert finding.path == max(path for path in RUN if path.endswith(".jsonl"))


def test_lines_are_no_longer_read_once_enough_is_reported() -> None:
    """A flood of lines that lack everything costs what hashing it costs."""
    result = check(bundles.resealed({**RUN, EVENTS: b"{}\n" * 5000}))
    assert len([finding for finding in result.findings if finding.path == EVENTS]) == 1000
    assert not result.complete


def test_texts_that_are_read_whole_are_smaller_than_those_that_are_only_hashed() -> None:
    padded = {"ro-crate-preview.html": RUN["ro-crate-preview.html"] + b" " * DEFAULT.text_bytes}
    assert found(DEFAULT, bundles.resealed({**RUN, **padded})) == []
    for path in ("bag-info.txt", "citation/citation.md"):
        padded = {path: RUN[path] + b"\n" * DEFAULT.text_bytes}
        (finding,) = found(DEFAULT, bundles.resealed({**RUN, **padded}))
        assert (finding.code, finding.path) == ("AWB-LIM-007", path)
    limits = DEFAULT._replace(tag_file_bytes=5000)
    (finding,) = found(limits)
    assert (finding.code, finding.path) == ("AWB-LIM-007", "ro-crate-preview.html")


def test_manifest_of_more_lines_than_files_may_be_is_not_taken_apart() -> None:
    lines = RUN["manifest-sha256.txt"].count(b"\n")
    (finding,) = found(DEFAULT._replace(entries=lines - 1))[:1]
    assert (finding.code, finding.path) == ("AWB-LIM-001", "manifest-sha256.txt")


def test_a_text_of_as_many_octets_as_may_be_is_read_and_one_more_is_told() -> None:
    largest = max(
        (path for path in RUN if path.endswith((".txt", ".md", ".cff", ".bib")) and "manifest" not in path),
        key=lambda path: len(RUN[path]),
    )
    assert found(DEFAULT._replace(text_bytes=len(RUN[largest]))) == []
    (finding,) = found(DEFAULT._replace(text_bytes=len(RUN[largest]) - 1))
    assert (finding.code, finding.path) == ("AWB-LIM-007", largest)


def test_lines_behind_the_limit_are_hashed_and_not_parsed() -> None:
    """A broken line says nothing more once there are too many values."""
    sound = RUN[EVENTS]
    limits = DEFAULT._replace(json_line_values=canonical.count_values(sound.splitlines()[0]))
    result = check(bundles.resealed({**RUN, EVENTS: sound + b"no JSON at all\n"}), limits=limits)
    assert {finding.code for finding in result.findings if finding.path == EVENTS} == {"AWB-LIM-017"}

"""Whatever the value, the bundle or the octets: what is written is read back, nothing foreign is raised."""

import io
import json
import math
import tempfile
from collections.abc import Callable
from pathlib import Path

import rfc8785
from hypothesis import example, given, settings
from hypothesis import strategies as st

from awen_ref import archive, canonical, npy
from awen_ref.bundle import Bundle, BytesMember
from awen_ref.canonical import CanonicalError
from awen_ref.canonical.plain import NOT_PLAIN, parse_plain
from awen_ref.digest import Line, parse_manifest, render_manifest
from awen_ref.errors import ContainerError, Finding
from awen_ref.limits import DEFAULT
from awen_ref.npy import Header
from awen_ref.paths import path_problem
from tests.unit.archive.test_odd_archives import PLAIN, REFUSED

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NUMBERS = st.integers(1 - 2**53, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=30,
)
SEGMENT = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,12}", fullmatch=True)
PATH = st.lists(SEGMENT, min_size=1, max_size=5).map("/".join).filter(lambda path: path_problem(path) is None)
CONTENT = st.dictionaries(PATH | st.just("CITATION.cff"), st.binary(max_size=600), max_size=12)


def without_prefixes(content: dict[str, bytes]) -> dict[str, bytes]:
    """The same without files that are folders of others."""
    folders = {path.rsplit("/", count)[0] for path in content for count in range(1, path.count("/") + 1)}
    return {path: data for path, data in sorted(content.items()) if path not in folders}


def content_of(bundle: Bundle) -> dict[str, bytes]:
    return {path: member.read() for path, member in bundle.members.items()}


def outcome(read: Callable[[bytes], object], data: bytes) -> tuple[object, tuple[Finding, ...]]:
    """What reading gives, or the findings it is refused with: one of the two, and no other error."""
    try:
        return read(data), ()
    except (CanonicalError, ContainerError) as error:
        if not error.findings:
            raise
        return None, error.findings


def same(left: object, right: object) -> bool:
    """Equality of JSON values as binary64, without the sign of zero."""
    return bool(json.loads(rfc8785.dumps(left)) == json.loads(rfc8785.dumps(right)))  # type: ignore[arg-type]


@given(JSON)
@settings(deadline=None)
def test_every_value_is_read_back_from_its_canonical_text(value: object) -> None:
    text = canonical.dumps(value)
    assert same(canonical.loads_canonical(text), value)
    assert canonical.dumps(canonical.loads(text)) == text


@given(JSON)
@settings(deadline=None)
def test_canonical_text_is_that_of_the_reference_package(value: object) -> None:
    assert canonical.dumps(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@given(JSON, st.sampled_from([None, 0, 1, 4]), st.booleans(), st.booleans())
@settings(deadline=None)
def test_any_layout_of_a_document_has_one_canonical_text(
    value: object,
    indent: int | None,
    ascii_only: bool,  # noqa: FBT001 - drawn by Hypothesis
    backwards: bool,  # noqa: FBT001 - drawn by Hypothesis
) -> None:
    if backwards and isinstance(value, dict):
        value = dict(reversed(value.items()))
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode()
    assert canonical.dumps(canonical.parse_input(text)) == canonical.dumps(value)


@given(JSON)
@settings(deadline=None)
def test_short_way_accepts_only_what_the_long_way_accepts(value: object) -> None:
    for text in (
        canonical.dumps(value),
        json.dumps(value).encode(),
        json.dumps(value, separators=(",", ":")).encode(),
    ):
        plain = parse_plain(text, DEFAULT)
        if plain is not NOT_PLAIN:
            assert canonical.dumps(plain) == text
            assert plain == canonical.loads(text)


@given(st.text('{}[]",:\\ue0123456789.-+ntrfalsNI \n\t\u00e9', max_size=40))
@example('{"a":1,"a":1}')
@example("[1e400]")
@example('["\\ud800"]')
@settings(deadline=None)
def test_any_octets_are_accepted_or_refused_with_findings_by_both_parsers(text: str) -> None:
    data = text.encode()
    value, findings = outcome(canonical.loads, data)
    strict, strict_findings = outcome(canonical.loads_canonical, data)
    if findings:
        assert strict_findings
        assert parse_plain(data, DEFAULT) is NOT_PLAIN
        return
    assert json.loads(data, parse_int=float) == value
    assert bool(strict_findings) is (canonical.dumps(value) != data)
    assert strict_findings or same(strict, value)


@given(st.binary(max_size=60))
@settings(deadline=None)
def test_any_bytes_are_accepted_or_refused_with_findings(data: bytes) -> None:
    for parse in (canonical.loads, canonical.loads_canonical, canonical.loads_lines):
        outcome(parse, data)


@given(st.lists(st.dictionaries(TEXT, JSON, max_size=3), max_size=6), st.integers(1, 50))
@settings(deadline=None)
def test_lines_are_read_back_from_pieces_of_any_size(values: list[dict[str, object]], size: int) -> None:
    data = b"".join(canonical.dumps(value) + b"\n" for value in values)
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    found = list(canonical.iter_lines(pieces))
    assert [canonical.dumps(value) for value in found] == [canonical.dumps(value) for value in values]


@given(st.dictionaries(PATH, st.from_regex("[0-9a-f]{64}", fullmatch=True), min_size=1, max_size=20))
@settings(deadline=None)
def test_manifest_is_read_back_whatever_it_lists(listed: dict[str, str]) -> None:
    lines = tuple(Line(sha256, path) for path, sha256 in sorted(listed.items()))
    assert parse_manifest(render_manifest(reversed(lines))) == (lines, ())


@given(st.sets(PATH, min_size=2, max_size=6).flatmap(lambda paths: st.permutations(sorted(paths))))
@settings(deadline=None)
def test_manifest_in_another_order_is_a_finding(paths: list[str]) -> None:
    _, findings = parse_manifest("".join(f"{'a' * 64}  {path}\n" for path in paths).encode())
    assert bool(findings) is (paths != sorted(paths))


@given(CONTENT.map(without_prefixes))
@settings(max_examples=60, deadline=None)
def test_directory_to_archive_to_directory_is_exact(content: dict[str, bytes]) -> None:
    """AWB-R-153."""
    bundle = Bundle({path: BytesMember(data) for path, data in content.items()})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive.write_directory(bundle, folder / "first")
        first = archive.read(folder / "first")
        assert content_of(first) == content
        archive.write_zip(first, folder / "b.zip")
        zipped = archive.read(folder / "b.zip")
        assert (content_of(zipped), zipped.findings) == (content, ())
        archive.write_directory(zipped, folder / "second")
        assert content_of(archive.read(folder / "second")) == content
        archive.write_zip(archive.read(folder / "second"), folder / "again.zip")
        assert (folder / "again.zip").read_bytes() == (folder / "b.zip").read_bytes()


@given(CONTENT.map(without_prefixes), st.booleans())
@settings(max_examples=60, deadline=None)
def test_archive_is_read_back_and_depends_on_the_content_alone(
    content: dict[str, bytes],
    compress: bool,  # noqa: FBT001 - drawn by Hypothesis
) -> None:
    written = []
    for items in (content.items(), reversed(content.items())):
        target = io.BytesIO()
        bundle = Bundle({path: BytesMember(data) for path, data in items})
        archive.write_zip(bundle, target, compress=compress)
        written.append(target.getvalue())
    assert written[0] == written[1]
    read = archive.read(io.BytesIO(written[0]))
    assert (content_of(read), read.findings) == (content, ())


SEEDS = [PLAIN.build(), *(case if isinstance(case, bytes) else case.build() for _, case in REFUSED.values())]
SEEDS = [seed for seed in SEEDS if len(seed) < 10_000]


@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 9_999), st.binary(min_size=1, max_size=8)), max_size=4),
    st.tuples(st.integers(0, 9_999), st.integers(0, 40)),
)
@settings(max_examples=400, deadline=None)
def test_mutated_archive_is_read_or_refused_with_findings(
    seed: bytes, patches: list[tuple[int, bytes]], cut: tuple[int, int]
) -> None:
    octets = bytearray(seed)
    for place, patch in patches:
        at = place % max(len(octets), 1)
        octets[at : at + len(patch)] = patch
    start = cut[0] % max(len(octets), 1)
    del octets[start : start + cut[1]]
    outcome(lambda data: content_of(archive.read(io.BytesIO(data))), bytes(octets))


@given(
    st.lists(st.integers(0, 4), max_size=4).map(tuple),
    st.sampled_from(["<f8", "<i8", "<u8", "|b1"]),
    st.data(),
)
@settings(deadline=None)
def test_array_file_is_sound_iff_its_elements_are(
    shape: tuple[int, ...], descr: str, data: st.DataObject
) -> None:
    size = Header(descr, shape).data_bytes
    elements = data.draw(st.binary(min_size=size, max_size=size))
    file = Header(descr, shape).render() + elements
    if descr == "<f8":
        sound = all(map(math.isfinite, memoryview(elements).cast("d"))) if size else True
    else:
        sound = descr != "|b1" or set(elements) <= {0, 1}
    step = data.draw(st.integers(1, 300))
    assert (not npy.check(file[at : at + step] for at in range(0, len(file), step))) is sound
    if sound:
        assert npy.encode(npy.read(file)) == file

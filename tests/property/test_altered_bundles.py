"""Whatever is done to a sealed bundle is found, and never in any other way than by a finding."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from awen_ref import canonical
from awen_ref.digest import MANIFEST, TAG_MANIFEST
from awen_ref.errors import VerificationError
from awen_ref.verify import Report, check, verify
from tests import bundles

FILES = {kind: bundles.files_of(bundles.sealed(kind)) for kind in bundles.KINDS}

MANIFESTS = {MANIFEST, TAG_MANIFEST}

kinds = st.sampled_from(bundles.KINDS)


one_file = st.sampled_from([(kind, path) for kind in bundles.KINDS for path in FILES[kind]])
"""A type and a path of its bundle. Files themselves are not drawn: a failing example would print them all."""


def named(report: Report, path: str) -> bool:
    """Whether the report is invalid and says so of the file. A digest that was altered in a manifest is
    reported of the file that it lists.
    """
    paths = {finding.path for finding in report.findings}
    return report.verdict == "invalid" and (path in paths or path in MANIFESTS)


@given(one_file, st.data())
@settings(max_examples=300, deadline=None)
def test_any_altered_byte_is_found(chosen: tuple[str, str], data: st.DataObject) -> None:
    kind, path = chosen
    files = FILES[kind]
    content = files[path]
    if not content:
        return
    position = data.draw(st.integers(0, len(content) - 1))
    changed = content[position] ^ data.draw(st.integers(1, 255))
    altered = files | {path: content[:position] + bytes([changed]) + content[position + 1 :]}
    report = check(bundles.bundle_of(altered))
    assert named(report, path)
    with pytest.raises(VerificationError):
        verify(bundles.bundle_of(altered))


@given(one_file, st.integers(0, 64), st.binary(max_size=8))
@settings(max_examples=150, deadline=None)
def test_any_cut_or_lengthened_file_is_found(chosen: tuple[str, str], cut: int, more: bytes) -> None:
    kind, path = chosen
    files = FILES[kind]
    changed = files[path][: len(files[path]) - cut] + more
    if changed != files[path]:
        report = check(bundles.bundle_of(files | {path: changed}))
        assert named(report, path)


@given(one_file)
@settings(max_examples=100, deadline=None)
def test_any_removed_file_is_found(chosen: tuple[str, str]) -> None:
    kind, path = chosen
    files = FILES[kind]
    report = check(bundles.bundle_of({name: data for name, data in files.items() if name != path}))
    assert named(report, path)


@given(one_file, st.from_regex(r"[a-z0-9][a-z0-9._-]{0,8}[a-z0-9]", fullmatch=True))
@settings(max_examples=100, deadline=None)
def test_any_renamed_file_is_found(chosen: tuple[str, str], name: str) -> None:
    kind, path = chosen
    files = FILES[kind]
    folder, slash, _ = path.rpartition("/")
    renamed = folder + slash + name
    if renamed in files:
        return
    moved = {(renamed if old == path else old): data for old, data in files.items()}
    report = check(bundles.bundle_of(moved))
    assert named(report, path)
    assert named(report, renamed)


@given(
    kinds, st.from_regex(r"(data/|data/inputs/|citation/|)[a-z0-9][a-z0-9._/-]{0,20}[a-z0-9]", fullmatch=True)
)
@settings(max_examples=100, deadline=None)
def test_any_added_file_is_found(kind: str, path: str) -> None:
    if path in FILES[kind]:
        return
    report = check(bundles.bundle_of(FILES[kind] | {path: b"x"}))
    assert named(report, path)


@given(one_file, st.binary(max_size=200))
@example(("run", "data/evidence/metrics.json"), b"{ }")
@settings(max_examples=200, deadline=None)
def test_hostile_content_that_is_sealed_again_is_answered_with_findings(
    chosen: tuple[str, str], data: bytes
) -> None:
    kind, path = chosen
    files = FILES[kind]
    report = check(bundles.resealed(files | {path: data}))
    # An execution without metrics has `{}` there, which is among what is tried first.
    assert report.findings or not path.endswith(".json") or data == files[path]


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-10, 10)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(one_file, json_values, st.data())
@settings(max_examples=400, deadline=None)
def test_hostile_values_in_documents_are_answered_with_findings(
    chosen: tuple[str, str], value: object, data: st.DataObject
) -> None:
    """A value of any kind at any place of any document, sealed again: no rule may stumble over it."""
    kind, path = chosen
    files = FILES[kind]
    if not path.endswith(".json"):
        return
    document = json.loads(files[path])
    place = document
    while isinstance(place, dict | list) and place:
        key = data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
        if not isinstance(place[key], dict | list) or data.draw(st.booleans()):
            place[key] = value
            break
        place = place[key]
    check(bundles.resealed(files | {path: canonical.dumps(document)}))

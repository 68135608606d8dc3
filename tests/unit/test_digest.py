"""Manifests octet for octet, and ids that coreutils give too."""

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

from awen_ref.bundle import BytesMember
from awen_ref.digest import (
    Ids,
    Line,
    ids_of,
    parse_id,
    parse_manifest,
    render_manifest,
    sha256_hex,
    sha256_of,
    short_id,
)
from awen_ref.errors import UsageError, VerificationError
from awen_ref.limits import DEFAULT

A, B, C = "a" * 64, "b" * 64, "0123456789abcdef" * 4
LINES = (
    Line(A, "data/claim/claim.json"),
    Line(B, "data/evidence/environment.json"),
    Line(C, "data/inputs/experiment.json"),
    Line(A, "data/inputs/ir.json"),
    Line(B, "data/results/arrays/pd1.power.npy"),
    Line(C, "data/results/body.json"),
)
MANIFEST = render_manifest(LINES)
TAGS = render_manifest([Line(A, "bagit.txt"), Line(B, "CITATION.cff")])

BROKEN = {
    "empty": (b"", "AWB-INT-007"),
    "no last line feed": (MANIFEST[:-1], "AWB-INT-004"),
    "blank line": (MANIFEST + b"\n", "AWB-INT-001"),
    "blank first line": (b"\n" + MANIFEST, "AWB-INT-001"),
    "spaces only": (MANIFEST + b"  \n", "AWB-INT-001"),
    "byte order mark": (b"\xef\xbb\xbf" + MANIFEST, "AWB-INT-001"),
    "comment": (b"# made by hand\n" + MANIFEST, "AWB-INT-001"),
    "carriage returns": (f"{A}  data/a\r\n".encode(), "AWB-INT-001"),
    "escaped path": (f"\\{A}  data/a\\nb\n".encode(), "AWB-INT-001"),
    "BSD style": (f"SHA256 (data/a) = {A}\n".encode(), "AWB-INT-001"),
    "digest too short": (f"{A[1:]}  data/a\n".encode(), "AWB-INT-001"),
    "digest too long": (f"{A}0  data/a\n".encode(), "AWB-INT-001"),
    "digest of another algorithm": (f"{A}{B}  data/a\n".encode(), "AWB-INT-001"),
    "digest not hexadecimal": (f"{'g' * 64}  data/a\n".encode(), "AWB-INT-001"),
    "upper-case digest": (f"{A.upper()}  data/a\n".encode(), "AWB-INT-005"),
    "one upper-case digit": (f"{C[:-1]}F  data/a\n".encode(), "AWB-INT-005"),
    "spaces among the digits": (f"{A[:30]}    {A[:30]}  data/a\n".encode(), "AWB-INT-001"),
    "one space": (f"{A} data/a\n".encode(), "AWB-INT-001"),
    "three spaces": (f"{A}   data/a\n".encode(), "AWB-INT-006"),
    "tab": (f"{A}\tdata/a\n".encode(), "AWB-INT-001"),
    "binary marker": (f"{A} *data/a\n".encode(), "AWB-INT-001"),
    "leading space": (f" {A}  data/a\n".encode(), "AWB-INT-001"),
    "path missing": (f"{A}  \n".encode(), "AWB-INT-006"),
    "digest alone": (f"{A}\n".encode(), "AWB-INT-001"),
    "dot slash": (f"{A}  ./data/a\n".encode(), "AWB-INT-006"),
    "parent": (f"{A}  data/../a\n".encode(), "AWB-INT-006"),
    "absolute": (f"{A}  /data/a\n".encode(), "AWB-INT-006"),
    "double slash": (f"{A}  data//a\n".encode(), "AWB-INT-006"),
    "upper-case path": (f"{A}  data/A\n".encode(), "AWB-INT-006"),
    "trailing space": (f"{A}  data/a \n".encode(), "AWB-INT-006"),
    "trailing dot": (f"{A}  data/a.\n".encode(), "AWB-INT-006"),
    "device": (f"{A}  data/con\n".encode(), "AWB-INT-006"),
    "percent-encoded": (f"{A}  data/a%0a\n".encode(), "AWB-INT-006"),
    "not ASCII": (f"{A}  data/\u00e4\n".encode(), "AWB-INT-006"),
    "not UTF-8": (f"{A}  data/".encode() + b"\xff\n", "AWB-INT-006"),
    "path too long": (f"{A}  {'/'.join(['a' * 250] * 5)}\n".encode(), "AWB-INT-006"),
    "path too deep": (f"{A}  {'a/' * 16}a\n".encode(), "AWB-INT-006"),
    "NUL": (f"{A}  data/a\0\n".encode(), "AWB-INT-006"),
    "vertical tab": (f"{A}  data/a\v\n".encode(), "AWB-INT-006"),
    "twice the same": (f"{A}  data/a\n{A}  data/a\n".encode(), "AWB-INT-002"),
    "twice with another digest": (f"{A}  data/a\n{B}  data/a\n".encode(), "AWB-INT-002"),
    "reversed": (f"{A}  data/b\n{A}  data/a\n".encode(), "AWB-INT-003"),
    "sorted by digest": (f"{A}  data/b\n{B}  data/a\n".encode(), "AWB-INT-003"),
    "sorted by folder first": (f"{A}  data/a/b\n{A}  data/a-b\n".encode(), "AWB-INT-003"),
    "sorted without case": (f"{A}  bagit.txt\n{B}  CITATION.cff\n".encode(), "AWB-INT-003"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_manifest_has_one_precise_finding(case: str) -> None:
    data, code = BROKEN[case]
    _, findings = parse_manifest(data, path="manifest-sha256.txt")
    assert [(finding.code, finding.path) for finding in findings] == [(code, "manifest-sha256.txt")]
    assert findings[0].message.isprintable()


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ("blank first line", "line 1 of manifest-sha256.txt is blank"),
        ("blank line", "line 7 of manifest-sha256.txt is blank"),
        ("byte order mark", "line 1 of manifest-sha256.txt begins with a byte order mark"),
        (
            "escaped path",
            "line 1 of manifest-sha256.txt begins with a backslash, the mark of an escaped path",
        ),
        ("BSD style", "line 1 of manifest-sha256.txt does not begin with 64 hexadecimal digits"),
        ("tab", "line 1 of manifest-sha256.txt has no two spaces after the digest"),
        (
            "binary marker",
            (
                "line 1 of manifest-sha256.txt has no two spaces after the digest "
                "(`*` marks binary mode, which has no place here)"
            ),
        ),
        ("carriage returns", "line 1 of manifest-sha256.txt ends in CR LF"),
        ("no last line feed", "line 6 of manifest-sha256.txt, the last one, is not ended by LF"),
        ("reversed", "line 2 of manifest-sha256.txt has the path data/a after data/b"),
        ("twice the same", "line 2 of manifest-sha256.txt repeats the path data/a"),
    ],
)
def test_broken_manifest_is_told_by_line_and_cause(case: str, said: str) -> None:
    _, findings = parse_manifest(BROKEN[case][0], path="manifest-sha256.txt")
    assert [finding.message for finding in findings] == [said]


def test_a_manifest_of_the_largest_size_is_read() -> None:
    bounds = DEFAULT._replace(tag_file_bytes=len(MANIFEST), entries=len(LINES))
    assert parse_manifest(MANIFEST, limits=bounds) == (LINES, ())
    _, findings = parse_manifest(MANIFEST, limits=bounds._replace(entries=len(LINES) - 1))
    assert [finding.code for finding in findings] == ["AWB-LIM-001"]


def test_order_is_judged_against_the_line_before() -> None:
    _, findings = parse_manifest(f"{A}  a\n{A}  c\n{A}  b\n{A}  d\n{A}  b.x\n".encode())
    assert [finding.message.partition(" of ")[0] for finding in findings] == ["line 3", "line 5"]


def test_sound_manifest_gives_its_lines_and_renders_to_the_same_octets() -> None:
    lines, findings = parse_manifest(MANIFEST)
    assert (lines, findings) == (LINES, ())
    assert render_manifest(reversed(lines)) == MANIFEST


def test_upper_case_letters_sort_before_lower_case_ones() -> None:
    assert f"{B}  CITATION.cff\n{A}  bagit.txt\n".encode() == TAGS
    assert parse_manifest(TAGS)[1] == ()


def test_broken_manifest_still_gives_its_sound_lines() -> None:
    lines, findings = parse_manifest(MANIFEST + f"{A}  ./x\n{B}  zzz\n".encode())
    assert lines == (*LINES, Line(B, "zzz"))
    assert len(findings) == 1


@pytest.mark.parametrize("data", [f"{A}  data/a\r".encode(), f"{A}  data/a\n".encode("utf-16-le")])
def test_manifest_in_another_writing_has_no_line(data: bytes) -> None:
    lines, findings = parse_manifest(data)
    assert lines == ()
    assert {finding.code for finding in findings} == {"AWB-INT-001", "AWB-INT-004"}


def test_findings_are_bounded_and_so_is_the_file() -> None:
    assert len(parse_manifest(b"\n" * 1000)[1]) == 20
    _, findings = parse_manifest(MANIFEST, limits=DEFAULT._replace(tag_file_bytes=len(MANIFEST) - 1))
    assert [finding.code for finding in findings] == ["AWB-LIM-007"]


def test_ids_are_those_of_coreutils(tmp_path: Path) -> None:
    """AWB-R-056 to AWB-R-059, from the octets as stored (AWB-R-062)."""
    (tmp_path / "manifest-sha256.txt").write_bytes(MANIFEST)
    (tmp_path / "tagmanifest-sha256.txt").write_bytes(TAGS)

    def shell(command: str) -> str:
        run = subprocess.run(
            ["sh", "-c", command],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
            env={"PATH": os.environ["PATH"]},
        )
        return run.stdout.split()[0]

    select = "grep -E '^[0-9a-f]{64}  data/%s/' manifest-sha256.txt | sha256sum"
    assert ids_of(MANIFEST, TAGS) == Ids(
        inputs_id="inp_" + shell(select % "inputs"),
        results_id="res_" + shell(select % "results"),
        artifact_id="awen_" + shell(select % "(inputs|claim|results)"),
        seal="seal_" + shell("sha256sum < tagmanifest-sha256.txt"),
    )


def test_evidence_does_not_count_for_an_id_and_the_rest_does() -> None:
    first = ids_of(MANIFEST, TAGS)
    for index, line in enumerate(LINES):
        changed = list(LINES)
        changed[index] = Line(sha256_hex(b"other"), line.path)
        other = ids_of(render_manifest(changed), TAGS)
        kind = line.path.split("/")[1]
        assert (other.artifact_id != first.artifact_id) is (kind != "evidence")
        assert (other.inputs_id != first.inputs_id) is (kind == "inputs")
        assert (other.results_id != first.results_id) is (kind == "results")
        assert other.seal == first.seal


@pytest.mark.parametrize("missing", ["data/inputs/", "data/claim/", "data/results/"])
def test_nothing_selected_has_no_id(missing: str) -> None:
    manifest = render_manifest(line for line in LINES if not line.path.startswith(missing))
    with pytest.raises(VerificationError) as caught:
        ids_of(manifest, TAGS)
    assert [finding.code for finding in caught.value.findings] == ["AWB-IDN-001"]
    assert missing in caught.value.findings[0].message


@pytest.mark.parametrize("case", BROKEN)
def test_broken_manifest_has_no_id(case: str) -> None:
    for manifests in ((BROKEN[case][0], TAGS), (MANIFEST, BROKEN[case][0])):
        with pytest.raises(VerificationError) as caught:
            ids_of(*manifests)
        assert [finding.code for finding in caught.value.findings] == [BROKEN[case][1]]


def test_folder_names_that_only_begin_alike_are_not_selected() -> None:
    more = [*LINES, Line(A, "data/inputs2/x"), Line(A, "data/resultsx"), Line(A, "xdata/inputs/x")]
    assert ids_of(render_manifest(more), TAGS) == ids_of(MANIFEST, TAGS)


def test_digest_of_a_member_is_that_of_its_octets() -> None:
    data = os.urandom(1_000_000)
    assert sha256_of(BytesMember(data)) == sha256_hex(data) == hashlib.sha256(data).hexdigest()
    assert sha256_of(BytesMember(b"")) == hashlib.sha256().hexdigest()


@pytest.mark.parametrize("kind", ["awen", "inp", "res", "seal"])
def test_id_may_be_given_whole_or_by_its_beginning(kind: str) -> None:
    whole = f"{kind}_{C}"
    assert parse_id(whole).whole
    short = parse_id(short_id(whole))
    assert (short.whole, str(short)) == (False, f"{kind}_0123456789abcdef")
    assert short.matches(whole)
    assert not short.matches(f"{kind}_{A}")
    assert not parse_id(f"{kind}_{C[:17]}").matches(f"{kind}_{C[:16]}{A[:48]}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "awen_",
        f"awen_{C[:15]}",
        f"awen_{C}0",
        f"awen_{C.upper()}",
        C,
        f"awe_{C}",
        f" awen_{C}",
        f"awen_{C}\n",
        f"awen-{C}",
    ],
)
def test_what_is_no_id_is_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError):
        parse_id(text)


def test_limits_of_the_caller_hold_for_both_manifests_and_every_path() -> None:
    """AWB-R-360."""
    lines = [Line(A, f"data/{part}/{'x' * 90}") for part in ("claim", "inputs", "results")]
    manifest, tag = render_manifest(lines), render_manifest([Line(A, "bagit.txt")])
    narrow = DEFAULT._replace(path_bytes=80)
    assert ids_of(manifest, tag).artifact_id.startswith("awen_")
    found = parse_manifest(manifest, limits=narrow)
    assert ({finding.code for finding in found[1]}, len(found[1])) == ({"AWB-INT-006"}, 3)
    for one, other, limits in (
        (manifest, tag, narrow),
        (manifest, tag, DEFAULT._replace(tag_file_bytes=len(manifest) - 1)),
        (manifest, manifest + tag, DEFAULT._replace(tag_file_bytes=len(manifest))),
    ):
        with pytest.raises(VerificationError):
            ids_of(one, other, limits=limits)

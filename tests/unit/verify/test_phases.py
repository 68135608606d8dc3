"""Manifests, digests, inventory, bytes, schema, identity: files changed by hand, exactly what is found."""

import json
from collections.abc import Callable

import pytest

from awen_ref import canonical
from awen_ref.bundle import Bundle, BytesMember
from awen_ref.digest import MANIFEST, TAG_MANIFEST
from awen_ref.errors import ContainerError, Finding
from awen_ref.limits import Limits
from awen_ref.verify import Report, check
from tests import bundles

Files = dict[str, bytes]
Found = set[tuple[str, str, str]]

EXPERIMENT = "data/inputs/experiment.json"
MEAN = "data/results/arrays/counter.mean.npy"
NOTES = "data/evidence/attachments/notes/lab.txt"


def files(kind: str = "run") -> Files:
    return bundles.files_of(bundles.sealed(kind))


def found(bundle: Bundle) -> Found:
    return {(f.code, f.path, f.pointer) for f in check(bundle).findings}


def swapped(path: str, old: bytes, new: bytes, *, again: bool = False) -> Report:
    """The report on a run with one file changed, sealed again if asked."""
    made = files()
    assert old in made[path]
    made[path] = made[path].replace(old, new)
    return check(bundles.resealed(made) if again else bundles.bundle_of(made))


# Containers


def test_what_the_reader_saw_is_reported() -> None:
    seen = Finding("AWB-INV-001", "odd name", "x")
    made = bundles.sealed("run")
    assert check(Bundle(made.members, (seen,))).findings == (seen,)


class _Broken:
    """A member whose bytes cannot be had."""

    size = 3

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self._findings = findings

    def chunks(self) -> None:
        raise ContainerError("broken", findings=self._findings)

    read = chunks


def test_member_that_breaks_while_it_is_read_is_a_finding() -> None:
    seen = Finding("AWB-INV-001", "CRC differs", NOTES)
    members = dict(bundles.sealed("run").members)
    members[NOTES] = _Broken((seen,))  # type: ignore[assignment]  # never gives a chunk
    assert seen in check(Bundle(members)).findings


def test_member_that_cannot_be_read_for_no_fault_of_the_bundle_is_an_error() -> None:
    members = dict(bundles.sealed("run").members)
    members[NOTES] = _Broken(())  # type: ignore[assignment]  # never gives a chunk
    with pytest.raises(ContainerError, match="broken"):
        check(Bundle(members))


# Manifests


@pytest.mark.parametrize("manifest", [MANIFEST, TAG_MANIFEST])
@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"".join(reversed(data.splitlines(keepends=True))),
        lambda data: data + data.splitlines(keepends=True)[-1],
        lambda data: data[:-1],
        lambda data: data.replace(b"  ", b"  ./"),
        lambda data: data[:64].upper() + data[64:],
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda _: b"",
    ],
    ids=["unsorted", "doubled", "unended", "dot-slash", "upper-case", "crlf", "empty"],
)
def test_manifest_outside_the_grammar_gives_a_finding_and_no_id(
    manifest: str, change: Callable[[bytes], bytes]
) -> None:
    made = files()
    made[manifest] = change(made[manifest])
    report = check(bundles.bundle_of(made))
    assert report.ids is None
    assert report.verdict == "invalid"
    assert any(f.code.startswith("AWB-INT-00") and f.path == manifest for f in report.findings)


def test_manifest_over_the_limit_is_not_read() -> None:
    made = bundles.sealed("run")
    report = check(made, limits=Limits(tag_file_bytes=100))
    assert report.ids is None
    assert ("AWB-LIM-007", MANIFEST) in {(f.code, f.path) for f in report.findings}


def test_payload_without_inputs_has_no_id() -> None:
    made = {path: data for path, data in files().items() if not path.startswith("data/inputs/")}
    report = check(bundles.resealed(made))
    assert report.ids is None
    assert ("AWB-IDN-001", MANIFEST) in {(f.code, f.path) for f in report.findings}


# Digests


@pytest.mark.parametrize("path", [NOTES, MEAN, "ro-crate-preview.html"])
def test_altered_file_is_a_finding(path: str) -> None:
    made = files()
    made[path] = made[path][:-1] + bytes([made[path][-1] ^ 1])
    assert found(bundles.bundle_of(made)) == {("AWB-INT-010", path, "")}


def test_altered_document_is_judged_all_the_same() -> None:
    report = swapped(EXPERIMENT, b'"shots":4', b'"shots":5')
    assert {(f.code, f.path) for f in report.findings} == {
        ("AWB-INT-010", EXPERIMENT),
        ("AWB-SEM-017", "data/results/body.json"),
    }


# Inventory


def test_missing_payload_file_is_a_finding() -> None:
    made = files()
    del made[NOTES]
    assert found(bundles.bundle_of(made)) == {("AWB-INV-021", NOTES, "")}


def test_missing_required_file_is_named_twice_over() -> None:
    made = files()
    del made["CITATION.cff"]
    assert found(bundles.bundle_of(made)) == {
        ("AWB-INV-014", "CITATION.cff", ""),
        ("AWB-INV-021", "CITATION.cff", ""),
    }


def test_missing_tag_manifest_is_a_finding_and_no_id() -> None:
    made = files()
    del made[TAG_MANIFEST]
    report = check(bundles.bundle_of(made))
    assert {(f.code, f.path) for f in report.findings} == {("AWB-INV-014", TAG_MANIFEST)}
    assert report.ids is None


def test_extra_attachment_is_a_finding() -> None:
    made = files() | {"data/evidence/attachments/extra.txt": b"x"}
    assert found(bundles.bundle_of(made)) == {("AWB-INV-017", "data/evidence/attachments/extra.txt", "")}


def test_renamed_file_is_two_findings() -> None:
    made = files()
    made["data/evidence/attachments/renamed.txt"] = made.pop(NOTES)
    assert found(bundles.bundle_of(made)) == {
        ("AWB-INV-017", "data/evidence/attachments/renamed.txt", ""),
        ("AWB-INV-021", NOTES, ""),
    }


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("fetch.txt", "AWB-INV-016"),
        ("manifest-md5.txt", "AWB-INV-016"),
        ("tagmanifest-sha512.txt", "AWB-INV-016"),
        ("readme.md", "AWB-INV-011"),
        ("extra/file.txt", "AWB-INV-011"),
        ("data/extra/file.txt", "AWB-INV-012"),
        ("data/file.txt", "AWB-INV-012"),
        ("data/inputs/extra.json", "AWB-INV-013"),
        ("data/results/arrays/Bad.npy", "AWB-INV-013"),
        ("citation/extra.txt", "AWB-INV-013"),
        ("signatures/readme.txt", "AWB-INV-013"),
    ],
)
def test_stray_file_is_a_finding(path: str, code: str) -> None:
    made = files() | {path: b"x"}
    assert (code, path, "") in found(bundles.bundle_of(made))


def test_file_that_the_type_forbids_is_a_finding() -> None:
    task = bundles.files_of(bundles.sealed("validation"))["data/inputs/task.json"]
    made = files() | {"data/inputs/task.json": task}
    assert ("AWB-INV-015", "data/inputs/task.json", "") in found(bundles.resealed(made))


def test_tag_file_that_the_tag_manifest_does_not_list_is_a_finding() -> None:
    made = files()
    lines = made[TAG_MANIFEST].splitlines(keepends=True)
    made[TAG_MANIFEST] = b"".join(line for line in lines if b"CITATION" not in line)
    assert found(bundles.bundle_of(made)) >= {("AWB-INV-019", "CITATION.cff", "")}


@pytest.mark.parametrize(
    ("manifest", "line", "code"),
    [
        (MANIFEST, b"  zzz.txt\n", "AWB-INV-018"),
        (TAG_MANIFEST, b"  data/inputs/experiment.json\n", "AWB-INV-020"),
        (TAG_MANIFEST, b"  tagmanifest-sha256.txt\n", "AWB-INV-020"),
    ],
)
def test_manifest_that_lists_a_stranger_is_a_finding(manifest: str, line: bytes, code: str) -> None:
    made = files()
    lines: list[bytes] = [*made[manifest].splitlines(keepends=True), b"0" * 64 + line]
    lines.sort(key=lambda text: text[66:])
    made[manifest] = b"".join(lines)
    assert (code, manifest, "") in found(bundles.bundle_of(made))


def test_bagit_txt_with_another_version_is_a_finding() -> None:
    report = swapped("bagit.txt", b"1.0", b"0.97", again=True)
    assert {(f.code, f.path) for f in report.findings} == {("AWB-INV-022", "bagit.txt")}


# Bytes


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'"shots":4', b'"shots": 4', "AWB-ENC-007"),
        (b'"shots":4', b'"shots":4.0', "AWB-ENC-007"),
        (b'"shots":4', b'"shots":1e400', "AWB-ENC-005"),
        (b'"shots":4', b'"shots":4,"shots":4', "AWB-ENC-004"),
        (b'"42"', b'"\\ud800"', "AWB-ENC-006"),
        (b"{", b"\xef\xbb\xbf{", "AWB-ENC-002"),
    ],
)
def test_json_that_is_not_canonical_is_a_finding(old: bytes, new: bytes, code: str) -> None:
    report = swapped(EXPERIMENT, old, new, again=True)
    assert (code, EXPERIMENT) in {(f.code, f.path) for f in report.findings}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda data: data[:-1], "AWB-ENC-008"),
        (lambda data: data + b"\n", "AWB-ENC-009"),
        (lambda data: data.replace(b":", b": ", 1), "AWB-ENC-007"),
    ],
)
def test_json_lines_that_are_not_canonical_are_a_finding(change: Callable[[bytes], bytes], code: str) -> None:
    path = "data/evidence/events.jsonl"
    made = files()
    made[path] = change(made[path])
    report = check(bundles.resealed(made))
    assert (code, path) in {(f.code, f.path) for f in report.findings}


def test_digest_of_json_lines_counts_what_stands_behind_a_flaw() -> None:
    path = "data/evidence/events.jsonl"
    made = files()
    made[path] = b"{ }\n" + made[path]
    good = {(f.code, f.path) for f in check(bundles.resealed(made)).findings}
    assert ("AWB-INT-010", path) not in good
    assert ("AWB-ENC-007", path) in good


def test_line_of_another_class_is_named_by_its_number() -> None:
    path = "data/evidence/events.jsonl"
    made = files()
    made[path] = made[path].replace(b'"sequence":1', b'"sequence":"1"')
    assert ("AWB-SCH-003", path, "/1/sequence") in found(bundles.resealed(made))


def test_array_with_a_nan_is_a_finding() -> None:
    made = files()
    made[MEAN] = made[MEAN][:-8] + b"\0\0\0\0\0\0\xf8\x7f"
    assert ("AWB-ENC-024", MEAN) in {(f.code, f.path) for f in check(bundles.resealed(made)).findings}


def test_json_over_the_limit_is_not_parsed() -> None:
    report = check(bundles.sealed("run"), limits=Limits(json_bytes=100))
    assert ("AWB-LIM-010", EXPERIMENT) in {(f.code, f.path) for f in report.findings}


def test_empty_control_log_is_a_finding() -> None:
    made = files() | {"data/results/control.jsonl": b""}
    assert ("AWB-SEM-019", "data/results/control.jsonl", "") in found(bundles.resealed(made))


# Signatures


def test_signatures_are_no_part_of_the_seal() -> None:
    made = files()
    with_one = made | {"signatures/me.dsse.json": b"anything"}
    report = check(bundles.bundle_of(with_one))
    assert {finding.code for finding in report.findings} == {"AWB-SIG-001"}
    assert report.ids == check(bundles.bundle_of(made)).ids


def test_superseded_tag_manifest_has_to_be_named_by_its_digest() -> None:
    path = f"signatures/tagmanifest-{'0' * 64}.txt"
    assert found(bundles.bundle_of(files() | {path: b"x"})) == {("AWB-SEM-035", path, "")}


def test_too_many_signatures_are_a_finding() -> None:
    many = {f"signatures/s{number}.dsse.json": b"x" for number in range(17)}
    assert ("AWB-LIM-008", "signatures", "") in found(bundles.bundle_of(files() | many))


def test_large_signature_is_a_finding() -> None:
    report = check(
        bundles.bundle_of(files() | {"signatures/s.dsse.json": b"xyz"}), limits=Limits(signature_bytes=2)
    )
    assert {(f.code, f.path) for f in report.findings} == {("AWB-LIM-009", "signatures/s.dsse.json")}


# Schema


@pytest.mark.parametrize(
    ("path", "old", "new", "code", "pointer"),
    [
        (EXPERIMENT, b'"seed"', b'"seeds":1,"seed"', "AWB-SCH-001", "/seeds"),
        (EXPERIMENT, b',"seed":"42"', b"", "AWB-SCH-002", ""),
        (EXPERIMENT, b'"42"', b"42", "AWB-SCH-003", "/seed"),
        (EXPERIMENT, b'"42"', b'"042"', "AWB-SCH-004", "/seed"),
        (EXPERIMENT, b'"points":3', b'"points":0', "AWB-SCH-004", "/grid/points"),
        ("data/results/outputs.json", b'"locked"', b'"locked!"', "AWB-SCH-004", "/locked!"),
        ("manifest.json", b'"tool":', b'"tools":1,"tool":', "AWB-SCH-001", "/tools"),
        ("metadata.json", b'"type":"person"', b'"type":"robot"', "AWB-SCH-004", "/creators/0/type"),
    ],
)
def test_document_of_another_shape_is_a_finding_with_a_pointer(
    path: str, old: bytes, new: bytes, code: str, pointer: str
) -> None:
    made = files()
    assert old in made[path]
    value = json.loads(made[path].replace(old, new, 1))
    made[path] = canonical.dumps(value)
    assert (code, path, pointer) in found(bundles.resealed(made))


def test_document_that_is_no_object_is_a_finding() -> None:
    made = files() | {EXPERIMENT: b"[]", "manifest.json": b"1"}
    assert {("AWB-SCH-003", EXPERIMENT, ""), ("AWB-SCH-003", "manifest.json", "")} <= found(
        bundles.resealed(made)
    )


# Type and version


def headed(**members: object) -> Report:
    """The report on a run whose manifest.json has other members."""
    made = files()
    made["manifest.json"] = canonical.dumps(json.loads(made["manifest.json"]) | members)
    return check(bundles.resealed(made))


def codes(report: Report) -> set[str]:
    """Codes but that of the crate, which names the digest of manifest.json."""
    return {f.code for f in report.findings} - {"AWB-SEM-029"}


def test_unknown_type_is_a_warning_and_reaches_v2() -> None:
    report = headed(artifact_type="dream")
    assert codes(report) == {"AWB-SCH-005"}
    assert report.profile == "V2"
    assert report.artifact_type == "dream"


def test_unknown_type_asks_for_no_file_of_its_own() -> None:
    made = files()
    made["manifest.json"] = canonical.dumps(json.loads(made["manifest.json"]) | {"artifact_type": "dream"})
    del made["data/results/body.json"]
    report = check(bundles.resealed(made))
    assert "AWB-INV-014" not in codes(report)


def test_newer_minor_is_a_warning_and_lets_unknown_members_pass() -> None:
    report = headed(spec_version="1.7", novelty=1)
    assert codes(report) == {"AWB-SCH-006"}


def test_unknown_member_of_this_version_is_an_error() -> None:
    assert codes(headed(novelty=1)) == {"AWB-SCH-001"}


def test_other_major_is_refused_and_judged_no_further() -> None:
    report = headed(spec_version="2.0", novelty=1)
    assert {f.code for f in report.findings} == {"AWB-SCH-007"}
    assert (report.verdict, report.profile) == ("invalid", "V2")
    assert report.ids is not None


def test_unknown_critical_extension_is_refused() -> None:
    assert codes(headed(critical=["org.example.vital"])) == {"AWB-SCH-008"}


def test_unknown_extension_is_no_finding() -> None:
    assert codes(headed(extensions={"org.example.note": {"any": [None, 1.5]}})) == set()


# Identity


def test_stated_id_that_is_not_the_computed_one_is_a_finding() -> None:
    ids = {name: prefix + "0" * 64 for name, prefix in (("inputs_id", "inp_"), ("results_id", "res_"))}
    stated = json.loads(files()["manifest.json"])["ids"]
    report = headed(ids=stated | ids)
    assert {(f.code, f.pointer) for f in report.findings if f.path == "manifest.json"} == {
        ("AWB-IDN-010", "/ids/inputs_id"),
        ("AWB-IDN-010", "/ids/results_id"),
    }


@pytest.mark.parametrize(
    ("members", "code", "pointer"),
    [
        ({"sha256": "0" * 64}, "AWB-IDN-012", "/sha256"),
        ({"size_bytes": 1}, "AWB-IDN-012", "/size_bytes"),
        ({"media_type": "text/plain"}, "AWB-IDN-013", "/media_type"),
    ],
)
def test_content_index_that_disagrees_is_a_finding(
    members: dict[str, object], code: str, pointer: str
) -> None:
    content = json.loads(files()["manifest.json"])["content"]
    content[EXPERIMENT] |= members
    where = "/content/data~1inputs~1experiment.json" + pointer
    assert (code, where) in {(f.code, f.pointer) for f in headed(content=content).findings}


def test_content_index_without_a_file_is_a_finding_that_says_which_side_lacks_it() -> None:
    content = json.loads(files()["manifest.json"])["content"]
    content["data/evidence/attachments/ghost"] = content.pop(NOTES)
    found = {f.pointer: f.message for f in headed(content=content).findings if f.code == "AWB-IDN-011"}
    assert found == {
        "/content/data~1evidence~1attachments~1ghost": (
            "data/evidence/attachments/ghost: the payload manifest lists no such file"
        ),
        "/content/data~1evidence~1attachments~1notes~1lab.txt": (
            f"{NOTES}: manifest.json has no entry for a file of the payload manifest"
        ),
    }


# Many findings


def test_phase_lists_a_thousand_findings_and_says_that_there_are_more() -> None:
    extra = {f"data/evidence/attachments/f{number}": b"" for number in range(1200)}
    report = check(Bundle({**bundles.sealed("run").members, **{p: BytesMember(b) for p, b in extra.items()}}))
    assert len(report.findings) == 1000
    assert not report.complete


def test_each_phase_may_list_a_thousand_whatever_the_one_before_has_listed() -> None:
    flood = {**files(), "data/evidence/events.jsonl": b"{}\n" * 5000}
    flood["manifest-sha256.txt"] = flood["manifest-sha256.txt"].upper()
    report = check(bundles.bundle_of(flood))
    of_manifest = [one for one in report.findings if one.path == "manifest-sha256.txt"]
    of_lines = [one for one in report.findings if one.path == "data/evidence/events.jsonl"]
    assert of_manifest
    assert len(of_lines) == 1000

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import bagit
import pytest

from awen_ref import canonical
from awen_ref.bundle import Bundle, BytesMember, FileMember, describe, name, seal
from awen_ref.bundle.model import Member
from awen_ref.errors import ContainerError, InvalidInputError, VerificationError
from awen_ref.verify import check
from tests import bundles

LATER = "2026-05-06T07:08:09+00:00"


def content_of(bundle: Bundle) -> dict[str, bytes | Member]:
    return {path: member for path, member in bundle.members.items() if path.startswith("data/")}


def again(content: dict[str, bytes | Member], metadata: dict[str, Any] | None = None) -> Bundle:
    return seal(
        content,
        bundles.METADATA if metadata is None else metadata,
        artifact_type="run",
        created=bundles.CREATED,
        tool=bundles.TOOL,
    )


def laid_out(bundle: Bundle, root: Path) -> Path:
    for path, data in bundles.files_of(bundle).items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return root


@pytest.mark.parametrize("kind", bundles.KINDS)
def test_sealing_is_a_function_of_its_arguments(kind: str) -> None:
    assert bundles.files_of(bundles.sealed(kind)) == bundles.files_of(bundles.sealed(kind))


def test_members_are_in_the_order_of_their_paths_and_read_only() -> None:
    members = bundles.sealed("run").members
    assert list(members) == sorted(members, key=str.encode)
    with pytest.raises(TypeError):
        members["x"] = BytesMember(b"")  # type: ignore[index]  # the point


@pytest.mark.parametrize("kind", bundles.KINDS)
def test_bagit_validates_every_sealed_bundle(kind: str, tmp_path: Path) -> None:
    bag = bagit.Bag(str(laid_out(bundles.sealed(kind), tmp_path)))
    assert bag.is_valid(completeness_only=False)
    assert bag.info["External-Identifier"] == bundles.sealed(kind).ids.artifact_id


@pytest.mark.parametrize("kind", bundles.KINDS)
def test_coreutils_check_both_manifests_and_give_the_ids(kind: str, tmp_path: Path) -> None:
    bundle = bundles.sealed(kind)
    laid_out(bundle, tmp_path)

    def shell(line: str) -> str:
        done = subprocess.run(["bash", "-c", line], cwd=tmp_path, check=True, capture_output=True, text=True)
        return done.stdout.split()[0] if done.stdout else ""

    shell("sha256sum --check --strict --quiet manifest-sha256.txt tagmanifest-sha256.txt")
    lines = "grep -E '^[0-9a-f]{64}  data/%s/' manifest-sha256.txt | sha256sum"
    assert "awen_" + shell(lines % "(inputs|claim|results)") == bundle.ids.artifact_id
    assert "inp_" + shell(lines % "inputs") == bundle.ids.inputs_id
    assert "res_" + shell(lines % "results") == bundle.ids.results_id
    assert "seal_" + shell("sha256sum < tagmanifest-sha256.txt") == bundle.ids.seal
    anew = "find data -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | cmp - manifest-sha256.txt"
    shell(anew)


def test_name_is_known_before_the_evidence() -> None:
    bundle = bundles.sealed("run")
    identity = {path: data for path, data in content_of(bundle).items() if "/evidence/" not in path}
    names = name(identity)
    assert names == json.loads(bundle.members["manifest.json"].read())["ids"]


def test_evidence_and_description_have_no_part_in_the_name() -> None:
    bundle = bundles.sealed("run")
    other = content_of(bundle) | {"data/evidence/attachments/more.bin": b"more"}
    changed = again(other, bundles.METADATA | {"title": "Another title"})
    assert changed.ids.artifact_id == bundle.ids.artifact_id
    assert changed.ids.seal != bundle.ids.seal


def test_members_are_hashed_where_they_lie(tmp_path: Path) -> None:
    place = tmp_path / "large.bin"
    place.write_bytes(bytes(1_000_000))
    content = content_of(bundles.sealed("run"))
    content["data/evidence/attachments/large.bin"] = FileMember(place, 1_000_000)
    bundle = again(content)
    rows = json.loads(bundle.members["manifest.json"].read())["content"]
    assert rows["data/evidence/attachments/large.bin"] == {
        "sha256": hashlib.sha256(bytes(1_000_000)).hexdigest(),
        "size_bytes": 1_000_000,
        "media_type": "application/octet-stream",
    }
    assert check(bundle).findings == ()


def test_file_that_changes_size_while_it_is_sealed_is_an_error(tmp_path: Path) -> None:
    place = tmp_path / "changing.bin"
    place.write_bytes(b"four")
    content = content_of(bundles.sealed("run")) | {"data/evidence/attachments/x": FileMember(place, 5)}
    with pytest.raises(ContainerError, match="not 5 bytes any more"):
        again(content)


@pytest.mark.parametrize(
    "path",
    [
        "manifest.json",
        "data/inputs/other.json",
        "data/evidence/attachments/../x",
        "data/evidence/attachments/Upper",
        "data/evidence/attachments/con",
        "data/evidence/attachments/",
        "/etc/passwd",
        "signatures/x.dsse.json",
        "data/evidence/attachments/" + "d/" * 16 + "x",
    ],
)
def test_path_without_a_place_under_data_is_refused(path: str) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        again(content_of(bundles.sealed("run")) | {path: b"x"})
    assert refusal.value.findings


def test_metadata_that_is_none_is_refused_with_its_findings() -> None:
    with pytest.raises(InvalidInputError) as refusal:
        again(content_of(bundles.sealed("run")), bundles.METADATA | {"titel": "x"})
    assert [(f.code, f.pointer) for f in refusal.value.findings] == [("AWB-SCH-001", "/titel")]


@pytest.mark.parametrize(
    ("member", "value", "code"),
    [
        ("created", "2026-02-30T00:00:00+00:00", "AWB-SEM-022"),
        (
            "creators",
            [{"type": "person", "family_name": "X", "orcid": "0000-0002-1825-0098"}],
            "AWB-SEM-023",
        ),
        ("creators", [{"type": "organization", "name": "X"}] * 2, "AWB-SEM-036"),
        (
            "creators",
            [
                {"type": "person", "family_name": name, "orcid": "0000-0002-1825-0097"}
                for name in ("Carberry", "Carberry-Smith")
            ],
            "AWB-SEM-036",
        ),
        (
            "creators",
            [
                {"type": "organization", "name": name, "ror": "https://ror.org/01ggx4157"}
                for name in ("CERN", "Conseil européen")
            ],
            "AWB-SEM-036",
        ),
        ("title", " ", "AWB-SEM-037"),
        ("description", "\n\t \u200b", "AWB-SEM-037"),
        ("notes", "\U000e0041\U0001fffe", "AWB-SEM-037"),
        ("keywords", ["\u3164"], "AWB-SEM-037"),
        ("publisher", {"name": "\u2800"}, "AWB-SEM-037"),
        ("identifiers", [{"type": "other", "value": "\u00a0"}], "AWB-SEM-037"),
        (
            "creators",
            [{"type": "person", "family_name": "X", "affiliations": [{"name": "\ufeff"}]}],
            "AWB-SEM-037",
        ),
    ],
)
def test_metadata_that_no_pattern_refuses_is_refused(member: str, value: object, code: str) -> None:
    with pytest.raises(InvalidInputError) as refusal:
        again(content_of(bundles.sealed("run")), bundles.METADATA | {member: value})
    assert [f.code for f in refusal.value.findings] == [code]


def test_content_without_results_has_no_name() -> None:
    with pytest.raises(VerificationError, match="data/results/"):
        name({"data/inputs/experiment.json": b"{}", "data/claim/claim.json": b"{}"})


def test_describing_again_keeps_artifact_and_signatures() -> None:
    bundle = bundles.sealed("run")
    signed = Bundle({**bundle.members, "signatures/me.dsse.json": BytesMember(b"{}")})
    told = describe(signed, bundles.METADATA | {"title": "Told again"}, created=LATER, tool=bundles.TOOL)
    # The stand-in is no envelope, which is all there is to find.
    assert {finding.code for finding in check(told).findings} == {"AWB-SIG-001"}
    assert told.ids.artifact_id == bundle.ids.artifact_id
    assert told.ids.seal != bundle.ids.seal
    assert told.members["signatures/me.dsse.json"].read() == b"{}"
    superseded = f"signatures/tagmanifest-{bundle.ids.seal.removeprefix('seal_')}.txt"
    assert told.members[superseded].read() == bundle.members["tagmanifest-sha256.txt"].read()
    assert b"Told again" in told.members["CITATION.cff"].read()
    assert json.loads(told.members["manifest.json"].read())["created"] == LATER


@pytest.mark.parametrize(
    "change",
    [
        {"version": "\u200b1"},
        {"title": "\u00b7"},
        {"title": "\u0628"},
        {"title": "\U0001f52c"},
        {"extensions": {"org.example.note": {"title": "", "name": [" "]}}},
        {"creators": [{"type": "person", "family_name": "Zhang", "email": f"{n}@example.org"} for n in "ab"]},
        {
            "creators": [
                {"type": "person", "family_name": name, "affiliations": [{"name": "The same place"}]}
                for name in ("Zhang", "Zhao")
            ]
        },
    ],
)
def test_metadata_that_shows_something_and_names_each_once_is_taken(change: dict[str, Any]) -> None:
    bundle = again(content_of(bundles.sealed("run")), bundles.METADATA | change)
    assert check(bundle).verdict == "valid"


def instrument(bundle: Bundle) -> tuple[str, str, str]:
    """Name, version and address of the software that the crate's action was done with."""
    graph = {
        entity["@id"]: entity
        for entity in json.loads(bundle.members["ro-crate-metadata.json"].read())["@graph"]
    }
    (action,) = (entity for entity in graph.values() if entity["@type"] == "CreateAction")
    software = graph[action["instrument"]["@id"]]
    return software["name"], software["version"], software["url"]


def test_whoever_describes_again_did_not_run_it() -> None:
    first = bundles.sealed("run")
    other = {"name": "describer", "version": "9", "url": "https://example.org/describer"}
    told = describe(first, bundles.METADATA | {"title": "Told by another"}, created=LATER, tool=other)
    again = describe(
        told, bundles.METADATA | {"title": "And by a third"}, created=LATER, tool=other | {"name": "third"}
    )
    assert instrument(first) == instrument(told) == instrument(again)
    assert instrument(again) == (bundles.TOOL["name"], bundles.TOOL["version"], bundles.TOOL["url"])
    assert json.loads(again.members["manifest.json"].read())["tool"]["name"] == "third"
    assert check(again).findings == ()


def test_software_whose_address_nobody_knows_is_the_tool_of_before() -> None:
    made = bundles.parts("run")
    made.evidence["environment"]["runtime"] = {"name": "nobody's", "version": "1"}
    first = bundles.build(made)
    other = {"name": "describer", "version": "9", "url": "https://example.org/describer"}
    told = describe(first, bundles.METADATA | {"title": "Told again"}, created=LATER, tool=other)
    assert instrument(told) == instrument(first)


def test_describing_an_unsigned_bundle_leaves_no_signatures() -> None:
    told = describe(bundles.sealed("run"), bundles.METADATA, created=LATER, tool=bundles.TOOL)
    assert not [path for path in told.members if path.startswith("signatures/")]


def test_describing_again_keeps_extensions_of_the_manifest() -> None:
    files = bundles.files_of(bundles.sealed("run"))
    head = json.loads(files["manifest.json"]) | {"extensions": {"org.example.note": [1.5, "\u2028"]}}
    files["manifest.json"] = canonical.dumps(head)
    told = describe(bundles.resealed(files), bundles.METADATA, created=LATER, tool=bundles.TOOL)
    assert json.loads(told.members["manifest.json"].read())["extensions"] == head["extensions"]


def test_crate_gives_the_times_of_the_activity_that_made_the_results_in_whole_seconds() -> None:
    """AWB-R-266."""
    made = bundles.parts("run")
    bundle = bundles.build(made)
    files = content_of(bundle)
    account = json.loads(bundle.members["data/evidence/provenance.json"].read())
    (activity,) = account["activity"].values()
    activity |= {
        "prov:startTime": "2026-01-01T00:00:00.25+00:00",
        "prov:endTime": "2026-01-01T00:00:07+00:00",
    }
    before = {"prov:startTime": "2025-01-01T00:00:00+00:00", "prov:endTime": "2025-01-02T00:00:00+00:00"}
    account["activity"]["awen:a_preparation"] = activity | before
    files["data/evidence/provenance.json"] = canonical.dumps(account)
    crate = json.loads(again(files).members["ro-crate-metadata.json"].read())
    action = next(entity for entity in crate["@graph"] if entity["@type"] == "CreateAction")
    assert (action["startTime"], action["endTime"]) == (
        "2026-01-01T00:00:00+00:00",
        "2026-01-01T00:00:07+00:00",
    )


def test_odd_description_stays_one_line_of_bag_info() -> None:
    made = bundles.parts("run")
    made.metadata["description"] = "first\n\nPayload-Oxum: 0.0\n" + "long " * 500
    bundle = bundles.build(made)
    assert check(bundle).findings == ()
    assert bundle.members["bag-info.txt"].read().count(b"\nPayload-Oxum: ") == 1

import pytest

from awen_ref.bundle import Evidence, Inputs, Results, content_of
from awen_ref.bundle.hashed import HashedMember
from awen_ref.canonical import CanonicalError
from awen_ref.digest import sha256_hex

INPUTS = Inputs(experiment={"b": 1, "a": 2.0})
RESULTS = Results(outputs={}, arrays={"pd1.power": b"array"}, body={"artifact_type": "run"})
EVIDENCE = Evidence(environment={})


def test_documents_are_canonical_and_in_their_places() -> None:
    content = content_of(INPUTS, {"parents": []}, RESULTS, EVIDENCE)
    assert {path: member.read() for path, member in content.items()} == {
        "data/inputs/experiment.json": b'{"a":2,"b":1}',
        "data/claim/claim.json": b'{"parents":[]}',
        "data/results/outputs.json": b"{}",
        "data/results/body.json": b'{"artifact_type":"run"}',
        "data/results/arrays/pd1.power.npy": b"array",
        "data/evidence/environment.json": b"{}",
    }


def test_logs_are_one_canonical_line_a_row() -> None:
    evidence = Evidence(environment={}, events=[{"b": 1, "a": 1}, {"c": 2}], traces=[])
    content = content_of(INPUTS, {}, RESULTS, evidence)
    assert content["data/evidence/events.jsonl"].read() == b'{"a":1,"b":1}\n{"c":2}\n'
    assert content["data/evidence/traces.jsonl"].read() == b""


def test_control_log_exists_only_with_a_decision() -> None:
    decided = Results(outputs={}, arrays={}, body={}, control=[{"at_ps": "1"}])
    content = content_of(INPUTS, {}, RESULTS, EVIDENCE, replayed=decided)
    assert content["data/results/replayed/control.jsonl"].read() == b'{"at_ps":"1"}\n'
    assert "data/results/control.jsonl" not in content


def test_attachments_keep_their_bytes() -> None:
    evidence = Evidence(environment={}, attachments={"a/b.bin": b"\0\xff"})
    assert content_of(INPUTS, {}, RESULTS, evidence)["data/evidence/attachments/a/b.bin"].read() == b"\0\xff"


def test_every_member_knows_its_digest() -> None:
    for member in content_of(INPUTS, {}, RESULTS, EVIDENCE).values():
        assert isinstance(member, HashedMember)
        assert member.sha256 == sha256_hex(member.read())


def test_value_without_canonical_text_is_refused() -> None:
    with pytest.raises(CanonicalError):
        content_of(Inputs(experiment={"x": float("nan")}), {}, RESULTS, EVIDENCE)

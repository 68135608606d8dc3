"""Sigstore bundles of an instance of our own, and all that keeps one from counting (AWB-R-389 to 397)."""

import base64
import copy
import json
import random
import socket
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from awen_ref import signing
from awen_ref.bundle import Bundle
from awen_ref.errors import InvalidInputError, MissingError
from tests.named_bundles import bundle_of, with_file
from tests.sigstore_world import ISSUER, SIGNED, SUBJECT, World

NOW = SIGNED + timedelta(days=10)
LAB = {"name": "the lab", "issuer": ISSUER, "subject": SUBJECT}

Edit = Callable[[dict[str, Any]], object]


def statement(bundle: Bundle) -> bytes:
    return signing.statement_for(bundle.ids, "run", signed_at="2026-01-01T12:00:00+00:00")


def judged(bundle: Bundle, policy: signing.TrustPolicy, late: timedelta = timedelta()) -> signing.Judgement:
    return signing.judge(bundle, "run", policy, now=NOW + late)


def codes(judgement: signing.Judgement) -> list[str]:
    return [finding.code for finding in judgement.findings]


@pytest.fixture(scope="module")
def world() -> World:
    return World()


@pytest.fixture
def trust(world: World, tmp_path: Path) -> Callable[..., signing.TrustPolicy]:
    """Make a policy that trusts the world's authorities and logs."""

    def policy(root: World = world, **members: object) -> signing.TrustPolicy:
        (tmp_path / "root.json").write_text(json.dumps(root.trusted_root()))
        document = {"identities": [LAB], "trusted_root": "root.json", **members}
        return signing.policy_of(document, "policy.json", tmp_path)

    return policy


@pytest.fixture
def signed(world: World) -> Bundle:
    bundle = bundle_of()
    made = json.dumps(world.bundle(statement(bundle))).encode()
    return signing.attach(bundle, made, where="lab.json")


def edited(bundle: Bundle, edit: Edit) -> Bundle:
    (path,) = (path for path in bundle.members if path.startswith("signatures/"))
    document = json.loads(bundle.members[path].read())
    edit(document)
    return with_file(bundle, path, json.dumps(document).encode())


def test_an_identity_of_the_policy_counts_offline(
    signed: Bundle, trust: Callable[..., signing.TrustPolicy], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    judgement = judged(signed, trust())
    assert judgement.accepted
    assert (judgement.signers, judgement.findings) == (("the lab",), ())
    assert [path for path in signed.members if path.endswith(".sigstore.json")]


@pytest.mark.parametrize(
    ("subject", "issuer"),
    [("eve@example.org", ISSUER), (SUBJECT, "https://login.example.com"), (SUBJECT.upper(), ISSUER)],
)
def test_another_identity_does_not_count(
    world: World, trust: Callable[..., signing.TrustPolicy], subject: str, issuer: str
) -> None:
    bundle = bundle_of()
    made = json.dumps(world.bundle(statement(bundle), subject=subject, issuer=issuer)).encode()
    judgement = judged(signing.attach(bundle, made, where="x"), trust())
    assert not judgement.accepted
    assert codes(judgement) == ["AWB-SIG-013", "AWB-SIG-003"]


def test_the_same_name_from_another_sigstore_does_not_count(
    signed: Bundle, trust: Callable[..., signing.TrustPolicy]
) -> None:
    judgement = judged(signed, trust(World()))
    assert not judgement.accepted
    assert codes(judgement) == ["AWB-SIG-012", "AWB-SIG-003"]


@pytest.mark.parametrize("lost", ["authority", "certificates", "log"])
def test_each_of_the_three_keys_is_held_against_the_root(
    world: World, signed: Bundle, trust: Callable[..., signing.TrustPolicy], lost: str
) -> None:
    keys = {name: getattr(world, name) for name in ("authority", "certificates", "log")}
    keys[lost] = getattr(World(), lost)
    assert codes(judged(signed, trust(World(**keys)))) == ["AWB-SIG-012", "AWB-SIG-003"]


def test_a_signature_made_after_its_certificate_ran_out_does_not_count(
    world: World, trust: Callable[..., signing.TrustPolicy]
) -> None:
    bundle = bundle_of()
    made = json.dumps(world.bundle(statement(bundle), late=601)).encode()
    assert codes(judged(signing.attach(bundle, made, where="x"), trust())) == ["AWB-SIG-012", "AWB-SIG-003"]


def entry(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["verificationMaterial"]["tlogEntries"][0]
    return found


def other_signature(document: dict[str, Any]) -> None:
    row = document["dsseEnvelope"]["signatures"][0]
    raw = bytearray(base64.b64decode(row["sig"]))
    raw[-1] ^= 1
    row["sig"] = base64.b64encode(raw).decode()


def other_seal(document: dict[str, Any]) -> None:
    payload = base64.b64decode(document["dsseEnvelope"]["payload"]).decode()
    stated = json.loads(payload)
    stated["subject"][1]["digest"]["sha256"] = "f" * 64
    document["dsseEnvelope"]["payload"] = base64.b64encode(json.dumps(stated).encode()).decode()


EDITS: dict[str, Edit] = {
    "signature": other_signature,
    "payload": other_seal,
    "time of the log": lambda document: entry(document).update(
        integratedTime=str(int(SIGNED.timestamp()) + 1)
    ),
    "no promise": lambda document: entry(document).pop("inclusionPromise"),
    "root of the log": lambda document: entry(document)["inclusionProof"].update(
        rootHash=base64.b64encode(bytes(32)).decode()
    ),
    "checkpoint": lambda document: entry(document)["inclusionProof"]["checkpoint"].update(
        envelope=entry(document)["inclusionProof"]["checkpoint"]["envelope"].replace("- 1", "- 2", 1)
    ),
    "body of the log": lambda document: entry(document).update(
        canonicalizedBody=base64.b64encode(b"{}").decode()
    ),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_nothing_in_a_bundle_can_be_changed(
    signed: Bundle, trust: Callable[..., signing.TrustPolicy], edit: Edit
) -> None:
    judgement = judged(edited(signed, edit), trust())
    assert not judgement.accepted
    assert judgement.signers == ()
    assert codes(judgement)[0] in {"AWB-SIG-011", "AWB-SIG-012"}


def test_an_envelope_of_one_log_entry_under_another_is_refused(
    world: World, signed: Bundle, trust: Callable[..., signing.TrustPolicy]
) -> None:
    again = world.bundle(statement(bundle_of()))
    swapped = edited(signed, lambda document: document.update(dsseEnvelope=again["dsseEnvelope"]))
    assert codes(judged(swapped, trust())) == ["AWB-SIG-012", "AWB-SIG-003"]


def test_a_bundle_over_another_artifact_says_nothing(
    world: World, trust: Callable[..., signing.TrustPolicy]
) -> None:
    made = json.dumps(world.bundle(statement(bundle_of(result="2")))).encode()
    with pytest.raises(InvalidInputError, match="another artifact"):
        signing.attach(bundle_of(), made, where="x")
    judgement = judged(with_file(bundle_of(), "signatures/a.sigstore.json", made), trust())
    assert codes(judgement) == ["AWB-SIG-004", "AWB-SIG-003"]


def test_a_bundle_over_another_record_speaks_for_the_artifact(
    world: World, trust: Callable[..., signing.TrustPolicy]
) -> None:
    made = json.dumps(world.bundle(statement(bundle_of("before")))).encode()
    bundle = signing.attach(bundle_of(), made, where="x")
    assert codes(judged(bundle, trust())) == ["AWB-SIG-006", "AWB-SIG-003"]
    assert judged(bundle, trust(scope="artifact")).accepted


def test_the_age_counts_from_the_certificate(
    signed: Bundle, trust: Callable[..., signing.TrustPolicy]
) -> None:
    assert judged(signed, trust(max_age_days=10)).accepted
    late = judged(signed, trust(max_age_days=10), timedelta(seconds=1))
    assert codes(late) == ["AWB-SIG-008", "AWB-SIG-003"]
    early = judged(signed, trust(), -timedelta(days=11))
    assert codes(early) == ["AWB-SIG-008", "AWB-SIG-003"]


def test_an_identity_counts_once_and_adds_to_keys(
    world: World, signed: Bundle, trust: Callable[..., signing.TrustPolicy]
) -> None:
    key = signing.generate()
    rows = [{"name": "a key", "public_key": key.public.pem}]
    again = json.dumps(world.bundle(statement(bundle_of()))).encode()
    twice = signing.attach(signed, again, where="x")
    both = trust(keys=rows, threshold=2)
    assert codes(judged(twice, both)) == ["AWB-SIG-003"]
    judgement = judged(signing.sign(twice, "run", key, signed_at="2026-01-01T00:00:00+00:00"), both)
    assert judgement.accepted
    assert judgement.signers == ("a key", "the lab")


def test_a_bundle_that_nobody_asked_for_is_told(signed: Bundle) -> None:
    key = signing.generate()
    policy = signing.policy_of({"keys": [{"name": "lab", "public_key": key.public.pem}]}, "policy.json")
    judgement = judged(signed, policy)
    assert codes(judgement) == ["AWB-SIG-010", "AWB-SIG-003"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"{}",
        b'{"dsseEnvelope": 1}',
        b'{"dsseEnvelope": {"payload": "", "payloadType": "text/plain", "signatures": []}}',
        b"[" * 5000,
        b"\xff\xfe",
    ],
)
def test_what_is_no_bundle_is_refused_and_told(
    data: bytes, trust: Callable[..., signing.TrustPolicy]
) -> None:
    with pytest.raises(InvalidInputError):
        signing.attach(bundle_of(), data, where="x")
    judgement = judged(with_file(bundle_of(), "signatures/a.sigstore.json", data), trust())
    assert codes(judgement) == ["AWB-SIG-011", "AWB-SIG-003"]


def test_hostile_bundles_end_in_findings(
    world: World, signed: Bundle, trust: Callable[..., signing.TrustPolicy]
) -> None:
    honest = world.bundle(statement(bundle_of()))
    policy = trust()
    chance = random.Random(5)
    values: list[object] = [None, 0, -1, "", "AAAA", [], {}, "9" * 30, True, 1e300, "\u2014 x y\n\n"]
    for _ in range(250):
        document = copy.deepcopy(honest)
        node: Any = document
        while True:
            key = chance.choice(list(node) if isinstance(node, dict) else range(len(node)))
            if not isinstance(node[key], dict | list) or not node[key] or chance.random() < 0.2:
                break
            node = node[key]
        node[key] = chance.choice(values)
        data = json.dumps(document).encode()
        judgement = judged(with_file(bundle_of(), "signatures/a.sigstore.json", data), policy)
        assert not judgement.accepted, (key, node[key])
    assert judged(signed, policy).accepted


def test_without_the_package_the_policy_is_refused_and_says_what_to_install(
    trust: Callable[..., signing.TrustPolicy], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("sigstore.models", "sigstore.verify", "sigstore.errors"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingError, match="sigstore") as caught:
        trust()
    assert "awen-ref[sigstore]" in caught.value.advice


def test_a_bundle_is_stored_without_the_package(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("sigstore.models", "sigstore.verify", "sigstore.errors"):
        monkeypatch.setitem(sys.modules, module, None)
    made = json.dumps(world.bundle(statement(bundle_of()))).encode()
    assert len(signing.attach(bundle_of(), made, where="x").members) == 3


@pytest.mark.parametrize(
    "change",
    [
        {"trusted_root": None},
        {"trusted_root": 1},
        {"identities": []},
        {"identities": [LAB, {**LAB, "name": "again"}]},
        {"identities": [{"name": "a", "subject": SUBJECT}]},
        {"threshold": 2},
        {"time_stamps": 1},
    ],
)
def test_a_policy_that_cannot_be_meant_is_refused(
    change: dict[str, object], trust: Callable[..., signing.TrustPolicy]
) -> None:
    with pytest.raises(InvalidInputError):
        trust(**change)


def test_a_root_without_identities_is_refused(tmp_path: Path) -> None:
    key = signing.generate()
    document = {"keys": [{"name": "lab", "public_key": key.public.pem}], "trusted_root": "root.json"}
    with pytest.raises(InvalidInputError, match="identities go with trusted_root"):
        signing.policy_of(document, "policy.json", tmp_path)


@pytest.mark.parametrize(
    "edit",
    [
        lambda root: root.update(mediaType="text/plain"),
        lambda root: root.update(certificateAuthorities=[]),
        lambda root: root.update(tlogs=[]),
        lambda root: root.pop("ctlogs"),
    ],
)
def test_a_root_that_trusts_nobody_is_refused(edit: Edit, world: World, tmp_path: Path) -> None:
    root = world.trusted_root()
    edit(root)
    (tmp_path / "root.json").write_text(json.dumps(root))
    with pytest.raises(InvalidInputError, match="no trusted root"):
        signing.policy_of({"identities": [LAB], "trusted_root": "root.json"}, "policy.json", tmp_path)


def test_a_missing_root_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match="cannot read"):
        signing.policy_of({"identities": [LAB], "trusted_root": "none.json"}, "policy.json", tmp_path)

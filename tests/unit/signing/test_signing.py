"""Signatures: made, read, judged, and held against securesystemslib (AWB-R-380 to AWB-R-388)."""

import base64
import errno
import json
import os
import stat
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError as ForeignVerificationError
from securesystemslib.signer._crypto_signer import CryptoSigner
from securesystemslib.signer._key import Key, SSlibKey

from awen_ref import signing
from awen_ref.bundle import Bundle, BytesMember
from awen_ref.bundle.dsse import PAYLOAD_TYPE
from awen_ref.errors import InvalidInputError, MissingError, UsageError
from awen_ref.signing import PrivateKey, TrustPolicy

NOW = datetime(2026, 1, 2, tzinfo=UTC)
SIGNED_AT = "2026-01-01T00:00:00+00:00"
ZERO = "0" * 64
SMALL_ORDER = (
    bytes(32),
    b"\x01" + bytes(31),
    b"\xec" + b"\xff" * 30 + b"\x7f",
    b"\xed" + b"\xff" * 30 + b"\x7f",
)

Edit = Callable[[dict[str, Any]], object]


def bundle_of(description: str = "one", result: str = "1") -> Bundle:
    """A bundle as far as signatures look at it: two manifests with ids in them."""
    manifest = "".join(
        f"{digit * 64}  data/{path}\n"
        for digit, path in (("a", "claim/claim.json"), ("b", "inputs/ir.json"), (result, "results/body.json"))
    ).encode()
    tags = f"{ZERO}  manifest-sha256.txt\n{description.encode().hex():0>64.64}  metadata.json\n".encode()
    members = {"manifest-sha256.txt": BytesMember(manifest), "tagmanifest-sha256.txt": BytesMember(tags)}
    return Bundle(MappingProxyType(members))


def with_file(bundle: Bundle, path: str, data: bytes) -> Bundle:
    members = {**bundle.members, path: BytesMember(data)}
    return bundle._replace(members=MappingProxyType({name: members[name] for name in sorted(members)}))


def signed(bundle: Bundle, key: PrivateKey) -> Bundle:
    return signing.sign(bundle, "run", key, signed_at=SIGNED_AT)


def trust(*keys: PrivateKey, **options: Any) -> TrustPolicy:  # noqa: ANN401 - the options of a TrustPolicy
    return TrustPolicy({key.public: f"signer {number}" for number, key in enumerate(keys)}, **options)


def codes(judgement: signing.Judgement) -> set[str]:
    return {finding.code for finding in judgement.findings}


def judged(bundle: Bundle, policy: TrustPolicy, now: datetime = NOW) -> signing.Judgement:
    return signing.judge(bundle, "run", policy, now=now)


def only_envelope(bundle: Bundle) -> tuple[str, dict[str, Any]]:
    (path,) = (path for path in bundle.members if path.startswith("signatures/"))
    document: dict[str, Any] = json.loads(bundle.members[path].read())
    return path, document


@pytest.fixture(scope="module")
def alice() -> PrivateKey:
    return signing.generate()


@pytest.fixture(scope="module")
def bob() -> PrivateKey:
    return signing.generate()


def test_a_trusted_signature_is_accepted(alice: PrivateKey) -> None:
    judgement = judged(signed(bundle_of(), alice), trust(alice))
    assert judgement == signing.Judgement(accepted=True, signers=("signer 0",), findings=())


def test_signing_changes_nothing_but_one_file(alice: PrivateKey) -> None:
    plain = bundle_of()
    result = signed(plain, alice)
    assert result.ids == plain.ids
    assert {path: result.members[path] for path in plain.members} == dict(plain.members)
    assert len(result.members) == len(plain.members) + 1


def test_the_same_key_signs_a_record_once(alice: PrivateKey) -> None:
    with pytest.raises(UsageError, match="already"):
        signed(signed(bundle_of(), alice), alice)


def test_an_unknown_signer_counts_for_nothing(alice: PrivateKey, bob: PrivateKey) -> None:
    """AWB-R-373."""
    judgement = judged(signed(bundle_of(), bob), trust(alice))
    assert not judgement.accepted
    assert codes(judgement) == {"AWB-SIG-003", "AWB-SIG-007"}


def test_a_key_inside_the_bundle_is_not_trusted_for_being_there(alice: PrivateKey, bob: PrivateKey) -> None:
    """AWB-R-373."""
    bundle = with_file(signed(bundle_of(), bob), "data/evidence/attachments/key.pub", bob.public.pem.encode())
    assert not judged(bundle, trust(alice)).accepted


def test_threshold_counts_different_keys(alice: PrivateKey, bob: PrivateKey) -> None:
    policy = trust(alice, bob, threshold=2)
    one = signed(bundle_of(), alice)
    path, document = only_envelope(one)
    doubled = with_file(one, "signatures/again.dsse.json", json.dumps(document).encode())
    repeated = with_file(
        one, path, json.dumps(document | {"signatures": document["signatures"] * 2}).encode()
    )
    assert not judged(one, policy).accepted
    assert not judged(doubled, policy).accepted
    assert not judged(repeated, policy).accepted
    assert judged(signed(one, bob), policy).signers == ("signer 0", "signer 1")


def test_a_signature_of_another_record_speaks_for_the_artifact_only(alice: PrivateKey) -> None:
    path, document = only_envelope(signed(bundle_of("first"), alice))
    again = with_file(bundle_of("second"), path, json.dumps(document).encode())
    strict = judged(again, trust(alice))
    assert not strict.accepted
    assert "AWB-SIG-006" in codes(strict)
    assert judged(again, trust(alice, scope="artifact")).accepted


def test_a_signature_of_another_artifact_says_nothing(alice: PrivateKey) -> None:
    path, document = only_envelope(signed(bundle_of(result="1"), alice))
    other = with_file(bundle_of(result="2"), path, json.dumps(document).encode())
    judgement = judged(other, trust(alice, scope="artifact"))
    assert codes(judgement) == {"AWB-SIG-003", "AWB-SIG-004"}


@pytest.mark.parametrize(
    ("now", "accepted"), [(NOW, True), (NOW + timedelta(days=40), False), (NOW - timedelta(days=9), False)]
)
def test_age_is_judged_by_the_callers_clock(alice: PrivateKey, now: datetime, *, accepted: bool) -> None:
    judgement = judged(signed(bundle_of(), alice), trust(alice, max_age_days=30), now)
    assert judgement.accepted is accepted
    assert ("AWB-SIG-008" in codes(judgement)) is not accepted


def test_any_number_of_days_is_an_age(alice: PrivateKey) -> None:
    bundle = signed(bundle_of(), alice)
    for days in (10**9, 2**53 - 1):
        assert judged(bundle, trust(alice, max_age_days=days)).accepted


def test_types_are_limited_by_the_policy(alice: PrivateKey) -> None:
    judgement = judged(signed(bundle_of(), alice), trust(alice, artifact_types=frozenset({"replay"})))
    assert not judgement.accepted
    assert codes(judgement) == {"AWB-SIG-009"}


def _flip(text: str) -> str:
    data = bytearray(base64.b64decode(text))
    data[0] ^= 1
    return base64.b64encode(bytes(data)).decode()


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda d: d.update(payloadType="text/plain"), "AWB-SIG-001"),
        (lambda d: d.update(signatures=[]), "AWB-SIG-001"),
        (lambda d: d.update(signatures=d["signatures"] * 17), "AWB-SIG-001"),
        (lambda d: d.pop("payload"), "AWB-SIG-001"),
        (lambda d: d.update(payload=d["payload"].rstrip("=") + "\n"), "AWB-SIG-001"),
        (lambda d: d["signatures"][0].update(sig=d["signatures"][0]["sig"].replace("==", "")), "AWB-SIG-001"),
        (lambda d: d.update(payload=base64.b64encode(b"{}").decode()), "AWB-SIG-002"),
        (lambda d: d["signatures"][0].update(sig=_flip(d["signatures"][0]["sig"])), "AWB-SIG-005"),
        (lambda d: d["signatures"][0].update(sig="AAAA"), "AWB-SIG-005"),
    ],
)
def test_a_tampered_envelope_is_a_finding(edit: Edit, code: str, alice: PrivateKey) -> None:
    bundle = signed(bundle_of(), alice)
    path, document = only_envelope(bundle)
    edit(document)
    judgement = judged(with_file(bundle, path, json.dumps(document).encode()), trust(alice))
    assert not judgement.accepted
    assert code in codes(judgement)


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{", b'{"payload":1}', b"\xff", b'{"a":1,"a":2}', b"[" * 5000, b" " * (1 << 21)]
)
def test_garbage_under_signatures_is_a_finding_and_not_a_crash(data: bytes, alice: PrivateKey) -> None:
    bundle = with_file(signed(bundle_of(), alice), "signatures/zz.dsse.json", data)
    judgement = judged(bundle, trust(alice))
    assert judgement.accepted
    assert codes(judgement) == {"AWB-SIG-001"}


def test_base64_with_other_spare_bits_is_refused(alice: PrivateKey) -> None:
    bundle = signed(bundle_of(), alice)
    path, document = only_envelope(bundle)
    text = document["signatures"][0]["sig"]
    assert text.endswith("==")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    other = alphabet[alphabet.index(text[-3]) ^ 1]
    document["signatures"][0]["sig"] = f"{text[:-3]}{other}=="
    assert base64.b64decode(document["signatures"][0]["sig"]) == base64.b64decode(text)
    assert not judged(with_file(bundle, path, json.dumps(document).encode()), trust(alice)).accepted


@pytest.mark.parametrize("raw", SMALL_ORDER)
def test_small_order_and_non_canonical_keys_are_refused(raw: bytes) -> None:
    der = bytes.fromhex("302a300506032b6570032100") + raw
    pem = f"-----BEGIN PUBLIC KEY-----\n{base64.b64encode(der).decode()}\n-----END PUBLIC KEY-----\n"
    with pytest.raises(InvalidInputError, match="no safe Ed25519"):
        signing.policy_of({"keys": [{"name": "evil", "public_key": pem}]}, "policy.json")


def test_a_signature_with_an_unreduced_scalar_is_refused(alice: PrivateKey) -> None:
    order = 2**252 + 27742317777372353535851937790883648493
    signature = alice.sign(b"message")
    scalar = int.from_bytes(signature[32:], "little") + order
    assert alice.public.verifies(signature, b"message")
    assert not alice.public.verifies(signature[:32] + scalar.to_bytes(32, "little"), b"message")


def test_keys_are_written_for_their_owner_alone(tmp_path: Path, alice: PrivateKey) -> None:
    old = os.umask(0)
    try:
        signing.save(alice, tmp_path / "key.pem")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "key.pem").stat().st_mode) == 0o600
    assert signing.load_private(tmp_path / "key.pem") == alice
    assert signing.load_public(tmp_path / "key.pem.pub") == alice.public
    with pytest.raises(UsageError, match="exists"):
        signing.save(alice, tmp_path / "key.pem")


def test_half_a_pair_of_keys_is_never_left(tmp_path: Path, alice: PrivateKey) -> None:
    (tmp_path / "key.pem.pub").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"key\.pem\.pub exists"):
        signing.save(alice, tmp_path / "key.pem")
    assert [path.name for path in tmp_path.iterdir()] == ["key.pem.pub"]
    assert (tmp_path / "key.pem.pub").read_text(encoding="utf-8") == "mine"


def test_a_full_disk_leaves_no_key(
    tmp_path: Path, alice: PrivateKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MissingError, match="No space left"):
        signing.save(alice, tmp_path / "key.pem")
    assert list(tmp_path.iterdir()) == []


def test_a_private_key_that_others_can_read_is_not_used(tmp_path: Path, alice: PrivateKey) -> None:
    signing.save(alice, tmp_path / "key.pem")
    (tmp_path / "key.pem").chmod(0o644)
    with pytest.raises(InvalidInputError, match="others can read"):
        signing.load_private(tmp_path / "key.pem")


def test_a_private_key_never_shows_itself(alice: PrivateKey) -> None:
    assert alice.seed.hex() not in repr(alice)
    assert repr(alice.seed) not in repr(alice)


@pytest.mark.parametrize(
    "document",
    [
        [],
        {},
        {"keys": []},
        {"keys": [{"name": "a"}]},
        {"keys": [{"name": "a", "public_key": "x"}]},
        {"keys": [{"name": "a", "public_key": 1}]},
        {"surprise": 1, "keys": []},
    ],
)
def test_a_malformed_policy_is_refused(document: object) -> None:
    with pytest.raises(InvalidInputError):
        signing.policy_of(document, "policy.json")


@pytest.mark.parametrize(
    "change",
    [
        {"threshold": 2},
        {"threshold": 0},
        {"threshold": True},
        {"scope": "all"},
        {"max_age_days": "30"},
        {"max_age_days": None},
        {"threshold": None},
        {"time_stamps": None},
        {"artifact_types": "run"},
        {"artifact_types": []},
        {"artifact_types": None},
        {"trusted_root": 0},
        {"trusted_root": None},
        {"trusted_root": "root.json"},
    ],
)
def test_a_policy_that_cannot_be_meant_is_refused(change: Mapping[str, object], alice: PrivateKey) -> None:
    document = {"keys": [{"name": "a", "public_key": alice.public.pem}], **change}
    with pytest.raises(InvalidInputError):
        signing.policy_of(document, "policy.json")


def test_one_key_under_two_names_is_refused(alice: PrivateKey) -> None:
    rows = [{"name": name, "public_key": alice.public.pem} for name in ("a", "b")]
    with pytest.raises(InvalidInputError, match="is that of"):
        signing.policy_of({"keys": rows}, "policy.json")


def test_securesystemslib_verifies_our_envelope(alice: PrivateKey, bob: PrivateKey) -> None:
    _, document = only_envelope(signed(bundle_of(), alice))
    envelope = Envelope.from_dict(document)
    keys: list[Key] = [
        SSlibKey(key.public.keyid, "ed25519", "ed25519", {"public": key.public.raw.hex()})
        for key in (alice, bob)
    ]
    assert set(envelope.verify(keys[:1], 1)) == {alice.public.keyid}
    with pytest.raises(ForeignVerificationError):
        envelope.verify(keys[1:], 1)


def test_we_verify_an_envelope_of_securesystemslib(tmp_path: Path, alice: PrivateKey) -> None:
    signing.save(alice, tmp_path / "key.pem")
    private = load_pem_private_key((tmp_path / "key.pem").read_bytes(), None)
    bundle = bundle_of()
    path, document = only_envelope(signed(bundle, alice))
    foreign = Envelope(base64.b64decode(document["payload"]), PAYLOAD_TYPE, {})
    foreign.sign(CryptoSigner(private))
    judgement = judged(with_file(bundle, path, json.dumps(foreign.to_dict()).encode()), trust(alice))
    assert judgement.accepted

"""Time stamps of an authority of our own, and everything that keeps one from counting (AWB-R-389 to 397)."""

import hashlib
import json
import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID

from awen_ref import signing
from awen_ref.bundle import Bundle
from awen_ref.errors import InvalidInputError, MissingError, UsageError, VerificationError
from awen_ref.signing import stamps
from tests.named_bundles import bundle_of, with_file
from tests.time_authority import TimeAuthority, found, openssl

TAGS = "tagmanifest-sha256.txt"


def digits(bundle: Bundle) -> str:
    return bundle.ids.seal.removeprefix("seal_")


def trust(*authorities: TimeAuthority, **options: Any) -> signing.TrustPolicy:  # noqa: ANN401 - members of a policy
    rows = [
        {"name": f"authority {number}", "certificates": authority.pem}
        for number, authority in enumerate(authorities)
    ]
    return signing.policy_of({"time_authorities": rows, **options}, "policy.json")


def judged(bundle: Bundle, policy: signing.TrustPolicy, now: datetime | None = None) -> signing.Judgement:
    return signing.judge(bundle, "run", policy, now=now or datetime.now(UTC))


def codes(judgement: signing.Judgement) -> list[str]:
    return [finding.code for finding in judgement.findings]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> TimeAuthority:
    return found(tmp_path_factory.mktemp("authority") / "a")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> TimeAuthority:
    return found(tmp_path_factory.mktemp("authority") / "b", common="another authority")


@pytest.fixture(scope="module")
def stamp(authority: TimeAuthority) -> bytes:
    """Over the seal of `bundle_of()`."""
    return authority.stamp(digits(bundle_of()))


@pytest.mark.parametrize("certificates", [True, False])
def test_a_time_stamp_over_the_seal_counts(authority: TimeAuthority, certificates: bool) -> None:  # noqa: FBT001 - parametrized
    bundle = bundle_of()
    token = authority.stamp(digits(bundle), certificates=certificates)
    judgement = judged(signing.attach(bundle, token, where="answer.tsr"), trust(authority))
    assert judgement.accepted
    assert judgement.findings == ()
    (time,) = judgement.time_stamps
    assert (time.authority, time.subject) == ("authority 0", "record")
    assert abs(datetime.now(UTC) - time.time) < timedelta(minutes=5)


def test_openssl_verifies_what_lies_in_the_bundle(
    authority: TimeAuthority, stamp: bytes, tmp_path: Path
) -> None:
    bundle = signing.attach(bundle_of(), stamp, where="answer.tsr")
    (path,) = (path for path in bundle.members if path.startswith("signatures/"))
    (tmp_path / TAGS).write_bytes(bundle.members[TAGS].read())
    (tmp_path / "stamp.tsr").write_bytes(bundle.members[path].read())
    command = [openssl(), "ts", "-verify", "-data", TAGS, "-in", "stamp.tsr"]
    done = subprocess.run(
        [*command, "-CAfile", str(authority.folder / "root.pem")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "Verification: OK\n")


def test_no_time_stamp_is_too_few(authority: TimeAuthority) -> None:
    judgement = judged(bundle_of(), trust(authority))
    assert not judgement.accepted
    assert codes(judgement) == ["AWB-SIG-017"]


def test_an_authority_counts_once_with_its_earliest_stamp(
    authority: TimeAuthority, other: TimeAuthority, stamp: bytes
) -> None:
    bundle = signing.attach(bundle_of(), stamp, where="one")
    bundle = signing.attach(bundle, authority.stamp(digits(bundle)), where="two")
    assert not judged(bundle, trust(authority, other, time_stamps=2)).accepted
    (time,) = judged(bundle, trust(authority, other)).time_stamps
    assert time.time == stamps.read(stamp, "one").time
    bundle = signing.attach(bundle, other.stamp(digits(bundle)), where="three")
    assert judged(bundle, trust(authority, other, time_stamps=2)).accepted


def test_a_stamp_of_an_unknown_authority_does_not_count(other: TimeAuthority, stamp: bytes) -> None:
    judgement = judged(signing.attach(bundle_of(), stamp, where="t"), trust(other))
    assert not judgement.accepted
    assert codes(judgement) == ["AWB-SIG-016", "AWB-SIG-017"]


def test_an_authority_that_only_bears_the_same_name_does_not_count(
    tmp_path: Path, authority: TimeAuthority
) -> None:
    bundle = bundle_of()
    twin = found(tmp_path / "twin", common="authority")
    judgement = judged(signing.attach(bundle, twin.stamp(digits(bundle)), where="t"), trust(authority))
    assert not judgement.accepted
    assert codes(judgement) == ["AWB-SIG-015", "AWB-SIG-017"]


def test_certificates_that_were_not_valid_at_the_time_are_refused(tmp_path: Path) -> None:
    bundle = bundle_of()
    expired = found(tmp_path / "expired", days=(-30, -1))
    judgement = judged(signing.attach(bundle, expired.stamp(digits(bundle)), where="t"), trust(expired))
    assert not judgement.accepted
    assert codes(judgement) == ["AWB-SIG-015", "AWB-SIG-017"]


def test_certificates_that_have_run_out_since_still_count(authority: TimeAuthority, stamp: bytes) -> None:
    bundle = signing.attach(bundle_of(), stamp, where="t")
    assert judged(bundle, trust(authority), now=datetime(2060, 1, 1, tzinfo=UTC)).accepted


def test_a_time_that_lies_ahead_does_not_count(authority: TimeAuthority, stamp: bytes) -> None:
    bundle = signing.attach(bundle_of(), stamp, where="t")
    judgement = judged(bundle, trust(authority), now=datetime.now(UTC) - timedelta(hours=1))
    assert not judgement.accepted
    assert codes(judgement) == ["AWB-SIG-008", "AWB-SIG-017"]


def test_a_stamp_of_another_bundle_says_nothing(authority: TimeAuthority, stamp: bytes) -> None:
    stranger = bundle_of(result="2")
    with pytest.raises(InvalidInputError, match="another artifact"):
        signing.attach(stranger, stamp, where="t")
    judgement = judged(with_file(stranger, "signatures/a.tsr", stamp), trust(authority))
    assert not judgement.accepted
    assert codes(judgement) == ["AWB-SIG-004", "AWB-SIG-017"]


def test_a_stamp_from_before_a_new_description_speaks_for_the_artifact(
    authority: TimeAuthority, stamp: bytes
) -> None:
    before, now = bundle_of(), bundle_of("described again")
    assert before.ids.artifact_id == now.ids.artifact_id
    with pytest.raises(InvalidInputError, match="another artifact"):
        signing.attach(now, stamp, where="t")
    kept = f"signatures/tagmanifest-{digits(before)}.txt"
    bundle = signing.attach(with_file(now, kept, before.members[TAGS].read()), stamp, where="t")
    assert codes(judged(bundle, trust(authority))) == ["AWB-SIG-006", "AWB-SIG-017"]
    judgement = judged(bundle, trust(authority, scope="artifact"))
    assert judgement.accepted
    assert [time.subject for time in judgement.time_stamps] == ["artifact"]


def test_a_tag_manifest_of_another_artifact_lends_its_stamp_to_nobody(
    authority: TimeAuthority, stamp: bytes
) -> None:
    before, stranger = bundle_of(), bundle_of(result="2")
    kept = f"signatures/tagmanifest-{digits(before)}.txt"
    bundle = with_file(stranger, kept, before.members[TAGS].read())
    bundle = with_file(bundle, "signatures/a.tsr", stamp)
    assert codes(judged(bundle, trust(authority, scope="artifact"))) == ["AWB-SIG-004", "AWB-SIG-017"]
    forged = with_file(bundle, kept, stranger.members[TAGS].read())
    assert codes(judged(forged, trust(authority, scope="artifact"))) == ["AWB-SIG-004", "AWB-SIG-017"]


def test_an_imprint_of_another_digest_is_refused(authority: TimeAuthority) -> None:
    bundle = bundle_of()
    token = authority.stamp(hashlib.sha512(bundle.members[TAGS].read()).hexdigest(), algorithm="sha512")
    with pytest.raises(InvalidInputError, match="not SHA-256"):
        signing.attach(bundle, token, where="t")
    judgement = judged(with_file(bundle, "signatures/a.tsr", token), trust(authority))
    assert codes(judgement) == ["AWB-SIG-014", "AWB-SIG-017"]


def test_a_request_that_was_not_granted_is_no_time_stamp(authority: TimeAuthority) -> None:
    bundle = bundle_of()
    refused = bytes.fromhex("30053003020102")  # status rejection, no token
    with pytest.raises(InvalidInputError, match="no time stamp"):
        signing.attach(bundle, refused, where="t")
    judgement = judged(with_file(bundle, "signatures/a.tsr", refused), trust(authority))
    assert codes(judgement) == ["AWB-SIG-014", "AWB-SIG-017"]


def test_no_changed_token_proves_another_time_or_imprint(authority: TimeAuthority, stamp: bytes) -> None:
    policy = trust(authority)
    honest = stamps.read(stamp, "t")
    chance = random.Random(20)
    refused = 0
    for _ in range(600):
        changed = bytearray(stamp)
        for _ in range(chance.choice([1, 1, 2, 8])):
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        cut = len(changed) if chance.random() < 0.95 else chance.randrange(len(changed))
        try:
            read = stamps.read(bytes(changed[:cut]), "t")
        except VerificationError:
            refused += 1
            continue
        maker = stamps.stamper(read, "t", policy.authorities)
        if isinstance(maker, stamps.Authority):
            assert (read.time, read.imprint) == (honest.time, honest.imprint)
        else:
            refused += 1
    assert refused > 500


def test_time_stamps_are_no_signatures(authority: TimeAuthority, stamp: bytes) -> None:
    key = signing.generate()
    document = {
        "keys": [{"name": "lab", "public_key": key.public.pem}],
        "time_authorities": [{"name": "authority", "certificates": authority.pem}],
    }
    policy = signing.policy_of(document, "policy.json")
    bundle = signing.attach(bundle_of(), stamp, where="t")
    assert codes(judged(bundle, policy)) == ["AWB-SIG-003"]
    signed = signing.sign(bundle, "run", key, signed_at="2026-01-01T00:00:00+00:00")
    assert judged(signed, policy).accepted


def test_a_young_time_stamp_does_not_make_an_old_signature_young(
    authority: TimeAuthority, stamp: bytes
) -> None:
    key = signing.generate()
    document = {
        "keys": [{"name": "lab", "public_key": key.public.pem}],
        "time_authorities": [{"name": "authority", "certificates": authority.pem}],
        "max_age_days": 30,
    }
    bundle = signing.sign(bundle_of(), "run", key, signed_at="2020-01-01T00:00:00+00:00")
    judgement = judged(signing.attach(bundle, stamp, where="t"), signing.policy_of(document, "policy.json"))
    assert codes(judgement) == ["AWB-SIG-008", "AWB-SIG-003"]
    assert len(judgement.time_stamps) == 1


def test_a_stamp_that_nobody_asked_for_is_told_and_changes_nothing(stamp: bytes) -> None:
    key = signing.generate()
    policy = signing.policy_of({"keys": [{"name": "lab", "public_key": key.public.pem}]}, "policy.json")
    signed = signing.sign(bundle_of(), "run", key, signed_at="2026-01-01T00:00:00+00:00")
    judgement = judged(signing.attach(signed, stamp, where="t"), policy)
    assert judgement.accepted
    assert codes(judgement) == ["AWB-SIG-010"]
    assert judgement.time_stamps == ()


def test_the_same_stamp_twice_is_refused(stamp: bytes) -> None:
    with pytest.raises(UsageError, match="already"):
        signing.attach(signing.attach(bundle_of(), stamp, where="t"), stamp, where="t")


def test_without_the_package_the_policy_is_refused_and_says_what_to_install(
    authority: TimeAuthority, stamp: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    with pytest.raises(MissingError, match="rfc3161-client") as caught:
        trust(authority)
    assert "awen-ref[timestamp]" in caught.value.advice
    with pytest.raises(MissingError):
        signing.attach(bundle_of(), stamp, where="t")


@pytest.mark.parametrize(
    "change",
    [
        {"time_stamps": 2},
        {"time_stamps": 0},
        {"threshold": 1},
        {"time_authorities": []},
        {"time_authorities": [{"name": "a", "certificates": "no PEM"}]},
        {"time_authorities": [{"name": "", "certificates": "x"}]},
        {"time_authorities": "a"},
    ],
)
def test_a_policy_that_cannot_be_meant_is_refused(
    change: dict[str, object], authority: TimeAuthority
) -> None:
    document = {"time_authorities": [{"name": "a", "certificates": authority.pem}], **change}
    with pytest.raises(InvalidInputError):
        signing.policy_of(json.loads(json.dumps(document)), "policy.json")


def test_one_authority_under_two_names_is_refused(authority: TimeAuthority) -> None:
    with pytest.raises(InvalidInputError, match="is that of"):
        trust(authority, authority)


def test_a_certificate_for_something_else_is_no_authority(tmp_path: Path) -> None:
    signer = found(tmp_path / "code", usage=ExtendedKeyUsageOID.CODE_SIGNING)
    with pytest.raises(InvalidInputError, match="not one for time stamps"):
        trust(signer)

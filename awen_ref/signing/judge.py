"""Whose signatures and time stamps stand under a bundle, and whether they are enough for the caller."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from awen_ref.bundle import Bundle
from awen_ref.bundle.dsse import pae
from awen_ref.errors import Finding, VerificationError
from awen_ref.limits import DEFAULT, Limits
from awen_ref.signing import stamps
from awen_ref.signing.ed25519 import PublicKey
from awen_ref.signing.identities import Identity, attested
from awen_ref.signing.marks import SIGSTORE, STAMP, Mark, Subject, marks, named, octets, stamped
from awen_ref.signing.policy import TrustPolicy
from awen_ref.signing.stamps import Authority

__all__ = ["Judgement", "TimeStamp", "judge"]

TOO_FEW = "AWB-SIG-003"
OTHER_ARTIFACT = "AWB-SIG-004"
BAD_SIGNATURE = "AWB-SIG-005"
OTHER_RECORD = "AWB-SIG-006"
UNKNOWN_KEY = "AWB-SIG-007"
TOO_OLD = "AWB-SIG-008"
WRONG_TYPE = "AWB-SIG-009"
NOT_JUDGED = "AWB-SIG-010"
TOO_FEW_STAMPS = "AWB-SIG-017"

_SKEW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class TimeStamp:
    """A time that is proven, as far as its authority is trusted.

    Attributes:
        authority: The name that the policy gives the authority.
        time: The record, or the artifact in another one, was there by then.
        subject: Which of the two.
    """

    authority: str
    time: datetime
    subject: Subject


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a policy makes of a bundle's signatures.

    Attributes:
        accepted: Whether the policy is met.
        signers: Names of the trusted keys and identities whose signatures count, in the policy's order.
        findings: Why not, and what was seen besides.
        time_stamps: The earliest time stamp of each trusted authority, in the policy's order.
    """

    accepted: bool
    signers: tuple[str, ...]
    findings: tuple[Finding, ...]
    time_stamps: tuple[TimeStamp, ...] = ()


@dataclass(slots=True)
class _Hearing:
    """What has come out so far."""

    bundle: Bundle
    policy: TrustPolicy
    now: datetime
    limits: Limits
    keys: set[PublicKey] = field(default_factory=set)
    identities: set[Identity] = field(default_factory=set)
    stamps: dict[Authority, TimeStamp] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def _misplaced(path: str, subject: Subject, names: tuple[str, str], policy: TrustPolicy) -> Finding | None:
    """Why what a file speaks for does not concern the caller; it names that artifact, in that record."""
    artifact, record = names
    if subject == "nothing":
        return Finding(OTHER_ARTIFACT, f"it names {artifact}", path)
    if subject == "artifact" and policy.scope == "record":
        return Finding(OTHER_RECORD, f"it names the record {record} and speaks for the artifact only", path)
    return None


def _too_old(path: str, signed_at: datetime, hearing: _Hearing) -> Finding | None:
    allowed = hearing.policy.max_age_days
    age = hearing.now - signed_at
    if age < -_SKEW:
        return Finding(TOO_OLD, f"its time, {signed_at.isoformat()}, lies ahead", path)
    # As a quotient: a caller may allow more days than a difference of times can have.
    if allowed is not None and age / timedelta(days=1) > allowed:
        return Finding(TOO_OLD, f"signed {age.days} days ago, allowed are {allowed}", path)
    return None


def _stated_age(mark: Mark, hearing: _Hearing) -> Finding | None:
    """The same by the time that the signer gives, which only counts against them."""
    if hearing.policy.max_age_days is None:
        return None
    try:
        return _too_old(mark.path, datetime.fromisoformat(mark.statement.signed_at), hearing)
    except (ValueError, TypeError):
        return Finding(TOO_OLD, f"{mark.statement.signed_at!r} is no time", mark.path)


def _signers(mark: Mark, policy: TrustPolicy) -> Iterator[PublicKey | Finding]:
    """For each signature: the trusted key that made it, or what is wrong with it.

    The keyid is a hint that anybody can write: every trusted key is tried.
    """
    message = pae(mark.envelope.payload)
    ids = {key.keyid for key in policy.keys}
    for row in mark.envelope.signatures:
        signer = next((key for key in policy.keys if key.verifies(row.signature, message)), None)
        if signer is not None:
            yield signer
        elif row.keyid in ids:
            text = f"the signature that names key {row.keyid[:16]} was not made by it over this payload"
            yield Finding(BAD_SIGNATURE, text, mark.path)
        else:
            yield Finding(UNKNOWN_KEY, f"no trusted key made the signature of {row.keyid[:16]!r}", mark.path)


def _hear_keys(hearing: _Hearing) -> None:
    found, findings = marks(hearing.bundle, limits=hearing.limits)
    hearing.findings += findings
    for mark in found:
        names = (mark.statement.artifact_id, mark.statement.seal)
        refusal = _misplaced(mark.path, mark.subject, names, hearing.policy) or _stated_age(mark, hearing)
        if refusal:
            hearing.findings.append(refusal)
            continue
        for outcome in _signers(mark, hearing.policy):
            if isinstance(outcome, Finding):
                hearing.findings.append(outcome)
            else:
                hearing.keys.add(outcome)


def _hear_identities(hearing: _Hearing) -> None:
    policy = hearing.policy
    for path, data in octets(hearing.bundle, SIGSTORE, hearing.limits):
        if policy.trusted_root is None:
            text = "the policy names no identities; nobody has looked at this Sigstore bundle"
            hearing.findings.append(Finding(NOT_JUDGED, text, path))
            continue
        outcome = attested(data, path, policy.identities, policy.trusted_root, limits=hearing.limits)
        if isinstance(outcome, Finding):
            hearing.findings.append(outcome)
            continue
        subject = named(outcome.statement, hearing.bundle.ids)
        names = (outcome.statement.artifact_id, outcome.statement.seal)
        refusal = _misplaced(path, subject, names, policy) or _too_old(path, outcome.since, hearing)
        if refusal:
            hearing.findings.append(refusal)
        else:
            hearing.identities.add(outcome.identity)


def _time_stamp(path: str, data: bytes, hearing: _Hearing) -> tuple[Authority, TimeStamp] | Finding:
    """One time stamp of an authority that the policy names, or why it does not count."""
    try:
        stamp = stamps.read(data, path)
    except VerificationError as error:
        return error.findings[0]
    subject = stamped(stamp.imprint, hearing.bundle, limits=hearing.limits)
    record = f"seal_{stamp.imprint.hex()}"
    refusal = _misplaced(path, subject, (record, record), hearing.policy)
    if refusal:
        return refusal
    maker = stamps.stamper(stamp, path, hearing.policy.authorities)
    if isinstance(maker, Finding):
        return maker
    if stamp.time > hearing.now + _SKEW:
        return Finding(TOO_OLD, f"its time, {stamp.time.isoformat()}, lies ahead", path)
    return maker, TimeStamp(maker.name, stamp.time, subject)


def _hear_authorities(hearing: _Hearing) -> None:
    for path, data in octets(hearing.bundle, STAMP, hearing.limits):
        if not hearing.policy.authorities:
            text = "the policy names no time authorities; nobody has looked at this time stamp"
            hearing.findings.append(Finding(NOT_JUDGED, text, path))
            continue
        outcome = _time_stamp(path, data, hearing)
        if isinstance(outcome, Finding):
            hearing.findings.append(outcome)
            continue
        maker, found = outcome
        earlier = hearing.stamps.get(maker)
        if earlier is None or found.time < earlier.time:
            hearing.stamps[maker] = found


def judge(
    bundle: Bundle, artifact_type: str, policy: TrustPolicy, *, now: datetime, limits: Limits = DEFAULT
) -> Judgement:
    """Hold a bundle's signatures and time stamps against a policy.

    Args:
        bundle: A bundle that was verified: a signature says nothing about one that does not match its seal.
        artifact_type: Its type.
        policy: Whose word counts.
        now: The caller's clock, for the age of a signature.
        limits: Bounds on number and size.

    Returns:
        The judgement. Each key, identity and authority counts once, in however many files it stands.

    Raises:
        VerificationError: The bundle has no name.
        MissingError: A package that the policy needs is not installed.
    """
    hearing = _Hearing(bundle, policy, now, limits)
    for hear in (_hear_keys, _hear_identities, _hear_authorities):
        hear(hearing)
    signers = [owner for key, owner in policy.keys.items() if key in hearing.keys]
    signers += [identity.name for identity in policy.identities if identity in hearing.identities]
    makers = (authority for authority in policy.authorities if authority in hearing.stamps)
    times = tuple(hearing.stamps[authority] for authority in makers)
    refusals = list(_refusals(artifact_type, policy, len(signers), len(times)))
    return Judgement(not refusals, tuple(signers), (*hearing.findings, *refusals), times)


def _refusals(artifact_type: str, policy: TrustPolicy, signers: int, times: int) -> Iterator[Finding]:
    """What the policy asks for and did not get."""
    if signers < policy.threshold:
        yield Finding(TOO_FEW, f"{signers} of {policy.threshold} trusted signatures")
    if times < policy.time_stamps:
        yield Finding(TOO_FEW_STAMPS, f"time stamps of {times} of {policy.time_stamps} trusted authorities")
    if policy.artifact_types and artifact_type not in policy.artifact_types:
        yield Finding(WRONG_TYPE, f"the artifact is a {artifact_type}")

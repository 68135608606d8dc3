"""Whose signatures stand under a bundle, and whether they are enough for the caller."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from awen_ref.bundle import Bundle
from awen_ref.bundle.dsse import Envelope, Statement, pae, parse, statement_of
from awen_ref.digest import Ids
from awen_ref.errors import Finding, VerificationError
from awen_ref.limits import DEFAULT, Limits
from awen_ref.signing.ed25519 import PublicKey
from awen_ref.signing.policy import TrustPolicy

__all__ = ["Judgement", "Mark", "judge", "marks"]

TOO_FEW = "AWB-SIG-003"
OTHER_ARTIFACT = "AWB-SIG-004"
BAD_SIGNATURE = "AWB-SIG-005"
OTHER_RECORD = "AWB-SIG-006"
UNKNOWN_KEY = "AWB-SIG-007"
TOO_OLD = "AWB-SIG-008"
WRONG_TYPE = "AWB-SIG-009"

_SKEW = timedelta(minutes=5)

Subject = Literal["record", "artifact", "nothing"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One envelope under a bundle, read but not believed.

    Attributes:
        path: Its path.
        statement: What it says.
        subject: What it speaks for here: this record, this artifact in another record, or nothing at all.
        envelope: The envelope.
    """

    path: str
    statement: Statement
    subject: Subject
    envelope: Envelope


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a policy makes of a bundle's signatures.

    Attributes:
        accepted: Whether the policy is met.
        signers: Names of the trusted keys whose signatures count, in the policy's order.
        findings: Why not, and what was seen besides.
    """

    accepted: bool
    signers: tuple[str, ...]
    findings: tuple[Finding, ...]


def _subject(statement: Statement, ids: Ids) -> Subject:
    if statement.artifact_id != ids.artifact_id:
        return "nothing"
    return "record" if statement.seal == ids.seal else "artifact"


def marks(bundle: Bundle, *, limits: Limits = DEFAULT) -> tuple[list[Mark], list[Finding]]:
    """Read every envelope of a bundle.

    Args:
        bundle: A bundle whose ids can be computed.
        limits: Bounds on number and size.

    Returns:
        The envelopes that can be read, and a finding for each one that cannot.

    Raises:
        VerificationError: The bundle has no name.
    """
    ids = bundle.ids
    found: list[Mark] = []
    findings: list[Finding] = []
    paths = [
        path for path in bundle.members if path.startswith("signatures/") and path.endswith(".dsse.json")
    ]
    for path in paths[: limits.signatures]:
        member = bundle.members[path]
        try:
            # The size is known without reading: a huge file is refused before it takes memory.
            data = (
                member.read() if member.size <= limits.signature_bytes else bytes(limits.signature_bytes + 1)
            )
            envelope = parse(data, path, limits=limits)
            statement = statement_of(envelope, path, limits=limits)
        except VerificationError as error:
            findings += error.findings
            continue
        found.append(Mark(path, statement, _subject(statement, ids), envelope))
    return found, findings


def _age_finding(mark: Mark, policy: TrustPolicy, now: datetime) -> Finding | None:
    if policy.max_age_days is None:
        return None
    try:
        signed_at = datetime.fromisoformat(mark.statement.signed_at)
        age = now - signed_at
    except (ValueError, TypeError):
        return Finding(TOO_OLD, f"{mark.statement.signed_at!r} is no time", mark.path)
    if age > timedelta(days=policy.max_age_days):
        return Finding(TOO_OLD, f"signed {age.days} days ago, allowed are {policy.max_age_days}", mark.path)
    if age < -_SKEW:
        return Finding(TOO_OLD, f"the time of signing, {mark.statement.signed_at}, lies ahead", mark.path)
    return None


def _refusal(mark: Mark, policy: TrustPolicy, now: datetime) -> Finding | None:
    """Why the envelope cannot count, whoever signed it."""
    if mark.subject == "nothing":
        return Finding(OTHER_ARTIFACT, f"it names {mark.statement.artifact_id}", mark.path)
    if mark.subject == "artifact" and policy.scope == "record":
        message = f"it names the record {mark.statement.seal} and speaks for the artifact only"
        return Finding(OTHER_RECORD, message, mark.path)
    return _age_finding(mark, policy, now)


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


def judge(
    bundle: Bundle, artifact_type: str, policy: TrustPolicy, *, now: datetime, limits: Limits = DEFAULT
) -> Judgement:
    """Hold a bundle's signatures against a policy.

    Args:
        bundle: A bundle that was verified: a signature says nothing about one that does not match its seal.
        artifact_type: Its type.
        policy: Whose word counts.
        now: The caller's clock, for the age of a signature.
        limits: Bounds on number and size.

    Returns:
        The judgement. Each key counts once, under however many envelopes it stands.

    Raises:
        VerificationError: The bundle has no name.
        MissingError: PyNaCl is not installed.
    """
    found, findings = marks(bundle, limits=limits)
    signed: set[PublicKey] = set()
    for mark in found:
        refusal = _refusal(mark, policy, now)
        if refusal:
            findings.append(refusal)
            continue
        for outcome in _signers(mark, policy):
            if isinstance(outcome, Finding):
                findings.append(outcome)
            else:
                signed.add(outcome)
    signers = tuple(owner for key, owner in policy.keys.items() if key in signed)
    accepted = len(signers) >= policy.threshold
    if not accepted:
        text = f"{len(signers)} of {policy.threshold} trusted signatures"
        findings.append(Finding(TOO_FEW, text))
    if policy.artifact_types and artifact_type not in policy.artifact_types:
        accepted = False
        findings.append(Finding(WRONG_TYPE, f"the artifact is a {artifact_type}"))
    return Judgement(accepted, signers, tuple(findings))

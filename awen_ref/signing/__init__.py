"""Signatures over bundles: DSSE envelopes, Sigstore bundles, RFC 3161 time stamps, and whom to trust.

A signature names the artifact id and the seal. Of the record with that seal it vouches for everything;
of another record of the same artifact it vouches for inputs, claim and results only (AWB-R-384).
"""

from awen_ref.signing.ed25519 import PrivateKey, PublicKey, generate, load_private, load_public, save
from awen_ref.signing.identities import Identity
from awen_ref.signing.judge import Judgement, TimeStamp, judge
from awen_ref.signing.marks import Mark, marks, others
from awen_ref.signing.policy import Scope, TrustPolicy, load_policy, policy_of
from awen_ref.signing.sign import attach, envelope_for, sign, statement_for
from awen_ref.signing.stamps import Authority

__all__ = [
    "Authority",
    "Identity",
    "Judgement",
    "Mark",
    "PrivateKey",
    "PublicKey",
    "Scope",
    "TimeStamp",
    "TrustPolicy",
    "attach",
    "envelope_for",
    "generate",
    "judge",
    "load_policy",
    "load_private",
    "load_public",
    "marks",
    "others",
    "policy_of",
    "save",
    "sign",
    "statement_for",
]

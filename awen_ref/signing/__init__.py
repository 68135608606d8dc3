"""Signatures over bundles: DSSE envelopes with an in-toto Statement, Ed25519, and whom to trust.

A signature names the artifact id and the seal. Of the record with that seal it vouches for everything;
of another record of the same artifact it vouches for inputs, claim and results only (AWB-R-384).
"""

from awen_ref.signing.ed25519 import PrivateKey, PublicKey, generate, load_private, load_public, save
from awen_ref.signing.judge import Judgement, Mark, judge, marks
from awen_ref.signing.policy import Scope, TrustPolicy, load_policy, policy_of
from awen_ref.signing.sign import envelope_for, sign

__all__ = [
    "Judgement",
    "Mark",
    "PrivateKey",
    "PublicKey",
    "Scope",
    "TrustPolicy",
    "envelope_for",
    "generate",
    "judge",
    "load_policy",
    "load_private",
    "load_public",
    "marks",
    "policy_of",
    "save",
    "sign",
]

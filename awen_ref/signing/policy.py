"""What a caller trusts: keys, how many of them, for which artifacts, and for how long.

The policy comes from the caller, never from a bundle (AWB-R-383).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from awen_ref import canonical
from awen_ref.errors import InvalidInputError, MissingError
from awen_ref.signing.ed25519 import PublicKey, parse_public

__all__ = ["Scope", "TrustPolicy", "load_policy", "policy_of"]

Scope = Literal["artifact", "record"]

_MEMBERS = frozenset({"artifact_types", "keys", "max_age_days", "scope", "threshold"})
_MAX_POLICY_BYTES = 1 << 20
_ADVICE = f"Members: {', '.join(sorted(_MEMBERS))}; keys is mandatory."


@dataclass(frozen=True, slots=True)
class TrustPolicy:
    """Whose word counts.

    Attributes:
        keys: Public key to the name that the caller gives its owner.
        threshold: How many different keys have to have signed.
        artifact_types: Types that will do; empty for any.
        scope: `record` wants signatures over this very record; `artifact` takes those over another record
            of the same artifact, which say nothing about description and evidence (AWB-R-384).
        max_age_days: Oldest time of signing that will do, in days; `None` for any. The time is the signer's
            word: it can be too old to be accepted, but it proves nothing (AWB-R-386).
    """

    keys: Mapping[PublicKey, str]
    threshold: int = 1
    artifact_types: frozenset[str] = frozenset()
    scope: Scope = "record"
    max_age_days: int | None = None


def _keys(rows: object, where: str) -> dict[PublicKey, str]:
    if not isinstance(rows, list) or not rows:
        raise InvalidInputError(f"{where}: keys is no list of at least one key")
    keys: dict[PublicKey, str] = {}
    for number, row in enumerate(rows):
        place = f"{where}#/keys/{number}"
        if not isinstance(row, dict) or set(row) != {"name", "public_key"}:
            raise InvalidInputError(f"{place} is no object with name and public_key")
        if not all(isinstance(text, str) for text in row.values()):
            raise InvalidInputError(f"{place}: name and public_key are strings")
        key = parse_public(row["public_key"], place)
        if key in keys:
            # One key under two names would count twice.
            raise InvalidInputError(f"{place}: the key of {row['name']!r} is that of {keys[key]!r}")
        keys[key] = row["name"]
    return keys


def _count(document: Mapping[str, Any], member: str, default: int | None, where: str) -> int | None:
    value = document.get(member, default)
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 1):
        return value
    raise InvalidInputError(f"{where}: {member} is no whole number from 1")


def policy_of(document: object, where: str) -> TrustPolicy:
    """Read a policy document.

    Args:
        document: `{keys: [{name, public_key}], threshold?, artifact_types?, scope?, max_age_days?}`.
        where: What to call it in an error.

    Raises:
        InvalidInputError: It is no such document, a key is unsafe or named twice, or the threshold is out of
            reach.
        MissingError: PyNaCl is not installed.
    """
    if not isinstance(document, dict) or set(document) - _MEMBERS or "keys" not in document:
        raise InvalidInputError(f"{where} is no trust policy", advice=_ADVICE)
    keys = _keys(document["keys"], where)
    threshold = _count(document, "threshold", 1, where) or 1
    types = document.get("artifact_types", [])
    if not isinstance(types, list) or not all(isinstance(name, str) for name in types):
        raise InvalidInputError(f"{where}: artifact_types is no list of names")
    scope = document.get("scope", "record")
    if scope not in ("artifact", "record"):
        raise InvalidInputError(f"{where}: scope is neither artifact nor record")
    if threshold > len(keys):
        raise InvalidInputError(f"{where}: {threshold} signatures wanted from {len(keys)} keys")
    age = _count(document, "max_age_days", None, where)
    return TrustPolicy(keys, threshold, frozenset(types), scope, age)


def load_policy(path: Path) -> TrustPolicy:
    """The policy in a JSON file.

    Raises:
        MissingError: There is no such file, or PyNaCl is not installed.
        InvalidInputError: It holds no policy.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(_MAX_POLICY_BYTES)
    except OSError as error:
        raise MissingError(f"cannot read {path}: {error.strerror}") from error
    return policy_of(canonical.parse_input(data, path=str(path)), str(path))

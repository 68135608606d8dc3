"""What a caller trusts: keys, identities and time-stamping authorities, how many of them, and for how long.

The policy comes from the caller, never from a bundle (AWB-R-383).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from awen_ref import canonical
from awen_ref.errors import InvalidInputError, MissingError
from awen_ref.signing.ed25519 import PublicKey, parse_public
from awen_ref.signing.identities import Identity, load_root
from awen_ref.signing.stamps import Authority, load_authority

if TYPE_CHECKING:
    from sigstore.models import TrustedRoot

__all__ = ["Scope", "TrustPolicy", "load_policy", "policy_of"]

Scope = Literal["artifact", "record"]

_WHOM = ("keys", "identities", "time_authorities")
_MEMBERS = frozenset(
    {*_WHOM, "artifact_types", "max_age_days", "scope", "threshold", "time_stamps", "trusted_root"}
)
_MAX_POLICY_BYTES = 1 << 20
_ADVICE = f"Members: {', '.join(sorted(_MEMBERS))}; one of {', '.join(_WHOM)} is mandatory."


@dataclass(frozen=True, slots=True)
class TrustPolicy:
    """Whose word counts.

    Attributes:
        keys: Public key to the name that the caller gives its owner.
        threshold: How many different keys and identities have to have signed.
        artifact_types: Types that will do; empty for any.
        scope: `record` wants signatures over this very record; `artifact` takes those over another record
            of the same artifact, which say nothing about description and evidence (AWB-R-384).
        max_age_days: Oldest time of signing that will do, in days; `None` for any. Under a key's signature it
            is the signer's word: it can be too old to be accepted, but it proves nothing (AWB-R-386).
        identities: Who may have signed by Sigstore.
        trusted_root: The authorities and logs of Sigstore that are trusted; `None` where nobody is named.
        authorities: Whose time stamps count.
        time_stamps: How many different authorities have to have stamped.
    """

    keys: Mapping[PublicKey, str]
    threshold: int = 1
    artifact_types: frozenset[str] = frozenset()
    scope: Scope = "record"
    max_age_days: int | None = None
    identities: tuple[Identity, ...] = ()
    trusted_root: "TrustedRoot | None" = None
    authorities: tuple[Authority, ...] = ()
    time_stamps: int = 0


def _rows(
    document: Mapping[str, Any], member: str, fields: tuple[str, ...], where: str
) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row of a list of objects that have just these fields, all strings, and the place where it stands.

    Raises:
        InvalidInputError: It is no such list.
    """
    rows = document.get(member, [])
    if not isinstance(rows, list) or (member in document and not rows):
        raise InvalidInputError(f"{where}: {member} is no list of at least one entry")
    for number, row in enumerate(rows):
        place = f"{where}#/{member}/{number}"
        if not isinstance(row, dict) or set(row) != set(fields):
            raise InvalidInputError(f"{place} is no object with {', '.join(fields)}")
        if not all(isinstance(text, str) and text for text in row.values()):
            raise InvalidInputError(f"{place}: {', '.join(fields)} are strings, and not empty")
        yield place, row


def _keys(document: Mapping[str, Any], where: str) -> dict[PublicKey, str]:
    keys: dict[PublicKey, str] = {}
    for place, row in _rows(document, "keys", ("name", "public_key"), where):
        key = parse_public(row["public_key"], place)
        if key in keys:
            # One key under two names would count twice.
            raise InvalidInputError(f"{place}: the key of {row['name']!r} is that of {keys[key]!r}")
        keys[key] = row["name"]
    return keys


def _identities(document: Mapping[str, Any], where: str) -> tuple[Identity, ...]:
    found: dict[tuple[str, str], Identity] = {}
    for place, row in _rows(document, "identities", ("name", "issuer", "subject"), where):
        who = (row["issuer"], row["subject"])
        if who in found:
            raise InvalidInputError(f"{place}: {row['name']!r} is the identity of {found[who].name!r}")
        found[who] = Identity(**row)
    return tuple(found.values())


def _authorities(document: Mapping[str, Any], where: str) -> tuple[Authority, ...]:
    found: list[Authority] = []
    for place, row in _rows(document, "time_authorities", ("name", "certificates"), where):
        authority = load_authority(row["name"], row["certificates"], place)
        twin = next((other for other in found if other.chain[0] == authority.chain[0]), None)
        if twin is not None:
            raise InvalidInputError(f"{place}: the certificate of {row['name']!r} is that of {twin.name!r}")
        found.append(authority)
    return tuple(found)


def _root(document: Mapping[str, Any], folder: Path, where: str) -> "TrustedRoot | None":
    """The trusted root beside the policy, wanted just where there are identities."""
    path = document.get("trusted_root")
    there = "trusted_root" in document
    if ("identities" in document) != there or (there and not isinstance(path, str)):
        raise InvalidInputError(
            f"{where}: identities go with trusted_root, the path of a file",
            advice="Keep the trusted_root.json of the Sigstore instance beside the policy and name it there.",
        )
    return load_root(folder / path) if isinstance(path, str) else None


def _count(document: Mapping[str, Any], member: str, default: int | None, where: str) -> int | None:
    if member not in document:
        return default
    value = document[member]
    if isinstance(value, int) and not isinstance(value, bool) and value >= 1:
        return value
    raise InvalidInputError(f"{where}: {member} is no whole number from 1")


def _reachable(document: Mapping[str, Any], member: str, voices: int, where: str) -> int:
    """How many of the voices are wanted: one where nothing is said, none where nobody could speak.

    Raises:
        InvalidInputError: More are wanted than there are.
    """
    wanted = _count(document, member, 1 if voices else None, where) or 0
    if wanted > voices:
        raise InvalidInputError(f"{where}: {member} is {wanted}, and the policy names {voices} who could")
    return wanted


def _types(document: Mapping[str, Any], where: str) -> frozenset[str]:
    """The types that will do; empty where the policy does not speak of them.

    Raises:
        InvalidInputError: It is no list of names, or one of none: would every type do then, or none?
    """
    types = document.get("artifact_types", [])
    named = isinstance(types, list) and all(isinstance(name, str) for name in types)
    if not named or ("artifact_types" in document and not types):
        raise InvalidInputError(f"{where}: artifact_types is no list of at least one name")
    return frozenset(types)


def policy_of(document: object, where: str, folder: Path = Path()) -> TrustPolicy:
    """Read a policy document.

    Args:
        document: `{keys: [{name, public_key}], identities: [{name, issuer, subject}], trusted_root,
            time_authorities: [{name, certificates}], threshold, time_stamps, artifact_types, scope,
            max_age_days}`; at least one of the three lists, all else as wanted.
        where: What to call it in an error.
        folder: Where `trusted_root` is looked for.

    Raises:
        InvalidInputError: It is no such document, a key is unsafe, somebody is named twice, or a threshold is
            out of reach.
        MissingError: A package that the policy needs is not installed.
    """
    if not isinstance(document, dict) or set(document) - _MEMBERS or not set(_WHOM) & set(document):
        raise InvalidInputError(f"{where} is no trust policy", advice=_ADVICE)
    types = _types(document, where)
    scope = document.get("scope", "record")
    if scope not in ("artifact", "record"):
        raise InvalidInputError(f"{where}: scope is neither artifact nor record")
    keys = _keys(document, where)
    identities = _identities(document, where)
    authorities = _authorities(document, where)
    return TrustPolicy(
        keys,
        threshold=_reachable(document, "threshold", len(keys) + len(identities), where),
        artifact_types=types,
        scope=scope,
        max_age_days=_count(document, "max_age_days", None, where),
        identities=identities,
        trusted_root=_root(document, folder, where),
        authorities=authorities,
        time_stamps=_reachable(document, "time_stamps", len(authorities), where),
    )


def load_policy(path: Path) -> TrustPolicy:
    """The policy in a JSON file; `trusted_root` in it is looked for in the file's folder.

    Raises:
        MissingError: There is no such file, or a package that the policy needs is not installed.
        InvalidInputError: It holds no policy.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(_MAX_POLICY_BYTES)
    except OSError as error:
        raise MissingError(f"cannot read {path}: {error.strerror}") from error
    return policy_of(canonical.parse_input(data, path=str(path)), str(path), path.parent)

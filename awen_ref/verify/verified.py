"""A bundle that was found to be what it says: the only kind that is replayed, cited or stored."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple, final

from awen_ref.bundle.model import Bundle
from awen_ref.digest import Ids, sha256_hex
from awen_ref.errors import Finding, MissingError, VerificationError
from awen_ref.limits import DEFAULT, Limits
from awen_ref.verify.expected import held_to
from awen_ref.verify.phases import examine
from awen_ref.verify.references.claim import CLAIM
from awen_ref.verify.state import State

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Parent", "Policy", "VerifiedBundle", "verify"]


class Policy(NamedTuple):
    """What a caller asks of a bundle beyond validity.

    Attributes:
        limits: What may be spent on it.
        types: Artifact types that will do; empty for any.
        warnings: Whether warnings count as errors.
        expected: An id that it must have, whole or its beginning; empty for any.
    """

    limits: Limits = DEFAULT
    types: frozenset[str] = frozenset()
    warnings: bool = False
    expected: str = ""


class Parent(NamedTuple):
    """An artifact that another one came from.

    Attributes:
        artifact_id: Its name.
        relation: What it is to the artifact that names it.
    """

    artifact_id: str
    relation: str


class _Pass:
    """Held by this module alone: whoever has it has verified."""


_PASS: Final = _Pass()


@final
class VerifiedBundle:
    """A valid bundle, its documents and arrays. Made by `verify` and by nothing else.

    What it gives is what was verified: documents are the values that were checked, and other files are held
    against their digests each time they are read, so that a file changed meanwhile is an error, not a result.
    """

    __slots__ = ("_digests", "_ids", "_state", "_type")

    def __init__(self, state: State, ids: Ids, artifact_type: str, *, passed: _Pass) -> None:
        """Take over what a check left behind.

        Raises:
            TypeError: Somebody else than `verify` calls.
        """
        if passed is not _PASS:
            raise TypeError("a VerifiedBundle is made by awen_ref.verify.verify, and by nothing else")
        self._state: Final = state
        self._ids: Final = ids
        self._type: Final = artifact_type
        self._digests: Final = {**state.payload, **state.tags}

    @property
    def bundle(self) -> Bundle:
        """The bundle."""
        return self._state.bundle

    @property
    def ids(self) -> Ids:
        """Its four names."""
        return self._ids

    @property
    def artifact_type(self) -> str:
        """Its type."""
        return self._type

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Warnings and infos; a valid bundle has no errors."""
        return tuple(self._state.findings)

    def __repr__(self) -> str:
        """Type and name."""
        return f"VerifiedBundle({self.artifact_type} {self.ids.artifact_id})"

    @property
    def parents(self) -> tuple[Parent, ...]:
        """The artifacts this one came from, sorted."""
        rows = self.document(CLAIM)["parents"]
        return tuple(Parent(row["artifact_id"], row["relation"]) for row in rows)

    def document(self, path: str) -> Mapping[str, Any]:
        """A JSON document that has a class, as the value that was checked; not to be changed in place.

        Args:
            path: Path inside the bundle (`data/inputs/ir.json`).

        Raises:
            MissingError: The bundle has no such document.
        """
        try:
            return self._state.sound[path]
        except KeyError:
            raise MissingError(f"{self!r} has no document {path}") from None

    def read(self, path: str) -> bytes:
        """The bytes of a file that a manifest covers.

        Args:
            path: Path inside the bundle.

        Raises:
            MissingError: There is no such file.
            VerificationError: It is not what was verified any more.
            ContainerError: It cannot be read.
        """
        if path not in self._digests:
            raise MissingError(f"{self!r} has no file {path}")
        data = self.bundle.members[path].read()
        if sha256_hex(data) != self._digests[path]:
            finding = Finding("AWB-INT-010", "the file has changed since it was verified", path)
            raise VerificationError(f"{path} has changed since it was verified", findings=[finding])
        return data

    def array(self, name: str, *, replayed: bool = False) -> "np.ndarray":
        """The values of an output, read-only.

        Args:
            name: Output of `outputs.json` (`pd1.power`).
            replayed: Of the re-executed results, in a replay.

        Raises:
            MissingError: There is no such output.
            VerificationError: The file is not what was verified any more.
            ContainerError: It cannot be read.
        """
        from awen_ref import npy

        folder = "data/results/replayed/" if replayed else "data/results/"
        path = f"{folder}arrays/{name}.npy"
        return npy.read(self.read(path), path=path)


def verify(bundle: Bundle, policy: Policy | None = None) -> VerifiedBundle:
    """Check a bundle and vouch for it.

    Args:
        bundle: Any bundle, from any stranger.
        policy: What is asked of it beyond validity.

    Returns:
        The same bundle as a type of its own, which replaying, citing and storing ask for.

    Raises:
        VerificationError: It has a finding that the policy does not let pass; all findings are in the error.
        ContainerError: The bytes of a member cannot be had.
    """
    policy = policy or Policy()
    state = examine(bundle, policy.limits)
    refused = ("error", "warning") if policy.warnings else ("error",)
    errors = [finding for finding in state.findings if finding.severity in refused]
    if errors:
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise VerificationError(f"the bundle is not valid: {errors[0]}{more}", findings=state.findings)
    if state.ids is None or state.artifact_type is None:
        raise VerificationError("the bundle has no name", findings=state.findings)
    if policy.expected and (other := held_to(state.ids, policy.expected)):
        raise VerificationError(f"the bundle is another one: {other[0].message}", findings=other)
    if policy.types and state.artifact_type not in policy.types:
        wanted = ", ".join(sorted(policy.types))
        raise VerificationError(f"the artifact is a {state.artifact_type}; wanted: {wanted}")
    return VerifiedBundle(state, state.ids, state.artifact_type, passed=_PASS)

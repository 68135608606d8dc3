"""Every public error of the package, and the finding: one broken requirement, at one place (AWB-R-321)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

if TYPE_CHECKING:
    from awen_schema.codes import Code

__all__ = [
    "AmbiguousIdError",
    "AwenError",
    "ContainerError",
    "Finding",
    "InvalidInputError",
    "MissingError",
    "StorageError",
    "UsageError",
    "VerificationError",
]


class Finding(NamedTuple):
    """One requirement broken at one place.

    Attributes:
        code: Finding code of the registry (`AWB-INT-002`).
        message: What is wrong, in one sentence with the values that show it.
        path: Path inside the bundle, or of the input file; empty where the bundle as a whole is meant.
        pointer: RFC 6901 JSON Pointer inside that file; empty where the whole file is meant.
    """

    code: str
    message: str
    path: str = ""
    pointer: str = ""

    @property
    def registered(self) -> "Code":
        """The registry's entry for this code.

        Raises:
            KeyError: The code is not registered, which is a bug of ours.
        """
        from awen_schema.codes import CODES

        return CODES[self.code]

    @property
    def severity(self) -> str:
        """`error`, `warning` or `info`, as the registry says."""
        return self.registered.severity

    @property
    def requirement(self) -> str:
        """The requirement of the specification that is broken (`AWB-R-050`)."""
        return self.registered.requirement

    def as_dict(self) -> dict[str, str]:
        """The finding as the command line's `--json` and the driver protocol carry it."""
        return {
            "code": self.code,
            "severity": self.severity,
            "requirement": self.requirement,
            "path": self.path,
            "pointer": self.pointer,
            "message": self.message,
        }

    def __str__(self) -> str:
        """Code, place and message on one line."""
        place = f"{self.path}#{self.pointer}" if self.pointer else self.path
        return f"{self.code} {place}: {self.message}" if place else f"{self.code}: {self.message}"


class AwenError(Exception):
    """Base of every error that a caller is meant to handle.

    Args:
        message: What went wrong, in one sentence.
        findings: The broken requirements, where the error is about a bundle or an input file.
        advice: How to mend it, in one sentence.

    Attributes:
        exit_code: The exit code of the command line for this error.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, findings: Sequence[Finding] = (), advice: str = "") -> None:
        """Keep the message, the findings and the advice."""
        super().__init__(message)
        self.message = message
        self.findings = tuple(findings)
        self.advice = advice


class InvalidInputError(AwenError):
    """The given experiment is not one: nothing was run and nothing was stored."""


class ContainerError(AwenError):
    """A directory or archive cannot be read as a bundle at all."""


class VerificationError(AwenError):
    """A bundle breaks the specification or the caller's policy."""


class UsageError(AwenError):
    """The call itself makes no sense."""

    exit_code = 2


class AmbiguousIdError(UsageError):
    """A short id matches more than one artifact or record."""


class MissingError(AwenError):
    """Something that the call needs is not there: a path, an id, a permission, a server."""

    exit_code = 3


class StorageError(AwenError):
    """A store could not keep or deliver bytes; nothing was acknowledged."""

    exit_code = 3

"""Is this bundle what the specification says, byte for byte? `check` says everything; `verify` vouches.

Nothing of a bundle is run, imported or fetched, and hostile input ends in findings (AWB-R-323, 370).

Imports no NumPy, pydantic or rich: a small bundle is checked in less time than those take to load.
"""

from typing import TYPE_CHECKING

from awen_ref.verify.expected import held_to
from awen_ref.verify.inventory import beside_the_manifests
from awen_ref.verify.phases import check
from awen_ref.verify.report import Report

if TYPE_CHECKING:
    from awen_ref.verify.verified import Parent, Policy, VerifiedBundle, verify

__all__ = [
    "Parent",
    "Policy",
    "Report",
    "VerifiedBundle",
    "beside_the_manifests",
    "check",
    "held_to",
    "verify",
]

_OF_VOUCHING = frozenset({"Parent", "Policy", "VerifiedBundle", "verify"})


def __getattr__(name: str) -> object:
    """Load what vouches for a bundle when it is asked for: a check has no need of it."""
    if name not in _OF_VOUCHING:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from awen_ref.verify import verified

    return getattr(verified, name)

"""Is this bundle what the specification says, byte for byte? `check` says everything; `verify` vouches.

Imports no NumPy, pydantic or rich: a small bundle is checked in less time than those take to load.
"""

from awen_ref.verify.expected import held_to
from awen_ref.verify.phases import check
from awen_ref.verify.report import Report
from awen_ref.verify.verified import Parent, Policy, VerifiedBundle, verify

__all__ = ["Parent", "Policy", "Report", "VerifiedBundle", "check", "held_to", "verify"]

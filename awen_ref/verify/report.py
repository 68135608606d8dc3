"""What a check found: the verdict, and every finding behind it."""

from typing import Literal, NamedTuple

from awen_ref.digest import Ids
from awen_ref.errors import Finding

__all__ = ["Profile", "Report", "Verdict"]

Verdict = Literal["valid", "invalid"]
Profile = Literal["V2", "V3"]


class Report(NamedTuple):
    """The outcome of a check.

    Attributes:
        artifact_type: What the bundle says it is; `None` where it says nothing readable.
        ids: The four names, computed from the manifests; `None` where one breaks its grammar (AWB-R-055).
        findings: Every broken requirement that was found, in the order of the phases.
        profile: The highest profile that the check could reach: V3, or V2 where type, version or semantics
            are not known here (AWB-R-013, 192, 242).
        complete: Whether `findings` is all of them; a phase lists its first 1,000.
    """

    artifact_type: str | None
    ids: Ids | None
    findings: tuple[Finding, ...]
    profile: Profile = "V3"
    complete: bool = True

    @property
    def verdict(self) -> Verdict:
        """`invalid` if there is at least one finding of severity error (AWB-R-320)."""
        return "invalid" if any(finding.severity == "error" for finding in self.findings) else "valid"

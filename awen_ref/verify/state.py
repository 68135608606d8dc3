"""What the phases of a check hand to each other."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from awen_ref.bundle.model import Bundle
from awen_ref.errors import Finding
from awen_ref.limits import Limits
from awen_ref.verify.report import Report
from awen_ref.verify.tally import Tally

if TYPE_CHECKING:
    from awen_ref.digest import Ids
    from awen_ref.npy import Header

__all__ = ["MOST_FINDINGS", "State"]

MOST_FINDINGS = 1000
"""Findings that one phase lists."""

Document = Mapping[str, Any]


class State:
    """One check under way. A phase reads what earlier ones left and adds its own.

    Attributes:
        bundle: The bundle.
        limits: What may be spent on it.
        findings: Every finding so far.
        payload: Path to digest, as `manifest-sha256.txt` lists them; empty while its grammar is broken.
        tags: The same of `tagmanifest-sha256.txt`.
        ids: The four names; `None` while a manifest is missing or broken.
        digests: Path to the digest that the file really has.
        parsed: JSON files that are canonical, whatever they hold.
        nulls: Those of them in which `null` stands.
        sound: Those of them that satisfy their class: what the cross-references read.
        texts: Text files of the description, as bytes.
        headers: Headers of the array files.
        artifact_type: What `manifest.json` says; `None` where it says nothing readable.
        known: The type is one of this version's.
        newer: The bundle was written to a newer minor version.
        foreign: It was written to another major version.
        judged: Every cross-reference could be judged, so that the check reaches V3.
        complete: Every finding is among `findings`.
        tally: What the JSON files take together.
    """

    __slots__ = (
        "_room",
        "artifact_type",
        "bundle",
        "complete",
        "digests",
        "findings",
        "foreign",
        "headers",
        "ids",
        "judged",
        "known",
        "limits",
        "newer",
        "nulls",
        "parsed",
        "payload",
        "sound",
        "tags",
        "tally",
        "texts",
    )

    def __init__(self, bundle: Bundle, limits: Limits) -> None:
        """Nothing is known yet."""
        self.bundle = bundle
        self.limits = limits
        self.findings: list[Finding] = []
        self.payload: dict[str, str] = {}
        self.tags: dict[str, str] = {}
        self.ids: Ids | None = None
        self.digests: dict[str, str] = {}
        self.parsed: dict[str, object] = {}
        self.nulls: set[str] = set()
        self.sound: dict[str, Document] = {}
        self.texts: dict[str, bytes] = {}
        self.headers: dict[str, Header] = {}
        self.artifact_type: str | None = None
        self.known = False
        self.newer = False
        self.foreign = False
        self.judged = True
        self.complete = True
        self.tally = Tally(bundle.members, limits)
        self._room = MOST_FINDINGS

    def begin(self) -> None:
        """Begin a phase: it may report again as much as a reader bears."""
        self._room = MOST_FINDINGS

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add findings as they are made, until the phase has reported enough: a hostile one has millions."""
        for finding in findings:
            if not self._room:
                self.complete = False
                return
            self._room -= 1
            self.findings.append(finding)

    def goes_on(self) -> bool:
        """Whether anything that the phase may still find is listed; if not, what is found is not all."""
        self.complete &= self._room > 0
        return self._room > 0

    def report(self, code: str, message: str, path: str = "", pointer: str = "") -> None:
        """Add a finding."""
        self.extend((Finding(code, message, path, pointer),))

    def intact(self, path: str) -> bool:
        """Whether the file is there with the digest that its manifest lists."""
        return self.digests.get(path) == (self.payload.get(path) or self.tags.get(path))

    def conclude(self) -> Report:
        """What the check found, as a value."""
        return Report(
            artifact_type=self.artifact_type,
            ids=self.ids,
            findings=tuple(self.findings),
            profile="V3" if self.judged else "V2",
            complete=self.complete,
        )

"""What the phases of a check hand to each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from awen_ref.bundle.model import Bundle
from awen_ref.digest import Ids
from awen_ref.errors import Finding
from awen_ref.limits import Limits
from awen_ref.npy import Header
from awen_ref.verify.report import Report

__all__ = ["MOST_FINDINGS", "State"]

MOST_FINDINGS = 1000
"""Findings that one phase lists."""

Document = Mapping[str, Any]


@dataclass(slots=True)
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
        sound: Those of them that satisfy their class: what the cross-references read.
        texts: Text files of the description, as bytes.
        headers: Headers of the array files.
        artifact_type: What `manifest.json` says; `None` where it says nothing readable.
        known: The type is one of this version's.
        newer: The bundle was written to a newer minor version.
        foreign: It was written to another major version.
        judged: Every cross-reference could be judged, so that the check reaches V3.
        complete: Every finding is among `findings`.
    """

    bundle: Bundle
    limits: Limits
    findings: list[Finding] = field(default_factory=list)
    payload: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    ids: Ids | None = None
    digests: dict[str, str] = field(default_factory=dict)
    parsed: dict[str, object] = field(default_factory=dict)
    sound: dict[str, Document] = field(default_factory=dict)
    texts: dict[str, bytes] = field(default_factory=dict)
    headers: dict[str, Header] = field(default_factory=dict)
    artifact_type: str | None = None
    known: bool = False
    newer: bool = False
    foreign: bool = False
    judged: bool = True
    complete: bool = True
    _room: int = MOST_FINDINGS

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

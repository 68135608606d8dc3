"""The walk itself: from one artifact up to its ancestors and down to its descendants.

It knows no store. A `Reader` gives artifacts by id, each with the parents of its claim; links come from
claims and from nothing else, so a reader may suggest children as it likes.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from awen_ref.errors import Finding, VerificationError

__all__ = ["Artifact", "Lineage", "Link", "Node", "Reader", "walk"]

State = Literal["held", "missing", "broken"]
CIRCLE = "AWB-IDN-022"


@dataclass(frozen=True, slots=True)
class Artifact:
    """What a walk needs to know of an artifact.

    Attributes:
        artifact_id: Its name.
        artifact_type: Its type.
        title: Of its description.
        created: When it was sealed, as it says.
        parents: `(artifact_id, relation)` of its claim.
    """

    artifact_id: str
    artifact_type: str
    title: str
    created: str
    parents: tuple[tuple[str, str], ...]


class Reader(Protocol):
    """Gives artifacts by id."""

    def artifact(self, artifact_id: str) -> Artifact | None:
        """The artifact, or `None` where it is not kept here.

        Raises:
            VerificationError: What is kept under that id is not it.
        """
        ...

    def children(self, artifact_id: str) -> Iterable[str]:
        """Artifacts that may have it as a parent; those that have not are passed over."""
        ...

    def between(self, child: str, parent: str, relation: str) -> Iterable[Finding]:
        """What is wrong between two artifacts that are both kept here, beyond the link itself."""
        ...


@dataclass(frozen=True, slots=True)
class Node:
    """An artifact in a lineage.

    Attributes:
        artifact_id: Its name.
        state: `held`; `missing`: named, but not kept here; `broken`: what is kept under its name is not it.
        artifact_type: Empty unless it is held; so title and creation time.
        title: Of its description.
        created: When it was sealed.
        cut: The walk ended here for its depth; it has relatives that are not in the lineage.
    """

    artifact_id: str
    state: State
    artifact_type: str = ""
    title: str = ""
    created: str = ""
    cut: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """One artifact came from another: the child's claim says so.

    Attributes:
        child: The one whose claim it is.
        parent: The one that it names.
        relation: What the parent is to it.
    """

    child: str
    parent: str
    relation: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """What a walk met.

    Attributes:
        root: Where it began.
        nodes: Artifacts by id, in the order in which they were met.
        links: Between them, sorted.
        findings: What is wrong; empty for a lineage that holds, whatever is missing.
    """

    root: str
    nodes: Mapping[str, Node]
    links: tuple[Link, ...]
    findings: tuple[Finding, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Artifacts that are named and not kept here, sorted."""
        return tuple(sorted(name for name, node in self.nodes.items() if node.state == "missing"))


@dataclass(slots=True)
class _Walk:
    reader: Reader
    depth: int | None
    artifacts: dict[str, Artifact | None] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    cut: set[str] = field(default_factory=set)
    links: set[Link] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    def meet(self, artifact_id: str) -> Artifact | None:
        """Read an artifact, once."""
        if artifact_id not in self.artifacts:
            try:
                self.artifacts[artifact_id] = self.reader.artifact(artifact_id)
            except VerificationError as error:
                self.artifacts[artifact_id] = None
                self.broken.add(artifact_id)
                self.findings += error.findings
        return self.artifacts[artifact_id]

    def spread(
        self, root: str, step: "Callable[[_Walk, str], set[Link]]", end: Callable[[Link], str]
    ) -> None:
        """Follow links breadth first, each artifact once, as deep as asked for."""
        waiting, seen = deque([(root, 0)]), {root}
        while waiting:
            name, depth = waiting.popleft()
            found = step(self, name)
            if self.depth is not None and depth >= self.depth:
                if found:
                    self.cut.add(name)
                continue
            self.links |= found
            for target in sorted({end(link) for link in found} - seen):
                seen.add(target)
                self.meet(target)
                waiting.append((target, depth + 1))

    def node(self, artifact_id: str) -> Node:
        artifact = self.artifacts[artifact_id]
        if artifact is None:
            return Node(artifact_id, "broken" if artifact_id in self.broken else "missing")
        told = (artifact.artifact_type, artifact.title, artifact.created)
        return Node(artifact_id, "held", *told, cut=artifact_id in self.cut)


def walk(
    root: str, reader: Reader, *, ancestors: bool = True, descendants: bool = True, depth: int | None = None
) -> Lineage:
    """Everything that an artifact came from, and everything that came from it.

    Args:
        root: Where to begin: a whole `artifact_id`.
        reader: Gives artifacts.
        ancestors: Go up.
        descendants: Go down.
        depth: Most links from the root; `None` for all.

    Returns:
        The lineage. Parents that are not kept here are in it as missing (AWB-R-226).
    """
    state = _Walk(reader, depth)
    state.meet(root)
    if ancestors:
        state.spread(root, _up, lambda link: link.parent)
    if descendants:
        state.spread(root, _down, lambda link: link.child)
    for link in sorted(state.links):
        if state.artifacts[link.child] and state.artifacts[link.parent]:
            state.findings += reader.between(link.child, link.parent, link.relation)
    state.findings += _circle(state.links)
    nodes = {name: state.node(name) for name in state.artifacts}
    return Lineage(root, nodes, tuple(sorted(state.links)), tuple(dict.fromkeys(state.findings)))


def _up(state: _Walk, name: str) -> set[Link]:
    """The links that the claim of an artifact makes."""
    artifact = state.meet(name)
    return set() if artifact is None else {Link(name, *parent) for parent in artifact.parents}


def _down(state: _Walk, name: str) -> set[Link]:
    """The links that claims of others make to an artifact."""
    found: set[Link] = set()
    for child in state.reader.children(name):
        known = child in state.artifacts
        links = {link for link in _up(state, child) if link.parent == name}
        if not (links or known or child in state.broken):
            del state.artifacts[child]  # it was suggested, and its claim says otherwise
        found |= links
    return found


def _circle(links: set[Link]) -> Iterator[Finding]:
    """What no digest allows: take away artifacts without a child until none is left, or a circle is."""
    parents: dict[str, set[str]] = {}
    children: dict[str, int] = {}
    for child, parent in {(link.child, link.parent) for link in links}:
        parents.setdefault(child, set()).add(parent)
        children[parent] = children.get(parent, 0) + 1
    ends = [name for name in parents if name not in children]
    while ends:
        for parent in parents.pop(ends.pop(), set()):
            children[parent] -= 1
            if not children[parent]:
                ends.append(parent)
    names = sorted(parents)
    if names:
        yield Finding(CIRCLE, f"each of these is said to come from itself: {', '.join(names)}")

"""The walk over a made-up family, with readers that tell the truth and readers that lie."""

from collections.abc import Iterable

import pytest

from awen_ref.errors import Finding, VerificationError
from awen_ref.lineage import Artifact, Lineage, Link, walk


class Family:
    """Artifacts by name; a parent is `name` or `name:relation`."""

    def __init__(self, **claims: str) -> None:
        self.artifacts = {
            name: Artifact(name, "run", name.upper(), "2026", tuple(map(self._parent, text.split())))
            for name, text in claims.items()
        }
        self.broken: set[str] = set()
        self.lies: dict[str, list[str]] = {}
        self.asked: list[str] = []

    @staticmethod
    def _parent(text: str) -> tuple[str, str]:
        name, _, relation = text.partition(":")
        return name, relation or "derived_from"

    def artifact(self, artifact_id: str) -> Artifact | None:
        self.asked.append(artifact_id)
        if artifact_id in self.broken:
            message = f"{artifact_id} is not it"
            raise VerificationError(message, findings=[Finding("AWB-IDN-021", message)])
        return self.artifacts.get(artifact_id)

    def children(self, artifact_id: str) -> Iterable[str]:
        told = [name for name, one in self.artifacts.items() if artifact_id in dict(one.parents)]
        return told + self.lies.get(artifact_id, [])

    def between(self, child: str, parent: str, relation: str) -> Iterable[Finding]:
        if relation == "replay_of":
            yield Finding("AWB-RPL-010", f"{child} {parent}")


def states(lineage: Lineage) -> dict[str, str]:
    return {name: node.state for name, node in lineage.nodes.items()}


def pairs(lineage: Lineage) -> set[tuple[str, str]]:
    return {(link.child, link.parent) for link in lineage.links}


FAMILY = {"run": "", "grad": "run:gradient_of", "better": "grad", "cal": "better run", "check": "cal"}


def test_both_directions_are_followed_to_their_ends() -> None:
    found = walk("better", Family(**FAMILY))
    assert states(found) == dict.fromkeys(("better", "grad", "run", "cal", "check"), "held")
    assert pairs(found) == {("better", "grad"), ("grad", "run"), ("cal", "better"), ("check", "cal")}
    assert Link("grad", "run", "gradient_of") in found.links
    assert found.findings == ()


def test_one_direction_leaves_the_other_out() -> None:
    family = Family(**FAMILY)
    assert set(walk("better", family, descendants=False).nodes) == {"better", "grad", "run"}
    assert set(walk("better", family, ancestors=False).nodes) == {"better", "cal", "check"}


@pytest.mark.parametrize(
    ("depth", "met", "cut"),
    [
        (0, {"cal"}, {"cal"}),
        (1, {"cal", "better", "run"}, {"better"}),
        (2, {"cal", "better", "run", "grad"}, {"grad"}),
        (3, {"cal", "better", "run", "grad"}, set()),
    ],
)
def test_the_depth_is_kept_and_what_it_cuts_is_marked(depth: int, met: set[str], cut: set[str]) -> None:
    found = walk("cal", Family(**FAMILY), descendants=False, depth=depth)
    assert set(found.nodes) == met
    assert {name for name, node in found.nodes.items() if node.cut} == cut


def test_each_artifact_is_read_once_however_many_ways_lead_to_it() -> None:
    family = Family(a="", b="a", c="a", d="b c", e="b c d")
    found = walk("e", family)
    assert sorted(family.asked) == ["a", "b", "c", "d", "e"]
    assert len(found.links) == 7


def test_a_missing_parent_is_shown_as_missing_and_no_finding() -> None:
    """AWB-R-226."""
    found = walk("b", Family(b="gone a", a="long_gone"))
    assert states(found) == {"b": "held", "a": "held", "gone": "missing", "long_gone": "missing"}
    assert found.missing == ("gone", "long_gone")
    assert ("b", "gone") in pairs(found)
    assert found.findings == ()


def test_two_relations_to_one_parent_are_two_links() -> None:
    found = walk("b", Family(a="", b="a:derived_from a:calibrated_by"))
    assert [link.relation for link in found.links] == ["calibrated_by", "derived_from"]


def test_what_is_not_the_artifact_is_a_finding_and_is_not_followed() -> None:
    family = Family(**FAMILY)
    family.broken = {"grad"}
    found = walk("better", family, descendants=False)
    assert states(found) == {"better": "held", "grad": "broken"}
    assert [finding.code for finding in found.findings] == ["AWB-IDN-021"]


def test_a_broken_root_and_a_broken_child_are_told() -> None:
    family = Family(**FAMILY)
    family.broken = {"run"}
    assert states(walk("run", family, descendants=False)) == {"run": "broken"}
    family.broken = {"check"}
    found = walk("cal", family, ancestors=False)
    assert states(found) == {"cal": "held", "check": "broken"}
    assert len(found.findings) == 1


def test_a_suggested_child_whose_claim_says_otherwise_is_passed_over() -> None:
    family = Family(a="", b="a", stranger="elsewhere")
    family.lies = {"a": ["stranger", "nobody"]}
    found = walk("a", family)
    assert set(found.nodes) == {"a", "b"}
    assert found.findings == ()


@pytest.mark.parametrize(
    "claims", [{"a": "a"}, {"a": "b", "b": "a"}, {"a": "c", "b": "a", "c": "b"}], ids=["one", "two", "three"]
)
def test_a_circle_of_a_lying_reader_ends_and_is_a_finding(claims: dict[str, str]) -> None:
    """AWB-R-331: digests make it impossible; a reader that does not hold claims to them does not."""
    found = walk("a", Family(**claims, tail="a"))
    assert [finding.code for finding in found.findings] == ["AWB-IDN-022"]
    assert all(name in found.findings[0].message for name in claims)


def test_a_straight_family_has_no_circle_though_ways_meet() -> None:
    assert walk("e", Family(a="", b="a", c="a b", d="b c a", e="d a")).findings == ()


def test_what_the_reader_finds_between_two_is_reported_once_and_only_where_both_are_held() -> None:
    family = Family(run="", replay="run:replay_of", other="gone:replay_of")
    assert [f.code for f in walk("run", family).findings] == ["AWB-RPL-010"]
    assert walk("other", family).findings == ()


def test_a_long_line_is_walked_without_recursion() -> None:
    family = Family(**{f"n{i}": f"n{i - 1}" if i else "" for i in range(3000)})
    assert len(walk("n2999", family, descendants=False).nodes) == 3000

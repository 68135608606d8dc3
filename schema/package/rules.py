"""What a class demands beyond each single member. Generated from the LinkML modules: do not edit."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

__all__ = ["RULES", "Rule"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One demand on a class.

    Attributes:
        kind: `present` or `absent`: the member is or is not there; `unique`: its items differ; `pattern`: it
            matches; `one_member`: the class has exactly one member.
        text: The rule in one sentence.
        member: The member it speaks of.
        when: The member that decides whether the rule applies; empty where it always does.
        values: The values of that member for which it applies.
        pattern: The regular expression that the whole member matches.
    """

    kind: Literal["present", "absent", "unique", "pattern", "one_member"]
    text: str
    member: str = ""
    when: str = ""
    values: tuple[str, ...] = ()
    pattern: str = ""


RULES: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        # rows
    }
)
"""The rules of each class that has any."""

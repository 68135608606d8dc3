"""The registry of finding codes. Generated from schema/codes: do not edit.

Plain data: importing it costs no YAML, no JSON and no pydantic.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Code:
    """One finding code.

    Attributes:
        code: The code (`AWB-INT-002`): phase and number, never reused.
        title: What is wrong, in a few words.
        severity: `error` makes a bundle invalid; `warning` and `info` do not.
        requirement: The requirement of the specification that is broken (`AWB-R-050`).
        message: What is wrong, in one sentence.
        mend: How to mend it, in one sentence.
        since: The version of the specification that brought the code.
    """

    code: str
    title: str
    severity: Severity
    requirement: str
    message: str
    mend: str
    since: str


_ROWS: tuple[Code, ...] = (
    # rows
)

CODES: Mapping[str, Code] = MappingProxyType({row.code: row for row in _ROWS})
"""Every registered code, in the order of the phases and numbers."""

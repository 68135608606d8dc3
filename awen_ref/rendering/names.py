"""Creators and their names: one parsed form that every format reads.

The order in which the parts of a name are said differs from format to format; what the parts *are*
is decided here once, from the record (AWB-R-281).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from awen_ref.rendering.plain import one_line

__all__ = ["Affiliation", "Creator", "Organization", "Person", "initials", "parse_creator"]

_CLOSED = ("'", "\u2019", "-", "\u2010", "\u2011")
_HYPHEN = re.compile("[-\u2010\u2011]")
_EAST_ASIAN = re.compile(
    "[\u3005\u3006\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff]+"
)
# A letter with the combining marks that belong to it.
_FIRST_LETTER = re.compile(r"[^\W\d_][\u0300-\u036f]*")


@dataclass(frozen=True, slots=True)
class Affiliation:
    """An institution a person belongs to.

    Attributes:
        name: Its name.
        ror: Its ROR identifier as an https URL; empty where none is given.
    """

    name: str
    ror: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A person. A mononym has a family name alone.

    Attributes:
        family: Family name, or the one name.
        given: Given names.
        particle: Particle before the family name (`van der`).
        suffix: Suffix (`Jr.`, `III`).
        orcid: Bare ORCID iD (`0000-0002-1825-0097`).
        email: E-mail address.
        affiliations: Institutions, in the record's order.
    """

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""
    orcid: str = ""
    email: str = ""
    affiliations: tuple[Affiliation, ...] = ()

    @property
    def surname(self) -> str:
        """Particle and family name, closed up after an elided particle (`d'Alembert`, `al-Khwarizmi`)."""
        gap = "" if self.particle.endswith(_CLOSED) else " "
        return f"{self.particle}{gap}{self.family}" if self.particle else self.family

    @property
    def display(self) -> str:
        """The name as it is said: given, particle, family, suffix; in East Asia family and given."""
        if self.is_east_asian:
            return f"{self.family}{self.given}"
        return " ".join(part for part in (self.given, self.surname, self.suffix) if part)

    @property
    def is_east_asian(self) -> bool:
        """Whether the name is written in Han, kana or hangul, where the family name is said first."""
        if self.particle or self.suffix:
            return False
        return all(_EAST_ASIAN.fullmatch(part) for part in (self.family, self.given) if part)

    @property
    def inverted(self) -> str:
        """The name as it is filed: `particle family, given, suffix`."""
        return ", ".join(part for part in (self.surname, self.given, self.suffix) if part)

    @property
    def orcid_url(self) -> str:
        """The ORCID iD as the https URL that its documentation asks for; empty where there is none."""
        return f"https://orcid.org/{self.orcid}" if self.orcid else ""


@dataclass(frozen=True, slots=True)
class Organization:
    """An organisation as creator.

    Attributes:
        name: Its name.
        ror: Its ROR identifier as an https URL.
    """

    name: str
    ror: str = ""

    @property
    def display(self) -> str:
        """The name."""
        return self.name

    @property
    def inverted(self) -> str:
        """The name: organisations are filed as they are said."""
        return self.name


Creator = Person | Organization


def _affiliation(value: Mapping[str, Any]) -> Affiliation:
    return Affiliation(one_line(value["name"]), value.get("ror", ""))


def parse_creator(value: Mapping[str, Any]) -> Creator:
    """One member of the record's `creators`, dispatched on its `type`.

    Args:
        value: A PersonCreator or OrganizationCreator document.

    Returns:
        The creator with every text on one line.
    """
    if value["type"] == "organization":
        return Organization(one_line(value["name"]), value.get("ror", ""))
    affiliations: Sequence[Mapping[str, Any]] = value.get("affiliations", ())
    return Person(
        family=one_line(value["family_name"]),
        given=one_line(value.get("given_name", "")),
        particle=one_line(value.get("name_particle", "")),
        suffix=one_line(value.get("name_suffix", "")),
        orcid=value.get("orcid", ""),
        email=value.get("email", ""),
        affiliations=tuple(_affiliation(item) for item in affiliations),
    )


def _initial(part: str) -> str:
    match = _FIRST_LETTER.match(part)
    return f"{match.group().upper()}." if match else part


def initials(given: str) -> str:
    """Given names as initials, hyphens kept: `Jean-Luc Marie` becomes `J.-L. M.`.

    Args:
        given: Given names, on one line.

    Returns:
        The initials, separated by spaces; empty for an empty name.
    """
    words = (_HYPHEN.split(word) for word in given.split())
    return " ".join("-".join(_initial(part) for part in word if part) for word in words if any(word))

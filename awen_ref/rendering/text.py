"""The citation as a line of text, in the styles of the APA (7th edition) and of the IEEE.

The words, their order and the punctuation are those of the styles `apa` and `ieee` of the CSL
repository; the tests hold the lines against citeproc-py's. Both carry the artifact id, and the seal
where it is known: what makes the citation checkable is part of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from awen_ref.rendering.names import Creator, Organization, initials
from awen_ref.rendering.work import Work

__all__ = ["APA_ALL", "IEEE_ALL", "PLAIN", "Markup", "apa", "ieee", "letters"]

APA_ALL = 20
"""Creators that the APA names; from one more on, some are left out."""
_APA_FIRST = 19
IEEE_ALL = 6
"""The same for the IEEE."""
_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "Jun.", "Jul.", "Aug.", "Sep.", "Oct.", "Nov.", "Dec.")


def _same(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Markup:
    """How a target spells the parts of the line.

    Attributes:
        text: Escapes plain text.
        italic: Wraps text that is escaped already.
        code: Sets an identifier, unescaped, in a typewriter face.
        link: Spells a URL, unescaped.
    """

    text: Callable[[str], str] = _same
    italic: Callable[[str], str] = _same
    code: Callable[[str], str] = _same
    link: Callable[[str], str] = _same


PLAIN = Markup()


def _apa_name(creator: Creator) -> str:
    if isinstance(creator, Organization):
        return creator.name
    if creator.is_east_asian:
        return creator.display
    return ", ".join(part for part in (creator.surname, initials(creator.given), creator.suffix) if part)


def _apa_names(creators: tuple[Creator, ...]) -> str:
    names = [_apa_name(creator) for creator in creators]
    if len(names) > APA_ALL:
        return f"{', '.join(names[:_APA_FIRST])}, … {names[-1]}"
    return _listed(names, last=", & ") if len(names) > 1 else names[0]


def _listed(names: list[str], *, last: str) -> str:
    return f"{', '.join(names[:-1])}{last}{names[-1]}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _archive(work: Work, markup: Markup) -> str:
    """The artifact id, and the seal once there is one: `AWEN (awen_7f3a…; seal_90bc…)`."""
    names = [markup.code(name) for name in (work.artifact_id, work.seal) if name]
    return f"AWEN ({'; '.join(names)})."


def letters(works: Sequence[Work]) -> list[str]:
    """What the APA puts behind the year of works in one list that have the same authors and year.

    Args:
        works: The works of the list.

    Returns:
        For each work `a`, `b` … in the order of their titles, or nothing where it stands alone.
    """
    alike: dict[tuple[str, int], list[int]] = {}
    for number, work in enumerate(works):
        alike.setdefault((_apa_names(work.creators), work.day.year), []).append(number)
    found = [""] * len(works)
    for numbers in alike.values():
        if len(numbers) > 1:
            ordered = sorted(numbers, key=lambda number: (works[number].title.casefold(), number))
            for place, number in enumerate(ordered):
                found[number] = _letter(place)
    return found


def _letter(place: int) -> str:
    """`a` to `z`, then `aa`, as citation processors go on."""
    before, last = divmod(place, len(ascii_lowercase))
    return (_letter(before - 1) if before else "") + ascii_lowercase[last]


def apa(work: Work, markup: Markup = PLAIN, letter: str = "") -> str:
    """The citation in the style of the APA.

    Args:
        work: The work.
        markup: How the target spells emphasis, code and links.
        letter: What `letters` gives where it stands in a list.

    Returns:
        One line without a line end.
    """
    say = markup.text
    version = f" (Version {say(work.version)})" if work.version else ""
    parts = [
        f"{say(_sentence(_apa_names(work.creators)))} ({work.day.year}{letter}).",
        f"{markup.italic(say(work.title))}{version} [Dataset].",
        say(_sentence(work.publisher.name)) if work.publisher else "",
        _archive(work, markup),
        markup.link(work.link) if work.link else "",
    ]
    return " ".join(part for part in parts if part)


def _ieee_name(creator: Creator) -> str:
    if isinstance(creator, Organization):
        return creator.name
    if creator.is_east_asian:
        return creator.display
    name = " ".join(part for part in (initials(creator.given), creator.surname) if part)
    return f"{name} {creator.suffix}" if creator.suffix else name


def _ieee_names(creators: tuple[Creator, ...]) -> str:
    names = [_ieee_name(creator) for creator in creators]
    if len(names) > IEEE_ALL:
        return f"{names[0]} et al."
    if len(names) > 2:
        return _listed(names, last=", and ")
    return " and ".join(names)


def ieee(work: Work, markup: Markup = PLAIN) -> str:
    """The citation in the style of the IEEE.

    Args:
        work: The work.
        markup: How the target spells emphasis, code and links.

    Returns:
        One line without a line end and without a number in brackets.
    """
    say = markup.text
    day = work.day
    date = f"{_MONTHS[day.month - 1]} {day.day:02}, {day.year}."
    publisher = f"{say(work.publisher.name)}, " if work.publisher else ""
    if work.doi:
        where = f"doi: {markup.link(work.doi)}."
    else:
        where = f"[Online]. Available: {markup.link(work.url)}" if work.url else ""
    title = f"{say(_ieee_names(work.creators))}, “{say(_sentence(work.title))}”"
    parts = [title, f"{publisher}{date}", where, _archive(work, markup)]
    return " ".join(part for part in parts if part)

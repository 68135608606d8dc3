"""RIS, the tagged format of reference managers.

Source: Clarivate, "RIS Format Documentation" (type DATA): one tag a line, `XX  - value`.
"""

from awen_ref.rendering.names import Person
from awen_ref.rendering.plain import flat
from awen_ref.rendering.work import Work

__all__ = ["ris"]


def ris(work: Work) -> str:
    """The work as one RIS record.

    Args:
        work: The work.

    Returns:
        The record with CRLF line ends. The artifact id is the accession number (`AN`), the affiliations are
        one address (`AD`), the seal and the parents are notes (`N1`).
    """
    day = work.day
    people = (creator for creator in work.creators if isinstance(creator, Person))
    places = dict.fromkeys(place.name for person in people for place in person.affiliations)
    tags = [
        ("TY", "DATA"),
        *(("AU", creator.inverted) for creator in work.creators),
        ("TI", work.title),
        ("PY", str(day.year)),
        ("DA", f"{day.year}/{day.month:02}/{day.day:02}"),
        ("ET", work.version),
        ("PB", work.publisher.name if work.publisher else ""),
        ("DO", work.doi),
        ("UR", work.url),
        ("AN", work.artifact_id),
        ("DB", "AWEN"),
        *(("KW", word) for word in work.keywords),
        ("AD", "; ".join(places)),
        ("AB", flat(work.description)),
        ("N1", flat(work.notes)),
        ("N1", f"seal {work.seal}" if work.seal else ""),
        *(("N1", f"{parent.relation} {parent.value}") for parent in work.parents),
        ("ID", work.key),
    ]
    lines = [f"{tag}  - {value}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", ""])

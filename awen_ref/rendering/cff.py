"""CITATION.cff, Citation File Format 1.2.0.

Every text is written as a double-quoted scalar in JSON's spelling, which YAML 1.1 and 1.2 read alike:
no text can turn into a number, a date, a boolean or another key.
Source: S. Druskat et al., Citation File Format 1.2.0, doi:10.5281/zenodo.5171937.
"""

import json
import re
from collections.abc import Iterable, Sequence

from awen_ref.rendering.names import Creator, Organization
from awen_ref.rendering.relations import urn
from awen_ref.rendering.spdx import CFF_LICENCES
from awen_ref.rendering.work import Identifier, Work

__all__ = ["cff", "holds_email", "holds_licence"]

_MESSAGE = "If you use this artifact, please cite it as below."
_SWHID = re.compile("swh:1:(snp|rel|rev|dir|cnt):[0-9a-f]{40}")
_DOI = re.compile(r"10\.[0-9]{4,9}(\.[0-9]+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+")
_EMAIL = re.compile(r"\S+@\S+\.\S{2,}")
_URL = re.compile(r"(https|http|ftp|sftp)://\S+")


def _text(value: str) -> str:
    # JSON escapes DEL and the rest of what YAML calls unprintable only when asked for ASCII.
    return json.dumps(value, ensure_ascii=False).replace("\ufeff", "\\ufeff")


def _block(pairs: list[tuple[str, str]], *, indent: str, first: str) -> list[str]:
    lines = [f"{indent}{name}: {_text(value)}" for name, value in pairs if value]
    lines[0] = first + lines[0].removeprefix(indent)
    return lines


def holds_email(address: str) -> bool:
    """Whether the address is one by CFF's pattern, which wants a dot in the name of the host."""
    return bool(_EMAIL.fullmatch(address))


def holds_licence(spdx_id: str) -> bool:
    """Whether CFF 1.2.0 lists the SPDX identifier; it takes no other name of a licence."""
    return spdx_id in CFF_LICENCES


def _email(address: str) -> str:
    return address if holds_email(address) else ""


def _creator(creator: Creator) -> list[tuple[str, str]]:
    if isinstance(creator, Organization):
        return [("name", creator.name), ("website", creator.ror)]
    return [
        ("family-names", creator.family),
        ("given-names", creator.given),
        ("name-particle", creator.particle),
        ("name-suffix", creator.suffix),
        ("orcid", creator.orcid_url),
        ("email", _email(creator.email)),
        ("affiliation", "; ".join(item.name for item in creator.affiliations)),
    ]


def _identifier(identifier: Identifier) -> list[tuple[str, str]]:
    value = identifier.value
    if identifier.type == "doi" and _DOI.fullmatch(value):
        return [("type", "doi"), ("value", value)]
    if identifier.type == "swhid" and _SWHID.fullmatch(value):
        return [("type", "swh"), ("value", value)]
    if identifier.type == "url" and _URL.fullmatch(value):
        return [("type", "url"), ("value", value)]
    return [("type", "other"), ("value", value), ("description", identifier.type)]


def _identifiers(work: Work) -> list[list[tuple[str, str]]]:
    own = [[("type", "other"), ("value", urn(work.artifact_id)), ("description", "AWEN artifact id")]]
    if work.seal:
        own.append([("type", "other"), ("value", work.seal), ("description", "AWEN seal")])
    # CFF takes each identifier once; a record may name one twice.
    return own + [_identifier(item) for item in dict.fromkeys(work.identifiers)]


def _scalars(work: Work) -> list[tuple[str, str]]:
    licence = work.licence
    known = licence.spdx_id if holds_licence(licence.spdx_id) else ""
    return [
        ("title", work.title),
        ("abstract", work.description),
        ("version", work.version),
        ("date-released", work.day.isoformat()),
        ("doi", work.doi if _DOI.fullmatch(work.doi) else ""),
        ("url", work.url if _URL.fullmatch(work.url) else ""),
        ("license", known),
        ("license-url", licence.url if not known and _URL.fullmatch(licence.url) else ""),
    ]


def _group(name: str, blocks: Iterable[list[tuple[str, str]]], indent: str = "") -> list[str]:
    lines = [f"{indent}{name}:"]
    for block in blocks:
        lines += _block(block, indent=f"{indent}    ", first=f"{indent}  - ")
    return lines


def _reference(work: Work, cited: Work) -> list[str]:
    """An artifact that the work stands on. CFF has no word for a data set here but `data`."""
    relations = [item.relation for item in work.parents if item.value == urn(cited.artifact_id)]
    lines = ["  - type: data", *(f"    {name}: {_text(value)}" for name, value in _scalars(cited) if value)]
    lines += _group("authors", map(_creator, cited.creators), "    ")
    lines += _group("identifiers", _identifiers(cited), "    ")
    if relations:
        said = f"Relation of the cited artifact to this one: {', '.join(relations)}."
        lines.append(f"    notes: {_text(said)}")
    return lines


def cff(work: Work, references: Sequence[Work] = ()) -> str:
    """The work as CITATION.cff.

    Args:
        work: The work.
        references: Works that it stands on.

    Returns:
        YAML, ending in a newline. `license` is left out unless CFF 1.2.0 lists the SPDX identifier.
    """
    lines = ["cff-version: 1.2.0", f"message: {_text(_MESSAGE)}", "type: dataset"]
    lines += [f"{name}: {_text(value)}" for name, value in _scalars(work) if value]
    lines += _group("authors", map(_creator, work.creators))
    lines += _group("identifiers", _identifiers(work))
    if work.contact:
        lines += _group("contact", [[("name", work.contact.name), ("email", _email(work.contact.email))]])
    if work.keywords:
        lines += ["keywords:", *(f"  - {_text(word)}" for word in work.keywords)]
    if references:
        lines.append("references:")
        for cited in references:
            lines += _reference(work, cited)
    return "\n".join(lines) + "\n"

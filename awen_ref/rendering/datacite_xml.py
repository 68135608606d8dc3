"""DataCite metadata as XML, kernel 4.6: the JSON document in the kernel's spelling.

The kernel requires an identifier. Without a DOI it holds `(:tba)`, the value that DataCite's
Appendix 3 gives for "to be assigned or announced later".
"""

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

from awen_ref.rendering.datacite import datacite_json
from awen_ref.rendering.work import Work

__all__ = ["datacite_xml"]

_KERNEL = "http://datacite.org/schema/kernel-4"
_SCHEMA = "https://schema.datacite.org/meta/kernel-4.6/metadata.xsd"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_TO_BE_ASSIGNED = "(:tba)"

# JSON list member -> (wrapper element, element, member that is its text, members -> attributes)
_LISTS: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("titles", "title", "title", {}),
    ("subjects", "subject", "subject", {}),
    ("dates", "date", "date", {"dateType": "dateType"}),
    (
        "alternateIdentifiers",
        "alternateIdentifier",
        "alternateIdentifier",
        {"alternateIdentifierType": "alternateIdentifierType"},
    ),
    (
        "relatedIdentifiers",
        "relatedIdentifier",
        "relatedIdentifier",
        {"relatedIdentifierType": "relatedIdentifierType", "relationType": "relationType"},
    ),
    (
        "rightsList",
        "rights",
        "rights",
        {
            "rightsUri": "rightsURI",
            "rightsIdentifier": "rightsIdentifier",
            "rightsIdentifierScheme": "rightsIdentifierScheme",
            "schemeUri": "schemeURI",
        },
    ),
    ("descriptions", "description", "description", {"descriptionType": "descriptionType"}),
)
_PUBLISHER = {
    "publisherIdentifier": "publisherIdentifier",
    "publisherIdentifierScheme": "publisherIdentifierScheme",
    "schemeUri": "schemeURI",
}


def _add(parent: ET.Element, tag: str, text: str, attributes: dict[str, str] | None = None) -> None:
    ET.SubElement(parent, tag, attributes or {}).text = text


def _attributes(document: dict[str, str], names: dict[str, str]) -> dict[str, str]:
    return {names[name]: document[name] for name in names if name in document}


def _creator(parent: ET.Element, creator: dict[str, Any]) -> None:
    element = ET.SubElement(parent, "creator")
    _add(element, "creatorName", creator["name"], {"nameType": creator["nameType"]})
    for name in ("givenName", "familyName"):
        if name in creator:
            _add(element, name, creator[name])
    scheme = {"nameIdentifierScheme": "nameIdentifierScheme", "schemeUri": "schemeURI"}
    for identifier in creator.get("nameIdentifiers", ()):
        _add(element, "nameIdentifier", identifier["nameIdentifier"], _attributes(identifier, scheme))
    names = ("affiliationIdentifier", "affiliationIdentifierScheme")
    for affiliation in creator.get("affiliation", ()):
        _add(element, "affiliation", affiliation["name"], _attributes(affiliation, {n: n for n in names}))


def _contributor(parent: ET.Element, contributor: dict[str, str]) -> None:
    kind = {"contributorType": contributor["contributorType"]}
    _add(ET.SubElement(parent, "contributor", kind), "contributorName", contributor["name"])


def _funding(parent: ET.Element, funding: dict[str, str]) -> None:
    element = ET.SubElement(parent, "fundingReference")
    _add(element, "funderName", funding["funderName"])
    if "funderIdentifier" in funding:
        kind = {"funderIdentifierType": funding["funderIdentifierType"]}
        _add(element, "funderIdentifier", funding["funderIdentifier"], kind)
    if "awardNumber" in funding or "awardUri" in funding:
        # The kernel hangs the award's address on its number; an award without one is told by its address.
        number = funding.get("awardNumber", funding.get("awardUri", ""))
        _add(element, "awardNumber", number, _attributes(funding, {"awardUri": "awardURI"}))
    if "awardTitle" in funding:
        _add(element, "awardTitle", funding["awardTitle"])


def _related_item(parent: ET.Element, item: dict[str, Any]) -> None:
    kinds = {"relatedItemType": item["relatedItemType"], "relationType": item["relationType"]}
    element = ET.SubElement(parent, "relatedItem", kinds)
    if "relatedItemIdentifier" in item:
        name = item["relatedItemIdentifier"]
        kind = {"relatedItemIdentifierType": name["relatedItemIdentifierType"]}
        _add(element, "relatedItemIdentifier", name["relatedItemIdentifier"], kind)
    titles = ET.SubElement(element, "titles")
    for title in item["titles"]:
        _add(titles, "title", title["title"])


_WRITERS: dict[str, Callable[[ET.Element, dict[str, Any]], None]] = {
    "contributors": _contributor,
    "fundingReferences": _funding,
    "relatedItems": _related_item,
}


def _tree(document: dict[str, Any]) -> ET.Element:
    root = ET.Element(
        "resource", {"xmlns": _KERNEL, "xmlns:xsi": _XSI, "xsi:schemaLocation": f"{_KERNEL} {_SCHEMA}"}
    )
    _add(root, "identifier", document.get("doi", _TO_BE_ASSIGNED), {"identifierType": "DOI"})
    creators = ET.SubElement(root, "creators")
    for creator in document["creators"]:
        _creator(creators, creator)
    publisher = document["publisher"]
    _add(root, "publisher", publisher["name"], _attributes(publisher, _PUBLISHER))
    _add(root, "publicationYear", document["publicationYear"])
    types = document["types"]
    _add(root, "resourceType", types["resourceType"], {"resourceTypeGeneral": types["resourceTypeGeneral"]})
    if "version" in document:
        _add(root, "version", document["version"])
    for wrapper, tag, text, names in _LISTS:
        if wrapper in document:
            holder = ET.SubElement(root, wrapper)
            for item in document[wrapper]:
                _add(holder, tag, item[text], _attributes(item, names))
    for wrapper, write in _WRITERS.items():
        if wrapper in document:
            holder = ET.SubElement(root, wrapper)
            for item in document[wrapper]:
                write(holder, item)
    return root


def datacite_xml(work: Work) -> str:
    """The work as DataCite XML.

    Args:
        work: The work.

    Returns:
        An XML document with its declaration, ending in a newline.
    """
    document = datacite_json(work)
    if work.url:
        # The kernel has no element for it; DataCite takes it beside the document when a DOI is registered.
        address = {"alternateIdentifier": work.url, "alternateIdentifierType": "URL"}
        document["alternateIdentifiers"].append(address)
    root = _tree(document)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'

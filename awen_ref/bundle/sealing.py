"""Seal content into a bundle, and describe a sealed one again (AWB-R-065, AWB-R-066).

Pure: no clock, no host, no randomness.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from awen_ref import canonical
from awen_ref.bundle.bagit import BAGIT_TXT, bag_info
from awen_ref.bundle.description import METADATA, description_findings
from awen_ref.bundle.hashed import HashedMember, hashed
from awen_ref.bundle.model import Bundle, BytesMember, Member
from awen_ref.bundle.page import contents_of
from awen_ref.bundle.places import place_of
from awen_ref.digest import MANIFEST, TAG_MANIFEST, Line, ids_from_lines, render_manifest, sha256_hex
from awen_ref.errors import Finding, InvalidInputError
from awen_ref.paths import all_sound, path_problem
from awen_schema import SPEC_VERSION
from awen_schema.layout import Entry

__all__ = ["describe", "name", "seal"]

CLAIM = "data/claim/claim.json"
CRATE = "ro-crate-metadata.json"
ENVIRONMENT = "data/evidence/environment.json"
PROVENANCE = "data/evidence/provenance.json"

_IDENTITY = ("data/inputs/", "data/claim/", "data/results/")
_PAYLOAD = frozenset({"inputs", "claim", "results", "evidence"})
_WEB = re.compile(r"https?://[!-~]+")
_FRACTION = re.compile(r"\.[0-9]+")

_MEDIA_TYPES = {
    "csv": "text/csv",
    "gds": "application/octet-stream",
    "html": "text/html",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "md": "text/markdown",
    "npy": "application/x-npy",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain",
}
"""Media types of attachments by file name. Not the host's table: the same content seals alike everywhere."""


def name(content: Mapping[str, bytes | Member]) -> dict[str, str]:
    """The ids that the content will have, known before the evidence that names them is written.

    Args:
        content: The files under `data/`; evidence is not looked at.

    Returns:
        `inputs_id`, `results_id` and `artifact_id`.

    Raises:
        VerificationError: Nothing is under `data/inputs/`, `data/claim/` or `data/results/` (AWB-R-060).
        ContainerError: A member cannot be read.
    """
    return _names(
        [Line(_hashed(content[path]).sha256, path) for path in sorted(content) if path.startswith(_IDENTITY)]
    )


def seal(
    content: Mapping[str, bytes | Member],
    metadata: Mapping[str, Any],
    *,
    artifact_type: str,
    created: str,
    tool: Mapping[str, str],
) -> Bundle:
    """Seal content and description into a bundle.

    What the documents say is not judged here: `verify.verify` is the one judge, and whoever publishes a
    bundle asks it (`execution.sealed` does). Paths and the metadata record are, since what is made here
    depends on them.

    Args:
        content: Every file under `data/`: path to bytes or member. Members are read once, in pieces.
        metadata: The Metadata document.
        artifact_type: The type of the artifact.
        created: The time of sealing, RFC 3339 with `+00:00`.
        tool: `name`, `version` and `url` of the sealing software.

    Returns:
        The bundle. The same arguments give the same bytes on every machine.

    Raises:
        InvalidInputError: A path has no place under `data/`, or the metadata record breaks its schema.
        VerificationError: The content has no ids.
        ContainerError: A member cannot be read.
    """
    places = _places(sorted(content))
    payload = {path: _hashed(content[path]) for path in places}
    lines = [Line(member.sha256, path) for path, member in payload.items()]
    head = {
        "artifact_type": artifact_type,
        "spec_version": SPEC_VERSION,
        "ids": _names(lines),
        "created": created,
        "tool": dict(tool),
        "content": {
            path: {
                "sha256": member.sha256,
                "size_bytes": member.size,
                "media_type": _media_type(path, places[path]),
            }
            for path, member in payload.items()
        },
    }
    members = {path: member.member for path, member in payload.items()}
    return _sealed(members, render_manifest(lines), (head, tool), metadata)


def describe(bundle: Bundle, metadata: Mapping[str, Any], *, created: str, tool: Mapping[str, str]) -> Bundle:
    """The same artifact under another description: `data/` and the ids stay, the seal is new (AWB-R-066).

    Signatures stay. They speak for the artifact, and of the record they were made on; its tag manifest is
    kept beside them, so that they can still be checked (AWB-R-380, AWB-R-384).

    Args:
        bundle: A bundle that was verified.
        metadata: The new Metadata document.
        created: The time of sealing, RFC 3339 with `+00:00`.
        tool: `name`, `version` and `url` of the sealing software.

    Raises:
        InvalidInputError: The metadata record breaks its schema.
        VerificationError: The bundle has no readable manifest.
        ContainerError: A member cannot be read.
    """
    ids = bundle.ids
    members = {path: member for path, member in bundle.members.items() if path.startswith("data/")}
    head = {**_document(bundle.members, "manifest.json"), "created": created, "tool": dict(tool)}
    again = _sealed(members, bundle.members[MANIFEST].read(), (head, _ran(bundle, tool)), metadata)
    signatures = {path: member for path, member in bundle.members.items() if path.startswith("signatures/")}
    if signatures:
        superseded = f"signatures/tagmanifest-{ids.seal.removeprefix('seal_')}.txt"
        signatures[superseded] = bundle.members[TAG_MANIFEST]
    return _bundle({**again.members, **signatures})


def _ran(bundle: Bundle, tool: Mapping[str, str]) -> Mapping[str, str]:
    """The software that ran, which whoever describes a record again did not become by that (AWB-R-266).

    The environment has its name and version. Its address is the one that the description of before, or
    the one who describes, gives for that name; where nobody does, the tool of before stands for it.
    """
    runtime = _document(bundle.members, ENVIRONMENT).get("runtime", {})
    before = _document(bundle.members, "manifest.json").get("tool", {})
    graph = _document(bundle.members, CRATE).get("@graph", [])
    told = [entity for entity in graph if isinstance(entity, dict)] if isinstance(graph, list) else []
    for entity in (before, tool, *told):
        address = entity.get("url")
        same = "name" in runtime and entity.get("name") == runtime["name"]
        if same and isinstance(address, str) and _WEB.fullmatch(address):
            return {"name": runtime["name"], "version": runtime["version"], "url": address}
    return before or tool


def _sealed(
    members: Mapping[str, Member],
    manifest: bytes,
    made: tuple[Mapping[str, Any], Mapping[str, str]],
    metadata: Mapping[str, Any],
) -> Bundle:
    """The bundle of a payload whose manifest is known, under a description, and the software that ran."""
    from awen_ref import rendering

    head, ran = made
    findings = description_findings(metadata)
    if findings:
        raise InvalidInputError("the metadata record is not one", findings=findings)
    tags = {
        "manifest.json": canonical.dumps(head),
        METADATA: canonical.dumps(metadata),
        "bagit.txt": BAGIT_TXT,
        "bag-info.txt": _bag_info(head, metadata),
        MANIFEST: manifest,
    }
    digests = {path: sha256_hex(data) for path, data in tags.items()}
    files = {
        path: (row["sha256"], row["size_bytes"], row["media_type"]) for path, row in head["content"].items()
    }
    for path in ("manifest.json", METADATA):
        files[path] = (digests[path], len(tags[path]), "application/json")
    rendered = rendering.render(
        metadata,
        ids=head["ids"],
        artifact_type=head["artifact_type"],
        files=files,
        tool=ran,
        parents=_parents(members),
        window=_window(members, head["created"]),
        contents=contents_of(members),
    )
    digests |= {path: sha256_hex(data) for path, data in rendered.items()}
    tags |= rendered
    tags[TAG_MANIFEST] = render_manifest([Line(digests[path], path) for path in sorted(digests)])
    return _bundle({**members, **{path: BytesMember(data) for path, data in tags.items()}})


def _names(lines: list[Line]) -> dict[str, str]:
    """The three ids that sorted lines determine; the seal comes later."""
    ids = ids_from_lines(lines, b"")
    return {"inputs_id": ids.inputs_id, "results_id": ids.results_id, "artifact_id": ids.artifact_id}


def _bundle(members: Mapping[str, Member]) -> Bundle:
    """The members, read-only and in the order that a bundle has. Paths are ASCII: `sorted` is by octets."""
    return Bundle(MappingProxyType({path: members[path] for path in sorted(members)}))


def _hashed(data: bytes | Member) -> HashedMember:
    """A file of the content with its digest."""
    return hashed(BytesMember(data) if isinstance(data, bytes) else data)


def _places(paths: list[str]) -> dict[str, Entry]:
    """AWB-R-003, 006, 014: the row of the matrix that gives each path its place under `data/`.

    Raises:
        InvalidInputError: A path has none, or is no name that a bundle's file may have.
    """
    entries = {path: place_of(path) for path in paths}
    placed = {path: entry for path, entry in entries.items() if entry is not None and entry.role in _PAYLOAD}
    if len(placed) == len(paths) and all_sound(paths):
        return placed
    findings = [
        path_problem(path) or Finding("AWB-INV-013", "no row of the matrix gives this path a place", path)
        for path in paths
        if path not in placed or path_problem(path) is not None
    ]
    raise InvalidInputError(f"no bundle has the file {findings[0].path!r}", findings=findings)


def _media_type(path: str, entry: Entry) -> str:
    """AWB-R-183: what the registry says; for attachments, what the name says."""
    return entry.media_type or _MEDIA_TYPES.get(path.rpartition(".")[2], "application/octet-stream")


def _bag_info(head: Mapping[str, Any], metadata: Mapping[str, Any]) -> bytes:
    """AWB-R-022 to 024, and what RFC 8493 has labels for."""
    tool, contact = head["tool"], metadata.get("contact", {})
    rows = head["content"].values()
    return bag_info(
        {
            "Bag-Software-Agent": f"{tool['name']} {tool['version']} <{tool['url']}>",
            "Bagging-Date": head["created"][:10],
            "Contact-Email": contact.get("email", ""),
            "Contact-Name": contact.get("name", ""),
            "External-Description": f"{metadata['title']}: {metadata['description']}",
            "External-Identifier": head["ids"]["artifact_id"],
            "Payload-Oxum": f"{sum(row['size_bytes'] for row in rows)}.{len(rows)}",
            "Source-Organization": metadata.get("publisher", {}).get("name", ""),
        }
    )


def _document(members: Mapping[str, Member], path: str) -> dict[str, Any]:
    """One JSON object of the payload; empty where there is none, which `verify` says more about."""
    if path not in members:
        return {}
    try:
        value = canonical.loads(members[path].read())
    except canonical.CanonicalError:
        return {}
    return value if isinstance(value, dict) else {}


def _parents(members: Mapping[str, Member]) -> list[Mapping[str, str]]:
    """The claim's parents."""
    parents = _document(members, CLAIM).get("parents", [])
    return parents if isinstance(parents, list) else []


def _window(members: Mapping[str, Member], created: str) -> tuple[str, str]:
    """Start and end of the activity that made the results, in whole seconds; else the time of sealing.

    Whole seconds are what the Process Run Crate's validators take (AWB-R-266).
    """
    account = _document(members, PROVENANCE)
    made, activities = _records(account, "wasGeneratedBy"), _records(account, "activity")
    results = [
        str(one.get("prov:activity")) for one in made.values() if ":res_" in str(one.get("prov:entity"))
    ]
    spans = [
        (activity["prov:startTime"], activity["prov:endTime"])
        for activity in (*(activities[name] for name in results if name in activities), *activities.values())
        if {"prov:startTime", "prov:endTime"} <= activity.keys()
    ]
    start, end = spans[0] if spans else (created, created)
    return _FRACTION.sub("", start), _FRACTION.sub("", end)


def _records(account: Mapping[str, Any], kind: str) -> Mapping[str, Mapping[str, Any]]:
    """The records of one kind in a provenance; what is none is left to those who judge it."""
    found = account.get(kind)
    named = found.items() if isinstance(found, dict) else ()
    return {name: record for name, record in named if isinstance(record, dict)}

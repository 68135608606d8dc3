"""OCFL 1.1: a bundle as an object of a storage root, and back.

One artifact is one object (`urn:awen:awen_…`); the bundle's directory is the content of its first version.
Writing makes a new storage root, or adds an object to one. Reading follows the inventory and nothing else:
what the bundle's own manifests say is checked by whoever verifies it.
Source: Oxford Common File Layout Specification 1.1; extension 0003, hashed truncated n-tuple trees with
the object identifier as the last folder.
"""

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from awen_ref import canonical
from awen_ref.archive.directory import read_directory
from awen_ref.archive.placing import new_folder, write_all
from awen_ref.archive.writing import check_names
from awen_ref.bundle.model import Bundle, Member
from awen_ref.errors import ContainerError, MissingError, UsageError
from awen_ref.limits import DEFAULT, Limits
from awen_ref.storage.durable import open_file

__all__ = ["read_ocfl", "write_ocfl"]

_ROOT, _OBJECT = "0=ocfl_1.1", "0=ocfl_object_1.1"
_OBJECT_MARK = "0=ocfl_object_"
_LAYOUT = "0003-hash-and-id-n-tuple-storage-layout"
_LAYOUT_TEXT = (
    "Hashed truncated n-tuple trees with object id encapsulating directory for OCFL storage hierarchies"
)
_TUPLES, _TUPLE_DIGITS = 3, 3
_CONTENT = "v1/content"
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def _place(identifier: str) -> str:
    """Where an object lies below the root (extension 0003 with its defaults)."""
    digest = hashlib.sha256(identifier.encode()).hexdigest()
    cuts = range(0, _TUPLES * _TUPLE_DIGITS, _TUPLE_DIGITS)
    return "/".join([*(digest[cut : cut + _TUPLE_DIGITS] for cut in cuts), identifier.replace(":", "%3a")])


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, _CREATE, 0o666)
    try:
        write_all(descriptor, data)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copy(path: Path, member: Member) -> str:
    """Write a member's content; returns its SHA-512, which OCFL wants of every file."""
    digest = hashlib.sha512(usedforsecurity=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, _CREATE, 0o666)
    try:
        for chunk in member.chunks():
            digest.update(chunk)
            write_all(descriptor, chunk)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return digest.hexdigest()


def _write_object(folder: Path, bundle: Bundle, identifier: str) -> None:
    paths: dict[str, list[str]] = {}
    for path, member in bundle.members.items():
        paths.setdefault(_copy(folder / _CONTENT / path, member), []).append(path)
    document: Any = canonical.loads(bundle.members["manifest.json"].read(), path="manifest.json")
    tool = document["tool"]
    inventory = canonical.dumps(
        {
            "id": identifier,
            "type": "https://ocfl.io/1.1/spec/#inventory",
            "digestAlgorithm": "sha512",
            "head": "v1",
            "manifest": {digest: [f"{_CONTENT}/{path}" for path in same] for digest, same in paths.items()},
            "versions": {
                "v1": {
                    "created": document["created"],
                    "message": f"AWEN record {bundle.ids.seal}",
                    "user": {"name": f"{tool['name']} {tool['version']}", "address": tool["url"]},
                    "state": paths,
                }
            },
        }
    )
    sidecar = f"{hashlib.sha512(inventory).hexdigest()} inventory.json\n".encode()
    _write(folder / _OBJECT, f"{_OBJECT.removeprefix('0=')}\n".encode())
    for place in (folder, folder / "v1"):
        _write(place / "inventory.json", inventory)
        _write(place / "inventory.json.sha512", sidecar)


def _write_root(folder: Path) -> None:
    layout = {
        "extensionName": _LAYOUT,
        "digestAlgorithm": "sha256",
        "tupleSize": _TUPLE_DIGITS,
        "numberOfTuples": _TUPLES,
    }
    _write(folder / _ROOT, f"{_ROOT.removeprefix('0=')}\n".encode())
    _write(folder / "ocfl_layout.json", canonical.dumps({"extension": _LAYOUT, "description": _LAYOUT_TEXT}))
    _write(folder / "extensions" / _LAYOUT / "config.json", canonical.dumps(layout))


def write_ocfl(bundle: Bundle, root: Path) -> Path:
    """Put a bundle into an OCFL storage root, which is made if it is not there.

    Args:
        bundle: A bundle that was verified.
        root: The storage root; one that exists has to have the layout that we write.

    Returns:
        The object's folder. It appears when every file of it is on the medium.

    Raises:
        UsageError: The folder is no such root, or holds the artifact already.
        ContainerError: A member cannot be read.
        MissingError: The folder it is to lie in is missing or closed to us.
        StorageError: The medium refuses a write or a flush.
    """
    check_names(bundle)
    identifier = f"urn:awen:{bundle.ids.artifact_id}"
    place = root / _place(identifier)
    if not root.exists():
        with new_folder(root) as folder:
            _write_root(folder)
            _write_object(folder / _place(identifier), bundle, identifier)
        return place
    if not (root / _ROOT).is_file() or not (root / "extensions" / _LAYOUT / "config.json").is_file():
        raise UsageError(f"{root} is no OCFL 1.1 storage root with the layout {_LAYOUT}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MissingError(f"cannot write to {root}: {error.strerror}") from error
    with new_folder(place) as folder:
        _write_object(folder, bundle, identifier)
    return place


def _object_in(path: Path, limits: Limits) -> Path:
    """The object that a path names, or the only one below a storage root.

    Raises:
        UsageError: There is none, or more than one.
    """
    if any(path.glob(f"{_OBJECT_MARK}*")):
        return path
    found: list[Path] = []
    seen = 0
    for folder, folders, files in os.walk(path, followlinks=False):
        seen += len(folders) + len(files)
        if any(name.startswith(_OBJECT_MARK) for name in files):
            found.append(Path(folder))
            folders.clear()
        if len(found) > 1 or seen > limits.entries:
            raise UsageError(f"{path} holds more than one object", advice="Give the folder of one of them.")
    if not found:
        raise UsageError(f"{path} holds no OCFL object")
    return found[0]


def _inventory(folder: Path, limits: Limits) -> Mapping[str, Any]:
    try:
        with os.fdopen(open_file(folder / "inventory.json"), "rb") as stream:
            data = stream.read(limits.json_bytes + 1)
    except OSError as error:
        raise MissingError(f"cannot read the inventory in {folder}: {error.strerror}") from error
    document = canonical.parse_input(data, path="inventory.json", limits=limits)
    if not isinstance(document, dict):
        raise ContainerError("the inventory is no object")
    return document


def _files(inventory: Mapping[str, Any]) -> dict[str, str]:
    """Path in the newest version to path in the object.

    Raises:
        ContainerError: The inventory is not what OCFL describes.
    """
    try:
        state = inventory["versions"][inventory["head"]]["state"]
        manifest = inventory["manifest"]
        pairs = [(path, manifest[digest][0]) for digest, paths in state.items() for path in paths]
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise ContainerError(f"the inventory is not what OCFL describes: {error!r}") from error
    if not all(isinstance(path, str) for pair in pairs for path in pair):
        raise ContainerError("the inventory is not what OCFL describes: a path is no string")
    return dict(pairs)


def read_ocfl(path: Path, *, limits: Limits = DEFAULT) -> Bundle:
    """The bundle in the newest version of an OCFL object.

    Args:
        path: The object's folder, or a storage root with one object.
        limits: Bounds on numbers, names and sizes.

    Raises:
        MissingError: The inventory cannot be read.
        StorageError: Something else than a file lies under its name.
        UsageError: A storage root holds none or several objects.
        ContainerError: The inventory is broken, or names a file that is not there.
    """
    folder = _object_in(path, limits)
    inventory = _inventory(folder, limits)
    content = inventory.get("contentDirectory", "content")
    versions: dict[str, Bundle] = {}
    members: dict[str, Member] = {}
    for name, place in sorted(_files(inventory).items()):
        version, _, rest = place.partition("/")
        below, _, inner = rest.partition("/")
        if not version.removeprefix("v").isdecimal() or below != content or below in ("", ".", ".."):
            raise ContainerError(f"the inventory names {place!r}, which is no content of a version")
        if version not in versions:
            versions[version] = read_directory(folder, below=(version, below), limits=limits)
        member = versions[version].members.get(inner)
        if member is None:
            raise ContainerError(f"the inventory names {place!r}, which is not there")
        members[name] = member
    return Bundle(members)

"""What the preview page tells of a payload: its documents, and the elements of arrays that are short.

Sealing does not judge, so neither does this: what cannot be read is not told. A page costs little beside
hashing, whatever the payload: documents and arrays beyond a size are left to their files.
"""

import struct
from collections.abc import Mapping
from itertools import islice
from typing import Any

from awen_ref import canonical, npy
from awen_ref.bundle.model import Member
from awen_ref.rendering.contents import MOST_ROWS, Contents

__all__ = ["contents_of"]

_DOCUMENTS = {
    "experiment": "data/inputs/experiment.json",
    "task": "data/inputs/task.json",
    "parameters": "data/inputs/parameters.json",
    "ir": "data/inputs/ir.json",
    "device": "data/inputs/device.json",
    "outputs": "data/results/outputs.json",
    "body": "data/results/body.json",
}
_MOST_DOCUMENT_BYTES = 1 << 20
_MOST_ARRAY_BYTES = 1 << 17
_FORMATS = {"<f8": "d", "<i8": "q", "<u8": "Q", "|b1": "?"}


def contents_of(members: Mapping[str, Member]) -> Contents:
    """The documents and short arrays of a payload.

    Args:
        members: Path to file; those under `data/` are looked at.

    Raises:
        ContainerError: A member cannot be read.
    """
    documents = {name: _document(members.get(path)) for name, path in _DOCUMENTS.items()}
    outputs = islice(documents["outputs"].items(), MOST_ROWS)
    values = {name: _elements(members.get(f"data/results/{_file(meta)}")) for name, meta in outputs}
    return Contents(documents, values)


def _file(meta: object) -> object:
    return meta.get("file") if isinstance(meta, dict) else None


def _document(member: Member | None) -> Mapping[str, Any]:
    if member is None or member.size > _MOST_DOCUMENT_BYTES:
        return {}
    try:
        value = canonical.loads_canonical(member.read())
    except canonical.CanonicalError:
        return {}
    return value if isinstance(value, dict) else {}


def _elements(member: Member | None) -> tuple[float, ...]:
    """The elements of an array in C order, without NumPy, which would take longer to import than to use."""
    if member is None or member.size > _MOST_ARRAY_BYTES:
        return ()
    data = member.read()
    if npy.check([data]):
        return ()
    header = npy.parse_header(data)
    count = header.data_bytes // npy.ITEM_BYTES[header.descr]
    elements: tuple[float, ...] = struct.unpack_from(
        f"<{count}{_FORMATS[header.descr]}", data, len(header.render())
    )
    return elements

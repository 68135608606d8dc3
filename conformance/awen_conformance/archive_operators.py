"""One function per way to make an archive odd: each takes an archive and gives an archive, or octets.

The parent is the canonical archive of a valid bundle. Entries are named by their path, or by number where the
archive has a name twice; octets are given as text or in hexadecimal.
"""

import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from awen_conformance.archives import Archive, Entry, deflated

__all__ = ["ARCHIVE_OPERATORS", "archived"]

Arguments = Mapping[str, Any]
Made = Archive | bytes


def _octets(arguments: Arguments) -> bytes:
    """The octets that `hex`, `zeros` or `text` state."""
    if "hex" in arguments:
        return bytes.fromhex(arguments["hex"])
    if "zeros" in arguments:
        return bytes(arguments["zeros"])
    return str(arguments["text"]).encode()


def _fields(arguments: Arguments) -> dict[str, Any]:
    """Fields as stated: numbers as they are, `{hex}` and `{text}` as octets."""
    return {
        name: _octets(value) if isinstance(value, dict) else value
        for name, value in arguments["fields"].items()
    }


def _changed(archive: Archive, arguments: Arguments, change: Callable[[Entry], Entry]) -> Archive:
    wanted = str(arguments["entry"]).encode()
    index = next(i for i, entry in enumerate(archive.entries) if entry.name == wanted)
    entries = [change(entry) if i == index else entry for i, entry in enumerate(archive.entries)]
    return replace(archive, entries=tuple(entries))


def canonical_archive(archive: Archive, arguments: Arguments) -> Made:
    """Change nothing."""
    del arguments
    return archive


def header_fields(archive: Archive, arguments: Arguments) -> Made:
    """Write other values into both headers of an entry (some fields stand in the central one only)."""
    return _changed(archive, arguments, lambda entry: replace(entry, **_fields(arguments)))


def local_fields(archive: Archive, arguments: Arguments) -> Made:
    """Write other values into the local header of an entry, so that the two headers disagree."""
    return _changed(archive, arguments, lambda entry: replace(entry, local=_fields(arguments)))


def every_header(archive: Archive, arguments: Arguments) -> Made:
    """Write other values into both headers of every entry, as another tool would."""
    entries = tuple(replace(entry, **_fields(arguments)) for entry in archive.entries)
    return replace(archive, entries=entries)


def end_fields(archive: Archive, arguments: Arguments) -> Made:
    """Write other values into the end record; `{add}` is relative to the right value."""
    body, _ = archive.placed()
    right = {"here": len(archive.entries), "count": len(archive.entries), "offset": len(body)}
    right["size"] = len(archive.build()) - len(body) - 22
    stated = {
        name: right[name] + value["add"] if isinstance(value, dict) else value
        for name, value in arguments["fields"].items()
    }
    return replace(archive, end=stated)


def insert(archive: Archive, arguments: Arguments) -> Made:
    """Put octets at `place`: prefix, before_directory, after_directory, before_end, suffix or comment."""
    changes: dict[str, Any] = {arguments["place"]: _octets(arguments)}
    return replace(archive, **changes)


def shift(archive: Archive, arguments: Arguments) -> Made:
    """Put octets before everything and leave all offsets as they were."""
    return _octets(arguments) + archive.build()


def gap_after(archive: Archive, arguments: Arguments) -> Made:
    """Put octets between an entry's data and the next local header."""
    return _changed(archive, arguments, lambda entry: replace(entry, after=_octets(arguments)))


def truncate(archive: Archive, arguments: Arguments) -> Made:
    """Cut octets off the end."""
    return archive.build()[: -arguments["octets"]]


def keep_first(archive: Archive, arguments: Arguments) -> Made:
    """Keep only the first octets."""
    return archive.build()[: arguments["octets"]]


def twice(archive: Archive, arguments: Arguments) -> Made:
    """Write the archive two times, one after the other."""
    del arguments
    return archive.build() * 2


def second_end(archive: Archive, arguments: Arguments) -> Made:
    """Repeat the end record, before itself or as its comment (`place`)."""
    changes: dict[str, Any] = {arguments["place"]: archive.build()[-22:]}
    return replace(archive, **changes)


def octets_instead(archive: Archive, arguments: Arguments) -> Made:
    """Give something that is no archive at all."""
    del archive
    return _octets(arguments)


def compress(archive: Archive, arguments: Arguments) -> Made:
    """Deflate every entry, or the one named."""
    if "entry" in arguments:
        return _changed(archive, arguments, deflated)
    return replace(archive, entries=tuple(map(deflated, archive.entries)))


def compress_wrongly(archive: Archive, arguments: Arguments) -> Made:
    """Deflate an entry and spoil the stream.

    `cut` octets off its end, `append` octets to it, a zlib header instead of none (`zlib`), the stream two
    times (`double`), or other `fields` than the right ones.
    """

    def spoil(entry: Entry) -> Entry:
        made = deflated(entry)
        data = made.data or b""
        if "cut" in arguments:
            data = data[: -arguments["cut"]]
        if "append" in arguments:
            data += bytes.fromhex(arguments["append"])
        if "replace" in arguments:
            data = bytes.fromhex(arguments["replace"])
        if "zlib" in arguments:
            data = zlib.compress(entry.content)
        if "double" in arguments:
            data *= 2
        return replace(made, data=data, **(_fields(arguments) if "fields" in arguments else {}))

    return _changed(archive, arguments, spoil)


def data_instead(archive: Archive, arguments: Arguments) -> Made:
    """Let other octets of the same number stand for an entry's content, so that the CRC-32 is wrong."""

    def spoil(entry: Entry) -> Entry:
        data = bytearray(entry.content)
        data[arguments["offset"]] ^= 1
        return replace(entry, data=bytes(data))

    return _changed(archive, arguments, spoil)


def reorder(archive: Archive, arguments: Arguments) -> Made:
    """Write the entries in descending order; with `bodies`, only their data."""
    if "bodies" in arguments:
        return replace(archive, bodies=tuple(reversed(range(len(archive.entries)))))
    return replace(archive, entries=tuple(reversed(archive.entries)))


def add_entry(archive: Archive, arguments: Arguments) -> Made:
    """Add an entry, in its place by name or, with `last`, at the end; `fields` as in `header_fields`."""
    name = _octets(arguments["name"]) if isinstance(arguments["name"], dict) else arguments["name"].encode()
    content = _octets(arguments)
    fields = _fields(arguments) if "fields" in arguments else {}
    added = Entry(name, content, **fields)
    entries = [*archive.entries, added]
    if not arguments.get("last"):
        entries.sort(key=lambda entry: entry.name)
    return replace(archive, entries=tuple(entries))


def rename_entry(archive: Archive, arguments: Arguments) -> Made:
    """Give an entry another name, in both headers, where it stands."""
    to = _octets(arguments["to"]) if isinstance(arguments["to"], dict) else arguments["to"].encode()
    return _changed(archive, arguments, lambda entry: replace(entry, name=to))


def wrap(archive: Archive, arguments: Arguments) -> Made:
    """Put every entry below a folder."""
    folder = arguments["folder"].encode() + b"/"
    entries = tuple(replace(entry, name=folder + entry.name) for entry in archive.entries)
    return replace(archive, entries=entries)


def data_descriptor(archive: Archive, arguments: Arguments) -> Made:
    """Write CRC-32 and sizes of an entry after its data, as streaming writers do."""

    def described(entry: Entry) -> Entry:
        length = len(entry.content)
        after = struct.pack("<4s3I", b"PK\7\x08", zlib.crc32(entry.content), length, length)
        return replace(entry, flags=8, local={"crc": 0, "compressed": 0, "size": 0}, after=after)

    return _changed(archive, arguments, described)


def zip64_sizes(archive: Archive, arguments: Arguments) -> Made:
    """Write the sizes of a small entry into ZIP64 extra fields; `cut` shortens the fields."""

    def large(entry: Entry) -> Entry:
        length = len(entry.content)
        extra = struct.pack("<2H2Q", 1, 16, length, length)[: 20 - arguments.get("cut", 0)]
        limit = 0xFFFFFFFF
        return replace(entry, needed=45, compressed=limit, size=limit, extra=extra, local={"extra": extra})

    return _changed(archive, arguments, large)


def zip64_end(archive: Archive, arguments: Arguments) -> Made:
    """Add a ZIP64 end record and locator that nothing needs; `fields` of the end record may point to them."""
    body, _ = archive.placed()
    size = len(archive.build()) - len(body) - 22
    count = len(archive.entries) + arguments.get("add", 0)
    record = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 0x032D, 45, 0, 0, count, count, size, len(body))
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, len(body) + size, 1)
    return replace(archive, before_end=record + locator, end=arguments.get("fields", {}))


ARCHIVE_OPERATORS: Mapping[str, Callable[[Archive, Arguments], Made]] = {
    operator.__name__: operator
    for operator in (
        canonical_archive,
        header_fields,
        local_fields,
        every_header,
        end_fields,
        insert,
        shift,
        gap_after,
        truncate,
        keep_first,
        twice,
        second_end,
        octets_instead,
        compress,
        compress_wrongly,
        data_instead,
        reorder,
        add_entry,
        rename_entry,
        wrap,
        data_descriptor,
        zip64_sizes,
        zip64_end,
    )
}
"""Every operator on archives by name."""


def archived(archive: Archive, operator: Mapping[str, Any]) -> bytes:
    """The octets after an operator as a case states it: `{name, arguments}`.

    Raises:
        KeyError: There is no such operator, or an argument is missing.
    """
    made = ARCHIVE_OPERATORS[operator["name"]](archive, operator.get("arguments", {}))
    return made if isinstance(made, bytes) else made.build()

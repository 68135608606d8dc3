"""Seeded, structure-aware mutations: what is nearly right finds more than what is noise.

Every function takes a `random.Random` and gives the same for the same state of it.
"""

import json
import random
import struct
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from awen_ref import npy
from tests.ziplab import Archive, File, deflated

__all__ = ["archive", "array", "document", "manifest", "noise"]

ODD_TEXT = (
    "", "a", "\0", "\ud800", "\U0001f600", "\u202e", "é", "e\u0301", "A" * 300, "\\", '"', "../x",
    "awen_" + "0" * 64, "2026-01-01T00:00:00+00:00", "__proto__", "NaN",
)  # fmt: skip
ODD_NUMBERS = (
    "0", "-0", "1", "-1", "1.0", "1e400", "-1e400", "1e-400", "5e-324", "9007199254740991",
    "9007199254740992", "1e21", "1E5", "01", "+1", ".5", "1.", "NaN", "Infinity", "-Infinity",
    "0.1", "1" * 400, "0x10", "1_000",
)  # fmt: skip
TOKENS = (
    b"{", b"}", b"[", b"]", b",", b":", b'"', b"\\", b"\\u0000", b"\\ud800", b"\\udc00", b"null", b"true",
    b"NaN", b"1e400", b" ", b"\n", b"\t", b"\xef\xbb\xbf", b"\xff", b"\xc0\xae", b"\xed\xa0\x80", b"[" * 40,
    b'{"a":' * 40, b"\0", b'"a":1,"a":1', b"/**/", b"0" * 20, b"\xe2\x80\xa8", b"-",
)  # fmt: skip
NAMES = (
    b"a.txt", b"data/b", b"../x", b"/x", b"data", b"data/", b"a\\b", b"con", b"a.", b"A", b"",
    b"manifest.json", b"data//b", b"\xc0\xae", b"signatures/s", b"a" * 256,
    b"x/" * 17 + b"x", "ä".encode(), b"a\0b", b"c:/x",
)  # fmt: skip
FIELDS = (
    "made", "needed", "flags", "time", "date", "crc", "compressed", "size", "method", "disk", "internal",
    "external", "offset", "extra", "comment", "before", "after", "local",
)  # fmt: skip
ODD_INTEGERS = (0, 1, 2, 8, 20, 45, 63, 255, 0x800, 0x7FFF, 0xFFFF)


def noise(chance: random.Random, data: bytes, tokens: Sequence[bytes] = TOKENS) -> bytes:
    """Some octets changed, cut, repeated, moved, or tokens put between them."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randint(0, len(data))
        end = min(len(data), at + chance.choice((1, 1, 2, 4, 16, 64)))
        match chance.randrange(6):
            case 0:
                data = data[:at] + chance.choice(tokens) + data[at:]
            case 1:
                data = data[:at] + data[end:]
            case 2:
                data = data[:end] + data[at:]
            case 3 if data:
                at = min(at, len(data) - 1)
                data = data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
            case 4:
                data = data[:at] + chance.randbytes(end - at) + data[end:]
            case _:
                data = data[:at] + chance.choice(tokens) + data[end:]
    return data


def value(chance: random.Random, depth: int = 0) -> Any:  # noqa: ANN401 - any JSON value
    """An odd JSON value, small."""
    match chance.randrange(6 if depth < 3 else 4):
        case 0:
            return chance.choice((None, True, False))
        case 1:
            return chance.choice((0, -1, 2**53 - 1, 2**53, 1e308, 1e-7, 0.1, -0.0, 1e21, 10**30))
        case 2 | 3:
            return chance.choice(ODD_TEXT)
        case 4:
            return [value(chance, depth + 1) for _ in range(chance.randrange(4))]
        case _:
            return {chance.choice(ODD_TEXT): value(chance, depth + 1) for _ in range(chance.randrange(4))}


def altered(chance: random.Random, tree: Any) -> Any:  # noqa: ANN401 - any JSON value
    """The tree with one thing changed at one place; the given tree is left as it is."""
    if not isinstance(tree, dict | list) or not tree or chance.random() < 0.1:
        return value(chance)
    if isinstance(tree, list):
        items = list(tree)
        at = chance.randrange(len(items))
        match chance.randrange(4):
            case 0:
                del items[at]
            case 1:
                items.insert(at, items[chance.randrange(len(items))])
            case _:
                items[at] = altered(chance, items[at])
        return items
    members = dict(tree)
    key = chance.choice(list(members))
    match chance.randrange(5):
        case 0:
            del members[key]
        case 1:
            members[chance.choice(ODD_TEXT)] = members.pop(key)
        case 2:
            members[chance.choice(ODD_TEXT)] = value(chance)
        case _:
            members[key] = altered(chance, members[key])
    return members


def document(chance: random.Random, tree: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """A JSON document near the given one: altered as a tree, spelled oddly, altered as text, or all of it."""
    for _ in range(chance.randrange(3)):
        tree = altered(chance, tree)
    style = chance.randrange(4)
    text = json.dumps(
        tree,
        ensure_ascii=style == 1,
        sort_keys=style != 2,
        separators=(",", ":") if style else None,
    ).encode("utf-8", "surrogatepass")
    if chance.random() < 0.2:
        number = chance.choice(ODD_NUMBERS).encode()
        text = text.replace(chance.choice((b"0", b"1", b"2", b"null", b"true")), number, 1)
    return noise(chance, text) if chance.random() < 0.6 else text


def array(chance: random.Random) -> bytes:
    """An array file whose header or size lies, or a sound one, or one with noise in it."""
    descr = chance.choice((*npy.ITEM_BYTES, *npy.ITEM_BYTES, "<f4", ">f8", "|O", "<c16", "|V8", "<U1", "é"))
    shape = tuple(chance.choice((0, 1, 2, 3, 7)) for _ in range(chance.choice((0, 1, 1, 2, 3, 17))))
    size = npy.ITEM_BYTES.get(descr, 8)
    for length in shape:
        size *= length
    content = chance.randbytes(max(0, min(size, 512) + chance.choice((0, 0, 0, 1, -1, 8))))
    dimensions = chance.choice(
        (
            repr(shape),
            repr(shape),
            f"{shape}".replace(" ", ""),
            "(-1,)",
            "(1e3,)",
            "(9" + "9" * 30 + ",)",
            "5",
        )
    )
    order = chance.choice(("False", "False", "False", "True", "None"))
    text = f"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {dimensions}, }}"
    if chance.random() < 0.1:
        text = chance.choice(("{" * 400, "__import__('os').system('x')", "{'descr': " + "(" * 200, text[:-2]))
    body = text.encode() + b" " * chance.choice((0, -(11 + len(text.encode())) % 64)) + b"\n"
    length = len(body) if chance.random() < 0.9 else chance.choice((0, 1, 65535, len(body) + 1))
    version = chance.choice((b"\1\0", b"\1\0", b"\1\0", b"\1\0", b"\2\0", b"\3\0"))
    data = b"\x93NUMPY" + version + struct.pack("<H", min(length, 65535)) + body + content
    if chance.random() < 0.3 and descr in npy.ITEM_BYTES and len(shape) <= 16:
        data = npy.Header(descr, shape).render() + content
    return noise(chance, data, (b"NUMPY", b"'", b"(", b",", b"\n", b"\0")) if chance.random() < 0.4 else data


def manifest(chance: random.Random, seed: bytes) -> bytes:
    """A manifest with lines swapped, doubled, renamed, or noise in it."""
    lines = seed.splitlines(keepends=True)
    for _ in range(chance.randrange(4)):
        at = chance.randrange(len(lines)) if lines else 0
        match chance.randrange(6):
            case 0:
                lines.insert(at, chance.choice(lines) if lines else b"\n")
            case 1 if lines:
                del lines[at]
            case 2:
                chance.shuffle(lines)
            case 3 if lines:
                lines[at] = lines[at][:66] + chance.choice(NAMES) + b"\n"
            case 4 if lines:
                lines[at] = lines[at][:64].upper() + lines[at][64:]
            case _:
                lines.insert(
                    at, b"0" * 64 + chance.choice((b"  ", b" *", b"\t", b" ")) + chance.choice(NAMES)
                )
    data = b"".join(lines)
    tokens = (b"\n", b"\r\n", b"  ", b"*", b"\\", b"\xef\xbb\xbf", b"\0", b"../")
    return noise(chance, data, tokens) if chance.random() < 0.4 else data


def _file(chance: random.Random) -> File:
    """One entry, mostly sound, with up to two fields that are not."""
    name, content = chance.choice(NAMES[:2] + NAMES), chance.randbytes(chance.choice((0, 1, 5, 40, 300)))
    made = deflated(name, content) if chance.random() < 0.4 else File(name, content)
    for _ in range(chance.choice((0, 0, 0, 1, 1, 2))):
        field = chance.choice(FIELDS)
        odd: object = chance.choice(ODD_INTEGERS)
        if field in {"crc", "compressed", "size", "external", "offset"}:
            odd = chance.choice((0, 1, 5, 40, 0xFFFFFFFF, 0x7FFFFFFF, 0o120777 << 16, 0o100755 << 16))
        elif field in {"extra", "comment", "before", "after"}:
            odd = chance.choice((b"\0", struct.pack("<2H2Q", 1, 16, 5, 5), b"PK\5\6" + bytes(18), b"x" * 40))
        elif field == "local":
            key = chance.choice(("needed", "flags", "method", "crc", "size", "compressed", "name", "extra"))
            odd = {key: chance.choice(NAMES) if key in {"name", "extra"} else chance.choice(ODD_INTEGERS)}
        made = replace(made, **{field: odd})  # type: ignore[arg-type] # the field fixes the type
    return made


def archive(chance: random.Random) -> bytes:
    """An archive made field by field, with things wrong in it, and then perhaps noise."""
    made = Archive(tuple(_file(chance) for _ in range(chance.choice((0, 1, 1, 2, 3, 5)))))
    if chance.random() < 0.2:
        place = chance.choice(
            ("prefix", "before_directory", "after_directory", "before_end", "suffix", "comment")
        )
        made = replace(made, **{place: chance.choice((b"\0", b"PK\5\6" + bytes(18), b"PK\3\4"))})  # type: ignore[arg-type] # all are octets
    if chance.random() < 0.2:
        field = chance.choice(("disk", "first_disk", "here", "count", "size", "offset"))
        made = replace(made, end={field: chance.choice(ODD_INTEGERS)})
    data = made.build()
    return noise(chance, data, (b"PK\1\2", b"PK\3\4", b"PK\5\6", b"\0")) if chance.random() < 0.3 else data

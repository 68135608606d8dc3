"""Hostile archives of any size, and whether their structure alone is to have them refused."""

import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from awen_ref import canonical, npy
from awen_ref.limits import DEFAULT
from tests import bundles
from tests.ziplab import Archive, File, deflated

__all__ = ["CASES", "Case", "zipped"]

DOCUMENTS = (
    "data/evidence/timeline.json",
    "data/inputs/ir.json",
    "data/inputs/parameters.json",
    "data/inputs/calibration.json",
    "data/inputs/device.json",
    "data/results/outputs.json",
    "data/results/body.json",
    "data/evidence/environment.json",
    "data/evidence/provenance.json",
    "data/evidence/metrics.json",
    "data/evidence/ir.lowered.json",
    "data/claim/claim.json",
)
TEXTS = (
    "CITATION.cff",
    "bag-info.txt",
    "bagit.txt",
    "citation/citation.bib",
    "citation/citation.md",
    "ro-crate-preview.html",
)
EVENT = {"attributes": {}, "elapsed_ns": 0, "name": "a", "sequence": 0}

Make = Callable[[Path, int], None]


@dataclass(frozen=True, slots=True)
class Case:
    """A hostile archive.

    Attributes:
        name: What is hostile in it.
        make: Writes it to a path, about so many bytes large.
        structural: Whether it has to be refused within two seconds, however large it is.
    """

    name: str
    make: Make
    structural: bool


def zipped(path: Path, entries: Iterator[tuple[str, bytes]], *, level: int = 0) -> None:
    """An archive with the date and mode of a canonical one."""
    with zipfile.ZipFile(path, "w") as made:
        for name, data in entries:
            row = zipfile.ZipInfo(name)
            row.create_system, row.external_attr = 3, 0o100644 << 16
            row.compress_type = zipfile.ZIP_DEFLATED if level else zipfile.ZIP_STORED
            made.writestr(row, data, compresslevel=level or None)


def beside_a_bundle(path: Path, content: dict[str, bytes], *, level: int = 0) -> None:
    """A valid bundle, sealed again with other content, as an archive."""
    files = bundles.files_of(bundles.sealed("run")) | content
    made = bundles.files_of(bundles.resealed(files))
    zipped(path, iter(sorted(made.items())), level=level)


def bomb(path: Path, size: int) -> None:
    """Files of zeros, deflated a thousandfold."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    # What is flushed fully stands alone, so that it may be repeated.
    block = packed.compress(bytes(8 << 20)) + packed.flush(zlib.Z_FULL_FLUSH)
    data = block * ((1 << 20) // len(block))
    rows = (
        File(b"data/%d" % i, data, 8, b"", size=len(data) // len(block) << 23)
        for i in range(size // len(data))
    )
    path.write_bytes(Archive(tuple(rows)).build())


def quoted_bomb(path: Path, size: int) -> None:
    """Many names over one body."""
    body = deflated(b"data/a", os.urandom(1 << 20))
    rows = tuple(File(f"data/{i}".encode(), body.data, 8, b"", in_body=False, offset=0) for i in range(9000))
    path.write_bytes(Archive((File(b"data/a", bytes(size)), *rows)).build())


def within_ratio(path: Path, size: int) -> None:
    """As much as the ratio of 100 lets through: a tenth of the size, inflating to ten times it."""
    block = os.urandom(10_600) + bytes(1 << 20)
    beside_a_bundle(path, {"data/evidence/attachments/a": block * (size * 8 // len(block))}, level=6)


def entry_flood(path: Path, size: int) -> None:
    """Hundreds of thousands of empty files."""
    header = len(Archive((File(b"f0000000"),)).build()) - 22
    count = size // header
    files = [File(f"f{i:07d}".encode()) for i in range(count)]
    bodies = b"".join(file.body() for file in files)
    step = len(files[0].body())
    directory = b"".join(file.header(i * step) for i, file in enumerate(files))
    end = Archive((), end={"here": 0xFFFE, "count": 0xFFFE, "size": len(directory), "offset": len(bodies)})
    path.write_bytes(bodies + directory + end.build())


def huge_headers(path: Path, size: int) -> None:
    """Names and comments of 64 KiB each."""
    count = min(9000, size // (3 * 0xFFFF))
    files = (
        File(f"{i:05d}".encode() * 13106, comment=b"c" * 0xFFFF, extra=b"x" * 0xFFFF) for i in range(count)
    )
    path.write_bytes(Archive(tuple(files)).build())


def stored(path: Path, size: int) -> None:
    """One honest large attachment."""
    beside_a_bundle(path, {"data/evidence/attachments/a": os.urandom(1 << 20) * (size >> 20)})


def many_files(path: Path, size: int) -> None:
    """As many honest attachments as a bundle may hold."""
    each = os.urandom(size // 9900)
    beside_a_bundle(path, {f"data/evidence/attachments/a{i:04d}": each for i in range(9900)})


def large_array(path: Path, size: int) -> None:
    """One array of zeros, in an output that is not listed."""
    data = npy.Header("<f8", (size // 8,)).render() + bytes(size // 8 * 8)
    beside_a_bundle(path, {"data/results/arrays/a.npy": data})


def json_of(text: Callable[[int], bytes], *, documents: int = 0, level: int = 0) -> Make:
    """Hostile JSON in so many documents, or as many as fit."""

    def make(path: Path, whole: int) -> None:
        data = text(DEFAULT.json_bytes)
        count = documents or (len(DOCUMENTS) if level else min(len(DOCUMENTS), whole // len(data)))
        beside_a_bundle(path, dict.fromkeys(DOCUMENTS[:count], data), level=level)

    return make


def deep_json(size: int) -> bytes:
    """Arrays in arrays."""
    return b"[" * (size // 2) + b"]" * (size // 2)


def wide_json(size: int) -> bytes:
    """As many numbers as fit."""
    return b"[" + b"0," * (size // 2 - 2) + b"0]"


def object_flood(size: int) -> bytes:
    """As many empty objects as fit."""
    return b"[" + b"{}," * (size // 3 - 2) + b"{}]"


def key_flood(size: int) -> bytes:
    """Millions of members in one object."""
    return b"{" + b",".join(b'"%07d":0' % i for i in range(size // 12)) + b"}"


def chains(values: int) -> bytes:
    """Objects in objects, each with a member of another name: what takes most memory of all values."""
    deep = DEFAULT.json_depth - 2
    names = (b"%x" % i for i in range(values))
    rows = (
        b'{"' + b'":{"'.join(islice(names, deep)) + b'":0' + b"}" * deep for _ in range(values // (deep + 1))
    )
    return b"[" + b",".join(rows) + b"]"


def within_values(size: int) -> bytes:
    """Such objects, a twentieth less of them than a bundle may hold: JSON that has to be parsed."""
    del size
    return chains(DEFAULT.json_values * 19 // 20)


def chains_in_part(size: int) -> bytes:
    """A part of what a bundle may hold, so that all documents together are just within the limit."""
    del size
    return chains(DEFAULT.json_values * 19 // 20 // len(DOCUMENTS))


def numbers(size: int) -> bytes:
    """Numbers that are spelled at length, as many as may be, to be compared with their canonical text."""
    del size
    return b"[" + b",".join(b"1.%016de-9" % (2 * i + 1) for i in range(DEFAULT.json_values * 9 // 10)) + b"]"


def astral(size: int) -> bytes:
    """Long strings, each with one character that makes it take four octets for every one."""
    each = DEFAULT.json_string_bytes - 8
    letters = os.urandom(each // 2).hex().encode()  # so that they deflate within the ratio
    rows = (b'"' + "\U00010000".encode() + letters + b'"' for _ in range(size // (each + 7)))
    return b"[" + b",".join(rows) + b"]"


def escapes(size: int) -> bytes:
    """Strings of escapes, which are long in canonical form too."""
    each = (DEFAULT.json_string_bytes >> 1) - 8
    return b"[" + b",".join(b'"' + b"\\n" * each + b'"' for _ in range(size // (2 * each + 3))) + b"]"


def astral_and_chains(path: Path, _: int) -> None:
    """Both together, up to all three limits."""
    values = chains(DEFAULT.json_values * 9 // 10)
    rest = DEFAULT.json_bytes_together - len(values) - (1 << 16)
    content = {DOCUMENTS[0]: values}
    for name in DOCUMENTS[1:]:
        size = min(rest, DEFAULT.json_bytes)
        if size > DEFAULT.json_string_bytes:
            content[name] = astral(size)
        rest -= size
    beside_a_bundle(path, content)


def violating(path: Path, _: int) -> None:
    """Documents of their right form, with thousands of things wrong in them."""
    count = DEFAULT.json_values // 10
    node = {"kind": "terminator", "params": {}, "unknown": 1}
    graph = {"edges": [], "nodes": {f"n{i:06d}": node for i in range(count)}}
    parameters = {f"p{i:06d}": {"unit": "parsec", "value": "1"} for i in range(count)}
    beside_a_bundle(
        path,
        {
            "data/inputs/ir.json": canonical.dumps(graph),
            "data/inputs/parameters.json": canonical.dumps(parameters),
        },
    )


def large_graph(path: Path, _: int) -> None:
    """A graph of its class, as large as may be, every edge of which is wrong."""
    count = DEFAULT.json_values // 9
    graph = {
        "edges": [{"ends": ["a.o1", f"n{i:06d}.o{i + 2}"]} for i in range(count)],
        "nodes": {f"n{i:06d}": {"kind": "terminator", "params": {}} for i in range(count)},
    }
    beside_a_bundle(path, {"data/inputs/ir.json": canonical.dumps(graph)})


def large_crate(path: Path, _: int) -> None:
    """An RO-Crate of entities that nothing refers to."""
    rows = [{"@id": f"#{i:06d}", "@type": "Thing"} for i in range(DEFAULT.json_values // 4)]
    crate = {"@context": "https://w3id.org/ro/crate/1.2/context", "@graph": rows}
    beside_a_bundle(path, {"ro-crate-metadata.json": canonical.dumps(crate)})


def many_creators(path: Path, _: int) -> None:
    """Creators of one name in a long citation that lacks the last of them."""
    made = bundles.parts("run")
    names = [("a", str(number)) for number in range(1000)] + [("zz", "")]
    made.metadata["creators"] = [
        {"type": "person", "family_name": family, "given_name": f"b{given}"} for family, given in names
    ]
    files = bundles.files_of(bundles.build(made))
    content = {**files, "citation/citation.md": b"a " * (DEFAULT.text_bytes // 2)}
    zipped(path, iter(sorted(bundles.files_of(bundles.resealed(content)).items())))


def nulls(size: int) -> bytes:
    """Nothing, as often as may be."""
    del size
    return b"[" + b"null," * (DEFAULT.json_values * 9 // 10) + b"null]"


def flood_of_lines(path: Path, size: int) -> None:
    """JSON Lines of empty objects, each of which lacks everything."""
    beside_a_bundle(path, {"data/evidence/events.jsonl": b"{}\n" * (size // 3)})


def sound_lines(path: Path, size: int) -> None:
    """JSON Lines of their class, as many as fit."""
    line = canonical.dumps(EVENT) + b"\n"
    beside_a_bundle(path, {"data/evidence/events.jsonl": line * (size // len(line))})


def large_texts(path: Path, size: int) -> None:
    """Every text of the description as large as it may be."""
    each = min(size // len(TEXTS), DEFAULT.tag_file_bytes)
    files = bundles.files_of(bundles.sealed("run"))
    made = {name: files[name] + b"a: b\n" * ((each - len(files[name])) // 5) for name in TEXTS}
    beside_a_bundle(path, made)


def sound_manifest(path: Path, _: int) -> None:
    """A manifest without a flaw in it, of files that are not there."""
    files = bundles.files_of(bundles.sealed("run"))
    line = b"0" * 64 + b"  data/evidence/attachments/%07d\n"
    count = DEFAULT.tag_file_bytes // len(line % 0)
    files["manifest-sha256.txt"] = b"".join(line % i for i in range(count))
    zipped(path, iter(sorted(files.items())))


def long_string(size: int) -> bytes:
    """One string."""
    return b'{"a":"' + b"a" * (size - 8) + b'"}'


def long_lines(path: Path, size: int) -> None:
    """JSON Lines without a line feed."""
    beside_a_bundle(path, {"data/evidence/events.jsonl": b'{"a":"' + b"a" * size + b'"}\n'})


def signature_flood(path: Path, size: int) -> None:
    """Signatures of many megabytes."""
    files = bundles.files_of(bundles.sealed("run"))
    flood = {f"signatures/{i:016d}.dsse.json": bytes(size // 20) for i in range(20)}
    zipped(path, iter(sorted({**files, **flood}.items())))


def long_manifest(path: Path, size: int) -> None:
    """A manifest of many megabytes."""
    files = bundles.files_of(bundles.sealed("run"))
    line = b"0" * 64 + b"  data/x\n"
    zipped(path, iter(sorted({**files, "manifest-sha256.txt": line * (size // len(line))}.items())))


CASES = (
    Case("deflate bomb", bomb, structural=True),
    Case("one body under many names", quoted_bomb, structural=True),
    Case("entry flood", entry_flood, structural=True),
    Case("names, comments and fields of 64 KiB", huge_headers, structural=True),
    Case("deep JSON", json_of(deep_json), structural=False),
    Case("wide JSON", json_of(wide_json), structural=False),
    Case("flood of objects", json_of(object_flood), structural=False),
    Case("flood of keys", json_of(key_flood), structural=False),
    Case("long string", json_of(long_string), structural=False),
    Case("chains of objects in one document", json_of(within_values, documents=1), structural=False),
    Case("chains of objects in twelve documents", json_of(chains_in_part, level=6), structural=False),
    Case("numbers of many digits", json_of(numbers, documents=1), structural=False),
    Case("nulls", json_of(nulls, documents=1), structural=False),
    Case("characters beyond U+FFFF", json_of(astral), structural=False),
    Case("characters beyond U+FFFF, deflated", json_of(astral, level=6), structural=False),
    Case("characters beyond U+FFFF and chains", astral_and_chains, structural=False),
    Case("escapes", json_of(escapes), structural=False),
    Case("thousands of violations", violating, structural=False),
    Case("large graph", large_graph, structural=False),
    Case("large crate", large_crate, structural=False),
    Case("many creators", many_creators, structural=False),
    Case("line without end", long_lines, structural=False),
    Case("flood of lines", flood_of_lines, structural=False),
    Case("sound lines", sound_lines, structural=False),
    Case("large texts", large_texts, structural=False),
    Case("sound manifest", sound_manifest, structural=False),
    Case("flood of signatures", signature_flood, structural=False),
    Case("long manifest", long_manifest, structural=False),
    Case("inflated as far as the ratio lets", within_ratio, structural=False),
    Case("large stored file", stored, structural=False),
    Case("large array", large_array, structural=False),
    Case("9,900 files", many_files, structural=False),
)

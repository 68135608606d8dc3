"""The text of the specification agrees with the tables of the schema and the code beside it.

That its requirements are well formed is what `schema/generate.py` checks.
"""

import re
from itertools import pairwise

import blocks
import pytest

from awen_ref.archive.records import STORED, Entry, central_header, end_records, local_header
from awen_ref.limits import DEFAULT
from awen_schema.layout import ARTIFACT_TYPES, RELATIONS
from sitegen.registry import SPEC, schemas

ENTRY = Entry(b"data/claim/claim.json", STORED, 0x12345678, 5, 5, 0)


def table_under(page: str, heading: str) -> list[list[str]]:
    """The cells of the first table after a heading, without its two head lines."""
    text = (SPEC / f"{page}.md").read_text("utf-8")
    after = text[text.index(f"\n{heading}") :]
    rows = re.findall(r"(?:^\|.*\n)+", after, flags=re.MULTILINE)[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


@pytest.mark.parametrize("page", [path.stem for path in sorted(SPEC.glob("*.md"))])
def test_generated_blocks_are_up_to_date(page: str) -> None:
    text = (SPEC / f"{page}.md").read_text("utf-8")

    assert blocks.render(text) == text, "run python docs/tools/blocks.py"


def test_artifact_types_of_the_text_are_those_of_the_layout() -> None:
    rows = table_under("artifacts", "## Artifact types")

    assert tuple(row[0].strip("`") for row in rows) == ARTIFACT_TYPES


def test_relations_of_the_text_are_those_of_the_layout() -> None:
    rows = table_under("artifacts", "### Parents and relations")

    assert tuple(row[0].strip("`") for row in rows) == RELATIONS


def number(cell: str) -> int:
    """`8 GiB` or `10,000` as an integer."""
    units = {"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}
    value, _, unit = cell.replace(",", "").partition(" ")
    return int(value) * units.get(unit, 1)


def test_limits_of_the_text_are_the_defaults_of_the_code() -> None:
    stated = [number(row[1]) for row in table_under("artifacts", "## Limits")]

    assert stated == [
        DEFAULT.entries,
        DEFAULT.path_bytes,
        DEFAULT.segment_bytes,
        DEFAULT.path_depth,
        DEFAULT.deflate_ratio,
        DEFAULT.inflated_bytes,
        DEFAULT.spool_bytes,
        DEFAULT.json_bytes,
        DEFAULT.json_bytes_together,
        DEFAULT.json_values,
        DEFAULT.json_line_values,
        DEFAULT.json_depth,
        DEFAULT.json_keys,
        DEFAULT.json_string_bytes,
        DEFAULT.npy_header_bytes,
        DEFAULT.npy_rank,
        DEFAULT.signatures,
        DEFAULT.signature_bytes,
        DEFAULT.tag_file_bytes,
        DEFAULT.text_bytes,
    ]


def field_table(heading: str) -> list[tuple[int, int]]:
    """Offset and size of the fixed fields of one ZIP record."""
    rows = [row for row in table_under("artifacts", heading) if row[1]]
    return [(int(row[0]), int(row[1])) for row in rows]


@pytest.mark.parametrize(
    ("heading", "length"),
    [
        ("### Local file header", 30),
        ("### Central directory header", 46),
        ("### End of central directory record", 22),
    ],
)
def test_archive_tables_cover_each_record_without_gap(heading: str, length: int) -> None:
    fields = field_table(heading)

    assert fields[0][0] == 0
    assert all(a[0] + a[1] == b[0] for a, b in pairwise(fields))
    assert sum(fields[-1]) == length


def pinned(heading: str) -> list[tuple[int, bytes]]:
    """Offset and octets of the fields of one ZIP record whose value the text states outright."""
    found = []
    for offset, size, _, value in (row for row in table_under("artifacts", heading) if row[1]):
        if octets := re.match(r"`((?:[0-9a-f]{2} ?)+)`(?! with)", value):
            found.append((int(offset), bytes.fromhex(octets[1])))
        elif plain := re.match(r"(\d+)(?=$|,| \(|;)", value):
            found.append((int(offset), int(plain[1]).to_bytes(int(size), "little")))
    return found


@pytest.mark.parametrize(
    ("heading", "record", "count"),
    [
        ("### Local file header", local_header(ENTRY), 7),
        ("### Central directory header", central_header(ENTRY), 10),
        ("### End of central directory record", end_records(1, 46 + len(ENTRY.name), ENTRY.end), 4),
    ],
)
def test_archive_writer_puts_down_what_the_tables_pin(heading: str, record: bytes, count: int) -> None:
    fields = pinned(heading)

    assert len(fields) == count
    assert [(at, record[at : at + len(octets)]) for at, octets in fields] == fields


def test_the_text_shows_every_published_class() -> None:
    shown = set(re.findall(r"<!-- generated:document:(\w+) -->", (SPEC / "artifacts.md").read_text("utf-8")))
    assert shown == set(schemas())

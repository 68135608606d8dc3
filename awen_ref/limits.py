"""Limits on what is read from strangers, in one place (AWB-R-360 and following)."""

from typing import NamedTuple

__all__ = ["DEFAULT", "Limits"]


class Limits(NamedTuple):
    """Upper bounds that a reader applies before it allocates, decompresses or recurses.

    Attributes:
        entries: Files in one bundle.
        path_bytes: Bytes of one path.
        segment_bytes: Bytes of one path segment.
        path_depth: Segments of one path.
        deflate_ratio: Uncompressed over compressed size of one DEFLATE entry larger than
            `deflate_ratio_floor_bytes`.
        deflate_ratio_floor_bytes: Entries up to this uncompressed size are exempt from the ratio.
        inflated_bytes: Sum of the uncompressed sizes of all DEFLATE entries.
        spool_bytes: Size of an archive on a stream, which is kept in a temporary file.
        json_bytes: Size of one JSON file, and of one line of a JSON Lines file.
        json_bytes_together: Sizes of all JSON files of a bundle.
        json_values: Values (objects, arrays, strings, numbers, literals) of one JSON text, and of all JSON
            files of a bundle together.
        json_line_values: Values of all JSON Lines files of a bundle together.
        json_depth: Nesting of arrays and objects.
        json_keys: Members of one object.
        json_string_bytes: UTF-8 bytes of one string.
        npy_header_bytes: Size of an NPY header.
        npy_rank: Dimensions of an array.
        signatures: Files under `signatures/`.
        signature_bytes: Size of one of them.
        tag_file_bytes: Size of one manifest, and of `ro-crate-preview.html`.
        text_bytes: Size of another text file of seal or description, which is read as a whole.
    """

    entries: int = 10_000
    path_bytes: int = 1024
    segment_bytes: int = 255
    path_depth: int = 16
    deflate_ratio: int = 100
    deflate_ratio_floor_bytes: int = 1 << 20
    inflated_bytes: int = 8 << 30
    spool_bytes: int = 8 << 30
    json_bytes: int = 8 << 20
    json_bytes_together: int = 12 << 20
    json_values: int = 400_000
    json_line_values: int = 2_000_000
    json_depth: int = 32
    json_keys: int = 100_000
    json_string_bytes: int = 1 << 20
    npy_header_bytes: int = 4096
    npy_rank: int = 16
    signatures: int = 16
    signature_bytes: int = 1 << 20
    tag_file_bytes: int = 16 << 20
    text_bytes: int = 1 << 20


DEFAULT = Limits()

"""Whole documents: one value to one text and back."""

import json
from collections import Counter
from itertools import islice
from typing import TypeAlias, cast

from awen_ref.canonical.agreement import SHOWN, departure
from awen_ref.canonical.flaws import MOST_FINDINGS, TOO_DEEP, CanonicalError, Repeated, flaws, refusal
from awen_ref.canonical.plain import NOT_PLAIN, parse_plain
from awen_ref.canonical.text import MAX_SAFE_INTEGER, NoTextError, text
from awen_ref.canonical.values import count_values
from awen_ref.errors import Finding
from awen_ref.limits import DEFAULT, Limits

__all__ = ["JSON", "dumps", "loads", "loads_canonical", "parse_input"]

JSON: TypeAlias = "bool | int | float | str | list[JSON] | dict[str, JSON] | None"

NOT_UTF8, HAS_BOM, NOT_JSON, NOT_CANONICAL = "AWB-ENC-001", "AWB-ENC-002", "AWB-ENC-003", "AWB-ENC-007"
TOO_LARGE, TOO_MANY = "AWB-LIM-010", "AWB-LIM-017"

_EXACT_DIGITS = 15
"""An integer token this long or shorter is below 2^53."""


def dumps(value: object, *, limits: Limits = DEFAULT) -> bytes:
    """The canonical text of a JSON value (RFC 8785).

    Args:
        value: None, bool, int, float, str, and lists, tuples and dicts of them; subclasses too.
        limits: Only `json_depth` counts here.

    Returns:
        UTF-8 without a byte order mark and without a final newline.

    Raises:
        CanonicalError: The value holds NaN or an infinity, an integer beyond 2^53-1, a member name that is no
            string, a lone surrogate or a type JSON does not have, or nests too deeply.
    """
    try:
        return text(value, limits.json_depth).encode()
    except (NoTextError, UnicodeEncodeError):
        findings = tuple(islice(flaws(value, "", 0, limits), MOST_FINDINGS))
    raise CanonicalError(f"the value has no canonical JSON text: {findings[0].message}", findings=findings)


def loads(data: bytes, *, path: str = "", limits: Limits = DEFAULT) -> JSON:
    """Parse strictly: UTF-8, no repeated member, finite numbers, whole strings, inside the limits.

    Integers up to 2^53-1 in magnitude stay integers; every other number is the nearest binary64.

    Args:
        data: The whole document.
        path: Path to put into findings.
        limits: Bounds on size, number of values, depth, members of one object and length of one string.

    Raises:
        CanonicalError: With up to 20 findings, each with its JSON Pointer where there is a tree to point to.
    """
    return _sound(_parse(data, path, limits), path, limits)


def loads_canonical(
    data: bytes, *, path: str = "", limits: Limits = DEFAULT, outlined: bytes | None = None
) -> JSON:
    """Parse strictly and require the bytes to be the canonical text of what was parsed.

    Args:
        data: The whole document.
        path: Path to put into findings.
        limits: As for `loads`.
        outlined: Its outline, where that is at hand.

    Raises:
        CanonicalError: As for `loads`, or the bytes differ from `dumps` of their parse.
    """
    plain = parse_plain(data, limits, outlined)
    if plain is not NOT_PLAIN:
        return cast("JSON", plain)
    tree = _parse(data, path, limits)
    # What equals its own canonical text has no other flaw than strings or objects that are too large, and
    # a document no longer than one string may be has neither. The text of one that may is never made whole.
    if len(data) <= min(limits.json_string_bytes, limits.json_keys) and _has_text(tree, data, limits):
        return cast("JSON", tree)
    sound = _sound(tree, path, limits)
    if left := departure(tree, data, limits.json_depth):
        at, belongs = left
        stands = data[at : at + SHOWN]
        message = f"at byte {at} stands {stands!r} where {belongs!r} belongs"
        raise refusal(Finding(NOT_CANONICAL, f"not the canonical text (RFC 8785): {message}", path))
    return sound


def parse_input(data: bytes, *, path: str = "", limits: Limits = DEFAULT) -> JSON:
    """Parse a document that a person wrote: as strict as `loads`, in any layout, a final newline included.

    Raises:
        CanonicalError: As for `loads`, with advice on mending the file.
    """
    try:
        return loads(data, path=path, limits=limits)
    except CanonicalError as error:
        advice = "Mend the file at the place named; it has to be JSON (RFC 8259) in UTF-8, each member once."
        raise CanonicalError(error.message, findings=error.findings, advice=advice) from None


def _parse(data: bytes, path: str, limits: Limits) -> object:
    """JSON text to a tree in which a flaw of a value is still there to be found by `flaws`."""
    if len(data) > limits.json_bytes:
        raise refusal(Finding(TOO_LARGE, f"{len(data)} bytes, allowed are {limits.json_bytes}", path))
    if len(data) > 2 * limits.json_values and (count := count_values(data)) > limits.json_values:
        raise refusal(Finding(TOO_MANY, f"{count} values, allowed are {limits.json_values}", path))
    if data[:3] == b"\xef\xbb\xbf":
        raise refusal(Finding(HAS_BOM, "the document begins with a byte order mark", path))
    try:
        decoded = data.decode()
    except UnicodeDecodeError as error:
        message = f"byte 0x{data[error.start]:02x} at offset {error.start} is not UTF-8"
        raise refusal(Finding(NOT_UTF8, message, path)) from None
    try:
        return _DECODER.decode(decoded)
    except json.JSONDecodeError as error:
        message = f"line {error.lineno}, column {error.colno}: {error.msg[:1].lower()}{error.msg[1:]}"
        raise refusal(Finding(NOT_JSON, message, path)) from None
    except RecursionError:
        raise refusal(Finding(TOO_DEEP, f"nests deeper than {limits.json_depth} levels", path)) from None


def _has_text(tree: object, data: bytes, limits: Limits) -> bool:
    """Whether a document is the canonical text of what it was parsed to."""
    try:
        return text(tree, limits.json_depth).encode() == data
    except (NoTextError, UnicodeEncodeError):
        return False


def _sound(tree: object, path: str, limits: Limits) -> JSON:
    """The tree, if no value in it is flawed."""
    findings = tuple(islice(flaws(tree, "", 0, limits), MOST_FINDINGS))
    if findings:
        raise refusal(*(finding._replace(path=path) for finding in findings))
    return cast("JSON", tree)


def _members(pairs: list[tuple[str, object]]) -> object:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    counts = Counter(key for key, _ in pairs)
    return Repeated(next(key for key, count in counts.items() if count > 1))


def _integer(token: str) -> int | float:
    """Any integer token as binary64; kept an `int` where that is exact and RFC 8785 writes it so."""
    if len(token) <= _EXACT_DIGITS:
        return int(token)
    value = float(token)
    return int(value) if -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER else value


_DECODER = json.JSONDecoder(object_pairs_hook=_members, parse_int=_integer, parse_constant=float)

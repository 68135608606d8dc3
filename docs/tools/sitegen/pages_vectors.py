"""Test vectors of the algorithms: the files that the tests read, and what is made while the page is."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from awen_ref import canonical, npy
from awen_ref.digest import Line, render_manifest
from awen_ref.engine.numerics.normal import normal_quantile
from awen_ref.engine.numerics.poisson import poisson_quantile
from sitegen import circuits, draws
from sitegen.registry import ROOT
from sitegen.words import code

_NUMERICS = ROOT / "tests" / "assets" / "numerics"
_SHOWN = 12
_TITLES = {
    "philox": (
        "Philox4x64-10",
        "Counter, key and output words in hexadecimal, least significant word first.",
    ),
    "normal": (
        "Normal number",
        "`number` is what AWB-R-512 makes of u; `quantile` is the exact value to 30 digits.",
    ),
    "poisson": (
        "Poisson number",
        "What AWB-R-513 makes of u for a mean; where u is all but 1 the exact quantile is another.",
    ),
    "sincos": ("Sine and cosine of radians", "Correctly rounded."),
    "sincos_turns": (
        "Sine and cosine of turns",
        "Of the unevaluated sum `turns` + `low`; correctly rounded.",
    ),
    "exp": ("Exponential", "Correctly rounded."),
    "log": ("Natural logarithm", "Correctly rounded."),
    "decibels": ("Amplitude of a loss in dB", "Correctly rounded from the decimal computation at 40 digits."),
}
_PATHS = (
    "data/claim/claim.json",
    "data/evidence/environment.json",
    "data/inputs/experiment.json",
    "data/results/body.json",
)
_NAMES = {"inputs_id": "inp", "results_id": "res", "artifact_id": "awen"}
_SELECTED = {
    "inputs_id": ("inputs",),
    "results_id": ("results",),
    "artifact_id": ("inputs", "claim", "results"),
}
_SHAPES: Sequence[tuple[str, tuple[int, ...]]] = (
    ("<f8", ()),
    ("<u8", (3,)),
    ("<f8", (101, 2)),
    ("|b1", (2, 0, 5)),
    ("<i8", (1_000_000_000,) * 6),
)
_JCS: Sequence[tuple[str, object]] = (
    ("Members sorted by UTF-16 code units", {"\U0001f600": 1, "\ufb33": 2, "a": 3, "A": 4, "": 5}),
    ("Shortest digits", [0.1, 1 / 3, 1e-7, 1e-6, 123456789.0, 1e20, 1e21, 5e-324, 1.7976931348623157e308]),
    ("No negative zero, no trailing zero", [-0.0, 1.0, -2.50]),
    ("Escapes, only what has to be", ['"\\\b\t\n\f\r\x01\u20ac/']),
    ("Literals and nesting", {"b": [True, False, {}], "a": {"c": []}}),
)


def texts() -> Mapping[str, str]:
    """The page, and the whole files beside it."""
    files = {f"spec/vectors/{name}.json": json.dumps(_rows(name), indent=0) + "\n" for name in _TITLES}
    files |= {
        f"spec/vectors/experiments/{name}.json": json.dumps(case, indent=1, ensure_ascii=False) + "\n"
        for name, case in _cases().items()
    }
    return {"spec/vectors.md": "\n".join(_page()) + "\n"} | files


def _page() -> Iterator[str]:
    """The page, section by section."""
    yield from (
        "# Test vectors",
        "",
        "Floating-point numbers are in C's hexadecimal notation and therefore exact.",
        "",
    )
    yield from _canonical()
    yield from _arrays()
    yield from _ids()
    for name, (title, about) in _TITLES.items():
        yield from _numeric(name, title, about)
    yield from draws.block()
    yield from circuits.block()
    yield from _experiments()


def _canonical() -> Iterator[str]:
    """Values and their canonical text."""
    yield from ("## Canonical JSON", "", "Each text is followed by the SHA-256 of its UTF-8 octets.", "")
    for title, value in _JCS:
        text = canonical.dumps(value)
        yield from (f"{title}:", "", "```text", text.decode(), hashlib.sha256(text).hexdigest(), "```", "")


def _arrays() -> Iterator[str]:
    """Headers of array files."""
    yield from (
        "## NPY headers",
        "",
        "| dtype | Shape | Length | SHA-256 of the header |",
        "|---|---|---:|---|",
    )
    for dtype, shape in _SHAPES:
        header = npy.Header(dtype, shape).render()
        yield f"| {code(dtype)} | `{list(shape)}` | {len(header)} | `{hashlib.sha256(header).hexdigest()}` |"
    yield ""


def _ids() -> Iterator[str]:
    """Names of the smallest manifest there could be."""
    manifest = render_manifest([Line(hashlib.sha256(path.encode()).hexdigest(), path) for path in _PATHS])
    yield from ("## Names", "", "Of this manifest, whose digests are those of the paths themselves:", "")
    yield from ("```text", manifest.decode().rstrip("\n"), "```", "")
    yield from ("| Name | Value |", "|---|---|")
    for name, prefix in _NAMES.items():
        starts = tuple(f"data/{folder}/" for folder in _SELECTED[name])
        chosen = [
            line for line in manifest.decode().splitlines(keepends=True) if line[66:].startswith(starts)
        ]
        yield f"| `{name}` | `{prefix}_{hashlib.sha256(''.join(chosen).encode()).hexdigest()}` |"
    yield ""


def _numeric(name: str, title: str, about: str) -> Iterator[str]:
    """Vectors from all over one file of the tests."""
    rows = _rows(name)
    columns = [column for column in rows[0] if column != "source"]
    shown = rows[:: -(-len(rows) // _SHOWN)]
    count = f"{len(shown)} of the {len(rows)} in [the whole file](vectors/{name}.json)."
    yield from (f"## {title}", "", f"{about} {count}", "")
    yield from (f"| {' | '.join(columns)} |", "|" + "---|" * len(columns))
    for row in shown:
        yield "| " + " | ".join(code(_text(row[column])) for column in columns) + " |"
    yield ""


@cache
def _rows(name: str) -> list[dict[str, Any]]:
    """The vectors of one file; numbers that only approximate a quantile are made, since their bits count."""
    rows: list[dict[str, Any]] = json.loads((_NUMERICS / f"{name}.json").read_text("utf-8"))
    for row in rows:
        if name == "normal":
            row |= {"number": normal_quantile(np.array([_float(row["u"])]))[0].hex()}
        elif name == "poisson":
            row |= {"count": str(poisson_quantile([_float(row["mean"])], [[_float(row["u"])]])[0, 0])}
    return rows


_float = float.fromhex


@cache
def _cases() -> Mapping[str, dict[str, Any]]:
    """Name to the documents and the `results_id` of every experiment whose octets the corpus holds."""
    found = {}
    for path in sorted((ROOT / "conformance" / "cases" / "bit").glob("*/case.json")):
        entries = json.loads(path.with_name("input.tree.json").read_text("utf-8"))["entries"]
        found[path.parent.name] = {
            "inputs": {name: json.loads(entry["text"]) for name, entry in entries.items()},
            "results_id": json.loads(path.read_text("utf-8"))["expect"]["results_id"],
        }
    return found


def _experiments() -> Iterator[str]:
    """Whole experiments and the names of their results."""
    yield from (
        "## Experiments",
        "",
        "Each is a case of the [corpus](../reference/corpus/bit.md).",
        "",
        "| Case | Documents | Results |",
        "|---|---|---|",
    )
    for name, case in _cases().items():
        link = f"[{name}](../reference/corpus/bit.md#{name})"
        documents = f"[{name}.json](vectors/experiments/{name}.json)"
        yield f"| {link} | {documents} | `{case['results_id']}` |"
    yield ""


def _text(value: object) -> str:
    """A vector's value: lists of words with spaces between."""
    return " ".join(value) if isinstance(value, list) else str(value)

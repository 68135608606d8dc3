"""Fresh bundles and broken twins of them, made from a seed under opaque names, so that no answer key fits.

Whatever the seed, the set holds the same classes in the same numbers; only octets, names and order differ.
"""

import json
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from awen_conformance.corpus import Case, Expectation, golden
from awen_conformance.making import made
from awen_conformance.operators import apply
from awen_conformance.sealer import Tree

__all__ = ["CLASSES", "made_set"]

PARENTS = ("run", "gradient", "calibration", "validation")
_ATTACHMENTS = "data/evidence/attachments/"
_PREVIEW = "ro-crate-preview.html"
_TAGS = ("CITATION.cff", "citation/csl.json", "metadata.json", "ro-crate-preview.html", "bagit.txt")
_DOCUMENTS = ("data/inputs/experiment.json", "data/claim/claim.json", "data/results/body.json")

Breaking = Callable[[random.Random, Tree], tuple[Mapping[str, Any], tuple[str, ...]]]
"""Draws a recipe's further members for a bundle, and the codes that it is found by."""


def _operator(name: str, reseal: str, **arguments: object) -> dict[str, Any]:
    return {"operator": {"name": name, "arguments": arguments, "reseal": reseal}}


def _whole(draw: random.Random, tree: Tree) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    del draw, tree
    return {}, ()


def _archived(draw: random.Random, tree: Tree) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    del draw, tree
    return {"archive": {"name": "canonical_archive"}}, ()


def _flipped(draw: random.Random, tree: Tree) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """A bit of a file that nothing but its digest speaks for."""
    path = draw.choice([name for name in tree if name.startswith(_ATTACHMENTS) or name == _PREVIEW])
    offset = draw.randrange(len(tree[path]))
    return _operator("flip", "none", path=path, offset=offset, bit=0), ("AWB-INT-010",)


def _removed(draw: random.Random, tree: Tree) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    path = draw.choice([name for name in _TAGS if name in tree])
    return _operator("remove", "tags", path=path), ("AWB-INV-014",)


def _stray(draw: random.Random, tree: Tree) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    del tree
    return _operator("put", "tags", path=_word(draw) + ".txt", text=_word(draw)), ("AWB-INV-011",)


def _unlisted(draw: random.Random, tree: Tree) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    del tree
    path = f"{_ATTACHMENTS}{_word(draw)}"
    return _operator("put", "none", path=path, text=_word(draw)), ("AWB-INV-017",)


def _unknown_member(draw: random.Random, tree: Tree) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    del tree
    path = draw.choice(_DOCUMENTS)
    return _operator("set_member", "all", path=path, pointer=f"/{_word(draw)}", value=1), ("AWB-SCH-001",)


def _spaced(draw: random.Random, tree: Tree) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    del tree
    path = draw.choice(_DOCUMENTS)
    return _operator("substitute", "all", path=path, old='":', new='": '), ("AWB-ENC-007",)


def _unsorted(draw: random.Random, tree: Tree) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    del tree
    path = draw.choice(("manifest-sha256.txt", "tagmanifest-sha256.txt"))
    reseal = "tags" if path.startswith("manifest") else "none"
    return _operator("swap_lines", reseal, path=path), ("AWB-INT-003",)


def _oddly_archived(name: str, code: str) -> Breaking:
    def drawn(draw: random.Random, tree: Tree) -> tuple[Mapping[str, Any], tuple[str, ...]]:
        entry = draw.choice(sorted(tree))
        arguments: dict[str, Any] = {"entry": entry, "offset": 0, "hex": f"{draw.randrange(256):02x}"}
        match name:
            case "truncate":
                arguments = {"octets": draw.randrange(1, 22)}
            case "insert":
                arguments = {"place": "suffix", "text": _word(draw)}
            case "header_fields":
                arguments["fields"] = {"method": draw.choice((12, 14, 93))}
            case "local_fields":
                arguments["fields"] = {"crc": draw.randrange(1 << 32)}
            case "rename_entry":
                arguments = {"entry": "bagit.txt", "to": "../" + _word(draw)}
            case _:
                arguments["entry"] = min(tree)
        return {"archive": {"name": name, "arguments": arguments}}, (code,)

    return drawn


CLASSES: Mapping[str, Breaking] = {
    "valid-directory": _whole,
    "flipped-bit": _flipped,
    "valid-archive": _archived,
    "missing-file": _removed,
    "stray-file": _stray,
    "truncated-archive": _oddly_archived("truncate", "AWB-PKG-010"),
    "unlisted-file": _unlisted,
    "unknown-member": _unknown_member,
    "archive-with-suffix": _oddly_archived("insert", "AWB-PKG-011"),
    "white-space": _spaced,
    "unknown-method": _oddly_archived("header_fields", "AWB-PKG-020"),
    "manifest-order": _unsorted,
    "headers-disagree": _oddly_archived("local_fields", "AWB-PKG-016"),
    "gap": _oddly_archived("gap_after", "AWB-PKG-014"),
    "traversal": _oddly_archived("rename_entry", "AWB-INV-001"),
}
"""The classes of a set by name; the first word of a class's name is no part of a case's."""


def made_set(root: Path, folder: Path, *, seed: int, count: int) -> tuple[Case, ...]:
    """Make a set and keep it in a folder.

    Args:
        root: The corpus, for its golden bundles.
        folder: Where the inputs are kept.
        seed: Which set.
        count: Number of cases; the classes take turns.

    Returns:
        The cases, in an order of the seed's own.
    """
    draw = random.Random(seed)  # noqa: S311 - a set has to be found again from its seed
    kinds = list(CLASSES.values())
    cases = [_made(draw, root, folder, kinds[number % len(kinds)]) for number in range(count)]
    draw.shuffle(cases)
    return tuple(cases)


def _made(draw: random.Random, root: Path, folder: Path, breaking: Breaking) -> Case:
    fresh = _fresh(draw, golden(root / "cases")(draw.choice(PARENTS)))
    further, codes = breaking(draw, fresh)
    recipe = {"parent": "fresh", **further}
    content = made(recipe, lambda _: fresh)
    name = f"{draw.getrandbits(64):016x}"
    place = folder / name
    place.mkdir()
    if isinstance(content, bytes):
        (place / "input.zip").write_bytes(content)
    else:
        (place / "input.tree.json").write_text(json.dumps(content), encoding="utf-8")
    verdict = "invalid" if codes else "valid"
    return Case(
        case_id=f"challenge/{name}",
        title="a fresh bundle, or a broken twin of one",
        kind="verdict",
        profile="V3",
        requirements=("AWB-R-320",),
        verb="verify",
        expect=Expectation(verdict, frozenset(codes)),
        recipe=recipe,
        request={},
        folder=place,
    )


def _fresh(draw: random.Random, tree: Tree) -> Tree:
    """A valid bundle that nobody has seen: another seed, another tolerance, an attachment, sealed anew."""
    for path, pointer, value in (
        ("data/inputs/experiment.json", "/seed", str(draw.getrandbits(63))),
        ("data/claim/claim.json", "/tolerance/relative", draw.random() / 1024),
    ):
        tree = apply(
            tree, _operator("set_member", "all", path=path, pointer=pointer, value=value)["operator"]
        )
    path = f"{_ATTACHMENTS}{_word(draw)}.txt"
    return apply(tree, _operator("put", "all", path=path, text=_word(draw) + "\n")["operator"])


def _word(draw: random.Random) -> str:
    return "".join(draw.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(draw.randrange(5, 12)))

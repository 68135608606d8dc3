"""The corpus: cases on disk, read once into immutable values, and their inputs laid out for one call."""

import base64
import errno
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from awen_conformance.making import made, read_tree
from awen_conformance.sealer import Tree

__all__ = [
    "KINDS",
    "Case",
    "Expectation",
    "Kind",
    "NotRepresentableError",
    "case_digest",
    "clauses",
    "corpus_digest",
    "default_root",
    "export",
    "files",
    "golden",
    "lay_out",
    "lay_out_tree",
    "load",
]

Kind = Literal[
    "verdict",
    "canonical",
    "identity",
    "relation",
    "roundtrip",
    "build",
    "engine",
    "replay",
    "compare",
    "cite",
]
KINDS: tuple[Kind, ...] = get_args(Kind)


class NotRepresentableError(Exception):
    """This machine's file system cannot hold the input of a case."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a right answer is.

    Attributes:
        verdict: `valid` or `invalid` for `verdict`; `ok` or `refused` for the other kinds.
        codes: Finding codes that have to be reported, no more and no fewer than once or oftener.
        allowed: Further codes that may be reported: they follow from the same fault.
        ids: The names that have to come out, for kind `identity`.
        output: Octets that have to come out, for kind `canonical`.
        stated: The whole of `expect`, for what only one kind has.
    """

    verdict: str
    codes: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()
    ids: Mapping[str, str] = field(default_factory=dict)
    output: bytes | None = None
    stated: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """One case of the suite.

    Attributes:
        case_id: `<phase>/<name>`, stable for ever.
        title: What is tried, in one sentence.
        kind: Which question is put.
        profile: The profile whose claim needs it (`V1`, `V2`, …).
        requirements: The requirements it tests.
        verb: The driver verb it is put through.
        expect: What a right answer is.
        recipe: How the input was made: `parent`, `operator`, `nodes`, `archive`; empty for texts.
        request: Further members of the request, such as a citation's format.
        folder: Where it lies.
    """

    case_id: str
    title: str
    kind: Kind
    profile: str
    requirements: tuple[str, ...]
    verb: str
    expect: Expectation
    recipe: Mapping[str, Any]
    request: Mapping[str, Any]
    folder: Path

    @property
    def phase(self) -> str:
        """The phase of finding codes it belongs to, in lower case."""
        return self.case_id.partition("/")[0]

    def stored(self, name: str = "input") -> Path:
        """The stored form of the input (`other`: the second one): an archive, a description or a text."""
        return next(iter(sorted(self.folder.glob(f"{name}.*"))))

    @property
    def rejecting(self) -> bool:
        """Whether a right answer says no."""
        return self.expect.verdict in ("invalid", "refused", "different")


def default_root() -> Path:
    """The corpus that ships with this package, beside it in a checkout and inside it in a wheel."""
    here = Path(__file__).resolve().parent
    inside = here / "corpus"
    return inside if inside.is_dir() else here.parent


def load(root: Path) -> tuple[Case, ...]:
    """Every case below `root/cases`, ascending by id.

    Raises:
        ValueError: A `case.json` is not of the form that PROTOCOL.md gives.
    """
    return tuple(
        _case(path.parent, root / "cases") for path in sorted((root / "cases").glob("*/*/case.json"))
    )


def _case(folder: Path, cases: Path) -> Case:
    case_id = folder.relative_to(cases).as_posix()
    raw = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    if raw["id"] != case_id or raw["kind"] not in KINDS:
        raise ValueError(f"{folder / 'case.json'}: its id is not its folder, or its kind is unknown")
    expect = raw["expect"]
    output = folder / "expect" / "output"
    return Case(
        case_id=case_id,
        title=raw["title"],
        kind=raw["kind"],
        profile=raw["profile"],
        requirements=tuple(raw["requirements"]),
        verb=raw["verb"],
        expect=Expectation(
            verdict=expect["verdict"],
            codes=frozenset(expect.get("codes", ())),
            allowed=frozenset(expect.get("allowed", ())),
            ids=expect.get("ids", {}),
            output=output.read_bytes() if output.exists() else None,
            stated=expect,
        ),
        recipe={name: raw[name] for name in ("parent", "operator", "nodes", "archive") if name in raw},
        request=raw.get("request", {}),
        folder=folder,
    )


def corpus_digest(root: Path) -> str:
    """SHA-256 over `<digest>  <path>` lines of every file of the corpus, ascending by path."""
    return _digest(root / "cases", root)


def case_digest(case: Case) -> str:
    """The same over the files of one case: what a frozen set holds it to (AWB-R-620)."""
    return _digest(case.folder, case.folder.parents[2])


def _digest(folder: Path, root: Path) -> str:
    lines = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(root).as_posix()}\n"
        for path in files(folder)
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def files(folder: Path) -> Iterator[Path]:
    """Every file below a folder, ascending by the octets of its path."""
    yield from sorted(
        (path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.as_posix().encode()
    )


def clauses(numbers: Iterable[str]) -> Mapping[str, str]:
    """The sentences of requirements, without the links in them.

    Args:
        numbers: `AWB-R-050` and the like.
    """
    texts = _sentences()
    return {number: texts[number] for number in numbers}


@cache
def _sentences() -> Mapping[str, str]:
    """The registry of requirements: inside the package in a wheel, among what is generated in a checkout."""
    here = Path(__file__).resolve().parent
    inside = here / "corpus" / "requirements.json"
    registry = inside if inside.is_file() else here.parents[1] / "generated" / "requirements.json"
    entries = json.loads(registry.read_text(encoding="utf-8"))
    return {entry["id"]: re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", entry["text"]) for entry in entries}


def golden(cases: Path) -> Callable[[str], Tree]:
    """The golden bundles of a corpus, by name; they are cases of their own.

    Args:
        cases: The corpus's folder `cases`.
    """
    return lambda name: read_tree(cases / "golden" / name / "input.tree.json")


def lay_out(case: Case, target: Path, name: str = "input") -> None:
    """Put the case's input at `target`: a directory for a tree, a file otherwise.

    Args:
        case: The case.
        target: Where; it does not exist yet.
        name: `input`, or `other` for the second input of a relation.

    Raises:
        NotRepresentableError: The file system cannot hold it.
    """
    source = case.stored(name)
    suffix = source.name.removeprefix(name)
    content: bytes | Mapping[str, Any]
    if suffix == ".tree.json":
        content = json.loads(source.read_text(encoding="utf-8"))
    elif suffix == ".made.json":
        content = made(json.loads(source.read_text(encoding="utf-8")), golden(case.folder.parents[1]))
    else:
        shutil.copyfile(source, target)
        return
    if isinstance(content, bytes):
        target.write_bytes(content)
        return
    try:
        lay_out_tree(content, target)
    except OSError as error:
        raise NotRepresentableError(f"{case.case_id}: {error.strerror}") from error


def export(case: Case, folder: Path) -> None:
    """Write a case as somebody without this package needs it: its inputs laid out.

    Raises:
        NotRepresentableError: The file system cannot hold an input.
    """
    folder.mkdir(parents=True)
    shutil.copyfile(case.folder / "case.json", folder / "case.json")
    if (case.folder / "expect").is_dir():
        shutil.copytree(case.folder / "expect", folder / "expect")
    for name in ("input", "other"):
        if any(case.folder.glob(f"{name}.*")):
            lay_out(case, folder / name, name)


def lay_out_tree(tree: Mapping[str, Any], target: Path) -> None:
    """Write a tree description.

    A path has one of `{text}`, `{base64}`, `{link: target}`, `{folder: true}` and `{fifo: true}`, and may
    have `mode`, octal.

    Raises:
        OSError: The file system refuses a name or a kind of file, or keeps another name than was given.
    """
    target.mkdir()
    for name, node in tree["entries"].items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if "text" in node:
            path.write_bytes(node["text"].encode())
        elif "base64" in node:
            path.write_bytes(base64.b64decode(node["base64"], validate=True))
        elif "link" in node:
            path.symlink_to(node["link"])
        elif "fifo" in node:
            os.mkfifo(path)
        else:
            path.mkdir(exist_ok=True)
        if "mode" in node:
            path.chmod(int(node["mode"], 8))
    present = {path.relative_to(target).as_posix() for path in target.rglob("*")}
    if not present >= tree["entries"].keys():
        raise OSError(errno.EINVAL, "the file system keeps other names")

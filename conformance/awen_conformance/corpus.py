"""The corpus: cases on disk, read once into immutable values, and their inputs laid out for one call."""

import base64
import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

__all__ = ["Case", "Expectation", "NotRepresentableError", "corpus_digest", "default_root", "lay_out", "load"]

Kind = Literal["verdict", "canonical", "identity"]
KINDS: tuple[Kind, ...] = ("verdict", "canonical", "identity")
TREE_NAME = "input.tree.json"


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
    """

    verdict: str
    codes: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()
    ids: Mapping[str, str] = field(default_factory=dict)
    output: bytes | None = None


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
        operator: How the input was made from its parent; empty for golden inputs.
        folder: Where it lies.
    """

    case_id: str
    title: str
    kind: Kind
    profile: str
    requirements: tuple[str, ...]
    verb: str
    expect: Expectation
    operator: Mapping[str, Any]
    folder: Path

    @property
    def phase(self) -> str:
        """The phase of finding codes it belongs to, in lower case."""
        return self.case_id.partition("/")[0]

    @property
    def input_path(self) -> Path:
        """The stored input: an archive, a tree description or a JSON text."""
        return next(path for path in sorted(self.folder.glob("input.*")))


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
        ),
        operator=raw.get("operator", {}),
        folder=folder,
    )


def corpus_digest(root: Path) -> str:
    """SHA-256 over `<digest>  <path>` lines of every file of the corpus, ascending by path."""
    lines = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(root).as_posix()}\n"
        for path in _files(root / "cases")
    )
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(
        (path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.as_posix().encode()
    )


def lay_out(case: Case, target: Path) -> None:
    """Put the case's input at `target`: a directory for a tree, a file otherwise.

    Raises:
        NotRepresentableError: The file system cannot hold it.
    """
    source = case.input_path
    if source.name != TREE_NAME:
        shutil.copyfile(source, target)
        return
    try:
        lay_out_tree(json.loads(source.read_text(encoding="utf-8")), target)
    except OSError as error:
        raise NotRepresentableError(f"{case.case_id}: {error.strerror}") from error


def lay_out_tree(tree: Mapping[str, Any], target: Path) -> None:
    """Write a tree description: path to `{text}`, `{base64}`, `{link}` or `{folder: true}`.

    Raises:
        OSError: The file system refuses a name or a kind of file.
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
        else:
            path.mkdir(exist_ok=True)

"""How each kind of case is put: which calls, in which order, and what the answers are held against."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from awen_conformance import results
from awen_conformance.archives import Archive, Entry, canonical
from awen_conformance.corpus import Case, Kind, lay_out
from awen_conformance.driver import Answer
from awen_conformance.judge import GIVEN, Result, judge, output_of
from awen_conformance.sealer import Tree, manifests, names_of

_TAG_FILES = (
    "bag-info.txt",
    "bagit.txt",
    "CITATION.cff",
    "citation/citation.bib",
    "citation/citation.md",
    "citation/csl.json",
    "citation/datacite.json",
    "manifest.json",
    "metadata.json",
    "ro-crate-metadata.json",
    "ro-crate-preview.html",
)

__all__ = ["PROCEDURES", "Box", "put"]


@dataclass(frozen=True, slots=True)
class Box:
    """What a procedure works with.

    Attributes:
        case: The case.
        folder: A fresh folder, and the requests' `workdir`.
        ask: Puts one request: the verb and its further members.
    """

    case: Case
    folder: Path
    ask: Callable[[str, Mapping[str, Any]], Answer]

    def laid_out(self, name: str = "input") -> Path:
        """The case's input in this folder.

        Raises:
            NotRepresentableError: The file system cannot hold it.
        """
        target = self.folder / name
        lay_out(self.case, target, name)
        return target

    def failed(self, detail: str) -> Result:
        """The outcome of a wrong answer."""
        return Result(self.case.case_id, "fail", detail)

    @property
    def passed(self) -> Result:
        """The outcome of a right one."""
        return Result(self.case.case_id, "pass")


def put(box: Box) -> Result:
    """Put a case and judge what comes.

    Raises:
        NotRepresentableError: The file system cannot hold the input.
    """
    return PROCEDURES[box.case.kind](box)


def _one_call(box: Box) -> Result:
    """One call, judged by itself."""
    members = {"input": str(box.laid_out()), **box.case.request}
    return judge(box.case, box.ask(box.case.verb, members), box.folder)


def _relation(box: Box) -> Result:
    """The ids of two inputs, which names they share and in which they differ."""
    answers = []
    for name in ("input", "other"):
        answer = box.ask("id", {"input": str(box.laid_out(name))})
        if answer.trouble is not None:
            return judge(box.case, answer, box.folder)
        if "refused" in answer.result:
            return box.failed(f"{name} was refused")
        answers.append(answer.result)
    first, second = answers
    for name in box.case.expect.stated.get("same", ()):
        if not first.get(name) or first[name] != second.get(name):
            return box.failed(f"{name} differs, or is missing")
    for name in box.case.expect.stated.get("differ", ()):
        if not first.get(name) or first[name] == second.get(name):
            return box.failed(f"{name} is the same, or is missing")
    return box.passed


def _roundtrip(box: Box) -> Result:
    """Out and back again: every octet of the bundle, and the canonical archive's (AWB-R-153, AWB-R-154)."""
    source = box.laid_out()
    first = box.ask(box.case.verb, {"input": str(source), **box.case.request})
    if first.trouble is not None:
        return judge(box.case, first, box.folder)
    if box.case.expect.verdict == "refused":
        return _refused_import(box, first)
    tree = _files_of(source)
    path = output_of(first, box.folder)
    if path is None:
        return Result(box.case.case_id, "protocol_error", "output names nothing below the folder")
    wrong = _wrong_output(tree, path, compressed=bool(box.case.request.get("compress")))
    if wrong:
        return box.failed(wrong)
    moved = path.rename(box.folder / "first")
    back = "import" if box.case.verb == "export" else "export"
    second = box.ask(back, {"input": str(moved)})
    if second.trouble is not None:
        return judge(box.case, second, box.folder)
    path = output_of(second, box.folder)
    if path is None:
        return Result(box.case.case_id, "protocol_error", "output names nothing below the folder")
    wrong = _wrong_output(tree, path, compressed=False)
    return box.failed(f"on the way back: {wrong}") if wrong else box.passed


def _refused_import(box: Box, answer: Answer) -> Result:
    """Nothing may appear where an archive was refused (AWB-R-152)."""
    if "refused" not in answer.result:
        return box.failed("accepted what has to be refused")
    left = sorted(path.name for path in box.folder.iterdir() if path.name not in GIVEN)
    return box.failed(f"left behind: {', '.join(left)}") if left else box.passed


def _files_of(path: Path) -> dict[str, bytes]:
    """The files of a bundle that is known to be sound, in either form."""
    if path.is_dir():
        return {
            file.relative_to(path).as_posix(): file.read_bytes() for file in path.rglob("*") if file.is_file()
        }
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _wrong_output(tree: Mapping[str, bytes], path: Path, *, compressed: bool) -> str:
    """What is wrong with an output directory or archive; empty where nothing is."""
    if path.is_dir():
        present = _files_of(path)
        wrong = sorted(name for name in tree.keys() | present.keys() if tree.get(name) != present.get(name))
        return f"other octets: {', '.join(wrong[:3])}" if wrong else ""
    octets = path.read_bytes()
    if not compressed:
        return "" if octets == canonical(tree).build() else "not the canonical archive"
    try:
        expected = _as_compressed(tree, octets).build()
    except (zipfile.BadZipFile, KeyError) as error:
        return f"no archive of the bundle: {error}"
    return "" if octets == expected else "differs from the canonical archive in more than compression"


def _as_compressed(tree: Mapping[str, bytes], octets: bytes) -> Archive:
    """The canonical archive with the methods and the data that stand in a compressed one.

    Raises:
        KeyError: It holds other files, or in another order.
        zipfile.BadZipFile: It is no archive, or its data are not those of the files.
    """
    entries = []
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        if archive.namelist() != sorted(tree, key=str.encode):
            raise KeyError("the order of the entries")
        for info in archive.infolist():
            content = tree[info.filename]
            if archive.read(info) != content:
                raise zipfile.BadZipFile(info.filename)
            start = info.header_offset + 30 + len(info.filename.encode())
            data = octets[start : start + info.compress_size]
            method = info.compress_type
            entries.append(Entry(info.filename.encode(), content, data=data, method=method))
    return Archive(tuple(entries))


def _build(box: Box) -> Result:
    """A bundle from content and a plan: its payload untouched, its names right, two times the same octets."""
    source = box.laid_out()
    plan = box.folder / "plan.json"
    plan.write_text(json.dumps(box.case.request["plan"]), encoding="utf-8")
    trees = []
    for attempt in ("first", "second"):
        answer = box.ask("build", {"input": str(source), "plan": str(plan)})
        if answer.trouble is not None:
            return judge(box.case, answer, box.folder)
        path = output_of(answer, box.folder)
        if path is None or not path.is_dir():
            return Result(box.case.case_id, "protocol_error", "output is no directory below the folder")
        trees.append(_files_of(path.rename(box.folder / attempt)))
    wrong = _wrong_bundle(trees[0], _files_of(source), box.case.expect.ids)
    if wrong:
        return box.failed(wrong)
    return box.passed if trees[0] == trees[1] else box.failed("the same plan gave other octets")


def _wrong_bundle(tree: Tree, content: Mapping[str, bytes], ids: Mapping[str, str]) -> str:
    """What is wrong with a bundle that was built; empty where nothing is."""
    payload = {path: data for path, data in tree.items() if path.startswith("data/")}
    if payload != content:
        return "the payload is not the content"
    missing = [path for path in _TAG_FILES if path not in tree]
    if missing:
        return f"missing: {', '.join(missing)}"
    if any(tree.get(name) != lines for name, lines in manifests(tree).items()):
        return "a manifest is not that of the files"
    names = names_of(tree)
    stated = json.loads(tree["manifest.json"])["ids"]
    wrong = [name for name in ids if names[name] != ids[name] or stated[name] != ids[name]]
    return f"other names: {', '.join(wrong)}" if wrong else ""


def _engine(box: Box) -> Result:
    """The results of the input documents: within the tolerance (E1), or to the bit (E2)."""
    answer = box.ask("run", {"input": str(box.laid_out()), **box.case.request})
    if answer.trouble is not None:
        return judge(box.case, answer, box.folder)
    if box.case.expect.verdict == "refused":
        return _refused(box, answer)
    path = output_of(answer, box.folder)
    if path is None or not (path / "results").is_dir():
        return box.failed("there are no results")
    tree = {f"data/results/{name}": data for name, data in _files_of(path / "results").items()}
    if "results_id" in box.case.expect.stated:
        same = results.results_id(tree) == box.case.expect.stated["results_id"]
        return box.passed if same else box.failed("other octets of results")
    wrong = results.differences(tree, box.case.expect.stated)
    return box.failed(wrong) if wrong else box.passed


def _refused(box: Box, answer: Answer) -> Result:
    """A refusal with the codes that the case wants."""
    refusal = answer.result.get("refused")
    if not isinstance(refusal, dict):
        return box.failed("accepted what has to be refused")
    listed = [{"code": code} for code in refusal.get("codes", ())]
    findings = refusal.get("findings", listed)
    return judge(box.case, Answer({"verdict": "refused", "findings": findings}), box.folder)


def _comparison(box: Box) -> Result:
    """A verdict, how both sides ended, and whatever members of the comparison the case states."""
    members: dict[str, Any] = {"input": str(box.laid_out()), **box.case.request}
    if box.case.kind == "compare":
        members["other"] = str(box.laid_out("other"))
    answer = box.ask(box.case.verb, members)
    if answer.trouble is not None:
        return judge(box.case, answer, box.folder)
    if box.case.expect.verdict == "refused":
        return box.passed if answer.result.get("verdict") == "refused" else box.failed("it was not refused")
    for name in ("recorded_status", "replayed_status"):
        if name in box.case.expect.stated and answer.result.get(name) != box.case.expect.stated[name]:
            return box.failed(f"{name} is {answer.result.get(name)!r}")
    wrong = results.mismatch(box.case.expect.stated["comparison"], answer.result.get("comparison"))
    return box.failed(wrong) if wrong else box.passed


def _cite(box: Box) -> Result:
    """A citation that says what it has to, and nothing that it must not."""
    answer = box.ask("cite", {"input": str(box.laid_out()), **box.case.request})
    if answer.trouble is not None:
        return judge(box.case, answer, box.folder)
    if box.case.expect.verdict == "refused":
        return box.passed if "refused" in answer.result else box.failed("cited what it must not")
    path = output_of(answer, box.folder)
    if path is None:
        return Result(box.case.case_id, "protocol_error", "output names nothing below the folder")
    text = path.read_text(encoding="utf-8").replace("\\_", "_")
    missing = [one for one in box.case.expect.stated.get("contains", ()) if one not in text]
    present = [one for one in box.case.expect.stated.get("lacks", ()) if one in text]
    if missing or present:
        return box.failed(f"missing: {missing}; must not be there: {present}")
    return box.passed


PROCEDURES: Mapping[Kind, Callable[[Box], Result]] = {
    "verdict": _one_call,
    "canonical": _one_call,
    "identity": _one_call,
    "relation": _relation,
    "roundtrip": _roundtrip,
    "build": _build,
    "engine": _engine,
    "replay": _comparison,
    "compare": _comparison,
    "cite": _cite,
}
"""The procedure of each kind."""

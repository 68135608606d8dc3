"""An experiment as a user writes it, read and brought into the one form that has an id.

A folder holds `ir.json` and `experiment.json` and, each optional, `parameters.json`, `device.json`,
`calibration.json` and `metadata.json`. They may be laid out as their author likes; what is sealed is
canonical, with every list that means a set in its one order (AWB-R-103).
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from awen_ref import canonical
from awen_ref.errors import Finding, InvalidInputError, MissingError, UsageError
from awen_ref.limits import DEFAULT, Limits

__all__ = [
    "Documents",
    "as_written",
    "in_one_form",
    "load",
    "read_object",
    "with_document",
    "with_file",
    "with_overrides",
]

_FILES = {
    "experiment": "experiment.json",
    "ir": "ir.json",
    "parameters": "parameters.json",
    "calibration": "calibration.json",
    "device": "device.json",
    "metadata": "metadata.json",
}
_REQUIRED = ("experiment", "ir")
_MAX_SEED = 2**64 - 1


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents of one experiment as plain JSON values; not to be changed in place.

    Attributes:
        name: What to call the experiment when its author gave no title: its folder's name.
        experiment: `experiment.json`.
        ir: `ir.json`.
        parameters: `parameters.json`; empty when the graph refers to none.
        calibration: `calibration.json`; the identity calibration when absent.
        device: `device.json`; the simulator when absent.
        metadata: `metadata.json`, or `None` when the author described nothing.
        sources: The file that a document was read from, by the member's name; findings name it.
    """

    name: str
    experiment: Mapping[str, Any]
    ir: Mapping[str, Any]
    parameters: Mapping[str, Any]
    calibration: Mapping[str, Any] | None = None
    device: Mapping[str, Any] | None = None
    metadata: Mapping[str, Any] | None = None
    sources: Mapping[str, str] = field(default_factory=dict)


def load(path: Path, *, limits: Limits = DEFAULT) -> Documents:
    """Read an experiment from its folder, or from the `ir.json` in it.

    Raises:
        MissingError: The folder, its `ir.json` or its `experiment.json` is not there.
        InvalidInputError: A file is not JSON, or not an object; every such file is named.
    """
    folder = path if path.is_dir() else path.parent
    graph = folder / _FILES["ir"] if path.is_dir() else path
    if not graph.is_file():
        raise MissingError(
            f"there is no experiment at {path}",
            advice="Give a folder that holds ir.json and experiment.json, or its ir.json.",
        )
    found: dict[str, Mapping[str, Any]] = {}
    sources: dict[str, str] = {}
    findings: list[Finding] = []
    for key, name in _FILES.items():
        source = graph if key == "ir" else folder / name
        if not source.is_file():
            if key in _REQUIRED:
                raise MissingError(
                    f"{source} is missing", advice="An experiment needs ir.json and experiment.json."
                )
            continue
        sources[key] = str(source)
        try:
            found[key] = _object(source, limits)
        except canonical.CanonicalError as error:
            findings.extend(finding._replace(path=str(source)) for finding in error.findings)
    if findings:
        raise InvalidInputError(f"{path} cannot be read as an experiment", findings=findings)
    return Documents(
        name=folder.resolve().name,
        experiment=found["experiment"],
        ir=found["ir"],
        parameters=found.get("parameters", {}),
        calibration=found.get("calibration"),
        device=found.get("device"),
        metadata=found.get("metadata"),
        sources=sources,
    )


def with_file(documents: Documents, member: str, path: Path) -> Documents:
    """The same experiment with a document from another file.

    Args:
        documents: The experiment.
        member: Which one (`parameters`).
        path: Its file.

    Raises:
        MissingError: There is no such file.
        InvalidInputError: It is not JSON, or not an object.
    """
    document = read_object(path)
    return _with(documents, member, document, sources={**documents.sources, member: str(path)})


def with_document(documents: Documents, member: str, document: Mapping[str, Any]) -> Documents:
    """The same experiment with a document that comes from no file."""
    sources = {name: source for name, source in documents.sources.items() if name != member}
    return _with(documents, member, document, sources=sources)


def read_object(path: Path, *, limits: Limits = DEFAULT) -> Mapping[str, Any]:
    """One JSON object from a file of the user's own.

    Raises:
        MissingError: There is no such file.
        InvalidInputError: It is not JSON, or not an object.
    """
    if not path.is_file():
        raise MissingError(f"{path} is {'no regular file' if path.exists() else 'missing'}")
    try:
        return _object(path, limits)
    except canonical.CanonicalError as error:
        findings = [finding._replace(path=str(path)) for finding in error.findings]
        raise InvalidInputError(f"{path} is not a JSON object", findings=findings) from error


def _object(path: Path, limits: Limits) -> Mapping[str, Any]:
    with path.open("rb") as stream:
        value = canonical.parse_input(stream.read(limits.json_bytes + 1), limits=limits)
    if not isinstance(value, dict):
        finding = Finding("AWB-SCH-001", f"an object is wanted, not {type(value).__name__}")
        raise canonical.CanonicalError(f"{path} holds no JSON object", findings=[finding])
    return value


def with_overrides(
    documents: Documents,
    *,
    seed: str | None = None,
    shots: int | None = None,
    values: Mapping[str, float] | None = None,
) -> Documents:
    """The same experiment with another seed, number of shots or parameter values.

    Raises:
        UsageError: A value is given for a parameter that the experiment does not have, or is none.
    """
    experiment = dict(documents.experiment)
    if seed is not None:
        if not re.fullmatch("0|[1-9][0-9]{0,19}", seed, re.ASCII) or int(seed) > _MAX_SEED:
            raise UsageError(f"the seed {seed!r} is not a whole number from 0 to {_MAX_SEED}")
        experiment["seed"] = seed
    if shots is not None:
        if shots < 0:
            raise UsageError(f"{shots} is no number of shots")
        experiment["shots"] = shots
    parameters = dict(documents.parameters)
    for name, value in (values or {}).items():
        if name not in parameters:
            known = ", ".join(sorted(parameters)) or "none"
            raise UsageError(f"the experiment has no parameter {name!r}", advice=f"Its parameters: {known}.")
        if not math.isfinite(value):
            raise UsageError(f"the parameter {name!r} takes a finite number, not {value}")
        parameters[name] = {**parameters[name], "value": value}
    return replace(documents, experiment=experiment, parameters=parameters)


def in_one_form(documents: Documents, artifact_type: str) -> Documents:
    """The documents with every list that means a set in its one order, and the artifact type written out."""
    experiment = deepcopy(dict(documents.experiment))
    experiment["artifact_type"] = artifact_type
    experiment |= {"record": _ordered(experiment["record"])} if "record" in experiment else {}
    ir = deepcopy(dict(documents.ir))
    if isinstance(ir.get("edges"), list):
        for edge in ir["edges"]:
            if isinstance(edge, dict) and "ends" in edge:
                edge["ends"] = _ordered(edge["ends"])
        ir["edges"] = sorted(ir["edges"], key=_ends)
    return replace(documents, experiment=experiment, ir=ir)


def as_written(findings: Iterable[Finding], documents: Documents) -> list[Finding]:
    """Findings about the one form, as findings about the files that the user wrote.

    Args:
        findings: With paths and pointers of the bundle that would have been sealed.
        documents: The experiment as it was read.
    """
    members = {f"data/inputs/{name}": member for member, name in _FILES.items()}
    members[_FILES["metadata"]] = "metadata"
    told = []
    for finding in findings:
        member = members.get(finding.path, "")
        if source := documents.sources.get(member):
            place = _place_as_written(finding.pointer.split("/"), getattr(documents, member))
            told.append(finding._replace(path=source, pointer=place))
        else:
            told.append(finding)
    return told


def _place_as_written(tokens: list[str], document: Mapping[str, Any]) -> str:
    """A pointer into a document in its one form, as a pointer to the same value where it was written."""
    match tokens:
        case ["", "record", index, *rest]:
            index = str(_order(document["record"])[int(index)])
            tokens = ["", "record", index, *rest]
        case ["", "edges", index, *rest]:
            edges = document["edges"]
            place = sorted(range(len(edges)), key=lambda at: _ends(edges[at]))[int(index)]
            if rest[:1] == ["ends"] and rest[1:]:
                rest = ["ends", str(_order(edges[place]["ends"])[int(rest[1])]), *rest[2:]]
            tokens = ["", "edges", str(place), *rest]
    return "/".join(tokens)


def _with(documents: Documents, member: str, document: object, *, sources: Mapping[str, str]) -> Documents:
    changed: dict[str, Any] = {member: document, "sources": sources}
    return replace(documents, **changed)


def _ends(edge: object) -> list[str]:
    """Sort key of an edge; whatever is not an edge goes first and is refused by the schema afterwards."""
    ends = _ordered(edge.get("ends")) if isinstance(edge, dict) else None
    return [str(end) for end in ends] if isinstance(ends, list) else []


def _ordered(values: object) -> object:
    """Strings ascending by their bytes; what is no list of strings stays for the schema to refuse."""
    return [values[at] for at in _order(values)] if isinstance(values, list) else values


def _order(values: Sequence[object]) -> list[int]:
    """Where the values stand, ascending by the bytes of their text."""
    return sorted(range(len(values)), key=lambda at: str(values[at]).encode("utf-8", "surrogatepass"))

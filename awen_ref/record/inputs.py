"""An experiment as a user writes it, read and brought into the one form that has an id.

A folder holds `ir.json` and `experiment.json` and, each optional, `parameters.json`, `device.json`,
`calibration.json` and `metadata.json`. They may be laid out as their author likes; what is sealed is
canonical, with every list that means a set in its one order (AWB-R-103).
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from awen_ref import canonical
from awen_ref.errors import Finding, InvalidInputError, MissingError, UsageError
from awen_ref.limits import DEFAULT, Limits

__all__ = ["Documents", "in_one_form", "load", "read_object", "with_overrides"]

_FILES = {
    "experiment": "experiment.json",
    "ir": "ir.json",
    "parameters": "parameters.json",
    "calibration": "calibration.json",
    "device": "device.json",
    "metadata": "metadata.json",
}
_REQUIRED = ("experiment", "ir")


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
    """

    name: str
    experiment: Mapping[str, Any]
    ir: Mapping[str, Any]
    parameters: Mapping[str, Any]
    calibration: Mapping[str, Any] | None = None
    device: Mapping[str, Any] | None = None
    metadata: Mapping[str, Any] | None = None


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
    findings: list[Finding] = []
    for key, name in _FILES.items():
        source = graph if key == "ir" else folder / name
        if not source.is_file():
            if key in _REQUIRED:
                raise MissingError(
                    f"{source} is missing", advice="An experiment needs ir.json and experiment.json."
                )
            continue
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
    )


def read_object(path: Path, *, limits: Limits = DEFAULT) -> Mapping[str, Any]:
    """One JSON object from a file of the user's own.

    Raises:
        MissingError: There is no such file.
        InvalidInputError: It is not JSON, or not an object.
    """
    if not path.is_file():
        raise MissingError(f"{path} is missing")
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
        UsageError: A value is given for a parameter that the experiment does not have.
    """
    experiment = dict(documents.experiment)
    if seed is not None:
        experiment["seed"] = seed
    if shots is not None:
        experiment["shots"] = shots
    parameters = dict(documents.parameters)
    for name, value in (values or {}).items():
        if name not in parameters:
            known = ", ".join(sorted(parameters)) or "none"
            raise UsageError(f"the experiment has no parameter {name!r}", advice=f"Its parameters: {known}.")
        parameters[name] = {**parameters[name], "value": value}
    return replace(documents, experiment=experiment, parameters=parameters)


def in_one_form(documents: Documents, artifact_type: str) -> Documents:
    """The documents with every list that means a set in its one order, and the artifact type written out."""
    experiment = deepcopy(dict(documents.experiment))
    experiment["artifact_type"] = artifact_type
    if isinstance(experiment.get("record"), list):
        experiment["record"] = _ordered(experiment["record"])
    ir = deepcopy(dict(documents.ir))
    if isinstance(ir.get("edges"), list):
        for edge in ir["edges"]:
            if isinstance(edge, dict) and isinstance(edge.get("ends"), list):
                edge["ends"] = _ordered(edge["ends"])
        ir["edges"] = sorted(ir["edges"], key=_ends)
    return replace(documents, experiment=experiment, ir=ir)


def _ends(edge: object) -> list[str]:
    """Sort key of an edge; whatever is not an edge goes first and is refused by the schema afterwards."""
    ends = edge.get("ends") if isinstance(edge, dict) else None
    return [str(end) for end in ends] if isinstance(ends, list) else []


def _ordered(values: Sequence[object]) -> list[object]:
    """Strings ascending by their bytes; a list with anything else in it stays for the schema to refuse."""
    return sorted(values, key=lambda value: str(value).encode("utf-8", "surrogatepass"))

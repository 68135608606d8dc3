"""Outputs and their arrays (AWB-R-007, 116, 117, 202 to 205)."""

from collections.abc import Mapping
from typing import Any

from awen_ref.bundle.schema import pointer
from awen_ref.verify.references.experiment import EXPERIMENT, REPLAYED
from awen_ref.verify.state import State

__all__ = ["compare"]


def compare(state: State) -> None:
    """Hold the description of the results against the array files, and so the replayed ones."""
    for folder in ("data/results/", REPLAYED):
        outputs = state.sound.get(f"{folder}outputs.json")
        if outputs is not None:
            _folder(state, folder, outputs)


def _folder(state: State, folder: str, outputs: Mapping[str, Any]) -> None:
    path = f"{folder}outputs.json"
    shots = state.sound.get(EXPERIMENT, {}).get("shots")
    for name, output in outputs.items():
        if output["file"] != f"arrays/{name}.npy":
            text = f"the file of {name!r} is {output['file']!r}, not 'arrays/{name}.npy'"
            state.report("AWB-SEM-010", text, path, pointer(name, "file"))
        elif folder + output["file"] not in state.bundle.members:
            text = f"the array {folder}{output['file']} is not there"
            state.report("AWB-SEM-011", text, path, pointer(name, "file"))
        _header(state, path, name, output)
        _axes(state, path, name, output)
        if output["sampled"] and shots == 0:
            state.report("AWB-SEM-015", "sampled is true, but shots is 0", path, pointer(name, "sampled"))
    described = {folder + output["file"] for output in outputs.values()}
    for member in state.bundle.members:
        if member.startswith(f"{folder}arrays/") and member not in described:
            state.report("AWB-SEM-012", f"{path} does not name the array", member)


def _header(state: State, path: str, name: str, output: Mapping[str, Any]) -> None:
    """AWB-R-203: what is described is what the array's header says."""
    header = state.headers.get(path.removesuffix("outputs.json") + output["file"])
    if header is None:  # missing, or broken in itself: both reported
        return
    if output["dtype"] != header.descr:
        text = f"dtype is {output['dtype']!r}, in the array {header.descr!r}"
        state.report("AWB-SEM-013", text, path, pointer(name, "dtype"))
    if tuple(output["shape"]) != header.shape:
        text = f"shape is {output['shape']!r}, in the array {list(header.shape)!r}"
        state.report("AWB-SEM-013", text, path, pointer(name, "shape"))


def _axes(state: State, path: str, name: str, output: Mapping[str, Any]) -> None:
    """AWB-R-116, 204: one name for each axis; real and imaginary part are the last one, of a field always."""
    axes, shape = output["axes"], output["shape"]
    split = axes[-1:] == ["complex"]
    if len(axes) != len(shape):
        text = f"{len(axes)} axes are named, the shape has {len(shape)}"
    elif "complex" in axes[:-1] or (split and (shape[-1] != 2 or output["dtype"] != "<f8")):
        text = "complex has to be the last axis, of length 2, of an array of <f8"
    elif output["quantity"] == "optical_field" and not split:
        text = "an optical_field is complex: its last axis has to be complex, of length 2"
    else:
        return
    state.report("AWB-SEM-014", text, path, pointer(name, "axes"))

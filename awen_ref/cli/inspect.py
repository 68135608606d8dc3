"""`awen inspect`: what a bundle holds, for people and machines."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from awen_ref.cli.options import json_option, store_option
from awen_ref.cli.output import echo, echo_json, printable
from awen_ref.cli.source import open_bundle
from awen_ref.errors import MissingError, UsageError

if TYPE_CHECKING:
    import numpy as np

    from awen_ref.verify import VerifiedBundle

__all__ = ["command"]

_PREVIEW = 6
"""Values of an output that are shown; larger outputs are summed up by their extremes."""


@click.command()
@click.argument("reference")
@click.option("--output", "output", metavar="NAME", help="Print every value of this output, one a line.")
@click.option(
    "--lock", "lock", metavar="FILE", help="Write the recorded environment as a pylock.toml (- for stdout)."
)
@store_option
@json_option
def command(
    reference: str, output: str | None, lock: str | None, store: str | None, *, as_json: bool
) -> None:
    """Show what the bundle REFERENCE holds: names, description, inputs, outputs with units, environment.

    The bundle is verified first.

    \b
    Example:
      awen inspect result.zip
      awen inspect result.zip --output pd1.power
      awen inspect result.zip --lock pylock.toml
    """
    from awen_ref import verify

    if output and lock:
        raise UsageError("--output and --lock are two different questions")
    verified = verify.verify(open_bundle(reference, store))
    if output:
        _print_values(verified, output, as_json=as_json)
    elif lock:
        _write_lock(verified, lock)
    elif as_json:
        echo_json(_account(verified))
    else:
        for line in _lines(_account(verified)):
            echo(line)


def _account(verified: "VerifiedBundle") -> dict[str, Any]:
    """Everything that is shown, as one JSON value."""
    manifest = verified.document("manifest.json")
    described = verified.document("data/results/outputs.json")
    paths = verified.bundle.members
    inputs = {
        name: verified.document(path)
        for name in ("experiment", "task", "parameters", "ir", "device")
        if (path := f"data/inputs/{name}.json") in paths
    }
    return {
        "artifact_type": verified.artifact_type,
        **verified.ids._asdict(),
        "created": manifest["created"],
        "tool": manifest["tool"],
        "metadata": verified.document("metadata.json"),
        "inputs": inputs,
        "claim": verified.document("data/claim/claim.json"),
        "outputs": {name: {**meta, **_summary(verified.array(name))} for name, meta in described.items()},
        "body": verified.document("data/results/body.json"),
        "environment": verified.document("data/evidence/environment.json"),
        "files": len(paths),
        "size_bytes": sum(member.size for member in paths.values()),
    }


def _summary(array: "np.ndarray[Any, Any]") -> dict[str, Any]:
    """The values themselves where they are few, their extremes where they are many."""
    if array.size <= _PREVIEW:
        return {"values": array.tolist()}
    return {"minimum": array.min().item(), "maximum": array.max().item()}


def _lines(account: Mapping[str, Any]) -> Iterator[str]:
    metadata = account["metadata"]
    yield printable(metadata["title"])
    yield f"  {account['artifact_type']}, sealed {account['created']} by {_named(account['tool'])}"
    yield printable(f"  {_people(metadata['creators'])}; {metadata['license']['name']}")
    for name in ("artifact_id", "inputs_id", "results_id", "seal"):
        yield f"  {name:11} {account[name]}"
    for parent in account["claim"]["parents"]:
        yield f"  {parent['relation']:11} {parent['artifact_id']}"
    yield "inputs"
    yield from _input_lines(account["inputs"])
    yield f"results ({account['body'].get('status', 'completed')})"
    for name, output in account["outputs"].items():
        yield f"  {name:24} {_shape(output):22} {_values(output)} {output['unit']}"
    yield "environment"
    environment = account["environment"]
    python, system = environment["python"], environment["os"]
    machine = f"{system['name']} {environment['cpu']['architecture']}"
    yield printable(
        f"  {_named(environment['runtime'])}, {python['implementation']} {python['version']}, {machine}"
    )
    yield f"{account['files']} files, {account['size_bytes']} bytes"


def _input_lines(inputs: Mapping[str, Any]) -> Iterator[str]:
    experiment = inputs["experiment"]
    drawn = f"seed {experiment['seed']}, {experiment['shots']} shots"
    yield f"  {experiment['semantics']}, {drawn}, {_grid(experiment['grid'])}"
    if "ir" in inputs:
        kinds: dict[str, int] = {}
        for node in inputs["ir"]["nodes"].values():
            kinds[node["kind"]] = kinds.get(node["kind"], 0) + 1
        said = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        yield f"  {len(inputs['ir']['nodes'])} nodes ({said}), {len(inputs['ir']['edges'])} edges"
    for name, parameter in inputs.get("parameters", {}).items():
        yield f"  {name:24} {parameter['value']!r} {parameter['unit']}"


def _grid(grid: Mapping[str, Any]) -> str:
    match grid["kind"]:
        case "wavelength":
            return f"{grid['points']} wavelengths from {grid['start_um']} to {grid['stop_um']} um"
        case "frequency":
            return f"{grid['points']} frequencies from {grid['start_thz']} to {grid['stop_thz']} THz"
        case _:
            return f"{len(grid['values_um'])} wavelengths"


def _people(creators: list[Mapping[str, Any]]) -> str:
    from awen_ref.rendering.names import parse_creator

    return ", ".join(parse_creator(creator).display for creator in creators)


def _named(software: Mapping[str, Any]) -> str:
    return printable(f"{software['name']} {software['version']}")


def _shape(output: Mapping[str, Any]) -> str:
    axes = ", ".join(f"{axis}={size}" for axis, size in zip(output["axes"], output["shape"], strict=True))
    return f"{output['dtype']}[{axes}]"


def _values(output: Mapping[str, Any]) -> str:
    if "values" in output:
        return str(output["values"])
    return f"{output['minimum']} … {output['maximum']}"


def _print_values(verified: "VerifiedBundle", name: str, *, as_json: bool) -> None:
    described = verified.document("data/results/outputs.json")
    if name not in described:
        raise MissingError(f"there is no output {name!r}", advice=f"The outputs are {', '.join(described)}.")
    array = verified.array(name)
    if as_json:
        echo_json({"name": name, **described[name], "values": array.tolist()})
        return
    for value in array.reshape(-1).tolist():
        echo(repr(value))


def _write_lock(verified: "VerifiedBundle", target: str) -> None:
    from awen_ref.environment import pylock

    text = pylock(verified.document("data/evidence/environment.json"))
    if target == "-":
        echo(text, nl=False)
        return
    Path(target).write_text(text, encoding="utf-8")
    echo(f"wrote {target}")

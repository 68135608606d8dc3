"""`awen run`: the main job. An experiment goes in, a sealed bundle comes out and is kept."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from awen_ref.cli.options import json_option, store_option
from awen_ref.cli.output import echo, echo_json
from awen_ref.cli.profile import with_profile
from awen_ref.cli.source import open_bundle, open_catalog
from awen_ref.errors import UsageError

if TYPE_CHECKING:
    from awen_ref.verify import VerifiedBundle

__all__ = ["command"]


@click.command()
@click.argument("experiment", required=False)
@click.option("--seed", metavar="N", help="Another seed than the experiment's.")
@click.option("--shots", type=int, metavar="N", help="Another number of shots than the experiment's.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="Another value of a parameter.")
@click.option("--parameters", metavar="FILE", help="Use this instead of the sibling parameters.json.")
@click.option("--calibration", metavar="FILE|ARTIFACT", help="Use this state, or the one an artifact found.")
@click.option("--device", metavar="FILE", help="Use this device.")
@click.option("--metadata", metavar="FILE", help="Title, authors, licence: what citations are made from.")
@click.option(
    "--derived-from", "origins", multiple=True, metavar="ARTIFACT", help="Name a parent (repeatable)."
)
@click.option(
    "--show-environment", is_flag=True, help="Print what would be recorded of this machine, and stop."
)
@click.option("--anonymous", is_flag=True, help="Record nothing that could single out this machine.")
@store_option
@json_option
def command(
    *,
    experiment: str | None,
    seed: str | None,
    shots: int | None,
    settings: tuple[str, ...],
    parameters: str | None,
    calibration: str | None,
    device: str | None,
    metadata: str | None,
    origins: tuple[str, ...],
    store: str | None,
    show_environment: bool,
    anonymous: bool,
    as_json: bool,
) -> None:
    """Run the EXPERIMENT, a folder or its ir.json, seal inputs, results and evidence, and keep the bundle.

    The folder's parameters.json, experiment.json, device.json, calibration.json and metadata.json are used
    where they are there; options override them. What metadata.json does not say, the profile of the store
    does (awen store profile).

    \b
    Example:
      awen run examples/mzi_mesh_4x4
      awen run examples/wdm_filter --seed 7 --set delta_um=35.2
    """
    from awen_ref.execution import surroundings

    captured = surroundings(anonymous=anonymous)
    if show_environment:
        echo_json(captured)
        return
    if experiment is None:
        raise UsageError("which experiment?", advice="Give a folder that holds ir.json, or its ir.json.")
    from dataclasses import replace

    from awen_ref import environment, record
    from awen_ref.engine import ReferenceEngine

    documents = record.load(Path(experiment))
    if parameters:
        documents = record.with_file(documents, "parameters", Path(parameters))
    parents = [_parent(origin, "derived_from", store)[1] for origin in origins]
    if calibration and Path(calibration).suffix == ".json":
        documents = record.with_file(documents, "calibration", Path(calibration))
    elif calibration:
        artifact, parent = _parent(calibration, "calibrated_by", store)
        documents = record.with_document(documents, "calibration", _state(artifact))
        parents.append(parent)
    if device:
        documents = record.with_file(documents, "device", Path(device))
    if metadata:
        documents = record.with_file(documents, "metadata", Path(metadata))
    catalog = open_catalog(store)
    documents = replace(documents, metadata=with_profile(documents.metadata, catalog))
    documents = record.with_overrides(documents, seed=seed, shots=shots, values=dict(map(_setting, settings)))
    bundle = record.record(
        documents,
        engine=ReferenceEngine(),
        clock=environment.SystemClock(),
        environment=captured,
        parents=parents,
    )
    stored = catalog.put(bundle)
    names = bundle.ids
    if as_json:
        echo_json(
            {
                "artifact_id": names.artifact_id,
                "inputs_id": names.inputs_id,
                "results_id": names.results_id,
                "seal": names.seal,
                "path": str(stored.path),
                "duplicate": stored.duplicate,
            }
        )
        return
    echo(f"artifact  {names.artifact_id}")
    echo(f"inputs    {names.inputs_id}")
    echo(f"results   {names.results_id}")
    echo(f"seal      {names.seal}")
    echo(f"bundle    {stored.path}")


def _parent(reference: str, relation: str, store: str | None) -> "tuple[VerifiedBundle, dict[str, str]]":
    """An artifact, verified, and the entry that names it among the claim's parents."""
    from awen_ref import verify

    artifact = verify.verify(open_bundle(reference, store))
    return artifact, {"artifact_id": artifact.ids.artifact_id, "relation": relation}


def _state(artifact: "VerifiedBundle") -> Mapping[str, Any]:
    """The state that a calibration found.

    Raises:
        UsageError: The artifact is no calibration, or found none.
    """
    body = artifact.document("data/results/body.json") if artifact.artifact_type == "calibration" else {}
    if "after" not in body:
        raise UsageError(f"{artifact.ids.artifact_id} is no calibration with a state to use")
    after: Mapping[str, Any] = body["after"]
    return after


def _setting(text: str) -> tuple[str, float]:
    """`name=value` as a pair.

    Raises:
        UsageError: It is not of that form, or the value is no number.
    """
    name, equals, value = text.partition("=")
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not equals or math.isnan(number):
        raise UsageError(f"--set {text!r} is not NAME=VALUE with a number")
    return name, number

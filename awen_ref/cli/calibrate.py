"""`awen calibrate`: measure a device, fit what is known of it, say until when it holds."""

from pathlib import Path

import click

from awen_ref.cli.options import json_option, store_option
from awen_ref.cli.output import echo, echo_json
from awen_ref.cli.profile import kept
from awen_ref.cli.source import open_bundle, open_catalog

__all__ = ["command"]


@click.command()
@click.argument("reference")
@click.option(
    "--task", "task_file", required=True, metavar="FILE", help="Procedure, targets, optimiser, limits."
)
@store_option
@json_option
def command(reference: str, task_file: str, store: str | None, *, as_json: bool) -> int:
    """Calibrate the device of the run REFERENCE, and seal a calibration artifact.

    FILE is a JSON object {procedure, targets, optimiser, soft_limits, hard_limits, as_of_ps}. A later
    `awen run --calibration ARTIFACT` uses the state that was found and names the artifact as its parent.

    \b
    Example:
      awen calibrate awen_7f3a52c09b1de844 --task examples/drifting_phase_calibration/task.json
    """
    from awen_ref import environment, record, verify
    from awen_ref.derive import calibration_for
    from awen_ref.execution import surroundings

    verified = verify.verify(open_bundle(reference, store))
    bundle = calibration_for(
        verified,
        record.read_object(Path(task_file)),
        clock=environment.SystemClock(),
        environment=surroundings(),
    )
    bundle, stored = kept(bundle, open_catalog(store))
    body = bundle.document("data/results/body.json")
    if as_json:
        echo_json(
            {
                "artifact_id": stored.artifact_id,
                "parent": verified.ids.artifact_id,
                "path": str(stored.path),
                "status": body["status"],
                "after": body.get("after"),
                "drift": body["drift"],
                "residual_before": body["residual_before"],
                "residual_after": body.get("residual_after"),
                "iterations": body["iterations"],
            }
        )
    else:
        residuals = (
            f"residual {body['residual_before']:.3g} -> {body.get('residual_after', float('nan')):.3g}"
        )
        echo(f"{body['status']} after {body['iterations']} iterations, {residuals}")
        for name, phase in body.get("after", {}).get("phases", {}).items():
            echo(f"  {name:24} offset {phase['offset_rad']!r} rad")
        if "expires_at_ps" in body.get("after", {}):
            echo(f"  valid until {body['after']['expires_at_ps']} ps on the experiment clock")
        echo(f"kept as {stored.artifact_id}")
    return 0 if body["status"] == "completed" else 1

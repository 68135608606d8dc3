"""`awen gradient`: how a cost changes with the parameters of a run."""

from typing import Any

import click

from awen_ref.cli.options import json_option, store_option
from awen_ref.cli.output import echo, echo_json
from awen_ref.cli.profile import kept
from awen_ref.cli.source import open_bundle, open_catalog

__all__ = ["command"]

_METHODS = ("adjoint", "parameter-shift", "finite-difference")


@click.command()
@click.argument("reference")
@click.option("--cost", required=True, metavar="EXPR", help="The cost, an expression over named outputs.")
@click.option("--parameters", metavar="A,B,…", help="With respect to these.  [default: all that reach it]")
@click.option("--method", type=click.Choice(_METHODS), default="adjoint", show_default=True)
@click.option("--step", type=float, metavar="X", help="Step of finite differences, in each parameter's unit.")
@store_option
@json_option
def command(
    reference: str,
    cost: str,
    parameters: str | None,
    method: str,
    step: float | None,
    store: str | None,
    *,
    as_json: bool,
) -> int:
    """Differentiate a cost on the experiment of the run REFERENCE, and seal a gradient artifact.

    \b
    Example:
      awen gradient awen_7f3a52c09b1de844 --cost 'mean(out_00.power)'
      awen gradient result.zip --cost 'sum((drop.power - 1e-3)**2)' --parameters phi,theta
    """
    from awen_ref import environment, verify
    from awen_ref.derive import gradient_of, reaching
    from awen_ref.execution import surroundings

    verified = verify.verify(open_bundle(reference, store))
    names = parameters.split(",") if parameters else reaching(verified, cost)
    task: dict[str, Any] = {
        "cost": cost,
        "method": method.replace("-", "_"),
        "parameters": sorted(name.strip() for name in names),
    }
    if step is not None:
        task["step"] = step
    bundle = gradient_of(verified, task, clock=environment.SystemClock(), environment=surroundings())
    bundle, stored = kept(bundle, open_catalog(store))
    body = bundle.document("data/results/body.json")
    if as_json:
        echo_json(
            {
                "artifact_id": stored.artifact_id,
                "parent": verified.ids.artifact_id,
                "path": str(stored.path),
                "status": body["status"],
                "baseline_cost": body.get("baseline_cost"),
                "gradient": body["gradient"],
                "evaluations": body["evaluations"],
            }
        )
    else:
        echo(f"cost {body.get('baseline_cost')}, {body['evaluations']} evaluations, {body['status']}")
        for name, derivative in body["gradient"].items():
            error = f" ± {derivative['standard_error']:.3g}" if "standard_error" in derivative else ""
            echo(f"  {name:24} {derivative['value']!r}{error}")
        echo(f"kept as {stored.artifact_id}")
    return 0 if body["status"] == "completed" else 1

"""`awen validate`: does the result hold what is asked of it?"""

from pathlib import Path

import click

from awen_ref.cli.options import json_option, store_option
from awen_ref.cli.output import echo, echo_json, printable
from awen_ref.cli.profile import kept
from awen_ref.cli.source import open_bundle, open_catalog

__all__ = ["command"]


@click.command()
@click.argument("reference")
@click.option("--constraints", required=True, metavar="FILE", help="The constraints by id (JSON).")
@click.option(
    "--replay", "replayed", metavar="REPLAY", help="A replay of it, for the measure reproducibility."
)
@store_option
@json_option
def command(
    reference: str, constraints: str, replayed: str | None, store: str | None, *, as_json: bool
) -> int:
    """Hold the results of REFERENCE against declared constraints, and seal what was found.

    FILE maps an id to {measure, output, reference, unit, minimum, maximum}. Exit 0 when all pass, 1 when not.

    \b
    Example:
      echo '{"lit": {"measure": "minimum", "output": "pd1.power", "unit": "W", "minimum": 1e-4}}' > c.json
      awen validate result.zip --constraints c.json
    """
    from awen_ref import environment, record, verify
    from awen_ref.execution import surroundings
    from awen_ref.validate import validate

    bundle = validate(
        verify.verify(open_bundle(reference, store)),
        record.read_object(Path(constraints)),
        clock=environment.SystemClock(),
        environment=surroundings(),
        replay=verify.verify(open_bundle(replayed, store)) if replayed else None,
    )
    bundle, stored = kept(bundle, open_catalog(store))
    body = bundle.document("data/results/body.json")
    if as_json:
        echo_json(
            {
                "passed": body["passed"],
                "artifact_id": stored.artifact_id,
                "path": str(stored.path),
                "constraints": body["constraints"],
            }
        )
    else:
        for name, result in body["constraints"].items():
            mark = "pass" if result["passed"] else "FAIL"
            said = (
                result.get("message")
                or f"{result['measured']} {result['unit']}, margin {result.get('margin')}"
            )
            echo(printable(f"{mark}  {name:24} {said}"))
        echo(f"kept as {stored.artifact_id}")
    return 0 if body["passed"] else 1

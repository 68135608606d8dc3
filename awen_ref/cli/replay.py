"""`awen replay`: does it come out again?"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from awen_ref.cli.options import json_option, store_option
from awen_ref.cli.output import echo, echo_json, finding_lines, printable
from awen_ref.cli.profile import kept
from awen_ref.cli.source import open_bundle, open_catalog
from awen_ref.errors import AwenError, UsageError, VerificationError

__all__ = ["command"]

_REPRODUCED = ("bit_exact", "within_tolerance", "statistically_consistent")


@click.command()
@click.argument("reference")
@click.option("--seed", metavar="N", help="Another seed than the recorded one.")
@click.option("--device", metavar="FILE", help="Another device, such as a twin.")
@click.option("--calibration", metavar="FILE", help="Another calibration state.")
@click.option("--absolute", type=float, metavar="X", help="A tighter absolute tolerance than the sealed one.")
@click.option("--relative", type=float, metavar="X", help="A tighter relative tolerance than the sealed one.")
@click.option(
    "--bisect", "other", metavar="OTHER", help="Say which difference to the run OTHER is the cause."
)
@store_option
@json_option
def command(
    reference: str,
    seed: str | None,
    device: str | None,
    calibration: str | None,
    absolute: float | None,
    relative: float | None,
    other: str | None,
    store: str | None,
    *,
    as_json: bool,
) -> int:
    """Verify the bundle REFERENCE, execute it again from itself alone, and seal what that showed.

    Verdicts: bit_exact, within_tolerance, statistically_consistent (exit 0); different, refused (exit 1).

    \b
    Example:
      awen replay result.zip
      awen replay awen_7f3a52c09b1de844 --seed 7
    """
    if other is not None:
        if any(option is not None for option in (seed, device, calibration, absolute, relative)):
            raise UsageError("--bisect compares two recorded runs and goes with no other option")
        return _bisect(reference, other, store, as_json=as_json)
    from awen_ref import environment, record, verify
    from awen_ref.compare import Tolerance
    from awen_ref.engine import ReferenceEngine
    from awen_ref.execution import surroundings
    from awen_ref.replay import Changes, RefusedError, replay

    unbounded = float("inf")
    stricter = Tolerance(
        unbounded if absolute is None else absolute, unbounded if relative is None else relative
    )
    changes = Changes(
        seed=seed,
        device=record.read_object(Path(device)) if device else None,
        calibration=record.read_object(Path(calibration)) if calibration else None,
        stricter=stricter,
    )
    try:
        verified = verify.verify(open_bundle(reference, store))
        bundle = replay(
            verified,
            engine=ReferenceEngine(),
            clock=environment.SystemClock(),
            environment=surroundings(),
            changes=changes,
        )
    except (RefusedError, VerificationError) as refusal:
        return _refused(refusal, as_json=as_json)
    bundle, stored = kept(bundle, open_catalog(store))
    body = bundle.document("data/results/body.json")
    comparison = body["comparison"]
    if as_json:
        echo_json(
            {
                "verdict": comparison["verdict"],
                "artifact_id": stored.artifact_id,
                "parent": verified.ids.artifact_id,
                "outputs": comparison["outputs"],
                "attribution": comparison["attribution"],
                **({"drift": comparison["drift"]} if "drift" in comparison else {}),
            }
        )
    else:
        show_comparison(comparison)
        echo(f"kept as {stored.artifact_id}")
    return 0 if comparison["verdict"] in _REPRODUCED else 1


def _refused(refusal: AwenError, *, as_json: bool) -> int:
    """Report a refusal as the verdict it is: nothing was executed and nothing is kept."""
    if as_json:
        echo_json(
            {
                "verdict": "refused",
                "artifact_id": None,
                "parent": None,
                "outputs": {},
                "attribution": [],
                "findings": [finding.as_dict() for finding in refusal.findings],
            }
        )
        return 1
    echo(printable(f"refused: {refusal.message}"))
    for line in finding_lines(refusal.findings):
        echo(line)
    return 1


def _bisect(reference: str, other: str, store: str | None, *, as_json: bool) -> int:
    from awen_ref import environment, verify
    from awen_ref.engine import ReferenceEngine
    from awen_ref.replay import bisect

    entries = bisect(
        verify.verify(open_bundle(reference, store)),
        verify.verify(open_bundle(other, store)),
        engine=ReferenceEngine(),
        clock=environment.SystemClock(),
    )
    if as_json:
        echo_json({"attribution": entries})
    else:
        _show_attribution(entries)
    return 0


def show_comparison(comparison: Mapping[str, Any]) -> None:
    """Print a `Comparison` for people."""
    echo(comparison["verdict"])
    for name, output in comparison["outputs"].items():
        if "mismatch" in output:
            echo(f"  {name:24} {output['verdict']:24} other {output['mismatch']}")
            continue
        if "test" in output:
            said = f"p = {output['test']['p_value']:.3g}"
        else:
            said = f"max |x-r| {output.get('max_absolute_error', 0.0):.3g}"
            said += f", {output['max_ulp']} ulp" if "max_ulp" in output else ""
        echo(f"  {name:24} {output['verdict']:24} {said}")
    for side in ("recorded", "replayed"):
        for name in comparison[f"only_{side}"]:
            echo(f"  {name:24} only {side}")
    _show_attribution(comparison["attribution"])
    if "drift" in comparison:
        _show_drift(comparison["drift"])


def _show_drift(drift: Mapping[str, Any]) -> None:
    """The drifted phases, the furthest first, and whether recalibration explains the difference."""
    furthest = sorted(drift["phases"].items(), key=lambda item: -abs(item[1]["drift_rad"]))
    for name, phase in furthest:
        allowed = f"the calibration allows {phase['uncertainty_rad']:.3g} rad"
        echo(f"  drifted    {name}: {phase['drift_rad']:+.6g} rad; {allowed}")
    verdict = drift.get("recalibrated", "the device does not bear the drives for it")
    explains = "explains it" if verdict in _REPRODUCED else "does not explain it"
    echo(f"  recalibration {explains}: {verdict}")


def _show_attribution(entries: list[dict[str, str]]) -> None:
    for entry in entries:
        if entry["effect"] != "irrelevant":
            values = f"{entry.get('recorded', 'absent')} -> {entry.get('replayed', 'absent')}"
            echo(printable(f"  {entry['effect']:10} {entry['subject']} {entry['name']}: {values}"))

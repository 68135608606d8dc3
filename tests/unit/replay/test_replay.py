"""Replay: what is executed, what is refused, and the verdict that is sealed."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from awen_ref import canonical, npy
from awen_ref.compare import Tolerance
from awen_ref.engine import ReferenceEngine
from awen_ref.errors import InvalidInputError
from awen_ref.replay import Changes, RefusedError, replay
from awen_ref.verify import VerifiedBundle
from tests.experiments import ENGINE, ENVIRONMENT, Clock, interferometer, resealed, run


def replayed(
    verified: VerifiedBundle, changes: Changes | None = None, engine: ReferenceEngine = ENGINE
) -> dict[str, Any]:
    """The body of a replay of a bundle."""
    bundle = replay(verified, engine=engine, clock=Clock(), environment=ENVIRONMENT, changes=changes)
    return dict(bundle.document("data/results/body.json"))


def perturbed(verified: VerifiedBundle, output: str, relative: float) -> VerifiedBundle:
    """The bundle with every value of one output off by a relative error."""
    array = verified.array(output) * (1.0 + relative)
    return resealed(verified, {f"data/results/arrays/{output}.npy": npy.encode(np.ascontiguousarray(array))})


def test_deterministic_replay_produces_identical_results() -> None:
    body = replayed(run(interferometer()))
    assert body["comparison"]["verdict"] == "bit_exact"
    assert body["comparison"]["attribution"] == []
    assert {output["verdict"] for output in body["comparison"]["outputs"].values()} == {"bit_exact"}


def test_replay_with_modified_seed_differs() -> None:
    body = replayed(run(interferometer()), Changes(seed="2"))
    outputs = body["comparison"]["outputs"]
    assert body["comparison"]["verdict"] == "statistically_consistent"
    assert outputs["diode.samples"]["verdict"] == "statistically_consistent"
    assert outputs["diode.samples"]["max_absolute_error"] > 0.0
    assert outputs["field.power"]["verdict"] == "bit_exact"
    assert [entry["subject"] for entry in body["comparison"]["attribution"]] == ["seed"]


def test_a_noiseless_experiment_stays_the_same_with_another_seed() -> None:
    body = replayed(run(interferometer(shots=0)), Changes(seed="2"))
    assert {output["verdict"] for output in body["comparison"]["outputs"].values()} == {"bit_exact"}
    assert body["comparison"]["verdict"] == "bit_exact"


def test_a_replay_artifact_names_its_parent_and_holds_both_results() -> None:
    parent = run(interferometer())
    verified = replay(parent, engine=ENGINE, clock=Clock(), environment=ENVIRONMENT)
    bundle = verified.bundle
    assert verified.artifact_type == "replay"
    claim = verified.document("data/claim/claim.json")
    assert claim["parents"] == [{"artifact_id": parent.ids.artifact_id, "relation": "replay_of"}]
    for path, member in parent.bundle.members.items():
        if path.startswith("data/results/"):
            again = bundle.members[path.replace("data/results/", "data/results/replayed/")]
            assert again.read() == member.read()
    log = canonical.loads_lines(bundle.members["data/evidence/replay_log.jsonl"].read())
    assert [entry["step"] for entry in log] == [
        "verify",
        "check",
        "execute",
        "compare",
        "attribute",
    ]


def test_a_result_perturbed_below_the_sealed_tolerance_replays_within_it() -> None:
    assert replayed(perturbed(run(interferometer(shots=0)), "field.power", 1e-10))["comparison"][
        "verdict"
    ] == ("within_tolerance")


def test_a_result_perturbed_above_the_sealed_tolerance_is_different() -> None:
    body = replayed(perturbed(run(interferometer(shots=0)), "field.power", 1e-6))
    assert body["comparison"]["verdict"] == "different"
    assert body["comparison"]["outputs"]["field.power"]["verdict"] == "different"


def test_a_caller_may_tighten_the_tolerance_of_a_replay() -> None:
    off = perturbed(run(interferometer(shots=0)), "field.power", 1e-10)
    assert replayed(off, Changes(stricter=Tolerance(0.0, 0.0)))["comparison"]["verdict"] == "different"


def test_an_edited_result_with_digests_made_anew_is_another_artifact_and_does_not_replay() -> None:
    original = run(interferometer(shots=0))
    forged = perturbed(original, "field.power", 0.5)
    assert forged.ids.artifact_id != original.ids.artifact_id
    assert replayed(forged)["comparison"]["verdict"] == "different"


def test_a_forged_wider_tolerance_is_another_artifact() -> None:
    original = run(interferometer(shots=0))
    claim = {**original.document("data/claim/claim.json"), "tolerance": {"absolute": 1.0, "relative": 1.0}}
    forged = resealed(original, {"data/claim/claim.json": canonical.dumps(claim)})
    assert forged.ids.artifact_id != original.ids.artifact_id
    assert forged.ids.inputs_id == original.ids.inputs_id


def test_a_replay_names_the_packages_that_differ_from_the_recorded_ones() -> None:
    packages = {**ENVIRONMENT["dependencies"], "numpy": {"version": "1.26.0"}}
    recorded = run(interferometer(), environment={**ENVIRONMENT, "dependencies": packages})
    body = replayed(recorded)
    assert body["comparison"]["verdict"] == "bit_exact"
    differing = {
        entry["name"] for entry in body["comparison"]["attribution"] if entry["subject"] == "package"
    }
    assert "/dependencies/numpy/version" in differing


def test_unknown_semantics_are_refused_and_named() -> None:
    class Other(ReferenceEngine):
        semantics = frozenset({"awen-ir/9.9"})

    with pytest.raises(RefusedError) as refusal:
        replayed(run(interferometer()), engine=Other())
    assert [finding.code for finding in refusal.value.findings] == ["AWB-RPL-001"]


def test_a_missing_capability_is_refused_and_named() -> None:
    class Other(ReferenceEngine):
        capabilities = frozenset({"source", "mzi", "photodetector", "terminator"})

    with pytest.raises(RefusedError) as refusal:
        replayed(run(interferometer()), engine=Other())
    assert [finding.code for finding in refusal.value.findings] == ["AWB-RPL-002"]
    assert "monitor" in str(refusal.value.findings[0])


def test_an_expired_calibration_is_refused_on_the_recorded_clock() -> None:
    given = interferometer()
    experiment = {**given.experiment, "clock": {"origin_ps": "500"}}
    recorded = run(replace(given, experiment=experiment))
    expired = {**recorded.document("data/inputs/calibration.json"), "expires_at_ps": "500"}
    with pytest.raises(RefusedError) as refusal:
        replayed(recorded, Changes(calibration=expired))
    assert [finding.code for finding in refusal.value.findings] == ["AWB-RPL-004"]
    assert (
        replayed(recorded, Changes(calibration={**expired, "expires_at_ps": "501"}))["status"] == "completed"
    )


def test_a_replay_is_not_replayed() -> None:
    bundle = replay(run(interferometer()), engine=ENGINE, clock=Clock(), environment=ENVIRONMENT)
    with pytest.raises(RefusedError) as refusal:
        replayed(bundle)
    assert [finding.code for finding in refusal.value.findings] == ["AWB-RPL-005"]


def test_a_seed_that_is_no_number_is_invalid_input() -> None:
    with pytest.raises(InvalidInputError) as error:
        replayed(run(interferometer()), Changes(seed="-1"))
    assert error.value.findings[0].pointer == "/seed"

"""Replay: identical, with another seed, elsewhere; and every shipped example."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from awen_ref import canonical, npy, record
from awen_ref.bundle import Bundle, BytesMember
from awen_ref.replay import Changes, replay
from awen_ref.verify import VerifiedBundle, check, held_to
from tests.artifacts_integration.conftest import Family
from tests.experiments import ENGINE, ENVIRONMENT, Clock, interferometer, resealed, run

EXAMPLES = sorted(path.parent for path in (Path(__file__).parents[2] / "examples").glob("*/expected.json"))
QUICK = {"mzi_mesh_4x4", "add_drop_ring", "homodyne_feed_forward"}
EACH = [
    pytest.param(path, id=path.name, marks=[] if path.name in QUICK else pytest.mark.slow)
    for path in EXAMPLES
]


def again(verified: VerifiedBundle, seed: str | None = None) -> VerifiedBundle:
    return replay(verified, engine=ENGINE, clock=Clock(), environment=ENVIRONMENT, changes=Changes(seed=seed))


def comparison(verified: VerifiedBundle, seed: str | None = None) -> dict[str, object]:
    return dict(again(verified, seed).document("data/results/body.json")["comparison"])


def test_a_replay_is_identical_and_says_so(family: Family) -> None:
    found = family.replay.document("data/results/body.json")["comparison"]
    assert found["verdict"] == "bit_exact"
    assert found["attribution"] == []
    for name in family.run.document("data/results/outputs.json"):
        assert (family.replay.array(name, replayed=True) == family.run.array(name)).all()


def test_a_modified_seed_moves_the_samples_and_the_results_id(family: Family) -> None:
    found = comparison(family.run, seed="77")
    assert found["verdict"] == "statistically_consistent"
    assert run(interferometer(seed=77)).ids.results_id != family.run.ids.results_id


def test_a_mismatch_of_the_environment_is_detected_and_named() -> None:
    packages = {**ENVIRONMENT["dependencies"], "numpy": {"version": "1.26.0"}}
    elsewhere = {**ENVIRONMENT, "dependencies": packages, "os": {"name": "plan9"}}
    found = comparison(run(interferometer(), environment=elsewhere))
    assert found["verdict"] == "bit_exact"
    rows = found["attribution"]
    assert isinstance(rows, list)
    named = {(row["subject"], row["name"]): (row.get("recorded"), row.get("replayed")) for row in rows}
    here = ENVIRONMENT["dependencies"]["numpy"]["version"]
    assert named["package", "/dependencies/numpy/version"] == ('"1.26.0"', f'"{here}"')
    assert ("platform", "/os/name") in named


def test_metrics_and_steps_are_logged(family: Family) -> None:
    outputs = family.replay.document("data/results/body.json")["comparison"]["outputs"]
    assert set(outputs) == set(family.run.document("data/results/outputs.json"))
    for metrics in outputs.values():
        assert metrics["max_absolute_error"] == 0.0
        assert metrics["rms_error"] == 0.0
    lines = family.replay.read("data/evidence/replay_log.jsonl").splitlines()
    log = [json.loads(line) for line in lines]
    assert [entry["step"] for entry in log] == ["verify", "check", "execute", "compare", "attribute"]
    assert {entry["outcome"] for entry in log} == {"ok"}


@pytest.mark.parametrize("folder", EACH)
def test_every_example_replays_bit_for_bit(folder: Path) -> None:
    documents = record.load(folder)
    first = run(documents)
    expected = json.loads((folder / "expected.json").read_text())
    assert first.ids.artifact_id == expected["artifact_id"]
    found = comparison(first)
    assert found["verdict"] == "bit_exact"
    assert found["attribution"] == []


@pytest.mark.parametrize("folder", EACH)
def test_another_seed_leaves_noiseless_examples_and_changes_sampled_ones(folder: Path) -> None:
    documents = record.load(folder)
    first, other = run(documents), run(record.with_overrides(documents, seed="987654321"))
    sampled = any(one["sampled"] for one in first.document("data/results/outputs.json").values())
    assert (first.ids.results_id == other.ids.results_id) == (not sampled)
    verdict = comparison(first, seed="987654321")["verdict"]
    assert verdict in ({"statistically_consistent", "different"} if sampled else {"bit_exact"})


def wider_tolerance(verified: VerifiedBundle) -> dict[str, bytes]:
    claim = {**verified.document("data/claim/claim.json"), "tolerance": {"absolute": 1.0, "relative": 1.0}}
    return {"data/claim/claim.json": canonical.dumps(claim)}


def another_parent(verified: VerifiedBundle) -> dict[str, bytes]:
    parents = [{"artifact_id": "awen_" + "1" * 64, "relation": "derived_from"}]
    claim = {**verified.document("data/claim/claim.json"), "parents": parents}
    return {"data/claim/claim.json": canonical.dumps(claim)}


def edited_result(verified: VerifiedBundle) -> dict[str, bytes]:
    values = np.ascontiguousarray(verified.array("field.power") * 1.5)
    return {"data/results/arrays/field.power.npy": npy.encode(values)}


@pytest.mark.parametrize("forge", [wider_tolerance, another_parent, edited_result])
def test_a_forgery_is_caught_by_its_digests_and_sealed_anew_by_its_name(
    family: Family, forge: Callable[[VerifiedBundle], dict[str, bytes]]
) -> None:
    """Edited in place it breaks a digest; sealed anew it is valid, and not the artifact that was cited."""
    changed = forge(family.run)
    members = {**family.run.bundle.members, **{path: BytesMember(data) for path, data in changed.items()}}
    found = {(one.code, one.path) for one in check(Bundle(members)).findings}
    assert ("AWB-INT-010", next(iter(changed))) in found
    if forge is another_parent:
        return  # sealed anew, provenance would have to lie as well: see tests/unit/lineage
    forged = resealed(family.run, changed)
    (finding,) = held_to(forged.ids, family.run.ids.artifact_id)
    assert finding.code == "AWB-IDN-020"
    assert forged.ids.artifact_id in finding.message

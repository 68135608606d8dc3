"""Creation: what a run leaves behind."""

import json
import platform
from datetime import datetime
from importlib.metadata import version
from typing import Any

import prov.model

from awen_ref.environment import capture
from awen_ref.verify import VerifiedBundle, check
from awen_schema.layout import ENTRIES
from tests.artifacts_integration.conftest import Family
from tests.experiments import interferometer, run


def lines(bundle: VerifiedBundle, path: str) -> list[dict[str, Any]]:
    """The lines of a JSON Lines file."""
    return [json.loads(line) for line in bundle.read(path).splitlines()]


def test_a_normal_run_is_sealed_valid_and_completed(family: Family) -> None:
    report = check(family.run.bundle)
    assert (report.verdict, report.artifact_type, report.findings) == ("valid", "run", ())
    assert family.run.document("data/results/body.json")["status"] == "completed"
    assert family.run.array("diode.samples").shape[0] == 200


def test_all_required_files_and_fields_are_there_for_every_type(family: Family) -> None:
    for bundle in family.members:
        kind = bundle.artifact_type
        required = {entry.path for entry in ENTRIES if entry.path and entry.presence[kind] == "required"}
        assert required <= set(bundle.bundle.members), bundle
        manifest = bundle.document("manifest.json")
        assert manifest["artifact_type"] == bundle.artifact_type
        assert manifest["ids"]["artifact_id"] == bundle.ids.artifact_id
        metadata = bundle.document("metadata.json")
        assert all(metadata[name] for name in ("title", "description", "created", "license", "creators"))


def test_observability_is_linked_to_the_run(family: Family) -> None:
    traces = lines(family.run, "data/evidence/traces.jsonl")
    spans = [
        span
        for line in traces
        for resource in line["resourceSpans"]
        for scope in resource["scopeSpans"]
        for span in scope["spans"]
    ]
    assert len({span["traceId"] for span in spans}) == 1
    names = {span["name"] for span in spans}
    assert any("detector" in name for name in names)
    events = lines(family.run, "data/evidence/events.jsonl")
    assert [event["sequence"] for event in events] == [*range(len(events))]
    assert json.loads(family.run.read("data/evidence/timeline.json"))["traceEvents"]
    content = family.run.document("manifest.json")["content"]
    assert {"data/evidence/traces.jsonl", "data/evidence/metrics.json"} <= set(content)


def test_environment_snapshot_accuracy() -> None:
    """What is recorded is what is true of this process, package by package."""
    snapshot = capture()
    assert snapshot["python"]["version"] == platform.python_version()
    assert snapshot["python"]["implementation"].lower() == platform.python_implementation().lower()
    assert snapshot["os"]["name"] == platform.system()
    assert snapshot["cpu"]["architecture"] == platform.machine()
    assert {"numpy", "click", "pydantic"} <= set(snapshot["dependencies"])
    for package, recorded in snapshot["dependencies"].items():
        assert recorded["version"] == version(package), package
    sealed = run(interferometer(shots=0), environment=snapshot)
    assert sealed.document("data/evidence/environment.json") == snapshot


def test_the_environment_is_complete(family: Family) -> None:
    environment = family.run.document("data/evidence/environment.json")
    wanted = {"runtime", "python", "os", "cpu", "gpus", "feature_flags", "dependencies", "numerics"}
    assert wanted <= set(environment)
    assert {"observability", "gradients", "quantum"} <= set(environment["feature_flags"])


def test_provenance_tracking(family: Family) -> None:
    """The chain of every artifact: its inputs, its results, who and what, and the parents of its claim."""
    for bundle in family.members:
        account = bundle.read("data/evidence/provenance.json").decode()
        document = prov.model.ProvDocument.deserialize(content=account, format="json")
        entities = {str(one.identifier) for one in document.get_records(prov.model.ProvEntity)}
        names = {bundle.ids.inputs_id, bundle.ids.results_id, bundle.ids.artifact_id}
        parents = {parent.artifact_id for parent in bundle.parents}
        assert entities == {f"art:{name}" for name in names | parents}
        derived = {
            str(one.args[1])
            for one in document.get_records(prov.model.ProvDerivation)
            if str(one.args[0]) == f"art:{bundle.ids.artifact_id}"
        }
        assert derived == {f"art:{parent}" for parent in parents}
        (activity,) = document.get_records(prov.model.ProvActivity)
        assert isinstance(activity, prov.model.ProvActivity)
        start, end = activity.get_startTime(), activity.get_endTime()
        assert isinstance(start, datetime)
        assert isinstance(end, datetime)
        assert start <= end


def test_deterministic_id_consistency() -> None:
    """The same experiment has the same name, the seal apart; any other input has another one."""
    first, again = run(interferometer()), run(interferometer(), environment=capture())
    assert first.ids.artifact_id == again.ids.artifact_id
    assert first.ids.results_id == again.ids.results_id
    assert first.ids.seal != again.ids.seal
    for other in (interferometer(seed=2), interferometer(theta=0.71), interferometer(shots=201)):
        ids = run(other).ids
        assert ids.inputs_id != first.ids.inputs_id
        assert ids.artifact_id != first.ids.artifact_id

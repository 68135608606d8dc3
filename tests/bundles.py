"""Small valid bundles of every artifact type, made without an engine: what tests start from.

Everything is fixed, so that the same call gives the same bytes. A test changes what it is about and leaves
the rest: `parts(kind)` gives the documents to change, `build(parts)` seals them, `sealed(kind)` does both.
"""

import copy
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from awen_ref import canonical, digest, npy
from awen_ref.bundle import (
    Bundle,
    BytesMember,
    Evidence,
    Inputs,
    Member,
    Results,
    content_of,
    name,
    seal,
)
from awen_ref.execution.provenance import provenance

KINDS = ("run", "gradient", "calibration", "replay", "validation")
"""Every artifact type."""

CREATED = "2026-01-02T03:04:05+00:00"
TOOL = {"name": "awen-ref", "version": "0.1.0", "url": "https://example.org/awen"}
PARENT = "awen_" + "ab" * 32
"""The artifact that the derived ones came from."""

METADATA: dict[str, Any] = {
    "title": "Mach\u2013Zehnder interferometer",
    "description": "One source, one phase shifter, one counter.",
    "created": CREATED,
    "license": {"name": "Creative Commons Attribution 4.0 International", "spdx_id": "CC-BY-4.0"},
    "creators": [
        {
            "type": "person",
            "family_name": "Müller",
            "given_name": "Jörg",
            "orcid": "0000-0002-1825-0097",
            "affiliations": [{"name": "Institute of Light"}],
        },
        {"type": "organization", "name": "Photonics & Co."},
    ],
    "keywords": ["interferometer", "photonics"],
}

EXPERIMENT: dict[str, Any] = {
    "artifact_type": "run",
    "semantics": "awen-ir/1.0",
    "seed": "42",
    "shots": 4,
    "grid": {"kind": "wavelength", "start_um": 1.5, "stop_um": 1.6, "points": 3},
    "record": ["laser.o1"],
}

GRAPH: dict[str, Any] = {
    "nodes": {
        "laser": {"kind": "source", "params": {"power_w": "power", "phase_rad": 0}},
        "shifter": {"kind": "phase_shifter", "params": {"phase_rad": "phi"}},
        "counter": {
            "kind": "photon_counter",
            "params": {"efficiency": 0.9, "dark_rate_hz": 100, "window_ps": 1000},
        },
    },
    "edges": [{"ends": ["counter.o1", "shifter.o2"]}, {"ends": ["laser.o1", "shifter.o1"]}],
}

PARAMETERS: dict[str, Any] = {"phi": {"value": 0.25, "unit": "rad"}, "power": {"value": 1e-9, "unit": "W"}}

CALIBRATION: dict[str, Any] = {
    "phases": {},
    "crosstalk": {"order": [], "matrix": []},
    "dark_rates": {},
    "temperature_k": 300,
    "calibrated_at_ps": "0",
}

DEVICE: dict[str, Any] = {
    "type": "simulator",
    "capabilities": ["phase_shifter", "photon_counter", "source"],
    "limits": {},
}

ENVIRONMENT: dict[str, Any] = {
    "runtime": {"name": "awen-ref", "version": "0.1.0"},
    "os": {"name": "linux"},
    "cpu": {"architecture": "x86_64", "logical_cores": 2, "features": ["avx2", "fma"]},
    "gpus": [],
    "feature_flags": {"observability": True, "gradients": True, "quantum": False},
    "dependencies": {"numpy": {"version": "2.4.6"}},
}

TRACE: dict[str, Any] = {
    "resourceSpans": [
        {
            "resource": {"attributes": []},
            "scopeSpans": [
                {
                    "scope": {"name": "awen-ref", "version": "0.1.0"},
                    "spans": [
                        {
                            "traceId": "0" * 31 + "1",
                            "spanId": "0" * 15 + "1",
                            "name": "run",
                            "kind": 1,
                            "startTimeUnixNano": "0",
                            "endTimeUnixNano": "1000",
                        }
                    ],
                }
            ],
        }
    ]
}

EVENTS: list[dict[str, Any]] = [
    {"sequence": 0, "elapsed_ns": 0, "name": "awen.run.started", "attributes": {}},
    {
        "sequence": 1,
        "elapsed_ns": 10,
        "name": "awen.run.completed",
        "attributes": {"awen.outputs": 3},
    },
]

DECISIONS: list[dict[str, Any]] = [
    {"at_ps": "9", "rule": 0, "node": "counter", "measured": 2, "calibrated_at_ps": "0"},
    {"at_ps": "10", "rule": 1, "node": "counter", "measured": 3, "calibrated_at_ps": "0"},
]


@dataclass(slots=True)
class Parts:
    """What a bundle is sealed from; every member may be changed before `build`.

    Attributes:
        kind: The artifact type.
        metadata: `metadata.json`.
        inputs: Name of each document under `data/inputs/` (`experiment`, `ir`, …) to its value.
        claim: `claim.json`; a replay's environment digest is put in by `build` unless it stands there.
        results: Outputs, arrays, body and decisions.
        evidence: Name of each document and log under `data/evidence/` to its value.
        replayed: The re-executed results of a replay.
        attachments: Path below `attachments/` to content.
    """

    kind: str
    metadata: dict[str, Any]
    inputs: dict[str, Any]
    claim: dict[str, Any]
    results: Results
    evidence: dict[str, Any]
    replayed: Results | None = None
    attachments: dict[str, bytes | Member] = field(default_factory=dict)


def array(values: list[float], shape: tuple[int, ...] | None = None, descr: str = "<f8") -> bytes:
    """An NPY file of numbers."""
    letter = {"<f8": "d", "<u8": "Q", "<i8": "q", "|b1": "?"}[descr]
    items = values if letter == "d" else [int(value) for value in values]
    raw = struct.pack(f"<{len(values)}{letter}", *items)
    return npy.Header(descr, (len(values),) if shape is None else shape).render() + raw


def output(
    descr: str, shape: list[int], unit: str, quantity: str, axes: list[str], *, sampled: bool = False
) -> dict[str, Any]:
    """An entry of `outputs.json` without its file, which `results` adds."""
    return {
        "dtype": descr,
        "shape": shape,
        "unit": unit,
        "quantity": quantity,
        "axes": axes,
        "sampled": sampled,
    }


def results(
    body: Mapping[str, Any],
    outputs: Mapping[str, tuple[dict[str, Any], bytes]],
    control: list[dict[str, Any]] | None = None,
) -> Results:
    """Results from a body and outputs with their arrays."""
    return Results(
        outputs={name: {**entry, "file": f"arrays/{name}.npy"} for name, (entry, _) in outputs.items()},
        arrays={name: data for name, (_, data) in outputs.items()},
        body=dict(body),
        control=control or (),
    )


def run_results() -> Results:
    """The results of the run: expectations, counts and the recorded state."""
    field_values = [0.5, -0.0, 0.25, 1e-300, 0.125, 5e-324]
    wave = output("<f8", [3, 2], "sqrt(W)", "optical_field", ["wavelength", "complex"])
    return results(
        {"artifact_type": "run", "status": "completed", "shots": 4, "recorded_states": ["laser.o1"]},
        {
            "counter.mean": (output("<f8", [3], "1", "photon_count", ["wavelength"]), array([1.5, 2.5, 3.5])),
            "counter.counts": (
                output("<u8", [4, 3], "1", "photon_count", ["shot", "wavelength"], sampled=True),
                array(list(range(12)), (4, 3), "<u8"),
            ),
            "laser.o1.incident": (wave, array([0.0] * 6, (3, 2))),
            "laser.o1.emergent": (wave, array(field_values, (3, 2))),
            "locked": (output("|b1", [], "1", "ratio", []), array([1], (), "|b1")),
        },
        DECISIONS,
    )


def parts(kind: str) -> Parts:
    """The documents of a small valid bundle of a type, free to be changed."""
    made = Parts(
        kind=kind,
        metadata=METADATA,
        inputs={
            "experiment": {**EXPERIMENT, "artifact_type": kind},
            "ir": GRAPH,
            "parameters": PARAMETERS,
            "calibration": CALIBRATION,
            "device": DEVICE,
        },
        claim={"tolerance": {"absolute": 1e-12, "relative": 1e-9}, "parents": []},
        results=run_results(),
        evidence={
            "environment": ENVIRONMENT,
            "lowered": None,
            "traces": [TRACE],
            "events": EVENTS,
            "metrics": {},
            "timeline": {"traceEvents": []},
        },
    )
    _SHAPES[kind](made)
    return copy.deepcopy(made)


def _run(made: Parts) -> None:
    made.attachments = {"notes/lab.txt": b"warm day\n"}


def _gradient(made: Parts) -> None:
    made.inputs["task"] = {
        "artifact_type": "gradient",
        "cost": "sum(counter.mean)",
        "method": "finite_difference",
        "parameters": ["phi"],
        "step": 1e-6,
        "parent": PARENT,
    }
    made.claim["parents"] = [{"artifact_id": PARENT, "relation": "gradient_of"}]
    made.results = results(
        {
            "artifact_type": "gradient",
            "status": "completed",
            "baseline_cost": 7.5,
            "gradient": {"phi": {"value": 0.5}},
            "perturbations": [
                {"parameter": "phi", "shift": 1e-6, "cost": 7.5000005},
                {"parameter": "phi", "shift": -1e-6, "cost": 7.4999995},
            ],
            "evaluations": 3,
        },
        {"cost": (output("<f8", [], "1", "cost", []), array([7.5], ()))},
    )


def _calibration(made: Parts) -> None:
    limits = {"power_w": 1}
    made.inputs["task"] = {
        "artifact_type": "calibration",
        "procedure": "dark_counts",
        "targets": ["phi"],
        "optimiser": {"method": "direct", "maximum_iterations": 1, "tolerance": 0},
        "soft_limits": limits,
        "hard_limits": limits,
        "as_of_ps": "5",
    }
    made.claim["parents"] = [{"artifact_id": PARENT, "relation": "calibration_for"}]
    made.results = results(
        {
            "artifact_type": "calibration",
            "status": "aborted",
            "reason": {"code": "AWB-SEM-121", "message": "too bright", "node": "laser"},
            "before": CALIBRATION,
            "drift": {},
            "iterations": 0,
            "residual_before": 0.5,
            "warnings": [],
        },
        {},
    )


def _replay(made: Parts) -> None:
    made.inputs["task"] = {"artifact_type": "replay", "artifact_id": PARENT, "seed": "42", "as_of_ps": "0"}
    made.claim["parents"] = [{"artifact_id": PARENT, "relation": "replay_of"}]
    made.replayed = made.results
    made.results = results(
        {
            "artifact_type": "replay",
            "status": "completed",
            "recorded_status": "completed",
            "replayed_status": "completed",
            "comparison": {
                "verdict": "bit_exact",
                "outputs": {"counter.mean": {"verdict": "bit_exact"}},
                "only_recorded": [],
                "only_replayed": [],
                "attribution": [],
            },
        },
        {},
    )
    made.evidence["replay_log"] = [
        {"sequence": 0, "elapsed_ns": 0, "step": "verify", "outcome": "ok", "message": "verified"}
    ]


def _validation(made: Parts) -> None:
    bounds = {"unit": "1", "minimum": 1, "maximum": 2}
    made.inputs = {
        "experiment": made.inputs["experiment"] | {"shots": 0, "record": []},
        "task": {
            "artifact_type": "validation",
            "procedure": "awen-constraints/1.0",
            "subjects": [PARENT],
            "as_of_ps": "0",
            "constraints": {"counts": {"measure": "mean", "output": "counter.mean", **bounds}},
        },
    }
    made.claim["parents"] = [{"artifact_id": PARENT, "relation": "validation_of"}]
    made.results = results(
        {
            "artifact_type": "validation",
            "status": "completed",
            "passed": True,
            "constraints": {"counts": {"passed": True, "measured": 1.5, "margin": 0.5, **bounds}},
        },
        {},
    )
    made.evidence = {"environment": made.evidence["environment"]}


_SHAPES = {
    "run": _run,
    "gradient": _gradient,
    "calibration": _calibration,
    "replay": _replay,
    "validation": _validation,
}


def build(made: Parts, *, created: str = CREATED, tool: Mapping[str, str] = TOOL) -> Bundle:
    """Seal the parts as a producer would, provenance included; nothing is verified."""
    claim = dict(made.claim)
    if made.kind == "replay" and "environment_digest" not in claim:
        claim["environment_digest"] = digest.sha256_hex(canonical.dumps(made.evidence["environment"]))
    content = content_of(
        Inputs(**made.inputs),
        claim,
        made.results,
        Evidence(**made.evidence, attachments=made.attachments),
        replayed=made.replayed,
    )
    account = provenance(
        name(content),
        artifact_type=made.kind,
        window=(created, created),
        tool=tool,
        creators=len(made.metadata["creators"]),
        parents=claim["parents"],
    )
    content["data/evidence/provenance.json"] = BytesMember(canonical.dumps(account))
    return seal(content, made.metadata, artifact_type=made.kind, created=created, tool=tool)


def sealed(kind: str) -> Bundle:
    """A small valid bundle of a type."""
    return build(parts(kind))


def files_of(bundle: Bundle) -> dict[str, bytes]:
    """Every file of a bundle with its content, to be changed and given to `bundle_of`."""
    return {path: member.read() for path, member in bundle.members.items()}


def bundle_of(files: Mapping[str, bytes]) -> Bundle:
    """A bundle of exactly these files, whatever they hold."""
    return Bundle({path: BytesMember(files[path]) for path in sorted(files)})


def resealed(files: Mapping[str, bytes]) -> Bundle:
    """The files with both manifests made anew: a forger's work, as far as `sha256sum -c` sees it.

    What else names digests or ids is left as it is; a test that needs it to follow uses `build`.
    """
    made = dict(files)
    payload = [
        digest.Line(digest.sha256_hex(data), path) for path, data in made.items() if path.startswith("data/")
    ]
    made[digest.MANIFEST] = digest.render_manifest(payload)
    covered = [
        digest.Line(digest.sha256_hex(data), path)
        for path, data in made.items()
        if not path.startswith(("data/", "signatures/")) and path != digest.TAG_MANIFEST
    ]
    made[digest.TAG_MANIFEST] = digest.render_manifest(covered)
    return bundle_of(made)

"""Write the golden bundles that every case of the corpus starts from.

Usage: python conformance/make_golden.py

They are made once, by the reference, and committed; their bytes are then the corpus's own, and stay as they
are when the reference comes to write descriptions otherwise. So only what is missing is made.
"""

import base64
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from make_experiments import EXPERIMENTS  # noqa: E402 - the same

from awen_conformance import jcs  # noqa: E402 - the checkout has to be importable first
from awen_conformance.results import elements, results_id  # noqa: E402 - the same
from awen_ref.bundle import Bundle  # noqa: E402 - the same
from awen_ref.bundle.assemble import files_of  # noqa: E402 - the same
from awen_ref.engine import ReferenceEngine, cases  # noqa: E402 - the same
from awen_ref.engine.netlist import Netlist, wavelengths  # noqa: E402 - the same
from awen_ref.environment import SystemClock  # noqa: E402 - the same
from awen_ref.execution import results_of  # noqa: E402 - the same
from awen_ref.record import record  # noqa: E402 - the same
from awen_ref.record.inputs import Documents  # noqa: E402 - the same
from tests import bundles  # noqa: E402 - the same

TEMPLATE_DATE = "2001-02-03T04:05:06+00:00"
"""Every date of the template is this one, so that a report can put its own in its place."""

SUITE = {"name": "awen-conform", "version": "0.0.0-template", "url": "https://w3id.org/awen/conformance"}


def tree_of(bundle: Bundle) -> dict[str, Mapping[str, str]]:
    """The bundle's files as a tree description."""
    return {path: _node(member.read()) for path, member in bundle.members.items()}


def _node(data: bytes) -> Mapping[str, str]:
    try:
        return {"text": data.decode()}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode()}


def report() -> Bundle:
    """The bundle that the suite's reports are made from; `awen_conformance.validation` fills it."""
    made = bundles.parts("validation")
    made.metadata = {
        "title": "AWEN conformance report",
        "description": "Outcome of every case of the AWEN conformance suite for one implementation.",
        "created": TEMPLATE_DATE,
        "license": {"name": "Creative Commons Zero v1.0 Universal", "spdx_id": "CC0-1.0"},
        "creators": [{"type": "organization", "name": "AWEN conformance suite"}],
        "keywords": ["conformance"],
    }
    made.claim["parents"] = []
    made.inputs["task"] |= {"procedure": "awen-conformance/1.0", "subjects": [], "constraints": {}}
    made.results = replace(made.results, body={**made.results.body, "constraints": {}})
    made.attachments = {"report.json": b"{}\n"}
    return bundles.build(made, created=TEMPLATE_DATE, tool=SUITE)


def recorded() -> Bundle:
    """A run as an engine really made it, with samples: what is replayed and compared."""
    given = cases.documents(cases.CASES["quadratures"])
    documents = Documents(name="quadratures", metadata=bundles.METADATA, **given)
    clock = Standing()
    made = record(documents, engine=ReferenceEngine(), clock=clock, environment=bundles.ENVIRONMENT)
    return made.bundle


def timed() -> Bundle:
    """A run on a clock, in a coherence window, with a phase that a twin may have moved."""
    net = Netlist()
    net.add("laser", "source", power_w=1e-3, phase_rad=0.0)
    net.add("mzi", "mzi", theta_rad=net.named("theta", 0.75), phi_rad=0.25)
    net.add("field", "monitor")
    net.add("end", "terminator")
    for one, other in (("laser.o1", "mzi.o1"), ("mzi.o3", "field.o1"), ("mzi.o4", "end.o1")):
        net.join(one, other)
    window = {
        "start_ps": "0",
        "end_ps": "1000000",
        "idle_budget_ps": "1000000",
        "decoherence_time_ps": "1000000",
        "linewidth_hz": 1e6,
        "minimum_visibility": 0.5,
    }
    grid = {"kind": "wavelength_list", "values_um": [1.55]}
    members = {"clock": {"origin_ps": "5000"}, "coherence_window": window}
    documents = Documents(
        name="timed",
        metadata=bundles.METADATA,
        experiment={**net.experiment(grid, shots=0, seed=1), **members},
        ir=net.ir(),
        parameters=net.parameters,
    )
    engine, clock = ReferenceEngine(), Standing()
    return record(documents, engine=engine, clock=clock, environment=bundles.ENVIRONMENT).bundle


def large() -> Bundle:
    """A run whose array of samples is large: 50,000 counts."""
    net = Netlist()
    net.add("laser", "source", power_w=1e-15, phase_rad=0.0)
    net.add("counter", "photon_counter", efficiency=0.5, dark_rate_hz=100.0, window_ps=1e9)
    net.join("laser.o1", "counter.o1")
    documents = Documents(
        name="large",
        metadata=bundles.METADATA,
        experiment=net.experiment({"kind": "wavelength_list", "values_um": [1.55]}, shots=50_000, seed=3),
        ir=net.ir(),
        parameters=net.parameters,
    )
    engine, clock = ReferenceEngine(), Standing()
    return record(documents, engine=engine, clock=clock, environment=bundles.ENVIRONMENT).bundle


def full() -> Bundle:
    """A run with every optional member of its description, in several scripts, and what formats escape."""
    made = bundles.parts("run")
    made.metadata = {
        **bundles.METADATA,
        "title": "Größe \u201e\u65b0\u201c {braced} & 50 % <b>_x_</b> \\ $a$ #1 ~ ^",
        "description": "First line.\n\nSecond *paragraph* with `code`, a | bar and \u0639\u0631\u0628\u064a.",
        "creators": [
            {
                "type": "person",
                "family_name": "\u5c71\u7530",
                "given_name": "\u592a\u90ce",
                "name_suffix": "Jr.",
                "email": "yamada@example.org",
                "affiliations": [{"name": "Institute", "ror": "https://ror.org/02nr0ka47"}],
            },
            {"type": "person", "family_name": "Beethoven", "name_particle": "van", "given_name": "Ludwig"},
            {"type": "person", "family_name": "O'Brien-Smith"},
            {"type": "organization", "name": "Smith & Sons, Inc.", "ror": "https://ror.org/05dxps055"},
        ],
        "version": "1.2.0",
        "keywords": ["&c.", "photonik", "\u5149"],
        "notes": "Nothing else.",
        "publisher": {"name": "Zenodo"},
        "contact": {"name": "A. Contact", "email": "contact@example.org"},
        "funding": [{"funder_name": "A Fund", "award_number": "42", "award_url": "https://example.org/42"}],
        "identifiers": [{"type": "doi", "value": "10.5281/zenodo.1234567"}],
        "related": [{"relation": "IsSupplementTo", "type": "url", "value": "https://example.org/paper"}],
        "extensions": {"org.example.lab": {"room": [1, None, "B"]}},
    }
    made.claim["parents"] = [
        {"artifact_id": "awen_" + "ab" * 32, "relation": "calibrated_by"},
        {"artifact_id": "awen_" + "cd" * 32, "relation": "derived_from"},
    ]
    made.attachments = {"raw/scope.bin": bytes(range(256)), "notes.json": b"{ }"}
    return bundles.build(made)


def minimal() -> Bundle:
    """A run with nothing that may be left out: no shots, no record, no parameters, one author."""
    made = bundles.parts("run")
    made.metadata = {
        name: bundles.METADATA[name] for name in ("title", "description", "created", "license")
    } | {"creators": [{"type": "person", "family_name": "Light"}]}
    made.metadata["license"] = {"name": "All rights reserved"}
    made.inputs["experiment"] |= {"shots": 0, "record": []}
    made.inputs["ir"]["nodes"]["laser"]["params"]["power_w"] = 1e-9
    made.inputs["ir"]["nodes"]["shifter"]["params"]["phase_rad"] = 0.25
    made.inputs["parameters"] = {}
    body = {"artifact_type": "run", "status": "completed", "shots": 0, "recorded_states": []}
    mean = made.results.outputs["counter.mean"]
    made.results = replace(
        made.results,
        body=body,
        outputs={"counter.mean": mean},
        arrays={"counter.mean": made.results.arrays["counter.mean"]},
        control=(),
    )
    made.attachments = {}
    return bundles.build(made)


def aborted() -> Bundle:
    """A run that was given up: it is sealed, and says why."""
    made = bundles.parts("run")
    reason = {"code": "AWB-SEM-122", "message": "a loop has a gain of 1", "node": "shifter"}
    body = {"artifact_type": "run", "status": "failed", "reason": reason, "shots": 0, "recorded_states": []}
    made.results = replace(made.results, body=body, outputs={}, arrays={}, control=())
    return bundles.build(made)


class Standing:
    """A clock that shows one time."""

    def now(self) -> datetime:
        """That time."""
        return datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

    def monotonic_ns(self) -> int:
        """None has gone by."""
        return 0


def stopped() -> Mapping[str, Any]:
    """An experiment whose run fails: a photon counter expects more counts than there are numbers for."""
    net = Netlist()
    net.add("laser", "source", power_w=1e6, phase_rad=0.0)
    net.add("counter", "photon_counter", efficiency=1.0, dark_rate_hz=0.0, window_ps=1e15)
    net.join("laser.o1", "counter.o1")
    return cases.documents(cases.Case(lambda: net, wavelengths(1.55, 1.55, 1), "", shots=3))


def engine_cases() -> Mapping[str, Mapping[str, Any]]:
    """Experiments of every component kind and detector, and what the reference makes of them.

    `E1` holds the numbers, `E2` the name of the octets; the reference's are held against closed forms and
    other solvers by tests of its own.
    """
    made: dict[str, Mapping[str, Any]] = {}
    experiments = {name: cases.documents(case) for name, case in cases.CASES.items()}
    experiments |= {"more-counts-than-numbers": dict(stopped())}
    experiments |= {name: make() for name, make in EXPERIMENTS.items()}
    for name, given in experiments.items():
        results = results_of(ReferenceEngine().run(cases.inputs(given), clock=SystemClock()))
        stored = {path: member.read() for path, member in files_of(results, "data/results/").items()}
        outputs = {
            output: {**entry, "values": list(elements(stored[f"data/results/{entry['file']}"]))}
            if not entry["sampled"]
            else dict(entry)
            for output, entry in results.outputs.items()
        }
        made[name] = {
            "inputs": {f"{document}.json": jcs.dumps(value).decode() for document, value in given.items()},
            "expect": {
                "outputs": outputs,
                "body": {"artifact_type": "run", "status": results.body["status"]},
                "tolerance": {"absolute": 1e-12, "relative": 1e-9},
            },
            "results_id": results_id(stored),
        }
    return made


def main() -> None:
    """Write one tree for each artifact type, and the template of the suite's own reports."""
    trees = {f"golden/{kind}": bundles.sealed(kind) for kind in bundles.KINDS} | {
        "golden/recorded": recorded(),
        "golden/timed": timed(),
        "golden/large": large(),
        "golden/full": full(),
        "golden/minimal": minimal(),
        "golden/aborted": aborted(),
        "awen_conformance/report_template": report(),
    }
    for name, bundle in trees.items():
        target = HERE / f"{name}.tree.json"
        if target.exists():
            continue
        tree = {"entries": tree_of(bundle)}
        target.write_text(json.dumps(tree, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(target.relative_to(HERE))
    for name, made in engine_cases().items():
        target = HERE / "golden" / "engine" / f"{name}.json"
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            target.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
            print(target.relative_to(HERE))


if __name__ == "__main__":
    main()

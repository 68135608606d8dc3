"""What every engine for `awen-ir/1.0` does, as tests: subclass `EngineTests` and say how to make yours."""

from abc import abstractmethod
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from awen_ref.bundle.schema import violations
from awen_ref.engine import Engine, RunResult
from awen_ref.engine.cases import CASES, Case, digest, documents, inputs
from awen_ref.engine.netlist import Netlist, wavelengths
from awen_ref.errors import InvalidInputError
from awen_schema.codes import CODES
from awen_schema.kinds import KINDS

__all__ = ["EngineTests", "StepClock"]


class StepClock:
    """A clock that goes on by a fixed step each time it is asked."""

    def __init__(self, step_ns: int = 1000) -> None:
        """Start at the first instant of 2026."""
        self.step_ns = step_ns
        self.asked = 0

    def now(self) -> datetime:
        """The time of day in UTC."""
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(microseconds=self.asked * self.step_ns // 1000)

    def monotonic_ns(self) -> int:
        """Nanoseconds from the first call."""
        self.asked += 1
        return self.asked * self.step_ns


WRONG = {
    "AWB-SEM-100": lambda given: given["experiment"].update(semantics="awen-ir/9.0"),
    "AWB-SEM-101": lambda given: given["ir"]["nodes"]["ring"].update(kind="telescope"),
    "AWB-SEM-102": lambda given: given["ir"]["nodes"]["ring"]["params"].pop("kappa_in"),
    "AWB-SEM-103": lambda given: given["ir"]["nodes"]["ring"]["params"].update(colour=1.0),
    "AWB-SEM-104": lambda given: given["ir"]["nodes"]["ring"]["params"].update(kappa_in="nothing"),
    "AWB-SEM-106": lambda given: given["parameters"].update(idle={"value": 1.0, "unit": "1"}),
    "AWB-SEM-107": lambda given: given["ir"]["nodes"]["ring"]["params"].update(kappa_in=1.5),
    "AWB-SEM-109": lambda given: given["experiment"].update(record=["moon.o1"]),
    "AWB-SEM-110": lambda given: given["experiment"].update(record=["ring.o5"]),
    "AWB-SEM-112": lambda given: given["ir"]["edges"].pop(),
    "AWB-SEM-117": lambda given: given["experiment"]["grid"].update(points=1),
    "AWB-SEM-120": lambda given: given["device"].update(capabilities=["source"]),
    "AWB-SEM-121": lambda given: given["device"]["limits"].update(maximum_power_w=1e-9),
}
"""Finding code to what breaks the add-drop ring in that way."""


class EngineTests:
    """The contract of `Engine`."""

    @abstractmethod
    def engine(self) -> Engine:
        """A new engine."""

    def run(self, given: dict[str, Any]) -> RunResult:
        """Run documents."""
        return self.engine().run(inputs(given), clock=StepClock())

    def case(self, name: str) -> Case:
        """One of the known experiments, skipped where the engine lacks a kind of it."""
        case = CASES[name]
        lacking = set(documents(case)["device"]["capabilities"]) - self.engine().capabilities
        if lacking:
            pytest.skip(f"the engine does not implement {', '.join(sorted(lacking))}")
        return case

    def test_it_says_what_it_is(self) -> None:
        """Name, version, semantics and capabilities."""
        engine = self.engine()
        assert engine.name
        assert engine.version
        assert "awen-ir/1.0" in engine.semantics
        assert engine.capabilities <= set(KINDS)

    @pytest.mark.parametrize("name", sorted(CASES))
    def test_it_reaches_the_bits_of_the_specification(self, name: str) -> None:
        """AWB-R-440 to 486: the outputs of known experiments, to the last bit."""
        case = self.case(name)
        assert digest(self.run(documents(case))) == case.sha256

    def test_another_clock_changes_no_result(self) -> None:
        """Telemetry alone knows the time."""
        given = inputs(documents(self.case("noisy_mesh")))
        first, second = (self.engine().run(given, clock=StepClock(step)) for step in (1, 10**9))
        assert digest(first) == digest(second)
        assert first.body == second.body

    def test_an_earlier_run_changes_no_result(self) -> None:
        """An engine has no memory."""
        engine = self.engine()
        given = documents(self.case("add_drop_ring"))
        first = engine.run(inputs(given), clock=StepClock())
        engine.run(inputs(documents(self.case("noisy_mesh"))), clock=StepClock())
        assert digest(engine.run(inputs(given), clock=StepClock())) == digest(first)

    def test_the_seed_owns_the_samples_and_nothing_else(self) -> None:
        """Another seed: other samples, the same expectations."""
        case = self.case("noisy_mesh")
        first, second = (self.run(documents(case, seed=seed)) for seed in (1, 2))
        for name, output in first.outputs.items():
            same = np.array_equal(output.array, second.outputs[name].array)
            assert same != output.sampled, name

    def test_the_samples_of_a_detector_do_not_depend_on_other_nodes(self) -> None:
        """A stream belongs to a node and a purpose."""

        def link(*detectors: str) -> Case:
            def circuit() -> Netlist:
                net = Netlist()
                net.add("laser", "source", power_w=1e-10, phase_rad=0.0)
                net.add("split", "splitter", ratio=0.5)
                net.join("laser.o1", "split.o1")
                for port, name in enumerate(detectors, start=2):
                    net.add(name, "photon_counter", efficiency=0.5, dark_rate_hz=1e3, window_ps=1e6)
                    net.join(f"split.o{port}", f"{name}.o1")
                return net

            return Case(circuit, wavelengths(1.55, 1.55, 1), "", shots=50)

        found = [self.run(documents(case)) for case in (link("counter"), link("counter", "another"))]
        alone, accompanied = (result.outputs["counter.counts"].array for result in found)
        assert np.array_equal(alone, accompanied)
        assert not np.array_equal(accompanied, found[1].outputs["another.counts"].array)

    @pytest.mark.parametrize("code", sorted(WRONG))
    def test_a_wrong_experiment_is_refused_by_code(self, code: str) -> None:
        """Every finding is raised before anything runs."""
        given = deepcopy(documents(self.case("add_drop_ring")))
        WRONG[code](given)
        with pytest.raises(InvalidInputError) as caught:
            self.run(given)
        assert code in {finding.code for finding in caught.value.findings}

    def test_a_resonance_without_loss_is_a_result_that_says_so(self) -> None:
        """AWB-R-475, 564, 565: `failed`, with the code, the registry's sentence, and nothing else."""
        given = documents(self.case("add_drop_ring"))
        ring = given["ir"]["nodes"]["ring"]["params"]
        ring.update(kappa_in=0.0, kappa_drop=0.0, n_eff=2.0, n_g=2.0, loss_db_cm=0.0, length_um=15.0)
        given["experiment"]["grid"] = {"kind": "wavelength_list", "values_um": [1.5]}
        result = self.run(given)
        assert result.body["status"] == "failed"
        code = "AWB-SEM-122"
        assert result.body["reason"] == {"code": code, "message": CODES[code].message}
        assert (result.body["shots"], result.body["recorded_states"]) == (0, [])
        assert not result.outputs

    @pytest.mark.parametrize("name", ["crow", "group_delays", "noisy_mesh", "reflections"])
    def test_everything_it_leaves_satisfies_its_schema(self, name: str) -> None:
        """Body, lowered graph and telemetry; outputs in C order with one name for each axis."""
        result = self.run(documents(self.case(name)))
        left = {
            "Body": [result.body],
            "LoweredGraph": [result.lowered],
            "ControlDecision": result.control,
            "TracesData": result.telemetry.traces(),
            "Event": result.telemetry.events,
            "Metrics": [result.telemetry.metrics()],
            "Timeline": [result.telemetry.timeline()],
        }
        for schema, values in left.items():
            assert [finding for value in values for finding in violations(schema, value, schema)] == []
        assert list(result.outputs) == sorted(result.outputs)
        for output in result.outputs.values():
            assert output.array.flags.c_contiguous
            assert output.array.dtype.str in {"<f8", "<i8", "<u8", "|b1"}
            assert len(output.axes) == output.array.ndim
            assert np.isfinite(output.array).all()

    def test_a_group_delay_is_that_of_the_way(self) -> None:
        """AWB-R-487: a delay delays by what it says, and the dark by nothing."""
        net = Netlist()
        net.add("laser", "source", power_w=1e-3, phase_rad=0.0)
        net.add("line", "delay", delay_ps=11.25)
        net.add("wall", "terminator")
        for name, port in (("late", "line.o2"), ("dark", "wall.o1")):
            net.add(name, "delay_monitor")
            net.join(port, f"{name}.o1")
        net.join("laser.o1", "line.o1")
        given = documents(Case(lambda: net, wavelengths(1.54, 1.56, 5), ""))
        if lacking := set(given["device"]["capabilities"]) - self.engine().capabilities:
            pytest.skip(f"the engine does not implement {', '.join(sorted(lacking))}")
        outputs = self.run(given).outputs
        assert np.allclose(outputs["late.group_delay"].array, 11.25, rtol=1e-9, atol=0.0)
        assert not outputs["dark.group_delay"].array.any()

    def test_recorded_waves_are_what_enters_and_leaves_a_port(self) -> None:
        """AWB-R-478: the ring takes what the laser gives."""
        result = self.run(documents(self.case("add_drop_ring")))
        laser = result.outputs["ring.o1.incident"].array
        assert np.allclose(laser[:, 0], np.sqrt(1e-3), rtol=1e-15)
        assert not laser[:, 1].any()
        assert not result.outputs["ring.o1.emergent"].array.any()

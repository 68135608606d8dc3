from awen_ref.engine import Engine, ReferenceEngine
from awen_ref.engine.netlist import Netlist
from awen_ref.testing import EngineTests
from awen_schema.codes import CODES
from tests.engine_documents import run
from tests.netlists import documents


class TestReferenceEngine(EngineTests):
    def engine(self) -> Engine:
        return ReferenceEngine()


def test_a_counter_beyond_its_range_ends_the_run_and_says_so() -> None:
    # AWB-R-479, AWB-R-486, AWB-R-564, AWB-R-565
    net = Netlist()
    net.add("laser", "source", power_w=1e6, phase_rad=0.0)
    net.add("counter", "photon_counter", efficiency=1.0, dark_rate_hz=0.0, window_ps=1e15)
    net.join("laser.o1", "counter.o1")
    assert list(run(documents(net)).outputs) == ["counter.mean"]
    body = run(documents(net, shots=1)).body
    assert body["status"] == "failed"
    code = "AWB-SEM-123"
    assert body["reason"] == {"code": code, "message": CODES[code].message, "node": "counter"}

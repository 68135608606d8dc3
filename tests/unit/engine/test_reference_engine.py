from awen_ref.engine import Engine, ReferenceEngine
from awen_ref.testing import EngineTests


class TestReferenceEngine(EngineTests):
    def engine(self) -> Engine:
        return ReferenceEngine()

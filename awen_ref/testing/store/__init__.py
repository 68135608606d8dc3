"""The contract of a store as tests: subclass `StoreTests`, and pytest tells whether a backend keeps it.

    class TestMine(StoreTests):
        @pytest.fixture
        def backend(self, tmp_path):
            return MyBackend(tmp_path / "store")

        def reopen(self, backend):
            return MyBackend(backend.root)

No test in one process can show durability after a loss of power; that stays to be shown by other means.
"""

from awen_ref.testing.store.committing import CommitTests
from awen_ref.testing.store.reading import ReadingTests
from awen_ref.testing.store.removing import RemovalTests

__all__ = ["StoreTests"]


class StoreTests(CommitTests, ReadingTests, RemovalTests):
    """The promises of `StorageBackend`; each test names the one it is about by its number there.

    Each test takes nothing but the backend, so that the suite can also be run against a backend that is wrong
    on purpose: a contract that such a one passes would prove nothing.
    """

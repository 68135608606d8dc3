"""Let a module of ours be imported from other code than its file holds: how bugs and mutants are planted."""

import sys
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import CodeType, ModuleType

__all__ = ["plant"]


class _Patched(SourceFileLoader):
    """Loads a module from changed code; nothing of it is cached."""

    changed: Callable[[str], CodeType]

    def get_code(self, fullname: str) -> CodeType:
        """The changed code."""
        del fullname
        return self.changed(self.path)


class _Finder(MetaPathFinder):
    """Finds the changed module, and nothing else."""

    def __init__(self, module: str, changed: Callable[[str], CodeType]) -> None:
        self._module = module
        self._changed = changed

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module's spec with a loader that changes it."""
        if fullname != self._module:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.origin is not None:
            spec.loader = _Patched(fullname, spec.origin)
            spec.loader.changed = self._changed
        return spec


def plant(module: str, changed: Callable[[str], CodeType]) -> None:
    """Let a module be imported from changed code.

    Args:
        module: Its dotted name.
        changed: From the path of its file to the code.

    Raises:
        RuntimeError: It has been imported already.
    """
    if module in sys.modules:
        raise RuntimeError(f"{module} is there already")
    sys.meta_path.insert(0, _Finder(module, changed))

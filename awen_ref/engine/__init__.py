"""Engines: from the documents of an experiment to its results. `Engine` is the protocol, one engine is ours.

Importing the package loads nothing; a name loads its module when it is first used.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from awen_ref.engine.engine import ReferenceEngine
    from awen_ref.engine.protocol import Clock, Engine, Output, RunInputs, RunResult
    from awen_ref.engine.telemetry import Telemetry

__all__ = ["Clock", "Engine", "Output", "ReferenceEngine", "RunInputs", "RunResult", "Telemetry"]

_MODULES = {
    "Clock": "protocol",
    "Engine": "protocol",
    "Output": "protocol",
    "ReferenceEngine": "engine",
    "RunInputs": "protocol",
    "RunResult": "protocol",
    "Telemetry": "telemetry",
}


def __getattr__(name: str) -> object:
    """Load a public name's module on first use (PEP 562).

    Raises:
        AttributeError: There is no such name.
    """
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)

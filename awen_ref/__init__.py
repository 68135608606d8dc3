"""AWEN reference implementation: run, seal, verify, exchange, replay and cite photonic experiments.

The specification is AEP-0006 (`docs/spec/`); this package is built on the models generated from
its schema (`awen_schema`). Importing the package loads nothing heavy: each module imports what it
needs when it is used.
"""

__version__ = "0.1.0"

__all__ = ["__version__"]

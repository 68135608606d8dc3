"""The conformance suite of the AWEN artifact specification; it never imports an implementation."""

__version__ = "0.1.0"

__all__ = ["__version__"]

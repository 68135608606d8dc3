"""The conformance suite of the AWEN artifact specification; it never imports an implementation."""

"""Typed view of the AWEN artifact schema, generated from the LinkML modules: importable without awen_ref.

Modules:
    codes: The registry of finding codes.
    layout: The matrix of files and artifact types.
    models: One frozen, closed pydantic model for each class of the schema.
    schemas: The published JSON Schemas as text.
"""

SPEC_VERSION = "1.0"

"""Typed view of the AWEN artifact schema, generated from the LinkML modules: importable without awen_ref.

Plain tables, cheap to import: `codes` (finding codes), `layout` (files and artifact types), `kinds`
(component kinds), `ordering` (sorted lists) and `schemas` (the published JSON Schemas as text).

Models, with pydantic: `models` (one frozen, closed model for each class) and `documents` (reading a document
into its model).
"""

SPEC_VERSION = "1.0"

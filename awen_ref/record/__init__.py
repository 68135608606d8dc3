"""From an experiment to a sealed bundle: read inputs, run the engine, seal what came out (AWB-R-221, 222)."""

from awen_ref.record.inputs import Documents, load, read_object, with_document, with_file, with_overrides
from awen_ref.record.run import record

__all__ = ["Documents", "load", "read_object", "record", "with_document", "with_file", "with_overrides"]

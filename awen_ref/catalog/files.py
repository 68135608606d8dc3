"""What the catalogue keeps in the folder of a store, beside the records."""

__all__ = ["INDEX_FILE", "LOG_FILE"]

LOG_FILE = "audit.jsonl"
"""The hash-chained log of what was done (`awen_ref.audit`)."""

INDEX_FILE = "catalog.db"
"""The index, in SQLite; made from the bundles, never the only copy of anything."""

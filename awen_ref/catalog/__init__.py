"""Many bundles: put one into a store, find it by any of its names, read it back."""

from awen_ref.catalog.catalog import Catalog, Stored

__all__ = ["Catalog", "Stored"]

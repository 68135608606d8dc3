"""Many bundles: put one into a store, find it by any of its names, read it back, and see that it lasts."""

from awen_ref.catalog.catalog import Catalog, Stored
from awen_ref.catalog.check import Checked, StoreAudit, audit, check

__all__ = ["Catalog", "Checked", "StoreAudit", "Stored", "audit", "check"]

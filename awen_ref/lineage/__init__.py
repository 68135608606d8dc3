"""Where an artifact came from and what came from it; every link is held by a digest (AWB-R-330 to 332)."""

from awen_ref.lineage.formats import FORMATS
from awen_ref.lineage.kept import Kept
from awen_ref.lineage.walk import Artifact, Lineage, Link, Node, Reader, walk

__all__ = ["FORMATS", "Artifact", "Kept", "Lineage", "Link", "Node", "Reader", "walk"]

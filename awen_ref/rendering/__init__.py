"""Text from one metadata record, and nothing else: every citation file of a bundle, and its RO-Crate.

`render` is what sealing calls; `awen cite` takes the formats one by one through `awen_ref.citation`.
The same record gives the same bytes on every machine (AWB-R-280, AWB-R-284, AWB-R-285).
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from awen_ref.rendering.bundled import CITATION_FILES, render

__all__ = ["CITATION_FILES", "render"]


def __getattr__(name: str) -> object:
    """Load the renderers when one is asked for: whoever only reads text as they do has no need of them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from awen_ref.rendering import bundled

    return getattr(bundled, name)

"""An id that the caller holds, from a citation say, against the one that was computed (AWB-R-324)."""

from awen_ref.digest import MANIFEST, Ids, parse_id
from awen_ref.errors import Finding

__all__ = ["held_to"]

_NAMES = {"awen": "artifact_id", "inp": "inputs_id", "res": "results_id", "seal": "seal"}


def held_to(ids: Ids | None, expected: str) -> tuple[Finding, ...]:
    """What is wrong with a bundle for somebody who wants this one and no other.

    Args:
        ids: Its computed names; `None` where it has none.
        expected: Any of the four ids, whole or its beginning.

    Raises:
        UsageError: That is no id.
    """
    wanted = parse_id(expected)
    name = _NAMES[wanted.kind]
    computed = "" if ids is None else str(getattr(ids, name))
    if wanted.matches(computed):
        return ()
    message = f"{name} is {computed or 'not to be had'}, asked for was {expected}"
    return (Finding("AWB-IDN-020", message, MANIFEST),)

"""The citation record of an artifact whose author gave none, or gave only a part of one."""

from collections.abc import Mapping
from typing import Any

__all__ = ["described"]

_DEFAULT_CREATORS = [{"type": "organization", "name": "AWEN user"}]
_DEFAULT_LICENSE = {"name": "No licence stated"}


def described(
    given: Mapping[str, Any] | None, *, name: str, artifact_type: str, created: str
) -> dict[str, Any]:
    """Complete a metadata record.

    Nothing is taken from the host: without an author's word the creator is "AWEN user", without licence.

    Args:
        given: What the author wrote in `metadata.json`; may lack any member.
        name: What to call the experiment without a title of its own.
        artifact_type: Type of the artifact.
        created: Time of creation, RFC 3339; its whole second is used when the author gave none.

    Returns:
        The record with title, description, licence, creators and time of creation.
    """
    title = f"{artifact_type.capitalize()} of {name}"
    defaults = {
        "title": title,
        "description": f"{title}: a sealed AWEN artifact with its inputs, results and evidence.",
        "license": _DEFAULT_LICENSE,
        "creators": _DEFAULT_CREATORS,
        "created": f"{created[:19]}+00:00",
    }
    return {**defaults, **(given or {})}

"""Where the hand-written sources lie, and how they are read."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

SCHEMA = Path(__file__).resolve().parents[1]
REPOSITORY = SCHEMA.parent
GENERATED = REPOSITORY / "generated"
ENTRY_POINT = SCHEMA / "awen.yaml"
PACKAGE = "python/awen_schema"

Files = Mapping[str, str]
"""Path below `generated/` to the text of the file."""


class SourceError(Exception):
    """A hand-written source contradicts itself or another; the message lists every contradiction."""

    def __init__(self, problems: list[str]) -> None:
        """Keep the problems and join them into the message."""
        super().__init__("\n".join(problems))
        self.problems = problems


class _Loader(yaml.SafeLoader):
    """YAML that refuses a doubled key, which PyYAML takes silently, the last one winning."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    doubled = sorted({str(key) for key in keys if keys.count(key) > 1})
    if doubled:
        raise SourceError([f"{node.start_mark}: doubled key {', '.join(doubled)}"])
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(path: Path) -> Any:  # noqa: ANN401 - plain data of any shape
    """The one document of a YAML file, `None` where it holds only comments.

    Raises:
        SourceError: A mapping of the file has a doubled key.
    """
    # A subclass of SafeLoader constructs plain data only, as yaml.safe_load does.
    return yaml.load(path.read_text("utf-8"), Loader=_Loader)  # noqa: S506 - _Loader is a SafeLoader


def shipped(name: str) -> str:
    """The text of a hand-written module of the generated package."""
    return (SCHEMA / "package" / name).read_text("utf-8")

"""Which requirements the schema and its tables carry: their own `requirement` links to `traceability.json`.

A class, member, scalar type, closed list or rule of the LinkML schema names in the annotation `requirement`
the numbered sentences that it carries out; `layout.yaml` names them for each of its parts, `kinds.yaml` for
each kind. Nothing is guessed from names.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from linkml_runtime.utils.schemaview import SchemaView

from schemagen.documents import member_name, members_of
from schemagen.layout import Layout
from schemagen.requirements import Requirement
from schemagen.sources import Files

_NUMBER = re.compile("AWB-R-[0-9]{3}")
ANNOTATION = "requirement"


@dataclass(frozen=True, slots=True, order=True)
class Carrier:
    """One place of the schema that carries out a requirement.

    Attributes:
        requirement: Its number.
        table: `schema`, `layout` or `kinds`.
        name: Of the schema the class, type or closed list, or nothing for every class; a part of the layout;
            a kind.
        member: A member of the class, where it is one.
    """

    requirement: str
    table: str
    name: str
    member: str = ""


def load(view: SchemaView, layout: Layout, kinds: Iterable[dict[str, Any]]) -> tuple[Carrier, ...]:
    """Every link, ascending."""
    found = {*_of_schema(view)}
    found |= {Carrier(number, "schema", "") for number in _stated(view.schema.annotations)}
    found |= {
        Carrier(number, "layout", part) for part, numbers in layout.requirements.items() for number in numbers
    }
    found |= {Carrier(kind["requirement"], "kinds", kind["name"]) for kind in kinds}
    return tuple(sorted(found))


def _of_schema(view: SchemaView) -> Iterator[Carrier]:
    """The links of the LinkML schema; those of a rule are its class's."""
    for name, cls in view.all_classes().items():
        for element in (cls, *cls.rules):
            yield from (Carrier(number, "schema", str(name)) for number in _stated(element.annotations))
        for slot in members_of(view, name):
            if slot.name in cls.attributes:
                numbers = _stated(cls.attributes[slot.name].annotations)
                yield from (Carrier(number, "schema", str(name), member_name(slot)) for number in numbers)
    for name, element in {**view.all_types(), **view.all_enums()}.items():
        yield from (Carrier(number, "schema", str(name)) for number in _stated(element.annotations))


def _stated(annotations: Any) -> list[str]:  # noqa: ANN401 - LinkML's own mapping, without a type
    # the mapping has no get()
    return str(annotations[ANNOTATION].value).split() if ANNOTATION in annotations else []


def dangling(carriers: Sequence[Carrier], requirements: Sequence[Requirement]) -> list[str]:
    """One line for each link to a sentence that the specification does not have."""
    known = {requirement.id for requirement in requirements}
    return [
        f"schema: {one.name}{one.member and '.'}{one.member}: the specification has no {one.requirement}"
        for one in carriers
        if one.requirement not in known or not _NUMBER.fullmatch(one.requirement)
    ]


def emit(carriers: Sequence[Carrier]) -> Files:
    """The JSON file of the links."""
    rows = [{name: value for name, value in asdict(one).items() if value} for one in carriers]
    return {"traceability.json": json.dumps(rows, indent=2, ensure_ascii=False) + "\n"}

"""The LinkML modules keep to the idioms that survive into every generated form."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from linkml_runtime.linkml_model.meta import ClassDefinition, SlotDefinition
from linkml_runtime.utils.schemaview import SchemaView

from schemagen.documents import ANNOTATIONS, members_of, note
from schemagen.layout import load
from tests.unit.schema.corpus import SCHEMA, published

UNITS = {
    "bytes": "By",
    "hz": "Hz",
    "k": "K",
    "ns": "ns",
    "ps": "ps",
    "rad": "rad",
    "rad_k": "rad/K",
    "rad_s": "rad/s",
    "s": "s",
    "thz": "THz",
    "um": "um",
    "w": "W",
}
"""Endings of members and the units they stand for."""


@cache
def view() -> SchemaView:
    return SchemaView(str(SCHEMA / "awen.yaml"))


def own_classes() -> dict[str, ClassDefinition]:
    """Every class of the schema."""
    return {str(name): cls for name, cls in view().all_classes().items()}


def members() -> Iterator[tuple[str, SlotDefinition]]:
    """Every member of every class, named class.member."""
    for name in own_classes():
        for slot in members_of(view(), name):
            yield f"{name}.{slot.name}", slot


def patterns() -> Iterator[str]:
    """Every pattern of the published schemas."""

    def walk(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            if isinstance(value.get("pattern"), str):
                yield value["pattern"]
            for member in value.values():
                yield from walk(member)
        elif isinstance(value, list):
            for item in value:
                yield from walk(item)

    return walk(dict(published()))


def test_every_module_states_licence_and_version() -> None:
    names = [name for name in view().imports_closure() if not name.startswith("linkml:")]
    schemas = [view().schema_map[name] for name in names]
    assert len(schemas) > 20
    assert {str(schema.license) for schema in schemas} == {"Apache-2.0"}
    assert {str(schema.version) for schema in schemas} == {"1.0"}


def test_everything_is_described_in_full_sentences() -> None:
    elements = [*own_classes().items(), *members(), *view().all_enums().items()]
    elements += [(name, kind) for name, kind in view().all_types().items() if kind.typeof]
    bare = [name for name, element in elements if not str(element.description or "").endswith(".")]
    assert bare == []


def test_descriptions_hold_no_backslash() -> None:
    assert [name for name, slot in members() if "\\" in str(slot.description)] == []


def test_what_an_optional_member_means_by_its_absence_is_stated() -> None:
    optional = [(name, str(slot.description)) for name, slot in members() if not slot.required]
    assert [name for name, description in optional if "Absent:" not in description] == []


def test_a_required_member_does_not_speak_of_absence() -> None:
    assert [name for name, slot in members() if slot.required and "Absent:" in str(slot.description)] == []


def test_no_idiom_that_generators_drop_is_used() -> None:
    avoided = ("union_of", "designates_type", "ifabsent", "any_of", "all_of", "none_of", "exactly_one_of")
    found = [(name, idiom) for name, slot in members() for idiom in avoided if getattr(slot, idiom, None)]
    assert found == []


def test_no_range_is_a_type_that_generators_disagree_about() -> None:
    shunned = {"Any", "datetime", "date", "time", "decimal", "float", "uri", "uriorcurie", "curie"}
    assert [name for name, slot in members() if slot.range in shunned] == []


def test_only_our_own_annotations_are_used() -> None:
    used = {str(key) for _, cls in own_classes().items() for key in cls.annotations}
    used |= {key for _, slot in members() for key in ANNOTATIONS if note(slot, key)}
    assert used <= set(ANNOTATIONS)


def test_only_extensions_are_open() -> None:
    assert [name for name, cls in own_classes().items() if cls.extra_slots] == ["Extensions"]
    opened = {
        name
        for schema in published().values()
        for name, definition in schema["$defs"].items()
        if definition.get("additionalProperties") is True
    }
    assert opened == {"Extensions"}


def test_leaves_of_a_dispatch_differ_in_its_member_and_require_it() -> None:
    notes = {name: note(cls, "dispatch_on") for name, cls in own_classes().items()}
    tagged = {name: tag for name, tag in notes.items() if tag}
    assert set(tagged) == {"Body", "Creator", "Grid", "Task"}
    for name, tag in tagged.items():
        leaves = view().class_descendants(name, reflexive=False)
        slots = [view().induced_slot(tag, leaf) for leaf in leaves]
        assert all(slot.required and slot.equals_string for slot in slots)
        assert len({slot.equals_string for slot in slots}) == len(leaves) >= 2


def test_every_rule_says_what_it_is() -> None:
    rules = [rule for cls in own_classes().values() for rule in cls.rules]
    assert len(rules) >= 8
    assert all(rule.title and str(rule.description).endswith(".") for rule in rules)


@pytest.mark.parametrize("ending", UNITS)
def test_a_member_with_a_unit_in_its_name_has_that_unit(ending: str) -> None:
    wrong = [
        name
        for name, slot in members()
        if name.endswith(f"_{ending}")
        and _ending(str(slot.name)) == ending
        and (slot.unit is None or slot.unit.ucum_code != UNITS[ending])
    ]
    assert wrong == []


def _ending(name: str) -> str:
    """The longest ending of a name that is a unit."""
    return max((ending for ending in UNITS if name.endswith(f"_{ending}")), key=len, default="")


def test_times_on_the_experiment_clock_are_digit_strings() -> None:
    numbers = {"Edge.delay_ps"}  # a time that light takes is a quantity, not a reading of the clock
    found = {name for name, slot in members() if name.endswith("_ps") and slot.range != "Unsigned64"}
    assert found == numbers


def test_patterns_are_anchored_and_ascii() -> None:
    found = set(patterns())
    assert len(found) > 30
    assert [pattern for pattern in found if not (pattern.startswith("^") and pattern.endswith("$"))] == []
    assert [pattern for pattern in found if not pattern.isascii()] == []
    class_or_look_around = re.compile(r"\\[a-wyzA-Z]|\(\?[^:]")
    assert [pattern for pattern in found if class_or_look_around.search(pattern)] == []


def test_an_unsigned_64_bit_number_ends_where_it_should() -> None:
    pattern = str(view().get_type("Unsigned64").pattern)
    inside = [0, 1, 9, 10, 2**32, 10**19, 2**63, *(2**64 - step for step in range(1, 2000))]
    inside += [int("18446744073709551615"[:length]) for length in range(1, 21)]
    outside = [*(2**64 + step for step in range(2000)), 10**20, 2**65]
    assert all(re.fullmatch(pattern, str(number)) for number in inside)
    assert not any(re.fullmatch(pattern, str(number)) for number in outside)


def test_the_layout_names_classes_types_and_relations_of_the_schema() -> None:
    table = load()
    documents = {entry["schema"] for entry in table.files if entry["schema"]}
    assert documents <= set(own_classes())
    relations = view().get_enum("Relation").permissible_values
    assert {name: str(value.description) for name, value in relations.items()} == table.relations
    bodies = view().class_descendants("Body", reflexive=False)
    types = {str(view().induced_slot("artifact_type", body).equals_string) for body in bodies}
    assert types == set(table.artifact_types)

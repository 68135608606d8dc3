"""What no single member can say, from the published schemas to `awen_schema.rules`.

datamodel-code-generator drops `if`/`then`, `uniqueItems` and `minProperties`; the base of the models reads
this table instead, so that schema and models give the same verdict.
"""

from collections.abc import Iterator
from typing import Any

from schemagen.documents import Definitions, JsonObject
from schemagen.sources import PACKAGE, Files, SourceError, shipped

Row = dict[str, Any]


def rows(definitions: Definitions) -> dict[str, list[Row]]:
    """The rules of every class that has any.

    Raises:
        SourceError: A class has a rule of a form that the models cannot hold.
    """
    found = {}
    for name, schema in definitions.published.items():
        rules = list(_of_class(name, schema, definitions))
        if rules:
            found[name] = rules
    return found


def _of_class(name: str, schema: JsonObject, definitions: Definitions) -> Iterator[Row]:
    """The rules of one class."""
    if schema.get("maxProperties") == 1:
        yield {"kind": "one_member", "text": f"{name} has exactly one member."}
    for member, described in schema.get("properties", {}).items():
        if described.get("uniqueItems"):
            yield {"kind": "unique", "text": f"The items of {member} differ.", "member": member}
    yield from _conditions(name, schema, definitions)


def _conditions(name: str, schema: JsonObject, definitions: Definitions) -> Iterator[Row]:
    """The rules that apply under a condition, each with the sentence that LinkML has for it."""
    view = definitions.view
    if name not in view.all_classes() or view.get_class(name).abstract:
        return
    parents = [view.get_class(parent) for parent in view.class_ancestors(name)]
    stated = [str(rule.description) for parent in parents for rule in parent.rules]
    written = [rule for rule in [schema, *schema.get("allOf", [])] if "if" in rule]
    for text, condition in zip(stated, written, strict=True):
        yield from _condition(name, text, condition)


def _condition(name: str, text: str, condition: JsonObject) -> Iterator[Row]:
    """One conditional rule, one row for each demand."""
    ((when, test),) = condition["if"]["properties"].items()
    values = tuple(test.get("enum", [test.get("const")]))
    then = dict(condition["then"])
    common = {"text": text, "when": when, "values": values}
    stated = then.pop("properties", {})
    absent = [member for member, described in stated.items() if described is False]
    patterns = {member: described["pattern"] for member, described in stated.items() if described}
    present = [member for member in then.pop("required", []) if member not in patterns]
    if then or None in values:
        raise SourceError([f"{name}: the models cannot hold the rule {condition!r}"])
    yield from ({"kind": "absent", **common, "member": member} for member in absent)
    yield from ({"kind": "present", **common, "member": member} for member in present)
    for member, pattern in patterns.items():
        yield {"kind": "pattern", **common, "member": member, "pattern": pattern}


def emit(definitions: Definitions) -> Files:
    """The Python module."""
    lines = [
        f"        {name!r}: ({' '.join(_literal(rule) for rule in rules)}),\n"
        for name, rules in rows(definitions).items()
    ]
    return {f"{PACKAGE}/rules.py": shipped("rules.py").replace("        # rows\n", "".join(lines))}


def _literal(rule: Row) -> str:
    """A rule as an item of a Python tuple."""
    return "Rule(" + ", ".join(f"{field}={value!r}" for field, value in rule.items()) + "),"

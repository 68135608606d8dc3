"""The base of every generated model: closed, immutable, strict, finite, and held to its class's rules."""

import re
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from awen_schema.rules import RULES, Rule

__all__ = ["AwenModel"]


class AwenModel(BaseModel):
    """A document, or a part of one, that satisfies its JSON Schema."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        allow_inf_nan=False,
        use_attribute_docstrings=True,
        defer_build=True,  # a caller needs a few of the classes
    )

    def document(self) -> dict[str, Any]:
        """The plain JSON value, without the members that are absent."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)

    @model_validator(mode="after")
    def _has_no_nulls(self) -> Self:
        """Refuse null: what is absent is left out, and `None` only says so in Python.

        A validator before the fields would turn JSON into Python first, where a strict tuple takes no list.
        """
        nulls = sorted(name for name in self.model_fields_set if getattr(self, name) is None)
        if nulls:
            raise PydanticCustomError("null", "{names} must not be null", {"names": ", ".join(nulls)})
        return self

    @model_validator(mode="after")
    def _obeys_rules(self) -> Self:
        """Hold the instance to what its class demands beyond each single member."""
        for rule in RULES.get(type(self).__name__, ()):
            if _broken(rule, self):
                raise PydanticCustomError("rule", "{rule}", {"rule": rule.text})
        return self


def _broken(rule: Rule, instance: AwenModel) -> bool:
    """Whether an instance breaks a rule of its class."""
    present = {name for name in instance.model_fields_set if getattr(instance, name) is not None}
    if rule.kind == "one_member":
        return len(present) != 1
    if rule.when and getattr(instance, rule.when) not in rule.values:
        return False
    value = getattr(instance, rule.member) if rule.member in present else None
    match rule.kind:
        case "present":
            return value is None
        case "absent":
            return value is not None
        case "unique":
            return value is not None and len(set(value)) != len(value)
        case _:  # "pattern", the only other kind
            return value is not None and re.fullmatch(rule.pattern, value) is None

"""Reading cost expressions: a small language over named outputs (AWB-R-490).

By recursive descent over a closed set of tokens; nothing is handed to Python.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from awen_ref.errors import Finding, InvalidInputError

__all__ = ["CostError", "Expression", "parse_cost"]

TASK = "data/inputs/task.json"

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*)"
    r"|(?P<sign>\*\*|[-+*/()\[\]:,]))"
)
_FUNCTIONS = {"sum": 1, "mean": 1, "re": 1, "im": 1, "abs2": 1, "square_error": 2}
_LARGEST_EXPONENT = 16
_DEEPEST = 64


class CostError(InvalidInputError):
    """A cost expression that is none."""

    def __init__(self, code: str, message: str) -> None:
        """Keep the one finding."""
        super().__init__(message, findings=[Finding(code, message, TASK, "/cost")])


@dataclass(frozen=True, slots=True)
class Expression:
    """A node of the expression.

    Attributes:
        op: What it does: a function, an operator, `number`, `list`, `output` or `slice`.
        args: What it does it to.
        name: Of an output.
        number: Of a number; the exponent of a power.
        bounds: First and last but one element of a slice.
    """

    op: str
    args: tuple["Expression", ...] = ()
    name: str = ""
    number: float = 0.0
    bounds: tuple[int, int | None] = (0, None)

    def outputs(self) -> Iterator[str]:
        """Names of the outputs in it."""
        if self.op == "output":
            yield self.name
        for arg in self.args:
            yield from arg.outputs()


@dataclass(slots=True)
class _Reader:
    """Recursive descent over the tokens of one expression."""

    tokens: list[tuple[str, str]]
    position: int = 0
    depth: int = 0

    def peek(self) -> str:
        """The next token, empty at the end."""
        return self.tokens[self.position][1] if self.position < len(self.tokens) else ""

    def take(self, wanted: str = "") -> tuple[str, str]:
        """The next token, which must be `wanted` where that is given.

        Raises:
            CostError: It is another one, or there is none.
        """
        found = self.peek()
        if not found or (wanted and found != wanted):
            expected = repr(wanted) if wanted else "a value"
            raise CostError("AWB-SEM-130", f"the cost has {found or 'its end'!r} where {expected} should be")
        self.position += 1
        return self.tokens[self.position - 1]

    def sum(self) -> Expression:
        """`product *( ("+" / "-") product )`."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise CostError("AWB-SEM-130", f"the cost is nested deeper than {_DEEPEST}")
        left = self.product()
        while self.peek() in {"+", "-"}:
            left = Expression(self.take()[1], (left, self.product()))
        self.depth -= 1
        return left

    def product(self) -> Expression:
        """`signed *( ("*" / "/") signed )`."""
        left = self.signed()
        while self.peek() in {"*", "/"}:
            left = Expression(self.take()[1], (left, self.signed()))
        return left

    def signed(self) -> Expression:
        """`[ "-" ] power`."""
        if self.peek() == "-":
            self.take()
            return Expression("negative", (self.power(),))
        return self.power()

    def power(self) -> Expression:
        """`operand [ "**" digits ]`."""
        base = self.operand()
        if self.peek() != "**":
            return base
        self.take()
        kind, digits = self.take()
        if kind != "number" or not digits.isdigit() or int(digits) > _LARGEST_EXPONENT:
            raise CostError(
                "AWB-SEM-130", f"an exponent is a whole number up to {_LARGEST_EXPONENT}, not {digits!r}"
            )
        return Expression("**", (base,), number=float(digits))

    def operand(self) -> Expression:
        """A number, a list, a call, an output, or a sum in parentheses."""
        kind, text = self.take()
        if kind == "number":
            return Expression("number", number=float(text))
        if text == "(":
            inner = self.sum()
            self.take(")")
            return inner
        if text == "[":
            return Expression("list", self.several("]"))
        if kind != "name":
            raise CostError("AWB-SEM-130", f"the cost has {text!r} where a value should be")
        return self.call(text) if self.peek() == "(" else self.output(text)

    def several(self, end: str) -> tuple[Expression, ...]:
        """Sums between commas, up to the closing sign."""
        found = [self.sum()]
        while self.peek() == ",":
            self.take()
            found.append(self.sum())
        self.take(end)
        return tuple(found)

    def call(self, name: str) -> Expression:
        """A function and its arguments."""
        if name not in _FUNCTIONS:
            known = ", ".join(_FUNCTIONS)
            raise CostError("AWB-SEM-130", f"the cost calls {name!r}; there are {known}")
        self.take("(")
        args = self.several(")")
        if len(args) != _FUNCTIONS[name]:
            raise CostError("AWB-SEM-130", f"{name} takes {_FUNCTIONS[name]} arguments, not {len(args)}")
        if name == "square_error":
            difference = Expression("-", args)
            return Expression("sum", (Expression("**", (difference,), number=2.0),))
        return Expression(name, args)

    def output(self, name: str) -> Expression:
        """An output, perhaps some elements of it only."""
        found = Expression("output", name=name)
        if self.peek() != "[":
            return found
        self.take()
        first = self.integer()
        last: int | None = None if first == -1 else first + 1
        if self.peek() == ":":
            self.take()
            last = self.integer()
        self.take("]")
        return Expression("slice", (found,), bounds=(first, last))

    def integer(self) -> int:
        """A whole number, perhaps negative."""
        sign = -1 if self.peek() == "-" else 1
        if sign < 0:
            self.take()
        kind, digits = self.take()
        if kind != "number" or not digits.isdigit() or len(digits) > 9:
            raise CostError("AWB-SEM-130", f"an index is a whole number, not {digits!r}")
        return sign * int(digits)


def parse_cost(text: str) -> Expression:
    """Read a cost expression.

    Args:
        text: By the grammar of the specification.

    Raises:
        CostError: It does not follow the grammar (AWB-SEM-130).
    """
    tokens: list[tuple[str, str]] = []
    position = 0
    while text[position:].strip():
        found = _TOKEN.match(text, position)
        if found is None:
            raise CostError(
                "AWB-SEM-130", f"the cost has {text[position:].strip()[0]!r} at character {position}"
            )
        tokens.append((found.lastgroup or "", found[found.lastgroup or 0]))
        position = found.end()
    reader = _Reader(tokens)
    expression = reader.sum()
    if reader.peek():
        raise CostError("AWB-SEM-130", f"the cost goes on with {reader.peek()!r} after its end")
    return expression

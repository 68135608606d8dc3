"""The value of a cost expression and its derivatives with respect to outputs (AWB-R-491).

Values are arrays of shape (shots, points), or (shots, points, 2) for a field; an axis of length 1 stands for
every shot, or for every point.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from awen_ref.engine.expression import CostError, Expression
from awen_ref.engine.numerics.double_double import Array
from awen_ref.engine.numerics.pairwise import pairwise_sum

__all__ = ["Cost", "evaluate"]


@dataclass(frozen=True, slots=True, eq=False)
class Cost:
    """The value of a cost.

    Attributes:
        values: One for each shot, or one.
        gradient: Output name to the derivative of each shot's value, in the shape of the output's value.
    """

    values: Array
    gradient: Mapping[str, Array]


def evaluate(expression: Expression, outputs: Mapping[str, Array]) -> Cost:
    """Value and derivatives of a cost.

    Args:
        expression: The cost.
        outputs: Name to values, shape (shots, points) or (shots, points, 2).

    Raises:
        CostError: The cost does not reduce to one real number (AWB-SEM-132), or combines arrays of different
            lengths (AWB-SEM-130).
    """
    value, backward = _forward(expression, outputs)
    if value.ndim != 2 or value.shape[1] != 1:
        what = "a field" if value.ndim == 3 else f"{value.shape[1]} numbers"
        raise CostError("AWB-SEM-132", f"the cost is {what}, not one real number")
    gradient: dict[str, Array] = {}
    backward(np.ones_like(value), gradient)
    return Cost(value[:, 0], gradient)


Backward = Callable[[Array, dict[str, Array]], None]


def _forward(expression: Expression, outputs: Mapping[str, Array]) -> tuple[Array, Backward]:
    """The value of an expression, and how a derivative with respect to it reaches the outputs."""
    if expression.op == "output":
        return _output(expression.name, outputs)
    found = [_forward(arg, outputs) for arg in expression.args]
    values = [value for value, _ in found]
    value, partials = _OPERATIONS[expression.op](expression, values)

    def backward(gradient: Array, into: dict[str, Array]) -> None:
        for (argument, descend), partial in zip(found, partials, strict=True):
            descend(_fit(partial(gradient), argument), into)

    return value, backward


def _output(name: str, outputs: Mapping[str, Array]) -> tuple[Array, Backward]:
    def backward(gradient: Array, into: dict[str, Array]) -> None:
        into[name] = into[name] + gradient if name in into else gradient

    return outputs[name], backward


def _fit(gradient: Array, like: Array) -> Array:
    """Sum over points that one value stood for; shots stay apart."""
    if gradient.ndim == like.ndim == 2 and like.shape[1] == 1 < gradient.shape[1]:
        return pairwise_sum(gradient, axis=1).reshape(-1, 1)
    return gradient


Partials = Sequence[Callable[[Array], Array]]


def _pair(expression: Expression, values: Sequence[Array]) -> tuple[Array, Array]:
    """Two real arguments of fitting lengths."""
    for value in values:
        _real(expression, value)
    a, b = values
    if a.shape[1] != b.shape[1] and 1 not in {a.shape[1], b.shape[1]}:
        raise CostError(
            "AWB-SEM-130", f"the cost combines {a.shape[1]} with {b.shape[1]} values by {expression.op!r}"
        )
    return a, b


def _real(expression: Expression, value: Array) -> Array:
    if value.ndim != 2:
        text = f"the cost applies {expression.op!r} to a field; take its re, im or abs2 first"
        raise CostError("AWB-SEM-132", text)
    return value


def _field(expression: Expression, value: Array) -> Array:
    if value.ndim != 3:
        raise CostError("AWB-SEM-132", f"the cost takes {expression.op} of something that is no field")
    return value


def _plus(expression: Expression, values: Sequence[Array]) -> tuple[Array, Partials]:
    a, b = _pair(expression, values)
    return a + b, (lambda g: g, lambda g: g)


def _minus(expression: Expression, values: Sequence[Array]) -> tuple[Array, Partials]:
    a, b = _pair(expression, values)
    return a - b, (lambda g: g, lambda g: -g)


def _times(expression: Expression, values: Sequence[Array]) -> tuple[Array, Partials]:
    a, b = _pair(expression, values)
    return a * b, (lambda g: g * b, lambda g: g * a)


def _over(expression: Expression, values: Sequence[Array]) -> tuple[Array, Partials]:
    a, b = _pair(expression, values)
    if not (b != 0.0).all():
        raise CostError("AWB-SEM-132", "the cost divides by zero")
    return a / b, (lambda g: g / b, lambda g: -(g * (a / b) / b))


def _negative(expression: Expression, values: Sequence[Array]) -> tuple[Array, Partials]:
    return -_real(expression, values[0]), (lambda g: -g,)


def _repeated(base: Array, times: int) -> Array:
    product = np.ones_like(base)
    for _ in range(times):
        product = product * base
    return product


def _raised(expression: Expression, values: Sequence[Array]) -> tuple[Array, Partials]:
    base, exponent = _real(expression, values[0]), int(expression.number)
    slope = exponent * _repeated(base, exponent - 1) if exponent else np.zeros_like(base)
    return _repeated(base, exponent), (lambda g: g * slope,)


def _total(expression: Expression, values: Sequence[Array]) -> tuple[Array, Partials]:
    value = _real(expression, values[0])
    share = 1.0 if expression.op == "sum" else 1.0 / value.shape[1]
    total = pairwise_sum(value, axis=1).reshape(-1, 1)
    result = total if expression.op == "sum" else total / value.shape[1]
    return result, (lambda g: (g * share) * np.ones_like(value),)


def _part(expression: Expression, values: Sequence[Array]) -> tuple[Array, Partials]:
    value = _field(expression, values[0])
    index = 0 if expression.op == "re" else 1

    def partial(gradient: Array) -> Array:
        back = np.zeros((max(len(gradient), len(value)), *value.shape[1:]))
        back[..., index] = gradient
        return back

    return value[..., index], (partial,)


def _modulus(expression: Expression, values: Sequence[Array]) -> tuple[Array, Partials]:
    value = _field(expression, values[0])
    re_part, im_part = value[..., 0], value[..., 1]
    return re_part * re_part + im_part * im_part, (lambda g: (2.0 * g)[..., np.newaxis] * value,)


def _number(expression: Expression, _values: Sequence[Array]) -> tuple[Array, Partials]:
    return np.full((1, 1), expression.number), ()


def _list(expression: Expression, values: Sequence[Array]) -> tuple[Array, Partials]:
    if any(_real(expression, value).shape[1] != 1 for value in values):
        raise CostError("AWB-SEM-130", "a list in the cost holds something that is no number")
    row = np.concatenate(np.broadcast_arrays(*values), axis=1)

    def element(index: int) -> Callable[[Array], Array]:
        return lambda g: g[:, index : index + 1]

    return row, tuple(element(index) for index in range(len(values)))


def _slice(expression: Expression, values: Sequence[Array]) -> tuple[Array, Partials]:
    value, (first, last) = values[0], expression.bounds
    chosen = value[:, slice(first, last)]
    if chosen.shape[1] == 0 or not -value.shape[1] <= first < value.shape[1]:
        raise CostError("AWB-SEM-130", f"the cost takes elements {first}:{last} of {value.shape[1]}")

    def partial(gradient: Array) -> Array:
        back = np.zeros((max(len(gradient), len(value)), *value.shape[1:]))
        back[:, slice(first, last)] = gradient
        return back

    return chosen, (partial,)


_OPERATIONS: Mapping[str, Callable[[Expression, Sequence[Array]], tuple[Array, Partials]]] = {
    "+": _plus,
    "-": _minus,
    "*": _times,
    "/": _over,
    "**": _raised,
    "negative": _negative,
    "sum": _total,
    "mean": _total,
    "re": _part,
    "im": _part,
    "abs2": _modulus,
    "number": _number,
    "list": _list,
    "slice": _slice,
}

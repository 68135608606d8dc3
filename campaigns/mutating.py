"""Small changes of a module's source, one at a time: what whole-code mutation plants.

The operators are those of cosmic-ray (comparisons, arithmetic, Boolean operators, negation, numbers, truth
values, loops that do not run, `break` and `continue`, exceptions that are not caught), and two stronger ones:
a statement that is taken out, and a result that is `None`. Texts, types and decorators are left alone.
"""

import ast
import copy
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

from campaigns import planting

__all__ = ["Mutant", "mutants", "plant"]

ROOT = Path(__file__).resolve().parents[1]

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitOr,
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change.

    Attributes:
        path: The module's file below the repository.
        line: Where.
        scope: The function or class around it; empty at the top of the module.
        before: What stands there; for a constant, with what is around it.
        after: What stands there instead.
        ordinal: Which of the changes of the scope that read the same, from 1, down the file.
        place: Number of the node in the order of `ast.walk`, and of the change at it.
    """

    path: str
    line: int
    scope: str
    before: str
    after: str
    ordinal: int
    place: tuple[int, int]

    @property
    def module(self) -> str:
        """The dotted name of the module."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def name(self) -> str:
        """What it is called where it is explained: without the line, which moves; no two have one name."""
        scope = f"{self.module}.{self.scope}" if self.scope else self.module
        which = f" [{self.ordinal}]" if self.ordinal > 1 else ""
        return f"{scope}: {self.before} -> {self.after}{which}"

    def code(self) -> CodeType:
        """The module with the change in it."""
        tree = ast.parse((ROOT / self.path).read_text(encoding="utf-8"))
        node = next(node for number, node in enumerate(_nodes(tree)) if number == self.place[0])
        changed = list(_changes(node))[self.place[1]]
        _Replace(node, changed).visit(tree)
        whole = ast.fix_missing_locations(tree)
        code: CodeType = compile(whole, str(ROOT / self.path), "exec")
        return code


def mutants(path: Path) -> Iterator[Mutant]:
    """Every change of a module, down the file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    around = dict(_around(tree))
    seen: Counter[tuple[str, str, str]] = Counter()
    found = [
        (getattr(node, "lineno", 0), getattr(node, "col_offset", 0), (number, which), node, changed)
        for number, node in enumerate(_nodes(tree))
        for which, changed in enumerate(_changes(node))
    ]
    for line, _, place, node, changed in sorted(found, key=lambda one: one[:3]):
        scope, parent = around[node]
        shown = parent if isinstance(node, ast.Constant) else node
        after = copy.deepcopy(parent, {id(node): changed}) if shown is parent else changed
        said = scope, _said(shown), _said(after)
        seen[said] += 1
        yield Mutant(path.relative_to(ROOT).as_posix(), line, *said, seen[said], place)


def _around(node: ast.AST, scope: str = "") -> Iterator[tuple[ast.AST, tuple[str, ast.AST]]]:
    """For each node below one: the function or class that it stands in, and its parent."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        scope = f"{scope}.{node.name}".removeprefix(".")
    for child in ast.iter_child_nodes(node):
        yield child, (scope, node)
        yield from _around(child, scope)


def plant(mutant: Mutant) -> None:
    """Let the module be imported with the change in it.

    Raises:
        RuntimeError: It has been imported already.
    """
    planting.plant(mutant.module, lambda _: mutant.code())


def _said(node: ast.AST) -> str:
    return ast.unparse(node).partition("\n")[0]


def _nodes(tree: ast.Module) -> Iterator[ast.AST]:
    """What may be changed, in a fixed order: no types, no decorators."""
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.expr | ast.stmt | ast.ExceptHandler):
            yield node
        for name, value in ast.iter_fields(node):
            if name not in ("decorator_list", "annotation", "returns"):
                pending += [one for one in (value if isinstance(value, list) else [value]) if _counts(one)]


def _counts(node: object) -> bool:
    return isinstance(node, ast.AST) and not isinstance(node, ast.JoinedStr | ast.expr_context)


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """The changes of one node, the children being left as they are."""
    for kind, change in _OPERATORS:
        if isinstance(node, kind):
            yield from change(node)


def _compare(node: ast.Compare) -> Iterator[ast.AST]:
    for index, operator in enumerate(node.ops):
        yield _with(node, ops=[*node.ops[:index], _COMPARISONS[type(operator)](), *node.ops[index + 1 :]])


def _binary(node: ast.BinOp) -> Iterator[ast.AST]:
    if type(node.op) in _ARITHMETIC and not isinstance(node.left, ast.Constant | ast.JoinedStr):
        yield _with(node, op=_ARITHMETIC[type(node.op)]())


def _boolean(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())


def _unary(node: ast.UnaryOp) -> Iterator[ast.AST]:
    if isinstance(node.op, ast.Not | ast.USub):
        yield node.operand


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int | float):
        yield ast.Constant(node.value + 1)
        yield ast.Constant(node.value - 1)


def _condition(node: ast.If | ast.IfExp | ast.While) -> Iterator[ast.AST]:
    if not (isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"):
        yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))


def _loop(node: ast.For) -> Iterator[ast.AST]:
    yield _with(node, iter=ast.Tuple([], ast.Load()))


def _jump(node: ast.Break | ast.Continue) -> Iterator[ast.AST]:
    yield ast.Continue() if isinstance(node, ast.Break) else ast.Break()


def _caught(node: ast.ExceptHandler) -> Iterator[ast.AST]:
    yield _with(node, type=ast.Name("GeneratorExit", ast.Load()))


def _statement(node: ast.Expr | ast.Raise | ast.AugAssign | ast.Assert) -> Iterator[ast.AST]:
    """A statement that is called for what it does; a docstring does nothing."""
    if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
        yield ast.Pass()


def _result(node: ast.Return) -> Iterator[ast.AST]:
    if node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value is None):
        yield ast.Return(ast.Constant(None))


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


_OPERATORS: Sequence[tuple[type[ast.AST] | tuple[type[ast.AST], ...], Callable[..., Iterator[ast.AST]]]] = (
    (ast.Compare, _compare),
    (ast.BinOp, _binary),
    (ast.BoolOp, _boolean),
    (ast.UnaryOp, _unary),
    (ast.Constant, _constant),
    ((ast.If, ast.IfExp, ast.While), _condition),
    (ast.For, _loop),
    ((ast.Break, ast.Continue), _jump),
    (ast.ExceptHandler, _caught),
    ((ast.Expr, ast.Raise, ast.AugAssign, ast.Assert), _statement),
    (ast.Return, _result),
)


class _Replace(ast.NodeTransformer):
    """Puts one node in another's place."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        """The new node for the old one, everything else as it is."""
        if node is self._old:
            return ast.copy_location(self._new, self._old)
        return self.generic_visit(node)

"""What somebody looks for in a store, and the SQL that finds it in the index (AWB-R-356)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from awen_ref.errors import UsageError

__all__ = ["Condition", "Query", "condition", "sql_of"]

_CONDITION = re.compile(r"\s*([A-Za-z][A-Za-z0-9_.]*)\s*(?:(<=|>=|!=|=|<|>)\s*(\S+)\s*)?")
_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9:]{2,8}(\+00:00)?)?)?)?")
_AFTER_ALL = "~"
"""Greater than every character of an id or a time: closes the range of all that begin alike."""
_ENTRY = "seal, artifact_id, inputs_id, results_id, artifact_type, created, title, size_bytes"
_CHILDREN = "SELECT child FROM edge WHERE parent = (SELECT node FROM artifact WHERE artifact_id = ?)"

Value = str | float | int
Term = tuple[str, list[Value]]
"""A condition in SQL, and the values of its places."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A parameter that the inputs must have.

    Attributes:
        name: Of the parameter.
        operator: How its value must compare; empty where any value will do.
        value: With what, in the unit that the inputs state.
    """

    name: str
    operator: str = ""
    value: float = 0.0


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; every member that is given must hold.

    Attributes:
        artifact_type: Type of the artifact.
        keywords: Keywords (tags) of its description.
        parameters: Conditions on the parameters of its inputs.
        inputs_id: Its `inputs_id`, or the beginning of it.
        results_id: Its `results_id`, or the beginning of it.
        parent: The whole `artifact_id` of a parent of its claim.
        relation: What that parent is to it.
        creator: A creator's name, in either order or the family name alone; ORCID or ROR.
        since: Created then or later: a year, month, day or time, as RFC 3339 writes them, in UTC.
        until: Created then or earlier; the whole of a year, month or day counts.
        limit: Most records to give, the newest first; 0 for all.
    """

    artifact_type: str = ""
    keywords: tuple[str, ...] = ()
    parameters: tuple[Condition, ...] = ()
    inputs_id: str = ""
    results_id: str = ""
    parent: str = ""
    relation: str = ""
    creator: str = ""
    since: str = ""
    until: str = ""
    limit: int = 0

    def __post_init__(self) -> None:
        """Refuse times that would silently compare to nothing.

        Raises:
            UsageError: A time is none, or a relation is asked for without a parent.
        """
        for time in (self.since, self.until):
            if time and not _DAY.fullmatch(time):
                raise UsageError(f"{time!r} is no time", advice="Write 2026, 2026-01, 2026-01-31 or a time.")
        if self.relation and not self.parent:
            raise UsageError("a relation is one to a parent: which parent?")


def condition(text: str) -> Condition:
    """A condition as it is typed: `theta`, or `theta >= 0.5`.

    Raises:
        UsageError: It is neither.
    """
    found = _CONDITION.fullmatch(text)
    try:
        if found:
            return Condition(found[1], found[2] or "", float(found[3] or 0.0))
    except ValueError:
        pass  # the value is no number: told below
    raise UsageError(
        f"{text!r} is no condition on a parameter",
        advice="Write NAME, or NAME OP VALUE with one of = != < <= > >= and a number: 'theta >= 0.5'.",
    )


def sql_of(query: Query) -> tuple[str, list[Value]]:
    """One SELECT over the tables of the index, newest first, and its values."""
    picked = [*_picking(query)]
    # Where something picks few records, a plus keeps SQLite from walking all of a type or a time instead.
    plus = "+" if picked else ""
    terms = [*picked, *_ranging(query, plus)]
    where = f"WHERE {' AND '.join(term for term, _ in terms)}" if terms else ""
    order = f"ORDER BY {plus}created DESC, {plus}seal"
    limit: list[Value] = [query.limit] if query.limit else []
    statement = f"SELECT {_ENTRY} FROM record JOIN artifact USING (node) {where} {order}"  # noqa: S608 (values are bound)
    return statement + (" LIMIT ?" if limit else ""), [value for _, given in terms for value in given] + limit


def _ranging(query: Query, plus: str) -> Iterator[Term]:
    """What many records may have."""
    if query.artifact_type:
        yield f"{plus}record.artifact_type = ?", [query.artifact_type]
    if query.since:
        yield f"{plus}record.created >= ?", [query.since]
    if query.until:
        yield f"{plus}record.created < ?", [query.until + _AFTER_ALL]


def _picking(query: Query) -> Iterator[Term]:
    """What few records have, as a rule."""
    for column, start in (("inputs_id", query.inputs_id), ("results_id", query.results_id)):
        if start:
            yield f"record.{column} >= ? AND record.{column} < ?", [start, start + _AFTER_ALL]
    for keyword in query.keywords:
        yield "record.id IN (SELECT record FROM keyword WHERE keyword = ?)", [keyword]
    if query.creator:
        yield "record.id IN (SELECT record FROM creator WHERE name = ?)", [query.creator.casefold()]
    for parameter in sorted({one.name for one in query.parameters}):
        bounds = [one for one in query.parameters if one.name == parameter and one.operator]
        compared = "".join(f" AND value {one.operator} ?" for one in bounds)  # one of six, by the pattern
        given: list[Value] = [parameter, *(one.value for one in bounds)]
        yield f"record.node IN (SELECT node FROM parameter WHERE name = ?{compared})", given  # noqa: S608 (see above)
    if query.parent:
        related = " AND relation = ?" if query.relation else ""
        named: list[Value] = [query.parent, query.relation] if query.relation else [query.parent]
        yield f"record.node IN ({_CHILDREN}{related})", named

"""What is interrupted above the bytes: importing, signing, deleting and indexing whole bundles."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from awen_ref import signing
from awen_ref.audit import AuditLog
from awen_ref.bundle import BytesMember
from awen_ref.catalog import Catalog
from awen_ref.catalog.contents import bundle_in
from awen_ref.catalog.files import LOG_FILE
from awen_ref.catalog.query import Query
from awen_ref.catalog.upkeep import reindex, searching
from awen_ref.errors import AwenError
from awen_ref.storage import FilesystemBackend
from awen_ref.verify import VerifiedBundle, verify
from tests import bundles
from tests.crash.scenarios import Scenario

__all__ = ["CATALOGUE"]

KEY = signing.generate()
PUT = frozenset(["put", "describe"])
SIGNED_AT = "2026-01-02T03:04:05+00:00"

Act = Callable[[FilesystemBackend], object]


@cache
def sealed(kind: str) -> VerifiedBundle:
    """A small valid bundle, verified once for all interruptions."""
    return verify(bundles.sealed(kind))


def signed(kind: str) -> VerifiedBundle:
    return verify(signing.sign(sealed(kind).bundle, kind, KEY, signed_at=SIGNED_AT))


@cache
def signature(kind: str) -> tuple[str, bytes]:
    """Path and content of a signature over the record."""
    return signing.envelope_for(sealed(kind).ids, kind, KEY, signed_at=SIGNED_AT)


def seal_of(kind: str) -> str:
    return sealed(kind).ids.seal


def put(*kinds: str) -> Act:
    return lambda store: [Catalog(store).put(sealed(kind)) for kind in kinds]


def put_and_index(*kinds: str) -> Act:
    def act(store: FilesystemBackend) -> None:
        put(*kinds)(store)
        list(reindex(store))

    return act


def sign(kind: str) -> Act:
    def act(store: FilesystemBackend) -> None:
        path, envelope = signature(kind)
        Catalog(store).sign(seal_of(kind), path, BytesMember(envelope))

    return act


def delete(kind: str) -> Act:
    return lambda store: Catalog(store).delete(seal_of(kind), reason="a test of crashes")


def find(store: FilesystemBackend) -> object:
    return Catalog(store).find(Query())


def holding(kind: str, before: tuple[str, ...], event: str) -> "Judge":
    """What must hold of a store that had the bundles `before`, after something was done with one more."""

    def judge(root: Path, _: Scenario, *, acknowledged: bool) -> Iterator[str]:
        store = FilesystemBackend(root)
        try:
            yield from _first_look(store, kind, before, event if acknowledged else "")
            Catalog(store).put(sealed(kind))
            if AuditLog(store.root / LOG_FILE).last(seal_of(kind), PUT | {"delete"}) not in PUT:
                yield "a put that was acknowledged at the second try is not in the log"
            store.gc()
            expected = {seal_of(name) for name in (*before, kind)}
            with searching(store) as index:
                indexed = {entry.seal for entry in index.find(Query())}
            if indexed != expected:
                yield f"the index knows {len(indexed)} of {len(expected)} records"
            yield from _torn(store, expected)
        except AwenError as error:
            yield f"the store is not usable afterwards: {error.message}"

    return judge


Judge = Callable[..., Iterator[str]]


def _first_look(store: FilesystemBackend, kind: str, before: tuple[str, ...], event: str) -> Iterator[str]:
    """Whether what was acknowledged is there, in records and log, and nothing torn can be seen."""
    if not (store.root / "store.json").exists():
        if before or event:
            yield "the store is no store any more"
        return
    there = set(store.keys())
    expected = {seal_of(name) for name in before}
    if there - {seal_of(kind)} != expected:
        yield f"the records that were there are now {sorted(there)}"
    if event in {"put", "sign"} and seal_of(kind) not in there:
        yield "what was acknowledged is lost"
    if event == "sign" and signature(kind)[0] not in store.members(seal_of(kind)):
        yield "the signature that was acknowledged is lost"
    if event == "delete" and seal_of(kind) in there:
        yield "a record whose deletion was acknowledged is there"
    yield from _torn(store, there)
    report = AuditLog(store.root / LOG_FILE).verify()
    yield from report.problems
    if event and event not in {entry.event for entry in report.events if entry.seal == seal_of(kind)}:
        yield f"the log has no line of the {event} that was acknowledged"


def _torn(store: FilesystemBackend, seals: set[str]) -> Iterator[str]:
    """Records whose files are not those of their bundle; a signature may have come."""
    by_seal = {seal_of(kind): kind for kind in bundles.KINDS}
    for seal in seals:
        files = bundles.files_of(bundle_in(store, seal))
        path, envelope = signature(by_seal[seal])
        if files.pop(path, envelope) != envelope:
            yield f"the signature of {seal} is torn"
        if files != bundles.files_of(sealed(by_seal[seal]).bundle):
            yield f"record {seal} is torn"


CATALOGUE = (
    *(
        Scenario(
            f"import {kind}", put_and_index("gradient"), put(kind), (), holding(kind, ("gradient",), "put")
        )
        for kind in ("run", "calibration", "replay", "validation")
    ),
    Scenario("import gradient", put("run"), put("gradient"), (), holding("gradient", ("run",), "put")),
    Scenario("first import", lambda _: None, put("validation"), (), holding("validation", (), "put")),
    Scenario(
        "import a signature",
        put("validation"),
        lambda store: Catalog(store).put(signed("validation")),
        (),
        holding("validation", (), "sign"),
    ),
    Scenario(
        "sign", put("run", "validation"), sign("validation"), (), holding("validation", ("run",), "sign")
    ),
    Scenario(
        "delete from the catalogue",
        put_and_index("run", "validation"),
        delete("validation"),
        (),
        holding("validation", ("run",), "delete"),
    ),
    Scenario("first search", put("run", "validation"), find, (), holding("validation", ("run",), "put")),
    Scenario(
        "index anew",
        put_and_index("run", "validation"),
        lambda store: list(reindex(store)),
        (),
        holding("validation", ("run",), "put"),
    ),
)

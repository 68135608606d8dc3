"""What is interrupted, and what must hold afterwards: a store's promises, judged from its folder alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from awen_ref.audit import AuditLog
from awen_ref.errors import AwenError
from awen_ref.storage import FilesystemBackend, durable, filesystem
from awen_ref.testing.records import blob, entry

__all__ = ["SCENARIOS", "Scenario", "promises_broken"]

Content = dict[str, bytes]

SHARED = {"bagit.txt": b"BagIt-Version: 1.0\n" * 40, "data/empty": b""}
BEFORE: Content = SHARED | {"data/inputs/experiment.json": b"before" * 500}
SUBJECT: Content = SHARED | {
    "data/inputs/experiment.json": b"subject" * 500,
    "data/results/arrays/a.npy": b"\0" * 3000,
}
SIGNATURE = ("signatures/a.dsse.json", b"signature" * 100)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One call that is interrupted.

    Attributes:
        name: Its name in reports.
        prepare: Makes what is there before; is not interrupted.
        act: The call; acknowledged when it returns.
        after: What the subject may be when it was not acknowledged, and must be when it was (the last one);
            `None` stands for no record.
        judge: What must hold afterwards, where that is not `promises_broken`.
    """

    name: str
    prepare: Callable[[FilesystemBackend], object]
    act: Callable[[FilesystemBackend], object]
    after: tuple[Content | None, ...]
    judge: Callable[..., Iterator[str]] | None = None


def put_before(store: FilesystemBackend) -> bool:
    return store.put(entry("before"), {path: blob(data) for path, data in BEFORE.items()})


def put_subject(store: FilesystemBackend) -> bool:
    return store.put(entry("subject"), {path: blob(data) for path, data in SUBJECT.items()})


def put_both(store: FilesystemBackend) -> None:
    put_before(store)
    put_subject(store)


def put_after_one_that_was_killed(store: FilesystemBackend) -> bool:
    """The first writer gets as far as its rename, and not to the flush that follows."""

    def unless_records(path: Path) -> None:
        if path.name != "records":
            durable.sync_folder(path)

    with mock.patch.object(filesystem, "sync_folder", unless_records):
        put_subject(store)
    return put_subject(store)


def add(store: FilesystemBackend) -> bool:
    return store.add(entry("subject").seal, SIGNATURE[0], blob(SIGNATURE[1]))


def delete(store: FilesystemBackend) -> None:
    store.delete(entry("subject").seal)


def leave_leftovers(store: FilesystemBackend) -> None:
    put_both(store)
    store.delete(entry("before").seal)
    put_before(store)
    (store.root / "tmp" / "1-0" / "record" / "bundle").mkdir(parents=True)
    (store.root / "tmp" / "1-0" / "record" / "bundle" / "a").write_bytes(b"leftover")
    (store.root / "blobs" / "00").mkdir(exist_ok=True)
    (store.root / "blobs" / "00" / ("0" * 64)).write_bytes(b"leftover")


def log_of(root: Path) -> AuditLog:
    return AuditLog(root / "audit.jsonl")


def log_before(store: FilesystemBackend) -> None:
    put_both(store)
    log_of(store.root).append("put", seal=entry("before").seal)


def log_subject(store: FilesystemBackend) -> None:
    log_of(store.root).append("put", seal=entry("subject").seal)


SIGNED: Content = SUBJECT | dict([SIGNATURE])
SCENARIOS = (
    Scenario("first put", lambda _: None, put_subject, (None, SUBJECT)),
    Scenario("put", put_before, put_subject, (None, SUBJECT)),
    Scenario("put after a kill", put_before, put_after_one_that_was_killed, (None, SUBJECT)),
    Scenario("put again", put_both, put_subject, (SUBJECT,)),
    Scenario("add", put_both, add, (SUBJECT, SIGNED)),
    Scenario("delete", put_both, delete, (SUBJECT, None)),
    Scenario("gc", leave_leftovers, FilesystemBackend.gc, (SUBJECT,)),
    Scenario("first line of the log", put_both, log_subject, (SUBJECT,)),
    Scenario("log", log_before, log_subject, (SUBJECT,)),
)


def promises_broken(root: Path, scenario: Scenario, *, acknowledged: bool) -> Iterator[str]:
    """What is wrong with a store after an interruption; and after a second try, which must succeed."""
    store = FilesystemBackend(root)
    found = _records(store)
    if isinstance(found, str):
        yield found
        return
    subject = found.pop(entry("subject").seal, None)
    allowed = scenario.after[-1:] if acknowledged else scenario.after
    if subject not in allowed:
        yield f"subject is {_shape(subject)} although {'' if acknowledged else 'not '}acknowledged"
    kept = {} if scenario.name == "first put" else {entry("before").seal: BEFORE}
    if found != kept:
        yield f"the records that were there are now {sorted(found)}"
    try:
        if subject is None:
            put_subject(store)
        elif scenario.name == "add" and subject == SUBJECT:
            add(store)
        store.gc()
        again = _records(store)
    except AwenError as error:
        yield f"the store is not usable afterwards: {error.message}"
        return
    if not isinstance(again, dict) or again.get(entry("subject").seal) not in (SUBJECT, SIGNED):
        yield "a second try does not succeed"
    if [left for left in (root / "tmp").iterdir() if left.exists()]:
        yield "leftovers stay after gc"
    if "log" in scenario.name:
        yield from _log_broken(root, scenario, acknowledged=acknowledged)


def _log_broken(root: Path, scenario: Scenario, *, acknowledged: bool) -> Iterator[str]:
    """What is wrong with the log: a line lost, a chain broken, or no further line taken."""
    expected = [entry("before").seal] * (scenario.name == "log") + [entry("subject").seal] * acknowledged
    report = log_of(root).verify()
    yield from report.problems
    if [event.seal for event in report.events][: len(expected)] != expected:
        yield "a line of the log is lost"
    log_of(root).append("gc", files=0)
    report = log_of(root).verify()
    if report.problems or report.torn_bytes or report.events[-1].event != "gc":
        yield f"the log does not go on: {report.problems}"


def _records(store: FilesystemBackend) -> dict[str, Content] | str:
    """All records as they can be read; or what is wrong with one of them."""
    if not (store.root / "store.json").exists():
        return {}  # a store is one from its marker on
    found: dict[str, Content] = {}
    try:
        for listed in store.entries():
            if listed != entry("before") and listed != entry("subject"):
                return f"a wrong entry is visible: {listed.seal}"
            members = store.members(listed.seal)
            found[listed.seal] = {path: b"".join(store.stream(listed.seal, path)) for path in members}
            if [one.seal for one in store.entries(artifact_id=listed.artifact_id)] != [listed.seal]:
                return f"record {listed.seal} is not found by its artifact id"
    except AwenError as error:
        return f"a record cannot be read: {error.message}"
    return found


def _shape(content: Content | None) -> str:
    return "absent" if content is None else f"{ {path: len(data) for path, data in content.items()} }"

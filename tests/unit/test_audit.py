import errno
import hashlib
import itertools
import json
import os
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from multiprocessing import get_context
from pathlib import Path

import pytest

from awen_ref.audit import NOTHING, AuditLog, Checkpoint
from awen_ref.errors import MissingError, StorageError, UsageError

NOON = datetime(2024, 2, 29, 13, 0, 0, 999, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    return AuditLog(tmp_path / "audit.jsonl", clock=lambda: NOON)


def filled(log: AuditLog) -> list[bytes]:
    log.append("put", seal="seal_1", artifact_id="awen_1")
    log.append("sign", seal="seal_1", path="signatures/a")
    log.append("delete", seal="seal_1", reason="wrong laser: λ ≠ 1.55 µm\n")
    return log.path.read_bytes().splitlines(keepends=True)


def test_a_line_is_canonical_json_that_names_the_one_before(log: AuditLog) -> None:
    lines = filled(log)
    assert (
        lines[0]
        == (
            f'{{"artifact_id":"awen_1","event":"put","previous":"{NOTHING}","seal":"seal_1",'
            '"time":"2024-02-29T12:00:00+00:00"}\n'
        ).encode()
    )
    for before, line in itertools.pairwise(lines):
        assert json.loads(line)["previous"] == hashlib.sha256(before).hexdigest()


def test_an_untouched_log_has_no_problem(log: AuditLog) -> None:
    lines = filled(log)
    report = log.verify()
    assert (report.problems, report.torn_bytes) == ((), 0)
    assert report.checkpoint == Checkpoint(3, hashlib.sha256(lines[-1]).hexdigest())
    assert [event.event for event in report.events] == ["put", "sign", "delete"]
    assert report.events[2].seal == "seal_1"
    assert report.events[2].values["reason"] == "wrong laser: λ ≠ 1.55 µm\n"


def test_a_log_that_nobody_has_written_is_empty(log: AuditLog) -> None:
    report = log.verify()
    assert report.checkpoint == Checkpoint(0, NOTHING)
    assert report.problems == ()
    assert not log.path.exists()


def test_every_altered_byte_is_noticed_given_the_head(log: AuditLog) -> None:
    filled(log)
    checkpoint = log.verify().checkpoint
    data = log.path.read_bytes()
    for position in range(len(data)):
        log.path.write_bytes(data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :])
        report = log.verify(checkpoint)
        assert report.problems or report.torn_bytes, position
    log.path.write_bytes(data)
    assert log.verify(checkpoint).problems == ()


@pytest.mark.parametrize("order", [(1, 2), (0, 2), (0, 2, 1), (0, 1, 1, 2), (1, 0, 2)])
def test_lines_removed_doubled_or_moved_break_the_chain(log: AuditLog, order: tuple[int, ...]) -> None:
    lines = filled(log)
    log.path.write_bytes(b"".join(lines[number] for number in order))
    assert "does not carry the digest" in log.verify().problems[0]


def test_lines_missing_at_the_end_are_noticed_with_a_checkpoint_only(log: AuditLog) -> None:
    lines = filled(log)
    checkpoint = log.verify().checkpoint
    log.path.write_bytes(b"".join(lines[:2]))
    assert log.verify().problems == ()
    assert "missing at its end" in log.verify(checkpoint).problems[0]
    log.path.unlink()
    assert "missing at its end" in log.verify(checkpoint).problems[0]


def test_a_chain_computed_anew_is_noticed_with_a_checkpoint_only(log: AuditLog) -> None:
    filled(log)
    checkpoint = log.verify().checkpoint
    log.path.unlink()
    for name in "abcd":
        log.append("put", seal=name)
    assert log.verify().problems == ()
    assert "another one" in log.verify(checkpoint).problems[0]


def test_a_log_that_has_grown_continues_its_checkpoints(log: AuditLog) -> None:
    old = [log.verify().checkpoint]
    for name in "abc":
        log.append("put", seal=name)
        old.append(log.verify().checkpoint)
    assert all(log.verify(checkpoint).problems == () for checkpoint in old)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"not JSON\n", "canonical"),
        (b"[]\n", "canonical"),
        (b"\n", "canonical"),
        (b'{"event": "put","previous":"0"}\n', "canonical"),
        (b'{"event":"put"}\n', "digest"),
        (b'{"event":"rm -rf","previous":"%s"}\n' % NOTHING.encode(), "unknown event"),
        (b"x" * 200_000, "longer"),
    ],
)
def test_a_line_of_another_hand_is_named(log: AuditLog, line: bytes, problem: str) -> None:
    log.path.write_bytes(line)
    assert problem in log.verify().problems[0]


def test_a_torn_last_line_is_reported_then_cut_off_and_told_of(log: AuditLog) -> None:
    lines = filled(log)
    for length in range(1, len(lines[2])):
        torn = lines[2][:length]
        log.path.write_bytes(lines[0] + lines[1] + torn)
        report = log.verify()
        assert (report.torn_bytes, report.problems, len(report.events)) == (length, (), 2)
        log.append("gc", files=0)
        report = log.verify()
        assert (report.torn_bytes, report.problems) == (0, ())
        repair = report.events[2]
        assert repair.event == "repair"
        assert repair.values["bytes"] == length
        assert repair.values["sha256"] == hashlib.sha256(torn).hexdigest()


def test_a_log_of_one_torn_line_starts_anew(log: AuditLog) -> None:
    log.path.write_bytes(b'{"artifact_id":"awen')
    log.append("put", seal="a")
    assert [event.event for event in log.verify().events] == ["repair", "put"]
    assert log.verify().problems == ()


def test_what_no_tool_of_ours_wrote_is_not_cut_off(log: AuditLog) -> None:
    log.path.write_bytes(b"x" * 1_000_000)
    with pytest.raises(StorageError, match="not written by these tools"):
        log.append("put", seal="a")
    assert log.path.stat().st_size == 1_000_000


def test_an_unknown_event_or_an_endless_reason_is_refused(log: AuditLog) -> None:
    with pytest.raises(UsageError):
        log.append("format")
    with pytest.raises(UsageError):
        log.append("delete", reason="x" * 70_000)
    log.append("delete", reason="x" * 60_000)
    log.append("put", seal="a")
    assert log.verify().problems == ()
    assert len(log.verify().events) == 2


def test_a_clock_that_goes_backwards_breaks_nothing(tmp_path: Path) -> None:
    times = iter([NOON, NOON - timedelta(days=365)])
    log = AuditLog(tmp_path / "log", clock=lambda: next(times))
    log.append("put", seal="a")
    log.append("put", seal="b")
    assert log.verify().problems == ()


def test_the_clock_is_utc_in_whole_seconds(tmp_path: Path) -> None:
    AuditLog(tmp_path / "log").append("put")
    written = datetime.fromisoformat(json.loads((tmp_path / "log").read_bytes())["time"])
    assert written.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - written) < timedelta(minutes=1)


def _append(path: Path, name: str) -> None:
    for number in range(20):
        AuditLog(path).append("put", seal=f"{name} {number}")


def test_processes_writing_at_once_make_one_chain(tmp_path: Path) -> None:
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
        list(pool.map(_append, [tmp_path / "log"] * 3, "abc"))
    report = AuditLog(tmp_path / "log").verify()
    assert report.problems == ()
    assert {event.seal for event in report.events} == {
        f"{name} {number}" for name in "abc" for number in range(20)
    }


def test_a_failed_flush_is_reported_and_ends_writing(log: AuditLog, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(log)

    def fail(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(StorageError, match="Input/output error"):
            log.append("put", seal="a")
    with pytest.raises(StorageError, match="earlier write"):
        log.append("put", seal="b")


def test_a_full_disk_tears_at_most_the_last_line(log: AuditLog, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(log)
    write = os.write
    taken: list[int] = []

    def full(descriptor: int, data: bytes) -> int:
        if taken:
            raise OSError(errno.ENOSPC, "No space left on device")
        taken.append(write(descriptor, data[:10]))
        return taken[0]

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(StorageError, match="No space"):
            log.append("put", seal="a")
    assert log.verify().torn_bytes == 10
    AuditLog(log.path).append("put", seal="a")
    assert [event.event for event in log.verify().events][-2:] == ["repair", "put"]


def test_a_folder_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(MissingError):
        AuditLog(tmp_path / "absent" / "log").append("put")


def test_a_link_or_a_fifo_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "log").symlink_to(tmp_path / "other")
    with pytest.raises(StorageError):
        AuditLog(tmp_path / "log").append("put")
    assert not (tmp_path / "other").exists()


def test_a_checkpoint_survives_its_file() -> None:
    checkpoint = Checkpoint(3, "0f" * 32)
    assert checkpoint.dump() == b'{"head":"%s","lines":3}\n' % (b"0f" * 32)
    assert Checkpoint.load(checkpoint.dump()) == checkpoint


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"lines":3}',
        b'{"head":"0","lines":3}',
        b'{"head":1,"lines":3}',
        b'{"lines":3,"lines":3}',
    ],
)
def test_what_is_no_checkpoint_is_refused(data: bytes) -> None:
    with pytest.raises(UsageError):
        Checkpoint.load(data)

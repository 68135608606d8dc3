"""A driver that misbehaves is charged for it, and the run goes on (AWB-R-640 to 644, 650, 652)."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from awen_conformance import runner
from awen_conformance.driver import Limits
from tests.unit.conformance.drivers import case, outcome_of, run_of, written

VALID, INVALID = "golden/minimal", "int/extra-file"
ANSWER = 'say(verb, {"verdict": "valid", "findings": []})\n'

MISBEHAVIOURS = {
    "exits_with_1": ("sys.exit(1)", "crash"),
    "exits_with_2_after_its_answer": (f"{ANSWER}sys.exit(2)", "crash"),
    "is_killed": ("os.kill(os.getpid(), 9)", "crash"),
    "raises": ("raise RuntimeError", "crash"),
    "says_nothing": ("", "protocol_error"),
    "says_garbage": ("print('loading')", "protocol_error"),
    "says_two_objects": (ANSWER + ANSWER, "protocol_error"),
    "says_a_list": ("print([])", "protocol_error"),
    "answers_another_verb": ('say("id", {"verdict": "valid", "findings": []})', "protocol_error"),
    "answers_another_protocol": (
        'print(\'{"protocol": "x/1", "verb": "verify", "result": {}}\')',
        "protocol_error",
    ),
    "gives_no_result": ('print(\'{"protocol": "awen-driver/1", "verb": "verify"}\')', "protocol_error"),
    "gives_another_verdict": ('say(verb, {"verdict": "perhaps", "findings": []})', "protocol_error"),
    "gives_no_findings": ('say(verb, {"verdict": "valid"})', "protocol_error"),
    "gives_findings_of_text": ('say(verb, {"verdict": "valid", "findings": ["x"]})', "protocol_error"),
    "does_not_support_what_it_declared": ("sys.exit(64)", "fail"),
    "is_right": (ANSWER, "pass"),
}


@pytest.mark.parametrize("name", MISBEHAVIOURS)
def test_driver_is_charged_for_what_it_does(name: str, tmp_path: Path) -> None:
    body, outcome = MISBEHAVIOURS[name]
    assert outcome_of(written(tmp_path, body), VALID) == [outcome]


def test_what_was_declared_and_is_then_not_supported_is_a_failure(tmp_path: Path) -> None:
    """AWB-R-650: by status 64, or by an answer that says so."""
    said = 'print(json.dumps({"protocol": "awen-driver/1", "verb": verb, "unsupported": "not yet"}))'
    for body in ("sys.exit(64)", said):
        run = run_of(written(tmp_path, body), [case(VALID)], serve=False)
        assert [result.outcome for result in run.results] == ["fail"]
        assert not run.conformant


def test_hanging_driver_is_ended_with_its_children(tmp_path: Path) -> None:
    """AWB-R-652."""
    trace = tmp_path / "alive"
    body = f"""
if os.fork() == 0:
    for _ in range(60):
        open({str(trace)!r}, "a").write("x")
        time.sleep(0.05)
time.sleep(60)
"""
    assert outcome_of(written(tmp_path, body), VALID, wall_s=0.6) == ["hang"]
    time.sleep(0.2)
    size = trace.stat().st_size
    time.sleep(0.3)
    assert trace.stat().st_size == size


def test_driver_that_leaves_a_child_behind_is_not_waited_for(tmp_path: Path) -> None:
    body = f"""
if os.fork() == 0:
    os.close(1)
    time.sleep(60)
{ANSWER}"""
    begun = time.monotonic()
    assert outcome_of(written(tmp_path, body), VALID, wall_s=20) == ["pass"]
    assert time.monotonic() - begun < 10


def test_endless_answer_is_cut_off(tmp_path: Path) -> None:
    body = "while True: sys.stdout.write('x' * 65536)\n"
    assert outcome_of(written(tmp_path, body), VALID, answer_bytes=1 << 20) == ["limit_exceeded"]


def test_file_beyond_the_limit_is_charged(tmp_path: Path) -> None:
    """AWB-R-652."""
    body = f"open(os.path.join(request()['workdir'], 'big'), 'wb').write(bytes(1 << 21))\n{ANSWER}"
    assert outcome_of(written(tmp_path, body), VALID, written_kib=1024) in (["limit_exceeded"], ["crash"])


def test_many_small_files_beyond_the_limit_are_charged(tmp_path: Path) -> None:
    """AWB-R-652."""
    body = f"""
for number in range(8):
    open(os.path.join(request()['workdir'], str(number)), 'wb').write(bytes(1 << 18))
{ANSWER}"""
    assert outcome_of(written(tmp_path, body), VALID, written_kib=1024) == ["limit_exceeded"]


@pytest.mark.parametrize("serving", [False, True])
def test_driver_that_fills_the_disk_is_stopped_on_the_way(tmp_path: Path, serving: bool) -> None:  # noqa: FBT001
    """AWB-R-652: long before its time is up."""
    body = """
if verb == "serve":
    for line in sys.stdin:
        given = json.loads(line)
        if given["verb"] == "hello":
            say("hello", hello(), seq=given["seq"])
        else:
            break
else:
    given = request()
number = 0
while True:
    number += 1
    open(os.path.join(given["workdir"], str(number)), "wb").write(bytes(1 << 18))
    time.sleep(0.01)
"""
    begun = time.monotonic()
    plan = runner.Plan(written(tmp_path, body), serve=serving, limits=Limits(wall_s=60, written_kib=4096))
    run = runner.run(plan, [case(VALID), case(INVALID)])
    assert [result.outcome for result in run.results] == ["limit_exceeded"] * 2
    assert time.monotonic() - begun < 30


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs to see other processes")
def test_child_that_leaves_the_session_is_ended_too(tmp_path: Path) -> None:
    """AWB-R-652."""
    trace = tmp_path / "alive"
    body = f"""
if os.fork() == 0:
    os.setsid()
    os.close(1)
    for _ in range(200):
        open({str(trace)!r}, "a").write("x")
        time.sleep(0.05)
    os._exit(0)
while not os.path.exists({str(trace)!r}):
    time.sleep(0.01)
{ANSWER}"""
    assert outcome_of(written(tmp_path, body), VALID) == ["pass"]
    size = trace.stat().st_size
    time.sleep(0.5)
    assert trace.stat().st_size == size


@pytest.mark.parametrize("place", ["../evil", "../../evil", "../../../evil/deep"])
def test_what_is_written_beside_the_folder_is_charged(place: str, tmp_path: Path) -> None:
    """AWB-R-643."""
    body = f"""
place = os.path.join(request()["workdir"], {place!r})
os.makedirs(os.path.dirname(place), exist_ok=True)
open(place, "w").write("x")
{ANSWER}"""
    assert outcome_of(written(tmp_path, body), VALID) == ["limit_exceeded"]


@pytest.mark.parametrize(
    "reading",
    [
        "time.localtime().tm_gmtoff != 0",
        'os.environ["LC_ALL"].startswith("tr")',
        'os.getcwd() == "/"',
        "os.umask(0) == 0o077",
    ],
)
def test_answer_that_depends_on_the_environment_is_seen(reading: str, tmp_path: Path) -> None:
    """AWB-R-643."""
    body = f'say(verb, {{"verdict": "invalid" if {reading} else "valid", "findings": []}})\n'
    assert outcome_of(written(tmp_path, body), VALID) == ["flaky"]


def test_memory_is_bounded(tmp_path: Path) -> None:
    """AWB-R-652."""
    limited = ["/bin/sh", "-c", 'ulimit -d 262144; exec "$0" -c "bytearray(1 << 29)"', sys.executable]
    if subprocess.run(limited, check=False, capture_output=True).returncode == 0:
        pytest.skip("this kernel does not hold RLIMIT_DATA")
    body = f"held = bytearray(1 << 29)\n{ANSWER}"
    assert outcome_of(written(tmp_path, body), VALID, memory_kib=256 << 10) == ["crash"]


def test_each_call_has_a_fresh_folder_and_tells_nothing(tmp_path: Path) -> None:
    """AWB-R-652."""
    seen = tmp_path / "seen"
    body = f"""
given = request()
home = os.environ["HOME"]
line = [os.getcwd(), home, given["input"], sorted(os.listdir(home)), sorted(os.environ)]
open({str(seen)!r}, "a").write(json.dumps(line) + chr(10))
{ANSWER}"""
    outcome_of(written(tmp_path, body), VALID, INVALID)
    lines = [json.loads(line) for line in seen.read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line[0] != "/"]  # where the environment was a hostile one
    assert len({line[0] for line in lines}) == 2
    for cwd, home, given, entries, names in lines:
        assert home.startswith(cwd)
        assert Path(given).name == "input"
        assert "extra" not in given
        assert entries == []
        assert set(names) <= {"HOME", "LC_ALL", "LC_CTYPE", "PATH", "PWD", "SHLVL", "TZ", "_", "OLDPWD"}


def test_run_goes_on_after_trouble(tmp_path: Path) -> None:
    body = f"""
if os.path.exists(os.path.join(request()["input"], "data", "extra.txt")) or len(open(sys.argv[3]).read()) % 2:
    sys.exit(1)
{ANSWER}"""
    outcomes = outcome_of(written(tmp_path, body), VALID, INVALID, VALID)
    assert len(outcomes) == 3


def test_unknown_verb_is_unsupported_and_no_failure(tmp_path: Path) -> None:
    command = written(tmp_path, ANSWER)
    run = run_of(command, [case("enc/canonical-escapes")], serve=False)
    assert [result.outcome for result in run.results] == ["unsupported"]
    assert run.conformant


def test_driver_that_does_not_greet_is_no_driver() -> None:
    with pytest.raises(ConnectionError, match="hello"):
        run_of(("/bin/false",), [case(VALID)], serve=False)

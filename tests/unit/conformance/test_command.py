"""`awen-conform`: exit codes and what each command says (AWB-R-662)."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from awen_conformance.cli import command_of, main
from awen_schema.codes import CODES
from tests.unit.conformance.drivers import REFERENCE, written

COMMAND = " ".join(REFERENCE)
VALID = 'say(verb, {"verdict": "valid", "findings": []})\n'


def conform(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_conformant_implementation_gives_0_and_every_report(tmp_path: Path) -> None:
    result = conform(
        "run", "--driver", COMMAND, "--serve", "--phase", "sig", "--jobs", "2",
        "--report", str(tmp_path / "r.json"), "--out", str(tmp_path / "out"), "--bundle", str(tmp_path / "b"),
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "conformant (partial)" in result.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "report.json", "junit.xml", "summary.md", "report.html", "badge.json", "report.sarif",
    }  # fmt: skip
    assert (tmp_path / "b" / "bagit.txt").is_file()
    assert not (tmp_path / "r.json.part").exists()
    assert conform("diff", str(tmp_path / "r.json"), str(tmp_path / "out" / "report.json")).exit_code == 0


def test_wrong_implementation_gives_1(tmp_path: Path) -> None:
    result = conform("run", "--driver", " ".join(written(tmp_path, VALID)), "--phase", "sig")
    assert result.exit_code == 1
    assert "not conformant" in result.output


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("run",), 2),
        (("run", "--driver", "/bin/true", "--resume"), 2),
        (("run", "--driver", "/bin/true", "--xfail", "/nowhere"), 2),
        (("show", "no/such-case"), 2),
        (("export", "/"), 2),
        (("run", "--driver", "/bin/false"), 3),
        (("run", "--driver", "/no/such/driver", "--serve"), 3),
        (("diff", "/nowhere", "/nowhere"), 3),
        (("run", "--driver", COMMAND, "--phase", "nonsense"), 4),
        (("run", "--driver", COMMAND, "--requirement", f"AWB-R-{999}"), 4),
    ],
)
def test_exit_code_says_what_went_wrong(arguments: tuple[str, ...], code: int) -> None:
    assert conform(*arguments).exit_code == code


def test_a_killed_runner_leaves_a_report_that_says_so_and_is_gone_on_with(tmp_path: Path) -> None:
    path, counted = tmp_path / "r.json", tmp_path / "calls"
    slow = f'open({str(counted)!r}, "a").write("x")\ntime.sleep(0.2)\n{VALID}'
    driver = " ".join(written(tmp_path, slow))
    arguments = ["run", "--driver", driver, "--phase", "sig", "--report", str(path)]
    started = subprocess.Popen(
        [sys.executable, "-c", "from awen_conformance.cli import main; main()", *arguments],
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    while not counted.exists() or counted.stat().st_size < 5:
        time.sleep(0.05)
    os.killpg(started.pid, signal.SIGKILL)
    started.wait()
    left = json.loads(path.read_text(encoding="utf-8"))
    assert left["zz_footer"] == {"cases": 0, "complete": False}
    assert left["conformant"] is False
    assert conform("diff", str(path), str(path)).exit_code == 3
    before = counted.stat().st_size
    assert conform(*arguments, "--resume").exit_code == 1
    whole = json.loads(path.read_text(encoding="utf-8"))
    assert whole["zz_footer"] == {"cases": len(whole["results"]), "complete": True}
    assert counted.stat().st_size - before < len(whole["results"])
    fresh = tmp_path / "fresh.json"
    assert conform(*arguments[:-1], str(fresh)).exit_code == 1
    assert fresh.read_bytes() == path.read_bytes()


def test_run_that_was_killed_leaves_a_report_that_says_so_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    body = f"""
if os.path.exists({str(tmp_path / "second")!r}):
    {VALID}
elif len(os.listdir({str(tmp_path)!r})) > 40:
    sys.exit(1)
else:
    {VALID}"""
    driver = " ".join(written(tmp_path, body))
    first = conform("run", "--driver", driver, "--phase", "sig", "--report", str(path))
    assert first.exit_code == 1
    whole = json.loads(path.read_text(encoding="utf-8"))
    lines = [
        json.dumps({"case_id": one["case"], "outcome": one["outcome"], "detail": one["detail"]})
        for one in whole["results"][:5]
    ]
    import shlex

    from awen_conformance.report import Journal

    command = shlex.split(driver)
    journal = Journal(tmp_path / "r.json.part", command=command, corpus=whole["corpus_sha256"])
    journal.begin()
    with (tmp_path / "r.json.part").open("a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    path.write_text(json.dumps({"zz_footer": {"complete": False, "cases": 0}}), encoding="utf-8")
    assert conform("diff", str(path), str(path)).exit_code == 3
    again = conform("run", "--driver", driver, "--phase", "sig", "--report", str(path), "--resume")
    assert again.exit_code == 1
    assert json.loads(path.read_text(encoding="utf-8")) == whole


def test_expected_failures_are_excused_and_stale_ones_are_not(tmp_path: Path) -> None:
    driver = " ".join(written(tmp_path, VALID))
    xfail = tmp_path / "xfail.toml"
    entry = '[[case]]\nid = "{}"\noutcome = "fail"\nreason = "x"\nissue = "#7"\nexpires = {}\n'
    run = ("run", "--driver", driver, "--requirement", "AWB-R-009", "--phase", "pkg", "--xfail", str(xfail))
    names = ("dir-empty-folder", "dir-empty-signatures", "dir-nested-empty-folders")
    xfail.write_text("".join(entry.format(f"pkg/{name}", "2999-01-01") for name in names))
    assert conform(*run).exit_code == 0
    xfail.write_text("".join(entry.format(f"pkg/{name}", "2001-01-01") for name in names))
    assert conform(*run).exit_code == 1


def test_show_explains_a_case() -> None:
    result = conform("show", "pkg/local-name-differs")
    assert result.exit_code == 0
    for words in ("AWB-R-133", "local_fields", "AWB-PKG-016", "invalid", "input.zip"):
        assert words in result.output


def test_show_gives_the_sentences_the_codes_and_both_inputs() -> None:
    said = conform("show", "cmp/last-bit").output
    assert "other input" in said
    assert "flip" in said
    assert "the tolerance of the parent's claim" in said
    assert '"max_ulp": "1"' in said
    assert CODES["AWB-PKG-016"].title in conform("show", "pkg/local-name-differs").output


def test_show_gives_the_sentences_that_a_case_stands_for() -> None:
    said = conform("show", "pkg/zlib-header").output
    assert "AWB-R-150    " in said
    assert " MUST " in said
    assert "](#" not in said  # no marks of links


def test_a_driver_s_files_are_found_from_where_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each call runs in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    written(tmp_path, 'say(verb, {"verdict": "valid", "findings": []})\n')
    line = f"{sys.executable} driver.py"
    assert command_of(line) == (sys.executable, str(tmp_path / "driver.py"))
    assert command_of("./driver.py --mode=a/b serve.py") == (
        str(tmp_path / "driver.py"),
        "--mode=a/b",
        "serve.py",
    )
    done = conform("run", "--driver", line, "--phase", "golden", "--profile", "V3")
    assert "golden/" not in done.output, done.output


@pytest.mark.parametrize("serve", [(), ("--serve",)])
def test_a_driver_that_does_not_greet_is_told_how_to_look(serve: tuple[str, ...], tmp_path: Path) -> None:
    body = tmp_path / "driver"
    body.write_text("#!/bin/sh\nexit 7\n", encoding="utf-8")
    body.chmod(0o755)
    done = conform("run", "--driver", str(body), *serve)
    assert done.exit_code == 3
    assert "exit status 7" in done.output
    assert "by hand" in done.output


def test_list_names_every_profile() -> None:
    result = conform("list")
    assert result.exit_code == 0
    assert {line.split()[1] for line in result.output.splitlines()} >= {"V1", "V2", "V3", "P2", "E2"}


def test_challenge_is_put_under_opaque_names(tmp_path: Path) -> None:
    assert conform("challenge", "--driver", COMMAND, "--serve", "--seed", "4", "--count", "15").exit_code == 0
    wrong = " ".join(written(tmp_path, VALID))
    assert conform("challenge", "--driver", wrong, "--seed", "4", "--count", "15").exit_code == 1

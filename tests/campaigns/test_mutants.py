"""Whole-code mutation: which changes are made, and that tests are seen to notice them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from campaigns import mutating
from campaigns.changes import CHANGES, Change
from campaigns.mutants import PACKAGES, explained, files

SOURCE = '''\
"""A module."""
import operator

LIMIT = 3


@operator.itemgetter(0)
def first(values: "list[int]", deep: bool = True) -> int:
    """The first one above the limit."""
    for value in values:
        if value > LIMIT and not deep:
            continue
        try:
            return value + 1
        except ValueError:
            raise KeyError("none")
    values.append(-2)
    return len(values)
'''


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module of its own, below a root of its own."""
    monkeypatch.setattr(mutating, "ROOT", tmp_path)
    path = tmp_path / "made.py"
    path.write_text(SOURCE, encoding="utf-8")
    return path


def test_every_kind_of_change_is_made_and_none_of_texts_types_or_decorators(module: Path) -> None:
    found = {(one.before, one.after) for one in mutating.mutants(module)}
    assert found >= {
        ("LIMIT = 3", "LIMIT = 4"),
        ("LIMIT = 3", "LIMIT = 2"),
        ("value > LIMIT", "value >= LIMIT"),
        ("value > LIMIT and (not deep)", "value > LIMIT or not deep"),
        ("not deep", "deep"),
        ("continue", "break"),
        ("value + 1", "value - 1"),
        ("return value + 1", "return None"),
        ("except ValueError:", "except GeneratorExit:"),
        ("raise KeyError('none')", "pass"),
        ("values.append(-2)", "pass"),
        ("for value in values:", "for value in ():"),
        ("values: 'list[int]', deep: bool=True", "values: 'list[int]', deep: bool=False"),
    }
    assert not [one for one in found if "A module" in one[0] or "itemgetter" in one[0]]
    assert not [one for one in found if one[0].count("list[int]") != one[1].count("list[int]")]
    assert ("'none'", "None") not in found


def test_a_mutant_differs_from_its_module_in_one_place(module: Path) -> None:
    whole = compile(SOURCE, "made", "exec")
    made = list(mutating.mutants(module))
    assert len(made) > 15
    assert len({one.place for one in made}) == len(made)
    for one in made:
        scope: dict[str, object] = {}
        code = one.code()
        assert code.co_code != whole.co_code or code.co_consts != whole.co_consts
        assert (one.module, scope) == ("made", {})


def test_no_two_mutants_have_one_name(module: Path) -> None:
    module.write_text("def twice(a):\n    return (a + 1, a + 1)\nclass C:\n    x = 2 + 2\n", encoding="utf-8")
    names = [one.name for one in mutating.mutants(module)]
    assert len(set(names)) == len(names)
    assert {
        "made.twice: a + 1 -> a + 2",
        "made.twice: a + 1 -> a + 2 [2]",
        "made.C: 2 + 2 -> 3 + 2",
    } <= set(names)


ALONE = """\
import sys
from campaigns import mutants
sources, tests = mutants.PACKAGES["digest"]
mutants.PACKAGES = {"digest": (sources, tests[:1])}  # without the cases of the corpus, which take longer
sys.exit(mutants.main())
"""


def test_a_sample_is_planted_and_its_fate_told() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ALONE, "--sample", "2", "--seed", "1"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    outcome = json.loads(done.stdout)
    assert outcome["figures"]["digest: planted"] == 2
    assert [control["found"] for control in outcome["controls"]] == [1]
    assert len(done.stderr.splitlines()) == 2


def test_figures_of_other_code_are_not_added_to(tmp_path: Path) -> None:
    out = tmp_path / "mutants.json"
    out.write_text('{"figures": {}, "problems": [], "seconds": 1, "sources": {}}', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "campaigns.mutants", "--only", "digest", "--out", str(out), "--add"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "other code" in done.stderr) == (2, True)


def test_reasons_are_sentences_about_changes_that_there_are() -> None:
    there = {
        one.name
        for sources, _ in PACKAGES.values()
        for path in files(sources)
        for one in mutating.mutants(path)
    }
    excused = explained()
    assert excused.keys() <= there
    assert all(reason[0].isupper() or reason[0] == "`" for reason in excused.values())
    assert all(reason.endswith(".") for reason in excused.values())


def test_no_requirement_is_broken_twice() -> None:
    numbers = [number for change in CHANGES for number in change.requirements]
    assert len(numbers) == len(set(numbers)) >= 40


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.what)
def test_every_change_still_has_its_place(change: Change) -> None:
    module = mutating.ROOT / "awen_ref" / f"{change.module.replace('.', '/')}.py"
    assert module.read_text(encoding="utf-8").count(change.old) == 1
    assert change.old != change.new

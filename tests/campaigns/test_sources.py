"""Which code a result speaks for: the files that a campaign exercises, and what changed of them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from campaigns import sources
from campaigns.outcome import Begun, Control, Outcome, report
from sitegen.results import Result

FILES = {
    "campaigns/it.py": "from awen_ref import parts\ndef go():\n    import awen_ref.late\n    parts.early\n",
    "awen_ref/__init__.py": "",
    "awen_ref/late.py": "import json\n",
    "awen_ref/parts/__init__.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
    "    from awen_ref.parts.first import early\n    from awen_ref.parts.second import other\n",
    "awen_ref/parts/first.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n"
    "    from awen_ref.typed import Only\n",
    "awen_ref/parts/second.py": "",
    "awen_ref/typed.py": "",
    "awen_ref/unused.py": "",
    "corpus/a": "1",
}
REACHED = {
    *("campaigns/it.py", "awen_ref/__init__.py", "awen_ref/late.py"),
    *("awen_ref/parts/__init__.py", "awen_ref/parts/first.py", "corpus/"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository of its own."""
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    return tmp_path


def taken(root: Path) -> dict[str, str]:
    return sources.digests(["campaigns/it.py", "corpus/"], root)


def test_what_is_imported_at_any_depth_is_exercised_and_what_is_there_for_types_is_not(root: Path) -> None:
    assert taken(root).keys() == REACHED


@pytest.mark.parametrize("path", sorted(REACHED - {"corpus/"}))
def test_a_changed_file_is_named(root: Path, path: str) -> None:
    before = taken(root)
    (root / path).write_text(f"{FILES[path]}# changed\n", "utf-8")
    assert sources.differing(before, taken(root)) == (path,)


@pytest.mark.parametrize("change", ["altered", "come", "gone"])
def test_a_folder_is_named_whatever_changes_in_it(root: Path, change: str) -> None:
    before = taken(root)
    if change == "gone":
        (root / "corpus/a").unlink()
        (root / "corpus/b").write_text("1")
    else:
        (root / "corpus" / ("a" if change == "altered" else "b")).write_text("2")
    assert sources.differing(before, taken(root)) == ("corpus/",)


def test_a_file_that_nothing_reaches_makes_no_difference(root: Path) -> None:
    before = taken(root)
    (root / "awen_ref/unused.py").write_text("changed = True\n")
    assert sources.differing(before, taken(root)) == ()


def test_a_file_that_has_come_by_an_import_or_gone_is_named() -> None:
    assert sources.differing({"a": "1", "b": "2"}, {"b": "2", "c": "3"}) == ("a", "c")


def test_no_module_that_a_campaign_loads_is_left_out() -> None:
    told = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=sources.ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(json.loads(told.stdout))
    assert len(loaded) > 80
    assert loaded - sources.of("flips").keys() == {"campaigns/outcome.py", "campaigns/sources.py"}


LOADED = """
import json, sys
from pathlib import Path
from campaigns import flips, sources
flips.campaign(("validation",), step=9001, disk=3)
ours = [Path(found) for module in list(sys.modules.values()) if (found := getattr(module, "__file__", None))]
ours = [path.relative_to(sources.ROOT) for path in ours if path.is_relative_to(sources.ROOT)]
print(json.dumps([path.as_posix() for path in ours if path.parts[0][0] != "."]))
"""


def test_code_that_changes_while_a_campaign_runs_is_a_problem_of_its_result(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    states = iter([{"a": "1"}, {"a": "2"}])
    monkeypatch.setattr(sources, "of", lambda _: next(states))
    good = Outcome("it", "holds", {}, (), (Control("blind", 1),))
    assert good.passed
    assert report(good, Begun("it"), tmp_path / "it.json") == 1
    kept = json.loads((tmp_path / "it.json").read_text())
    assert kept["problems"] == ["a changed while the campaign ran"]
    assert kept["sources"] == {"a": "1"}


def test_a_result_says_of_which_code_it_is() -> None:
    kept = {"campaign": "it", "sources": dict.fromkeys("abcdefghijklmno", "1")}
    assert Result(kept, ()).speaks_for == "this code (15 files)"
    assert Result(kept, ("b",)).speaks_for == "an earlier state of 1 of 15 files: `b`"
    assert Result(kept, tuple("abcdefghijklmn")).speaks_for.endswith("`k`, `l` and 2 more")

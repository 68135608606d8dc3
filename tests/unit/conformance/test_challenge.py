"""Challenge sets: other octets for every seed, the same classes, right answers that the reference gives."""

from collections import Counter
from pathlib import Path

from awen_conformance import challenge, runner
from awen_conformance.corpus import Case
from tests.unit.conformance.drivers import CORPUS, REFERENCE


def octets(cases: tuple[Case, ...]) -> set[bytes]:
    return {case.stored().read_bytes() for case in cases}


def classes(cases: tuple[Case, ...]) -> Counter[tuple[str, frozenset[str]]]:
    return Counter((case.expect.verdict, case.expect.codes) for case in cases)


def test_two_seeds_give_other_octets_and_the_same_classes(tmp_path: Path) -> None:
    sets = []
    for seed in (1, 2):
        (tmp_path / str(seed)).mkdir()
        sets.append(challenge.made_set(CORPUS, tmp_path / str(seed), seed=seed, count=15))
    assert not octets(sets[0]) & octets(sets[1])
    assert classes(sets[0]) == classes(sets[1])
    assert not {case.case_id for case in sets[0]} & {case.case_id for case in sets[1]}


def test_seed_gives_the_same_set_each_time(tmp_path: Path) -> None:
    sets = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        sets.append(challenge.made_set(CORPUS, tmp_path / name, seed=9, count=15))
    assert [case.case_id for case in sets[0]] == [case.case_id for case in sets[1]]
    assert octets(sets[0]) == octets(sets[1])


def test_names_tell_nothing(tmp_path: Path) -> None:
    for case in challenge.made_set(CORPUS, tmp_path, seed=3, count=15):
        name = case.case_id.removeprefix("challenge/")
        assert len(name) == 16
        assert int(name, 16) >= 0
        assert not list(case.folder.glob("case.json"))


def test_reference_meets_any_challenge(tmp_path: Path) -> None:
    cases = challenge.made_set(CORPUS, tmp_path, seed=20260101, count=45)
    run = runner.run(runner.Plan(REFERENCE, serve=True), cases)
    assert [result for result in run.results if result.outcome != "pass"] == []

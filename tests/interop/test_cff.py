"""CITATION.cff of every awkward record, by cffconvert."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from awen_ref.rendering.cff import cff
from awen_ref.rendering.work import Work

SCRIPT = Path(__file__).with_name("cff_verdicts.py")


def verdicts(judges: Path, texts: Sequence[str]) -> list[str]:
    done = subprocess.run(
        [judges / "python", SCRIPT], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    found: list[str] = json.loads(done.stdout)
    return found


def test_cffconvert_accepts_every_awkward_record(judges: Path, works: Sequence[Work]) -> None:
    found = verdicts(judges, [cff(work) for work in works])
    assert found == [""] * len(works)


def test_cffconvert_accepts_every_awkward_record_as_a_reference(judges: Path, works: Sequence[Work]) -> None:
    pairs = zip(works, [*works[1:], works[0]], strict=True)
    found = verdicts(judges, [cff(work, [other, work]) for work, other in pairs])
    assert found == [""] * len(works)


def test_cffconvert_does_find_faults(judges: Path, works: Sequence[Work]) -> None:
    assert verdicts(judges, [cff(works[0]).replace("authors:", "autors:")])[0]

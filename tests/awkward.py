"""Three hundred awkward metadata records, the same on every run."""

import json
import random
import re
from pathlib import Path
from typing import Any

from awen_ref.bundle.description import orcid_check
from awen_ref.rendering.work import Work, work_of

SEED = 20260101
COUNT = 300

POOL: dict[str, list[str]] = json.loads(
    (Path(__file__).resolve().parent / "assets/citation/awkward.json").read_bytes()
)
LICENCES: tuple[dict[str, str], ...] = (
    {"name": "No licence stated"},
    {"name": "CC BY 4.0", "spdx_id": "CC-BY-4.0"},
    {"name": "CERN-OHL & friends", "spdx_id": "CERN-OHL-P-2.0", "url": "https://cern.ch/cern-ohl"},
    {"name": "New one", "spdx_id": "Not-In-CFF-9.9", "url": "https://example.org/new?a=1&b=%20"},
    {"name": "House rules <strict>", "url": "https://example.org/rules"},
)
IDENTIFIERS: tuple[dict[str, str], ...] = (
    {"type": "doi", "value": "10.5281/zenodo.1234567"},
    {"type": "doi", "value": "10.1002/(SICI)1096<1::AID-X{1}%>3.0.CO;2-_"},
    {"type": "handle", "value": "2381/12345"},
    {"type": "ark", "value": "ark:/12148/btv1b8449691v"},
    {"type": "swhid", "value": "swh:1:dir:" + "0" * 40},
    {"type": "url", "value": "https://example.org/a_b?x={1}&y=%20"},
    {"type": "other", "value": "LAB 7 & more"},
    {"type": "url", "value": "see the wiki"},
    {"type": "handle", "value": "no handle \u00e9"},
)
ODD_URL = 'http://[::1]:8/a?%zz#<>"{}|\\^`[]#'
EXTENSION = "org.example.lab"
RELATIONS = ("IsSupplementTo", "References", "IsVersionOf", "Documents", "IsDerivedFrom")
PARENT_RELATIONS = (
    "gradient_of", "calibration_for", "calibrated_by", "replay_of", "validation_of", "derived_from",
)  # fmt: skip


def _present(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value}


def _orcid(number: int) -> str:
    """An ORCID of its own for each number."""
    digits = f"000000021825{number:03}"
    return re.sub(r"(?<=\w)(?=(?:\w{4})+$)", "-", digits + orcid_check(digits))


def _creator(chance: random.Random, number: int) -> dict[str, Any]:
    if chance.random() < 0.2:
        ror = chance.choice(("", f"https://ror.org/01ggx{number:02}57"))
        return _present({"type": "organization", "name": chance.choice(POOL["organizations"]), "ror": ror})
    places = [
        _present(
            {
                "name": chance.choice(POOL["organizations"]),
                "ror": chance.choice(("", "https://ror.org/027m9bs27")),
            }
        )
        for _ in range(chance.choice((0, 0, 1, 2)))
    ]
    return _present(
        {
            "type": "person",
            "family_name": chance.choice(POOL["families"]),
            "given_name": chance.choice(POOL["givens"]),
            "name_particle": chance.choice(POOL["particles"]),
            "name_suffix": chance.choice(POOL["suffixes"]),
            "orcid": chance.choice(("", _orcid(number))),
            "email": chance.choice(("", "a@example.org", "odd'one@x")),
            "affiliations": places,
        }
    )


def _creators(chance: random.Random) -> list[dict[str, Any]]:
    """Creators, each once: nobody makes the same thing twice, and CFF refuses it."""
    made: list[dict[str, Any]] = []
    for number in range(chance.choice((1, 1, 2, 3, 7, 22))):
        creator = _creator(chance, number)
        if creator not in made:
            made.append(creator)
    return made


def _words(chance: random.Random, most: int) -> str:
    return " ".join(chance.choice(POOL["words"]) for _ in range(chance.randint(1, most))).strip() or "x"


def _funding(chance: random.Random) -> dict[str, str]:
    return _present(
        {
            "funder_name": chance.choice(POOL["organizations"]),
            "funder_ror": chance.choice(("", "https://ror.org/0472cxd90")),
            "award_number": chance.choice(("", "42", "a_b & 7")),
            "award_title": chance.choice(("", _words(chance, 3))),
            "award_url": chance.choice(("", "https://example.org/award/42", ODD_URL)),
        }
    )


def _related(chance: random.Random) -> dict[str, str]:
    title = chance.choice(("", _words(chance, 3)))
    return _present({"relation": chance.choice(RELATIONS), **chance.choice(IDENTIFIERS), "title": title})


def record(chance: random.Random) -> dict[str, Any]:
    """One record that the Metadata schema accepts and that hurts."""
    some = range(chance.choice((0, 0, 1, 3)))
    day = f"{chance.randint(1999, 2031)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    contacts = (None, {"name": "Desk & Co", "email": "desk@example.org"}, {"name": "山田", "email": "desk@x"})
    publishers = (None, {"name": "CERN", "ror": "https://ror.org/01ggx4157"}, {"name": "R&D_1 {x}"})
    return _present(
        {
            "title": _words(chance, 6),
            "description": "\n\n".join(_words(chance, 9) for _ in range(chance.randint(1, 3))),
            "created": f"{day}T23:59:59+00:00",
            "license": dict(chance.choice(LICENCES)),
            "creators": _creators(chance),
            "version": chance.choice(("", "1.0.0", "2", "v1 & 2_b", "1.10")),
            "keywords": sorted({_words(chance, 2) for _ in some}),
            "notes": chance.choice(("", _words(chance, 9))),
            "publisher": chance.choice(publishers),
            "contact": chance.choice(contacts),
            "funding": [_funding(chance) for _ in some],
            "identifiers": [dict(chance.choice(IDENTIFIERS)) for _ in some],
            "related": [_related(chance) for _ in some],
            "extensions": {EXTENSION: {"bench": "4"}} if chance.random() < 0.2 else {},
        }
    )


def _parents(chance: random.Random) -> list[dict[str, str]]:
    return [
        {"artifact_id": f"awen_{chance.getrandbits(256):064x}", "relation": chance.choice(PARENT_RELATIONS)}
        for _ in range(chance.choice((0, 0, 1, 2)))
    ]


def records() -> list[dict[str, Any]]:
    """The records as documents."""
    chance = random.Random(SEED)
    return [record(chance) for _ in range(COUNT)]


def works() -> list[Work]:
    """The works made of them, some with a seal, a link and parents."""
    chance = random.Random(SEED + 1)
    return [
        work_of(
            document,
            artifact_id=f"awen_{chance.getrandbits(256):064x}",
            artifact_type="run",
            parents=_parents(chance),
            seal=chance.choice(("", f"seal_{chance.getrandbits(256):064x}")),
            url=chance.choice(("", "https://example.org/find/a_b?x=1&y=%20#frag")),
        )
        for document in records()
    ]

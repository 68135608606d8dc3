"""A lineage as text: complete, and harmless whatever the titles say."""

import json
import re

import prov.model
import pytest

from awen_ref.lineage import FORMATS, Artifact, Lineage, walk
from tests.unit.lineage.test_walk import Family

HOSTILE = 'x"]; evil -->\\" \x1b[31m <script> & \n └─ line'


@pytest.fixture
def family() -> Family:
    made = Family(run="gone", grad="run:gradient_of", better="grad run", check="better:validation_of")
    made.artifacts["grad"] = Artifact(
        "grad", "gradient", HOSTILE, "2026-01-02T03:04:05+00:00", made.artifacts["grad"].parents
    )
    return made


@pytest.fixture
def lineage(family: Family) -> Lineage:
    return walk("better", family)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_names_every_artifact_and_relation(name: str, lineage: Lineage) -> None:
    text = FORMATS[name](lineage)
    for node in lineage.nodes:
        assert node in text
    for relation in ("gradient_of", "derived_from", "validation_of"):
        assert relation in text
    assert text.endswith("\n")


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_no_format_lets_a_title_break_out(name: str, lineage: Lineage) -> None:
    """AWB-R-371."""
    text = FORMATS[name](lineage)
    assert "\x1b" not in text
    assert "\\\\n └─" in text or "\n └─ line" not in text
    if name == "mermaid":
        assert HOSTILE[:4] not in text
        assert all(line.count('"') in {0, 2} for line in text.splitlines())
    if name == "dot":
        for line in text.splitlines():
            assert re.sub(r'"(?:[^"\\]|\\.)*"', "", line).count('"') == 0


def test_the_tree_shows_what_is_missing_and_what_was_shown_above(lineage: Lineage) -> None:
    lines = FORMATS["tree"](lineage).splitlines()
    assert lines[0].startswith("better_  run  BETTER")
    assert lines[1] == "came from"
    assert sum("(missing)" in line for line in lines) == 1
    assert sum("(see above)" in line for line in lines) == 1
    assert lines[-2:] == ["led to", "└─ check_  run  CHECK  (validation_of)"]


def test_a_cut_lineage_says_so(family: Family) -> None:
    text = FORMATS["tree"](walk("better", family, descendants=False, depth=1))
    assert sum(line.endswith("…") for line in text.splitlines()) == 2


def test_a_broken_child_is_shown_although_no_link_leads_to_it(family: Family) -> None:
    family.broken = {"check"}
    assert "check_  (broken)" in FORMATS["tree"](walk("better", family)).splitlines()


def test_json_holds_everything_and_leaves_out_what_is_empty(lineage: Lineage) -> None:
    value = json.loads(FORMATS["json"](lineage))
    assert value["root"] == "better"
    assert value["missing"] == ["gone"]
    nodes = {node["artifact_id"]: node for node in value["nodes"]}
    assert nodes["gone"] == {"artifact_id": "gone", "state": "missing"}
    assert nodes["grad"]["title"] == HOSTILE
    assert {"child": "grad", "parent": "run", "relation": "gradient_of"} in value["links"]
    assert value["findings"] == []


def test_prov_loads_and_round_trips_with_the_prov_package(lineage: Lineage) -> None:
    document = prov.model.ProvDocument.deserialize(content=FORMATS["prov"](lineage), format="json")
    again = prov.model.ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    assert again == document
    derivations = list(document.get_records(prov.model.ProvDerivation))
    ends = {(str(one.args[0]), str(one.args[1])) for one in derivations}
    assert ends == {(f"art:{link.child}", f"art:{link.parent}") for link in lineage.links}
    assert len(list(document.get_records(prov.model.ProvEntity))) == len(lineage.nodes)


def test_prov_of_an_artifact_without_relatives_loads() -> None:
    text = FORMATS["prov"](walk("a", Family(a="")))
    document = prov.model.ProvDocument.deserialize(content=text, format="json")
    assert len(list(document.get_records())) == 1

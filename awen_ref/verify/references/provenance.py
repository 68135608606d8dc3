"""The account of provenance against ids and parents (AWB-R-260 to 263)."""

import re
from collections.abc import Mapping
from typing import Any

from awen_ref.bundle.schema import pointer
from awen_ref.verify.references.claim import CLAIM
from awen_ref.verify.state import State

__all__ = ["compare"]

PROVENANCE = "data/evidence/provenance.json"

_ID = re.compile(r"(?:inp|res|awen)_[0-9a-f]{64}\Z")
_FRACTION_DIGITS = 9

Account = Mapping[str, Any]


def compare(state: State) -> None:
    """Hold `provenance.json` against the ids of the bundle and the parents of its claim."""
    account = state.sound.get(PROVENANCE)
    if account is None:
        return
    for name, activity in account["activity"].items():
        start, end = activity["prov:startTime"], activity["prov:endTime"]
        if _moment(start) > _moment(end):
            text = f"the activity starts at {start} and ends at {end}"
            state.report("AWB-SEM-027", text, PROVENANCE, pointer("activity", name))
    if state.ids is None:
        return
    ids = {"inputs": state.ids.inputs_id, "results": state.ids.results_id, "artifact": state.ids.artifact_id}
    parents = {parent["artifact_id"] for parent in state.sound.get(CLAIM, {}).get("parents", ())}
    if _entities(state, account, set(ids.values()), parents):
        _relations(state, account, ids)
        if CLAIM in state.sound:
            _parents(state, account, ids["artifact"], parents)


def _entities(state: State, account: Account, ids: set[str], parents: set[str]) -> bool:
    """AWB-R-260, 261: the three names are entities, and no other but a parent's is. Whether all are there."""
    found = {_local(name) for name in account["entity"]}
    missing = sorted(ids - found)
    strangers = sorted(name for name in found - ids - parents if _ID.fullmatch(name))
    if CLAIM not in state.sound:  # then nobody can tell which artifacts are parents
        strangers = [name for name in strangers if not name.startswith("awen_")]
    for name in strangers:
        text = f"the entity {name} is neither a name of this bundle nor a parent"
        state.report("AWB-SEM-025", text, PROVENANCE, "/entity")
    replaced = {name.partition("_")[0] for name in strangers}
    for name in missing:
        if name.partition("_")[0] not in replaced:
            state.report("AWB-SEM-024", f"there is no entity {name}", PROVENANCE, "/entity")
    return not missing


def _relations(state: State, account: Account, ids: Mapping[str, str]) -> None:
    """AWB-R-260: what came from what, by which activity, under which software."""
    used = {
        row["prov:activity"] for row in _rows(account, "used") if _local(row["prov:entity"]) == ids["inputs"]
    }
    made = {
        row["prov:activity"]
        for row in _rows(account, "wasGeneratedBy")
        if _local(row["prov:entity"]) == ids["results"]
    }
    software = {
        name for name, agent in account["agent"].items() if _local(agent["prov:type"]["$"]) == "SoftwareAgent"
    }
    led = {
        row["prov:activity"] for row in _rows(account, "wasAssociatedWith") if row["prov:agent"] in software
    }
    if not used & made & led & account["activity"].keys():
        text = "no activity used the inputs, generated the results and was associated with a software agent"
        state.report("AWB-SEM-024", text, PROVENANCE)
    if (ids["results"], ids["inputs"]) not in _derivations(account):
        text = "the results are not derived from the inputs"
        state.report("AWB-SEM-024", text, PROVENANCE, "/wasDerivedFrom")


def _parents(state: State, account: Account, artifact: str, parents: set[str]) -> None:
    """AWB-R-262: the artifact is derived from exactly the claim's parents."""
    sources = {used for made, used in _derivations(account) if made == artifact}
    for name in sorted(parents ^ sources):
        text = (
            f"the claim names the parent {name}, from which nothing is derived here"
            if name in parents
            else f"the artifact is derived from {name}, which is no parent of the claim"
        )
        state.report("AWB-SEM-026", text, PROVENANCE, "/wasDerivedFrom")
    entities = {_local(name) for name in account["entity"]}
    for name in sorted((parents & sources) - entities):
        state.report("AWB-SEM-026", f"there is no entity for the parent {name}", PROVENANCE, "/entity")


def _rows(account: Account, kind: str) -> list[Mapping[str, str]]:
    return list(account[kind].values())


def _derivations(account: Account) -> set[tuple[str, str]]:
    """What was derived from what, by local names."""
    return {
        (_local(row["prov:generatedEntity"]), _local(row["prov:usedEntity"]))
        for row in _rows(account, "wasDerivedFrom")
    }


def _local(name: str) -> str:
    """The local part of a qualified name; which prefix stands before it is the account's own affair."""
    return name.partition(":")[2].rpartition("/")[2]


def _moment(instant: str) -> tuple[str, str]:
    """An instant as a value that orders as time does: whole seconds, then the fraction at nine digits."""
    fraction = instant[20:].removesuffix("+00:00") if instant[19] == "." else ""
    return instant[:19], fraction.ljust(_FRACTION_DIGITS, "0")

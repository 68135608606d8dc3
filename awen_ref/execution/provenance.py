"""The W3C PROV account of one activity: `data/evidence/provenance.json` (AWB-R-260 and following)."""

from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["provenance"]

_PREFIXES = {
    "art": "https://w3id.org/awen/artifact/",
    "awen": "https://w3id.org/awen/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_ACTIVITY = "awen:activity"
_SOFTWARE = "awen:software"
_PERSON = "awen:creator"


def provenance(
    names: Mapping[str, str],
    *,
    artifact_type: str,
    window: tuple[str, str],
    tool: Mapping[str, str],
    creators: int,
    parents: Sequence[Mapping[str, str]],
) -> dict[str, Any]:
    """Who and what made the results, from which inputs and which parents.

    Args:
        names: `inputs_id`, `results_id` and `artifact_id`.
        artifact_type: What was done: `run`, `gradient`, ….
        window: Start and end of the activity, RFC 3339.
        tool: `name` and `version` of the software.
        creators: How many creators the metadata names; the account refers to them by number, and says nothing
            of them that the metadata does not, so that a new description leaves it true.
        parents: The claim's parents.

    Returns:
        A PROV-JSON document.
    """
    start, end = window
    inputs, results, artifact = (f"art:{names[key]}" for key in ("inputs_id", "results_id", "artifact_id"))
    people = [f"{_PERSON}-{number}" for number in range(1, creators + 1)]
    document: dict[str, Any] = {
        "prefix": _PREFIXES,
        "entity": {
            inputs: {"prov:type": _qualified("awen:Inputs")},
            results: {"prov:type": _qualified("awen:Results")},
            artifact: {"prov:type": _qualified("awen:Artifact"), "awen:artifactType": artifact_type},
            **{
                f"art:{parent['artifact_id']}": {"prov:type": _qualified("awen:Artifact")}
                for parent in parents
            },
        },
        "activity": {
            _ACTIVITY: {
                "prov:startTime": start,
                "prov:endTime": end,
                "prov:type": _qualified(f"awen:{artifact_type}"),
            }
        },
        "agent": {
            _SOFTWARE: {
                "prov:type": _qualified("prov:SoftwareAgent"),
                "prov:label": f"{tool['name']} {tool['version']}",
            },
            **{person: {"prov:type": _qualified("prov:Agent")} for person in people},
        },
        "used": {"_:used-1": {"prov:activity": _ACTIVITY, "prov:entity": inputs, "prov:time": start}},
        "wasGeneratedBy": {
            "_:generated-1": {"prov:activity": _ACTIVITY, "prov:entity": results, "prov:time": end}
        },
        "wasAssociatedWith": {"_:associated-1": {"prov:activity": _ACTIVITY, "prov:agent": _SOFTWARE}},
        "wasDerivedFrom": {"_:derived-1": {"prov:generatedEntity": results, "prov:usedEntity": inputs}},
        "hadMember": {
            "_:member-1": {"prov:collection": artifact, "prov:entity": inputs},
            "_:member-2": {"prov:collection": artifact, "prov:entity": results},
        },
    }
    if people:
        document["wasAttributedTo"] = {
            f"_:attributed-{number}": {"prov:entity": artifact, "prov:agent": person}
            for number, person in enumerate(people, 1)
        }
    for number, parent in enumerate(parents, 2):
        document["wasDerivedFrom"][f"_:derived-{number}"] = {
            "prov:generatedEntity": artifact,
            "prov:usedEntity": f"art:{parent['artifact_id']}",
            "prov:type": _qualified(f"awen:{parent['relation']}"),
        }
    return document


def _qualified(name: str) -> dict[str, str]:
    """A qualified name as PROV-JSON writes one among attribute values."""
    return {"$": name, "type": "prov:QUALIFIED_NAME"}

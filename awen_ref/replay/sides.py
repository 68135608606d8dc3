"""The two sides of a comparison: what a bundle recorded, and what an execution just gave."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from awen_ref.bundle.assemble import Inputs, Results, files_of
from awen_ref.compare import Record
from awen_ref.digest import parse_manifest
from awen_ref.execution import INPUTS

if TYPE_CHECKING:
    from awen_ref.engine import RunResult
    from awen_ref.verify import VerifiedBundle

__all__ = ["executed_side", "recorded_side"]

ENVIRONMENT = "data/evidence/environment.json"
_RESULTS = "data/results/"


def recorded_side(verified: "VerifiedBundle") -> Record:
    """What a bundle says came out, with everything that attribution looks at."""
    lines, _ = parse_manifest(verified.bundle.members["manifest-sha256.txt"].read())
    outputs = verified.document("data/results/outputs.json")
    documents = {path: verified.document(path) for path in INPUTS.values() if path in verified.bundle.members}
    return Record(
        documents={**documents, ENVIRONMENT: verified.document(ENVIRONMENT)},
        outputs=outputs,
        arrays={name: verified.array(name) for name in outputs},
        digests={
            line.path.removeprefix(_RESULTS): line.sha256 for line in lines if line.path.startswith(_RESULTS)
        },
        status=verified.document("data/results/body.json")["status"],
    )


def executed_side(
    inputs: Inputs, result: "RunResult", results: Results, environment: Mapping[str, Any]
) -> Record:
    """What an execution gave, in the same terms."""
    documents = {
        path: document for name, path in INPUTS.items() if (document := getattr(inputs, name)) is not None
    }
    return Record(
        documents={**documents, ENVIRONMENT: environment},
        outputs=results.outputs,
        arrays={name: output.array for name, output in result.outputs.items()},
        digests={path: member.sha256 for path, member in files_of(results, "").items()},
        status=result.body["status"],
    )

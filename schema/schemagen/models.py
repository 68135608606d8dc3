"""The tagged definitions to pydantic models and msgspec structs, through datamodel-code-generator."""

import json
import subprocess
import sys
from collections.abc import Sequence

from schemagen.documents import DIALECT, Definitions
from schemagen.sources import PACKAGE, REPOSITORY, Files, SourceError

_FLAGS = (
    "--input-file-type=jsonschema",
    "--target-python-version=3.11",
    "--class-name=AnyDocument",
    "--enum-field-as-literal=all",
    "--formatters=builtin",
    "--disable-timestamp",
    "--no-allow-remote-refs",
    "--strict-refs",
    "--use-annotated",
    "--use-attribute-docstrings",
    "--use-double-quotes",
    "--use-field-description",
    "--use-schema-description",
    "--use-standard-collections",
    "--use-tuple-for-fixed-length-arrays",
    "--use-type-alias",
    "--use-union-operator",
)
_PYDANTIC = (
    "--output-model-type=pydantic_v2.BaseModel",
    "--base-class=awen_schema.base.AwenModel",
    "--strict-types",
    "int",
    "float",
)
"""An alias is compiled without the configuration of the model that uses it, so it says itself what it is."""

_MSGSPEC = ("--output-model-type=msgspec.Struct", "--use-msgspec-tagged-unions")

_HEAD = '''"""One model for each class of the schema. Generated from the LinkML modules: do not edit.

A class that is a map (`Parameters`, `Outputs`, `Metrics`) or that stands for one of several (`Task`, `Body`,
`Grid`, `Creator`) is a type alias; `awen_schema.documents.parse` reads every kind of document.
"""

'''


_STRUCTS_HEAD = '''"""Documents of bundles as msgspec structs. Generated from the LinkML modules: do not edit.

Shapes, patterns and bounds are checked when a document is decoded; conditions between members, and that lists
are sorted and without repetition, say the JSON Schemas. Needs msgspec and nothing of AWEN.
"""

'''


def emit(definitions: Definitions, documents: Sequence[str]) -> Files:
    """The Python module of the models.

    Raises:
        SourceError: datamodel-code-generator refused the definitions.
    """
    body = _generated(definitions, documents, _PYDANTIC)
    body = body.replace("Annotated[StrictFloat, Field(", "Annotated[StrictFloat, Field(allow_inf_nan=False, ")
    return {f"{PACKAGE}/models.py": _HEAD + body}


def emit_structs(definitions: Definitions, documents: Sequence[str]) -> Files:
    """The Python module of the structs: frozen, and as strict about unknown members as the schemas.

    Raises:
        SourceError: datamodel-code-generator refused the definitions.
    """
    body = _generated(definitions, documents, _MSGSPEC)
    body = body.replace("(Struct", "(Struct, frozen=True, forbid_unknown_fields=True")
    return {"msgspec/awen_msgspec.py": _STRUCTS_HEAD + body}


def _generated(definitions: Definitions, documents: Sequence[str], flags: Sequence[str]) -> str:
    """What datamodel-code-generator makes of the definitions, from the first import to the last class."""
    root = {
        "$schema": DIALECT,
        "anyOf": [{"$ref": f"#/$defs/{name}"} for name in documents],
        "$defs": definitions.tagged,
    }
    command = [sys.executable, "-m", "datamodel_code_generator", *_FLAGS, *flags]
    done = subprocess.run(
        command,
        cwd=REPOSITORY,  # its formatter takes the length of a line from the pyproject.toml that it finds
        input=json.dumps(root),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SourceError([f"datamodel-code-generator: {done.stderr.strip()}"])
    body = done.stdout[done.stdout.index("from __future__") :]
    return body[: body.index("\n\nAnyDocument")]

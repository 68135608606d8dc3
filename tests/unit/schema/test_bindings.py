"""What `awen bindings` writes is complete, compiles, and reads the golden bundles."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import msgspec
import pyshacl
import pytest
import rdflib
from hatchling.builders.wheel import WheelBuilder

from awen_schema import bindings
from awen_schema.layout import FILES
from tests.unit.schema.corpus import GENERATED, SCHEMA
from tests.unit.schema.test_typescript import FLAGS

ROOT = SCHEMA.parent
GOLDEN = ROOT / "conformance" / "cases" / "golden"
TERMS = "https://w3id.org/awen/terms/"


def written(kind: str, folder: Path) -> Path:
    for name, data in bindings.files(kind).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def _texts() -> Iterator[tuple[str, str]]:
    """Every document of the golden bundles with its class."""
    for path in sorted(GOLDEN.glob("*/input.tree.json")):
        entries = json.loads(path.read_bytes())["entries"]
        for row in FILES.values():
            text = entries.get(row.path, {}).get("text", "") if row.schema else ""
            lines = text.splitlines() if row.format == "jsonl" else [text]
            yield from ((row.schema, line) for line in lines if line)


@cache
def documents() -> tuple[tuple[str, Any], ...]:
    return tuple((name, json.loads(text)) for name, text in _texts())


@cache
def module(path: Path) -> ModuleType:
    """The module at a path, run from its text."""
    made = ModuleType(path.stem)
    sys.modules[path.stem] = made  # where msgspec looks up the names in annotations
    exec(compile(path.read_text("utf-8"), str(path), "exec"), vars(made))  # noqa: S102 - our own file
    return made


@pytest.fixture(scope="session")
def structs(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    return module(written("msgspec", tmp_path_factory.mktemp("msgspec")) / "awen_msgspec.py")


def test_the_golden_bundles_hold_documents_of_most_classes() -> None:
    assert len(documents()) > 50
    assert {"Manifest", "Metadata", "Experiment", "Graph", "Task", "Body"} <= {
        name for name, _ in documents()
    }


@pytest.mark.parametrize("kind", sorted(bindings.KINDS))
def test_a_binding_has_the_files_that_were_generated(kind: str) -> None:
    files = bindings.files(kind)
    assert list(files) == sorted(files)
    generated = {
        path.relative_to(GENERATED / kind).as_posix(): path.read_bytes()
        for path in (GENERATED / kind).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith("binding")
        if "binding_files" not in path.parts
    }
    assert files == generated


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(KeyError, match="cobol"):
        bindings.files("cobol")


def test_python_models_read_the_golden_bundles_from_their_own_folder(tmp_path: Path) -> None:
    program = (
        "import json, sys; from awen_schema import documents\n"
        "assert documents.__file__.startswith(sys.argv[1])\n"
        "for name, value in json.load(sys.stdin): documents.parse(name, json.dumps(value))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(written("python", tmp_path))],
        input=json.dumps(documents()),
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_structs_give_back_what_they_read(structs: ModuleType) -> None:
    for name, value in documents():
        read = msgspec.json.decode(json.dumps(value), type=getattr(structs, name))
        assert json.loads(msgspec.json.encode(read)) == value


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("Experiment", {"seed": 42}),
        ("Experiment", {"unknown": 1}),
        ("Experiment", {"grid": {"kind": "wavelength", "start_nm": 1550}}),
        ("Metadata", {"created": "yesterday"}),
        ("Manifest", {"ids": {}}),
    ],
)
def test_structs_refuse_another_shape(structs: ModuleType, name: str, change: Mapping[str, Any]) -> None:
    value = next(value for found, value in documents() if found == name)
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(json.dumps({**value, **change}), type=getattr(structs, name))


def test_structs_cannot_be_changed(structs: ModuleType) -> None:
    value = next(value for found, value in documents() if found == "Metadata")
    read = msgspec.json.decode(json.dumps(value), type=structs.Metadata)
    with pytest.raises(AttributeError, match="immutable"):
        read.title = "another"


def test_typescript_takes_the_golden_bundles_and_the_example_of_the_page(node: Path, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "reference" / "bindings.md").read_text("utf-8")
    (tmp_path / "page.ts").write_text(page.partition("```typescript\n")[2].partition("```")[0])
    lines = ['import type * as awen from "./awen";']
    lines += [
        f"export const it{number}: awen.{name} = {json.dumps(value)};"
        for number, (name, value) in enumerate(documents())
    ]
    (written("typescript", tmp_path) / "golden.ts").write_text("\n".join(lines) + "\n")
    command = [str(node / "node_modules" / ".bin" / "tsc"), *FLAGS, "awen.ts", "golden.ts", "page.ts"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_schemas_take_the_golden_bundles() -> None:
    files = bindings.files("json-schema")
    judges = {
        name: jsonschema.Draft202012Validator(json.loads(files[f"{name}.schema.json"]))
        for name in {name for name, _ in documents()}
    }
    for name, value in documents():
        assert [error.message for error in judges[name].iter_errors(value)] == []


# rdflib's own JSON-LD parser uses a class that rdflib has deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
def test_contexts_and_shapes_take_a_golden_description() -> None:
    contexts, (shapes,) = bindings.files("jsonld"), bindings.files("shacl").values()
    context = json.loads(contexts["Metadata.context.jsonld"])
    value = next(value for name, value in documents() if name == "Metadata")
    typed = {"@id": "https://example.org/it", "@type": f"{TERMS}Metadata", **context, **value}
    graph = rdflib.Graph().parse(data=json.dumps(typed), format="json-ld")
    title = graph.value(rdflib.URIRef("https://example.org/it"), rdflib.URIRef("http://schema.org/name"))
    assert str(title) == value["title"]
    shape = rdflib.Graph().parse(data=shapes.decode(), format="turtle")
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shape)
    assert conforms, text


def test_the_wheel_carries_every_binding_and_the_corpus(tmp_path: Path) -> None:
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for kind in bindings.KINDS.keys() - {"python", "json-schema"}:
        assert {f"awen_schema/binding_files/{kind}/{name}" for name in bindings.files(kind)} <= names
    assert {f"awen_schema/json_schema/{name}" for name in bindings.files("json-schema")} <= names
    assert set(bindings.files("python")) <= names
    cases = {path.relative_to(GOLDEN.parents[1]).as_posix() for path in GOLDEN.parent.glob("*/*/case.json")}
    assert {f"awen_conformance/corpus/{case}" for case in cases} <= names

"""The preview page: the record, what was run and what came out, and nothing that acts (AWB-R-371)."""

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from awen_ref import canonical, npy
from awen_ref.bundle.model import BytesMember
from awen_ref.bundle.page import contents_of
from awen_ref.rendering.contents import MOST_ROWS, Contents
from awen_ref.rendering.preview import preview
from awen_ref.rendering.ro_crate import Crate, Tool
from awen_ref.rendering.work import Work
from tests import awkward, bundles
from tests.unit.rendering.pages import Page, read

CRATE = Crate(
    files={
        "data/inputs/ir.json": ("0" * 64, 12345, "application/json"),
        "manifest.json": ("1" * 64, 1, "application/json"),
    },
    tool=Tool("awen-ref", "0.1.0", "https://example.org/awen"),
    window=("2026-01-01T00:00:00+00:00", "2026-01-01T00:00:01+00:00"),
    ids={"inputs_id": "inp_1", "results_id": "res_1", "artifact_id": "awen_1"},
)
HARMLESS = {
    "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "p", "div", "pre", "dl", "dt",
    "dd", "table", "tr", "th", "td", "details", "summary", "a", "bdi", "br", "cite", "code", "data",
    "svg", "polyline", "path", "rect", "text",
}  # fmt: skip
NAMES = ("experiment", "task", "parameters", "ir", "device", "outputs", "body")
TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
WORK = awkward.works()[0]


def nodes_at(root: html.HtmlElement, path: str) -> list[html.HtmlElement]:
    return cast("list[html.HtmlElement]", root.xpath(path))


def page_of(kind: str) -> Page:
    return read(bundles.sealed(kind).members["ro-crate-preview.html"].read().decode())


def told(**documents: Any) -> str:  # noqa: ANN401 - documents of any shape
    return read(preview(WORK, CRATE, Contents(documents))).text


def test_preview_shows_the_record_and_runs_nothing(works: Sequence[Work]) -> None:
    for work in works:
        page = read(preview(work, CRATE, Contents()))
        assert set(page.tags) <= HARMLESS
        assert all(link.startswith(("https://", "http://")) or ":" not in link for link in page.links)
        assert work.title in page.text
        assert work.description in page.text
        assert work.artifact_id in page.text
        assert all(creator.display in page.text for creator in work.creators)


@pytest.mark.parametrize("kind", bundles.KINDS)
def test_a_sealed_page_shows_outputs_parameters_and_circuit(kind: str) -> None:
    files = bundles.files_of(bundles.sealed(kind))
    page = page_of(kind)
    assert set(page.tags) <= HARMLESS
    for path in ("data/results/outputs.json", "data/inputs/parameters.json"):
        for name, meta in json.loads(files.get(path, b"{}")).items():
            assert name in page.text
            assert meta["unit"] in page.text
    nodes = json.loads(files.get("data/inputs/ir.json", b'{"nodes": {}}'))["nodes"]
    assert all(name in page.text and node["kind"] in page.text for name, node in nodes.items())
    assert json.loads(files["data/results/body.json"])["status"] in page.text
    assert files["manifest-sha256.txt"].decode().split(" ")[0][:12] in page.text


def test_the_values_on_the_page_are_those_of_the_arrays() -> None:
    elements = [0.1, 1 / 3, -2.5e-300, 4.0, 1e300, 7.0]
    outputs = {
        name: {"axes": ["a"], "file": f"arrays/{name}.npy", "quantity": "power", "shape": [size], "unit": "W"}
        for name, size in (("few", 2), ("many", 6))
    }
    files = {
        "data/results/outputs.json": canonical.dumps(outputs),
        "data/results/arrays/few.npy": npy.encode(np.zeros(2)),
        "data/results/arrays/many.npy": npy.encode(np.array(elements)),
    }
    contents = contents_of({path: BytesMember(data) for path, data in files.items()})
    assert list(contents.values["many"]) == elements
    page = read(preview(WORK, CRATE, contents))
    assert "0, 0" in page.text
    assert "-2.5e-300 … 1e+300" in page.text
    (points,) = page.points
    heights = [int(point.partition(",")[2]) for point in points.split()]
    assert min(heights) == heights[elements.index(max(elements))]


def test_a_number_that_is_cut_for_the_eye_stands_there_whole() -> None:
    page = read(preview(WORK, CRATE, Contents({"parameters": {"x": {"value": 1 / 3, "unit": "rad"}}})))
    assert "0.333333" in page.text
    assert repr(1 / 3) in page.values


def test_long_lists_name_the_file_that_has_the_rest() -> None:
    many = {f"p{number}": {"value": number, "unit": "1"} for number in range(MOST_ROWS + 5)}
    assert "5 more stand in data/inputs/parameters.json" in told(parameters=many)
    nodes: dict[str, Any] = {f"n{number}": {"kind": "mzi", "params": {}} for number in range(300)}
    page = read(preview(WORK, CRATE, Contents({"ir": {"nodes": nodes, "edges": []}})))
    assert "300 nodes" in page.text
    assert "rect" not in page.tags


def test_a_small_circuit_is_drawn_with_every_node_and_connection() -> None:
    names = ("laser", "ring", "through")
    nodes: dict[str, Any] = {
        name: {"kind": "source" if name == "laser" else "ring", "params": {}} for name in names
    }
    edges = [{"ends": ["laser.o1", "ring.o1"]}, {"ends": ["ring.o2", "through.o1"]}]
    source = preview(WORK, CRATE, Contents({"ir": {"nodes": nodes, "edges": edges}}))
    (drawing,) = nodes_at(html.fromstring(source.encode()), "//*[@class='circuit']")
    places = {
        str(text.text): float(text.get("x", "nan"))
        for text in nodes_at(drawing, ".//*[local-name()='text'][not(@class)]")
    }
    assert sorted(places, key=places.__getitem__) == list(names)
    assert len(nodes_at(drawing, ".//*[local-name()='path']")) == len(edges)


@given(
    documents=st.dictionaries(st.sampled_from(NAMES), st.dictionaries(st.text(max_size=8), TREES, max_size=4))
)
@settings(max_examples=300, deadline=None)
def test_no_document_breaks_the_page_or_gets_markup_into_it(documents: dict[str, Any]) -> None:
    page = read(preview(WORK, CRATE, Contents(documents)))
    assert set(page.tags) <= HARMLESS


@pytest.mark.parametrize(
    "ir",
    [
        {"nodes": 7}, {"nodes": {"a": 7}}, {"nodes": {"a": {"kind": 7, "params": 7}}, "edges": 7},
        {"nodes": {"a": {}}, "edges": [7, {}, {"ends": 7}, {"ends": ["a.o1"]}, {"ends": ["a.o1", 7]}]},
        {"nodes": {"a": {}}, "edges": [{"ends": ["a.o1", "a.o2"]}, {"ends": ["a.o1", "b.o1"]}]},
    ],
)  # fmt: skip
def test_no_graph_breaks_the_page(ir: dict[str, Any]) -> None:
    assert "Experiment" in told(ir=ir)


def test_markup_in_documents_stays_text() -> None:
    name = "<script>alert(1)</script>"
    documents: dict[str, Any] = {
        "body": {name: name},
        "outputs": {name: {"unit": name, "quantity": name, "axes": [name], "shape": [1]}},
        "parameters": {name: {"value": name, "unit": name}},
        "ir": {"nodes": {name: {"kind": name, "params": {name: name}}}},
    }
    source = preview(WORK, CRATE, Contents(documents))
    assert name not in source
    assert set(read(source).tags) <= HARMLESS
    assert read(source).text.count(name) >= 10


@pytest.mark.parametrize("kind", bundles.KINDS)
def test_the_page_is_in_order_for_those_who_do_not_see_it(kind: str) -> None:
    root = html.fromstring(bundles.sealed(kind).members["ro-crate-preview.html"].read())
    assert root.get("lang") == "en"
    assert len(nodes_at(root, "//main")) == len(nodes_at(root, "//h1")) == 1
    levels = [int(heading.tag[1]) for heading in nodes_at(root, "//h1|//h2|//h3")]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(region.get("aria-label") for region in nodes_at(root, "//*[@tabindex]"))
    assert all(head.get("scope") == "col" for head in nodes_at(root, "//th"))
    assert all(drawing.get("aria-label") for drawing in nodes_at(root, "//*[local-name()='svg']"))

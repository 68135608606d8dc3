"""The worked example of the specification: a real experiment, run and sealed while the text is made."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from awen_ref.bundle import Bundle

_PRINTABLE = bytes(octet if 32 <= octet < 127 else ord(".") for octet in range(256))

WHEN = datetime(2026, 1, 1, tzinfo=UTC)

GRAPH: Mapping[str, Any] = {
    "nodes": {
        "laser": {"kind": "source", "params": {"power_w": "launch_power", "phase_rad": 0}},
        "pad": {"kind": "attenuator", "params": {"loss_db": 3}},
        "probe": {"kind": "monitor", "params": {}},
    },
    "edges": [{"ends": ["laser.o1", "pad.o1"]}, {"ends": ["pad.o2", "probe.o1"]}],
}
EXPERIMENT: Mapping[str, Any] = {
    "artifact_type": "run",
    "semantics": "awen-ir/1.0",
    "seed": "42",
    "shots": 0,
    "grid": {"kind": "wavelength", "start_um": 1.55, "stop_um": 1.55, "points": 1},
    "record": [],
}
PARAMETERS: Mapping[str, Any] = {"launch_power": {"value": 0.001, "unit": "W"}}
METADATA: Mapping[str, Any] = {
    "title": "A laser behind an attenuator",
    "description": "The smallest experiment with something to see: 1 mW, 3 dB, one wavelength.",
    "created": "2026-01-01T00:00:00+00:00",
    "license": {"name": "CC0 1.0 Universal", "spdx_id": "CC0-1.0"},
    "creators": [
        {"type": "person", "family_name": "Carberry", "given_name": "Josiah", "orcid": "0000-0002-1825-0097"}
    ],
}
ENVIRONMENT: Mapping[str, Any] = {
    "runtime": {"name": "awen-ref", "version": "1.0"},
    "os": {"name": "Linux"},
    "cpu": {"architecture": "x86_64", "logical_cores": 1, "features": []},
    "gpus": [],
    "feature_flags": {"observability": True, "gradients": False, "quantum": False},
    "dependencies": {},
}


class Still:
    """A clock that stands still, so that the example is the same on every machine."""

    def now(self) -> datetime:
        """The time that the example was made at."""
        return WHEN

    def monotonic_ns(self) -> int:
        """No time passes."""
        return 0


@cache
def bundle() -> Bundle:
    """The example, run and sealed."""
    return sealed(EXPERIMENT, GRAPH, PARAMETERS)


def sealed(experiment: Mapping[str, Any], graph: Mapping[str, Any], parameters: Mapping[str, Any]) -> Bundle:
    """An experiment, run and sealed as the example is."""
    from awen_ref.engine import ReferenceEngine
    from awen_ref.record import Documents, record

    documents = Documents("example", experiment, graph, parameters, metadata=METADATA)
    return record(documents, engine=ReferenceEngine(), clock=Still(), environment=ENVIRONMENT).bundle


def block() -> str:
    """The example's files and names, the names computed with the text's own selection."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    """The block, line by line."""
    manifest = _text("manifest-sha256.txt")
    yield "A laser of 1 mW, an attenuator of 3 dB, a monitor, one wavelength, seed 42."
    yield "Its `data/inputs/ir.json`, in whole:"
    yield from _fenced("json", _text("data/inputs/ir.json"))
    yield "Its `data/inputs/experiment.json`:"
    yield from _fenced("json", _text("data/inputs/experiment.json"))
    yield "Its `data/results/outputs.json`:"
    yield from _fenced("json", _text("data/results/outputs.json"))
    array = "data/results/arrays/probe.power.npy"
    yield f"`{array}`, octet for octet:"
    yield from _fenced("text", _dump(bundle().members[array].read()))
    yield "`manifest-sha256.txt`, less the evidence:"
    yield from _fenced("text", "".join(_selected(manifest, "data/(inputs|claim|results)/")))
    yield "Its names:"
    yield from _fenced("text", "\n".join(f"{name:12} {value}" for name, value in names(manifest).items()))
    yield "The seal depends on evidence and description, here of a made-up machine on 2026-01-01;"
    yield "the other three do not."


def names(manifest: str) -> dict[str, str]:
    """The four names, computed as the pipeline of the text does and compared with what the bundle says.

    Raises:
        AssertionError: The two differ.
    """
    found = {
        "inputs_id": "inp_" + _sha256("".join(_selected(manifest, "data/inputs/"))),
        "results_id": "res_" + _sha256("".join(_selected(manifest, "data/results/"))),
        "artifact_id": "awen_" + _sha256("".join(_selected(manifest, "data/(inputs|claim|results)/"))),
        "seal": "seal_" + _sha256(_text("tagmanifest-sha256.txt")),
    }
    if found != bundle().ids._asdict():
        raise AssertionError(f"{found} is not {bundle().ids}")
    return found


def _sha256(text: str) -> str:
    """What `sha256sum` prints."""
    return hashlib.sha256(text.encode()).hexdigest()


def _selected(manifest: str, pattern: str) -> list[str]:
    """What `grep -E '^[0-9a-f]{64}  PATTERN'` gives."""
    return [
        line for line in manifest.splitlines(keepends=True) if re.match(rf"[0-9a-f]{{64}}  {pattern}", line)
    ]


def _text(path: str) -> str:
    """A file of the example as text."""
    return bundle().members[path].read().decode()


def _dump(data: bytes) -> str:
    """Octets as `xxd -g1` shows them."""
    rows = [data[start : start + 16] for start in range(0, len(data), 16)]
    return "\n".join(
        f"{16 * number:08x}: {row.hex(' '):47}  {row.translate(_PRINTABLE).decode()}"
        for number, row in enumerate(rows)
    )


def _fenced(language: str, text: str) -> Iterator[str]:
    """A code block."""
    yield from ("", f"```{language}", text.rstrip("\n"), "```", "")

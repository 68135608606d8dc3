"""Write tests/assets/sax/: what SAX finds for our circuits, for tests that run without SAX.

Usage: python benchmarks/peers/make_references.py PYTHON [NAME ...], with the Python of an environment that
has SAX 0.18. The grids are thinned: the points of the full grid are the same circuits at other wavelengths.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from engine_circuits import CIRCUITS, documents_of, peer_circuit

HERE = Path(__file__).resolve().parent
ASSETS = HERE.parents[1] / "tests" / "assets" / "sax"
THINNED = {"ring": 50, "bus64": 20, "crow64": 20, "mesh16": 1, "mesh64": 1, "mesh16 gradient": 1}
"""Circuit to how many points of its grid are skipped for each that is kept."""


def write(python: str, name: str) -> None:
    """Write the reference of one circuit."""
    circuit, _, gradient = name.partition(" ")
    net, grid = CIRCUITS[circuit]
    plain = peer_circuit(documents_of(net(), grid))
    plain["wavelengths_um"] = plain["wavelengths_um"][:: THINNED[name]]
    target = ASSETS / f"{name.replace(' ', '_')}.npz"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "circuit.json"
        path.write_text(json.dumps(plain), "utf-8")
        command = [python, str(HERE / "sax_circuit.py"), str(path), "--save", str(target), "--warm", "0"]
        subprocess.run([*command, "--gradient"] if gradient else command, check=True)


if __name__ == "__main__":
    ASSETS.mkdir(parents=True, exist_ok=True)
    for wanted in sys.argv[2:] or THINNED:
        write(sys.argv[1], wanted)
        print(wanted, flush=True)

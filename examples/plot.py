"""Draw what an example gives: spectra as curves, single points as bars, counts as histograms."""

import io
from pathlib import Path

import matplotlib as mpl
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from awen_ref.bundle import Bundle
from catalogue import Example

__all__ = ["draw"]

Values = npt.NDArray[np.float64]
Arrays = dict[str, Values]

_POINTS = 1500  # of one curve: enough for the eye, small in the repository

mpl.rcParams["svg.hashsalt"] = "awen"
mpl.rcParams["svg.fonttype"] = "none"
mpl.rcParams["path.simplify_threshold"] = 0.5


def draw(example: Example, bundle: Bundle, path: Path) -> None:
    """Write the figure of an example.

    Args:
        example: The example.
        bundle: Its sealed run.
        path: Where to.
    """
    arrays = {name: _array(bundle, name) for name in example.curves}
    figure = Figure(figsize=(7.2, 3.0), layout="constrained")
    axes = figure.add_subplot()
    if any(name.endswith((".counts", ".samples")) for name in arrays):
        _histogram(axes, arrays)
    elif example.grid["points"] == 1:
        _bars(axes, arrays)
    else:
        grid = np.linspace(example.grid["start_um"], example.grid["stop_um"], example.grid["points"])
        _curves(axes, grid, arrays)
    axes.set_title(example.title, fontsize="medium")
    figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})


def _array(bundle: Bundle, name: str) -> Values:
    data = bundle.members[f"data/results/arrays/{name}.npy"].read()
    return np.asarray(np.load(io.BytesIO(data)), dtype=np.float64)


def _curves(axes: Axes, grid: Values, arrays: Arrays) -> None:
    step = max(1, grid.size // _POINTS)
    for name, array in arrays.items():
        decibel = 10.0 * np.log10(np.maximum(array[::step] / 1e-3, 1e-6))
        axes.plot(grid[::step], decibel, linewidth=0.8, label=name.removesuffix(".power"))
    axes.set_xlabel("wavelength (um)")
    axes.set_ylabel("power (dBm)")
    axes.legend(fontsize="small", loc="lower right", ncols=2)


def _bars(axes: Axes, arrays: Arrays) -> None:
    values = [float(array[0]) * 1e3 for array in arrays.values()]
    axes.bar(range(len(values)), values)
    axes.set_xlabel("mode")
    axes.set_ylabel("power (mW)")


def _histogram(axes: Axes, arrays: Arrays) -> None:
    """Samples by value: one bin a count, or forty over the whole range."""
    counted = all(name.endswith(".counts") for name in arrays)
    low, high = min(a.min() for a in arrays.values()), max(a.max() for a in arrays.values())
    levels = np.arange(low, high + 2) - 0.5 if counted else np.linspace(low, high, 41)
    for name, array in arrays.items():
        axes.hist(array.ravel(), bins=levels.tolist(), alpha=0.7, label=name.rpartition(".")[0])
    axes.set_xlabel("photons in 100 ns" if counted else "quadrature")
    axes.set_ylabel("shots")
    axes.legend(fontsize="small")

"""The examples: which circuit, on which grid, and what their READMEs say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from awen_ref.engine.gallery import add_drop_ring, clements, crow, noisy, ring_bus, wdm_filter
from awen_ref.engine.netlist import Netlist, wavelengths

__all__ = ["EXAMPLES", "Example"]

_ONE_LINE = wavelengths(1.55, 1.55, 1)


@dataclass(frozen=True, slots=True)
class Example:
    """One folder below `examples/`.

    Attributes:
        title: Its title, also of what is cited.
        about: What the circuit is: the README's and the metadata's paragraph.
        look: What is worth a look, and what is validated.
        circuit: Makes the graph.
        grid: The grid of the experiment.
        curves: Outputs to draw.
        keywords: For the metadata.
        shots: Samples of each sampled output.
        seed: Of the experiment.
    """

    title: str
    about: str
    look: str
    circuit: Callable[[], Netlist]
    grid: Mapping[str, Any]
    curves: tuple[str, ...]
    keywords: tuple[str, ...]
    shots: int = 0
    seed: int = 0


EXAMPLES: Mapping[str, Example] = {
    "mzi_mesh_4x4": Example(
        title="A 4x4 interferometer mesh with noisy detectors",
        about=(
            "A universal rectangular mesh of six Mach-Zehnder interferometers after Clements et al. "
            "(Optica 3 (2016) 1460), fed with 1 mW in its first mode. Modes 0 and 2 end in photodiodes with "
            "shot, thermal and relative intensity noise, modes 1 and 3, 60 dB lower, in photon counters."
        ),
        look=(
            "Expectations (`out_00.power`, `out_01.mean`, ...) do not depend on the seed; the 1000 samples "
            "(`out_00.samples`, `out_01.counts`) do: `--seed 8` gives another `results_id`, the same seed "
            "the same one on every machine."
        ),
        circuit=lambda: clements(4, end=noisy),
        grid=_ONE_LINE,
        curves=("out_01.counts", "out_03.counts"),
        keywords=("Clements mesh", "photon counting", "shot noise"),
        shots=1000,
        seed=7,
    ),
    "wdm_filter": Example(
        title="A four-channel wavelength demultiplexer",
        about=(
            "A binary tree of three unbalanced Mach-Zehnder interferometers. The first splits odd from even "
            "channels, the other two, with half its path difference, part those again: four channels, "
            "400 GHz apart, at four photodiodes."
        ),
        look=(
            "`--set root_phase=1.570796` moves the channels by a quarter of the first free spectral range; "
            "`--set delta_um=35.2` detunes the first interferometer against the others."
        ),
        circuit=wdm_filter,
        grid=wavelengths(1.544, 1.558, 1401),
        curves=("east_a.power", "east_b.power", "west_a.power", "west_b.power"),
        keywords=("wavelength division multiplexing", "Mach-Zehnder interferometer", "filter"),
    ),
    "add_drop_ring": Example(
        title="An add-drop ring resonator",
        about=(
            "One ring of 62.8 um between two buses, coupled by 5 % each. Its resonances are solved in closed "
            "form, not by iteration."
        ),
        look=(
            "The circuit that the engine is held to 60-digit arithmetic on: the error of the drop port is "
            "below 1e-13, where double precision phases alone leave 2e-12."
        ),
        circuit=add_drop_ring,
        grid=wavelengths(1.5, 1.6, 10001),
        curves=("through.power", "drop.power"),
        keywords=("ring resonator", "add-drop filter"),
    ),
    "bus_filter_64_rings": Example(
        title="Sixty-four all-pass rings on one bus",
        about=(
            "Sixty-four rings side by side on one waveguide, each 10 nm longer in circumference than the one "
            "before, with couplings between 4 % and 6 %: sixty-four small loops in a row."
        ),
        look="`ir.lowered.json` in the bundle lists the loops, each in the order of its elimination.",
        circuit=ring_bus,
        grid=wavelengths(1.5, 1.6, 2001),
        curves=("through.power",),
        keywords=("ring resonator", "filter bank"),
    ),
    "crow_64": Example(
        title="A coupled-resonator optical waveguide of 64 rings",
        about=(
            "Sixty-four rings coupled in a row by 10 % to 12 %: one loop of 256 waves, eliminated in the "
            "order of least fill-in."
        ),
        look="Light passes to `drop` in the bands of the resonances only, after sixty-four ring crossings.",
        circuit=crow,
        grid=wavelengths(1.5, 1.6, 2001),
        curves=("through.power", "drop.power"),
        keywords=("coupled resonator optical waveguide", "slow light"),
    ),
    "clements_16x16": Example(
        title="A 16x16 interferometer mesh",
        about="A mesh of 120 Mach-Zehnder interferometers with 240 named random phases, fed in mode 0.",
        look="Power is conserved to the last bits: the sixteen `.power` outputs add up to 1 mW.",
        circuit=lambda: clements(16),
        grid=_ONE_LINE,
        curves=tuple(f"out_{mode:02d}.power" for mode in range(16)),
        keywords=("Clements mesh", "linear optics"),
    ),
    "clements_64x64": Example(
        title="A 64x64 interferometer mesh",
        about="A mesh of 2016 Mach-Zehnder interferometers with 4032 named random phases, fed in mode 0.",
        look="The largest example: planned in a tenth of a second, solved in milliseconds.",
        circuit=lambda: clements(64),
        grid=_ONE_LINE,
        curves=tuple(f"out_{mode:02d}.power" for mode in range(64)),
        keywords=("Clements mesh", "linear optics"),
    ),
}

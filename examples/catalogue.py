"""The examples: which circuit, on which grid, and what their READMEs say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from awen_ref.engine.gallery import (
    add_drop_ring,
    clements,
    crow,
    feed_forward,
    interferometer,
    noisy,
    ring_bus,
    wdm_filter,
)
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
        more: Further documents of the folder by file name, such as `device.json`.
        origin_ps: Where the experiment's clock starts; 0 where only control or a delay needs one.
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
    more: Mapping[str, Any] = field(default_factory=dict)
    origin_ps: int = 0


_SECOND_PS = 10**12
_ARMS = ("lower_phase", "upper_phase")


def _phase(offset_rad: float, rate_rad_s: float, per_kelvin: float) -> dict[str, float]:
    """What is known, or true, of one heater of the interferometer."""
    return {
        "offset_rad": offset_rad,
        "correction_rad": 0.0,
        "drift_rate_rad_s": rate_rad_s,
        "temperature_coefficient_rad_k": per_kelvin,
        "ou_sigma_rad": 2e-5,
        "ou_tau_s": 3600.0,
    }


_TWIN = {
    "type": "twin",
    "capabilities": ["coupler", "phase_shifter", "photodetector", "source", "terminator", "waveguide"],
    "limits": {"maximum_phase_rad": 20.0},
    "twin": {
        "seed": "2026",
        "at_ps": str(200 * _SECOND_PS),
        "temperature_k": 300.5,
        "reference_temperature_k": 300.0,
        "phases": dict(zip(_ARMS, (_phase(0.31, 2e-4, 0.06), _phase(-0.12, -3e-4, 0.02)), strict=True)),
        "crosstalk": {"order": list(_ARMS), "matrix": [[1.0, 0.03], [0.02, 1.0]]},
        "dark_rates": {},
    },
}
_CALIBRATION = {
    "phases": dict(zip(_ARMS, (_phase(0.31, 1e-6, 0.0), _phase(-0.12, 1e-6, 0.0)), strict=True)),
    "crosstalk": {"order": list(_ARMS), "matrix": [[1.0, 0.03], [0.02, 1.0]]},
    "dark_rates": {},
    "temperature_k": 300.0,
    "calibrated_at_ps": "0",
    "stale_limit_rad": 3e-4,
}
_CALIBRATION_TASK = {
    "artifact_type": "calibration",
    "procedure": "phase_response",
    "targets": list(_ARMS),
    "optimiser": {"method": "gauss_newton", "maximum_iterations": 50, "tolerance": 1e-9},
    "soft_limits": {"residual": 1e-3},
    "hard_limits": {"power_w": 0.01, "phase_rad": 20.0},
    "as_of_ps": str(200 * _SECOND_PS),
}


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
    "homodyne_feed_forward": Example(
        title="A homodyne link with feed-forward",
        about=(
            "A tenth of a weak laser is measured by a homodyne detector in the quadrature that its unknown "
            "phase moves. The other nine tenths wait in 200 ns of fibre, for as long as measuring, deciding "
            "and setting take, and are turned back by what was found, shot by shot."
        ),
        look=(
            "`control.jsonl` in the bundle holds one decision a shot; the run replays exactly. The receiver "
            "sees the phase gone and the probe's vacuum noise in its place: without the rule its mean would "
            "be 8.1."
        ),
        circuit=feed_forward,
        grid=_ONE_LINE,
        curves=("probe.samples", "receiver.samples"),
        keywords=("feed-forward", "homodyne detection", "measurement-conditioned control"),
        shots=400,
        seed=5,
    ),
    "drifting_phase_calibration": Example(
        title="A calibrated interferometer on a device that drifts",
        about=(
            "A Mach-Zehnder interferometer with a heater in each arm, on a simulated device with offsets, "
            "crosstalk, a warm half kelvin, ageing and a wandering phase, 200 s after it was calibrated. The "
            "calibration undoes the offsets and the crosstalk; what has drifted since is left."
        ),
        look=(
            "`device.json` holds the truth, `calibration.json` what is known of it, `task.json` the "
            "calibration that would find the drift. With its clock 100 s later the experiment is refused: "
            "1 urad/s and the wandering have then used up the limit of 300 urad."
        ),
        circuit=interferometer,
        grid=wavelengths(1.54, 1.56, 801),
        curves=("cross.power", "bar.power"),
        keywords=("calibration", "drift", "digital twin"),
        more={"device.json": _TWIN, "calibration.json": _CALIBRATION, "task.json": _CALIBRATION_TASK},
        origin_ps=200 * _SECOND_PS,
    ),
}

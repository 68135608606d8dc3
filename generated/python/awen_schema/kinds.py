"""Component kinds of `awen-ir/1.0`: ports, parameters with unit and bounds, scattering entries, outputs.

The table is `schema/kinds.yaml`; the equations are in the specification (`ir.md`).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

__all__ = ["KINDS", "Kind", "Param", "Reading"]


class Param(NamedTuple):
    """One parameter of a kind.

    Attributes:
        name: Its name; the unit is part of it.
        unit: The unit that an entry of `parameters.json` must carry.
        minimum: Smallest value allowed, or `None`.
        maximum: Largest value allowed, or `None`.
        above: Exclusive lower bound, or `None`.
    """

    name: str
    unit: str
    minimum: float | None
    maximum: float | None
    above: float | None


class Reading(NamedTuple):
    """One output of a kind, as `outputs.json` describes it.

    Attributes:
        name: What follows the node's id and a dot in the output's name.
        dtype: Element type of its array.
        unit: Its unit.
        quantity: What it measures.
        axes: Its axes; what control has set by shot puts the axis `shot` before those of an expectation.
    """

    name: str
    dtype: str
    unit: str
    quantity: str
    axes: tuple[str, ...]


class Kind(NamedTuple):
    """One component kind.

    Attributes:
        name: The value of a node's `kind`.
        title: One line for people.
        role: `source`, `passive`, `composite` or `detector`.
        requirement: The sentence of the specification with its equations or its expansion.
        ports: How many ports, o1 to oN; 0 where the node's table says.
        params: Its parameters, all required, by name.
        table: Whether a node of this kind carries a tabulated scattering matrix.
        coefficients: Names of the distinct scattering coefficients.
        entries: Non-zero entries of the scattering matrix: port number to, port number from, index of the
            coefficient; ascending.
        outputs: Outputs that a detector always leaves, by name.
        sampled: Outputs that it leaves besides where shots are taken, by name.
    """

    name: str
    title: str
    role: str
    requirement: str
    ports: int
    params: Mapping[str, Param]
    table: bool
    coefficients: tuple[str, ...]
    entries: tuple[tuple[int, int, int], ...]
    outputs: Mapping[str, Reading]
    sampled: Mapping[str, Reading]


def _params(*rows: tuple[str, str, float | None, float | None, float | None]) -> Mapping[str, Param]:
    return MappingProxyType({row[0]: Param(*row) for row in rows})


def _readings(*rows: tuple[str, str, str, str, tuple[str, ...]]) -> Mapping[str, Reading]:
    return MappingProxyType({row[0]: Reading(*row) for row in rows})


_ROWS: tuple[Kind, ...] = (
    Kind(
        'source',
        'Continuous-wave laser of constant power over the grid',
        'source',
        'AWB-R-445',
        1,
        _params(
            ('power_w', 'W', 0.0, 1000000000.0, None),
            ('phase_rad', 'rad', -1000000000.0, 1000000000.0, None),
        ),
        False,
        (),
        (),
        _readings(),
        _readings(),
    ),
    Kind(
        'waveguide',
        'Dispersive, lossy waveguide',
        'passive',
        'AWB-R-440',
        2,
        _params(
            ('length_um', 'um', 0.0, 1000000000000.0, None),
            ('n_eff', '1', None, 1000.0, 0.0),
            ('n_g', '1', None, 1000.0, 0.0),
            ('dispersion_ps_nm_km', 'ps/(nm.km)', -1000000000.0, 1000000000.0, None),
            ('loss_db_cm', 'dB/cm', 0.0, 1000000000.0, None),
            ('reference_wavelength_um', 'um', 0.001, 1000000.0, None),
        ),
        False,
        ('through',),
        ((1, 2, 0), (2, 1, 0)),
        _readings(),
        _readings(),
    ),
    Kind(
        'phase_shifter',
        'Lossless phase shifter, flat over the grid',
        'passive',
        'AWB-R-442',
        2,
        _params(
            ('phase_rad', 'rad', -1000000000.0, 1000000000.0, None),
        ),
        False,
        ('through',),
        ((1, 2, 0), (2, 1, 0)),
        _readings(),
        _readings(),
    ),
    Kind(
        'attenuator',
        'Flat attenuator',
        'passive',
        'AWB-R-443',
        2,
        _params(
            ('loss_db', 'dB', 0.0, 1000000.0, None),
        ),
        False,
        ('through',),
        ((1, 2, 0), (2, 1, 0)),
        _readings(),
        _readings(),
    ),
    Kind(
        'delay',
        'Dispersionless, lossless delay',
        'passive',
        'AWB-R-441',
        2,
        _params(
            ('delay_ps', 'ps', 0.0, 1000000000000.0, None),
        ),
        False,
        ('through',),
        ((1, 2, 0), (2, 1, 0)),
        _readings(),
        _readings(),
    ),
    Kind(
        'coupler',
        'Lossless directional coupler',
        'passive',
        'AWB-R-444',
        4,
        _params(
            ('kappa', '1', 0.0, 1.0, None),
        ),
        False,
        ('bar', 'cross'),
        ((1, 3, 1), (1, 4, 0), (2, 3, 0), (2, 4, 1), (3, 1, 1), (3, 2, 0), (4, 1, 0), (4, 2, 1)),
        _readings(),
        _readings(),
    ),
    Kind(
        'splitter',
        'Lossless 1-to-2 splitter',
        'passive',
        'AWB-R-447',
        3,
        _params(
            ('ratio', '1', 0.0, 1.0, None),
        ),
        False,
        ('first', 'second'),
        ((1, 2, 0), (1, 3, 1), (2, 1, 0), (3, 1, 1)),
        _readings(),
        _readings(),
    ),
    Kind(
        'mzi',
        'Mach-Zehnder interferometer with an outer and an inner phase',
        'passive',
        'AWB-R-446',
        4,
        _params(
            ('theta_rad', 'rad', -1000000000.0, 1000000000.0, None),
            ('phi_rad', 'rad', -1000000000.0, 1000000000.0, None),
        ),
        False,
        ('o2_o3', 'o1_o3', 'o2_o4', 'o1_o4'),
        ((1, 3, 1), (1, 4, 3), (2, 3, 0), (2, 4, 2), (3, 1, 1), (3, 2, 0), (4, 1, 3), (4, 2, 2)),
        _readings(),
        _readings(),
    ),
    Kind(
        'ring_all_pass',
        'All-pass ring; expands into one coupler and one waveguide',
        'composite',
        'AWB-R-460',
        2,
        _params(
            ('kappa', '1', 0.0, 1.0, None),
            ('length_um', 'um', None, 1000000000000.0, 0.0),
            ('n_eff', '1', None, 1000.0, 0.0),
            ('n_g', '1', None, 1000.0, 0.0),
            ('dispersion_ps_nm_km', 'ps/(nm.km)', -1000000000.0, 1000000000.0, None),
            ('loss_db_cm', 'dB/cm', 0.0, 1000000000.0, None),
            ('reference_wavelength_um', 'um', 0.001, 1000000.0, None),
        ),
        False,
        (),
        (),
        _readings(),
        _readings(),
    ),
    Kind(
        'ring_add_drop',
        'Add-drop ring; expands into two couplers and two half waveguides',
        'composite',
        'AWB-R-461',
        4,
        _params(
            ('kappa_in', '1', 0.0, 1.0, None),
            ('kappa_drop', '1', 0.0, 1.0, None),
            ('length_um', 'um', None, 1000000000000.0, 0.0),
            ('n_eff', '1', None, 1000.0, 0.0),
            ('n_g', '1', None, 1000.0, 0.0),
            ('dispersion_ps_nm_km', 'ps/(nm.km)', -1000000000.0, 1000000000.0, None),
            ('loss_db_cm', 'dB/cm', 0.0, 1000000000.0, None),
            ('reference_wavelength_um', 'um', 0.001, 1000000.0, None),
        ),
        False,
        (),
        (),
        _readings(),
        _readings(),
    ),
    Kind(
        'crossing',
        'Waveguide crossing without crosstalk',
        'passive',
        'AWB-R-443',
        4,
        _params(
            ('loss_db', 'dB', 0.0, 1000000.0, None),
        ),
        False,
        ('through',),
        ((1, 3, 0), (2, 4, 0), (3, 1, 0), (4, 2, 0)),
        _readings(),
        _readings(),
    ),
    Kind(
        'isolator',
        'Isolator, forward from o1 to o2',
        'passive',
        'AWB-R-443',
        2,
        _params(
            ('loss_db', 'dB', 0.0, 1000000.0, None),
            ('isolation_db', 'dB', 0.0, 1000000.0, None),
        ),
        False,
        ('forward', 'backward'),
        ((1, 2, 1), (2, 1, 0)),
        _readings(),
        _readings(),
    ),
    Kind(
        'terminator',
        'Perfect absorber for a port that is not used',
        'passive',
        'AWB-R-448',
        1,
        _params(),
        False,
        (),
        (),
        _readings(),
        _readings(),
    ),
    Kind(
        's_matrix',
        'Tabulated scattering matrix, linear between wavelengths, passivity-checked',
        'passive',
        'AWB-R-454',
        0,
        _params(),
        True,
        (),
        (),
        _readings(),
        _readings(),
    ),
    Kind(
        'monitor',
        'Noiseless reading of field and power',
        'detector',
        'AWB-R-500',
        1,
        _params(),
        False,
        (),
        (),
        _readings(
            ('field', '<f8', 'sqrt(W)', 'optical_field', ('wavelength', 'complex')),
            ('power', '<f8', 'W', 'optical_power', ('wavelength',)),
        ),
        _readings(),
    ),
    Kind(
        'delay_monitor',
        'Noiseless reading of the group delay',
        'detector',
        'AWB-R-487',
        1,
        _params(),
        False,
        (),
        (),
        _readings(
            ('group_delay', '<f8', 'ps', 'group_delay', ('wavelength',)),
        ),
        _readings(),
    ),
    Kind(
        'photodetector',
        'Photodiode with shot, thermal and relative intensity noise',
        'detector',
        'AWB-R-501',
        1,
        _params(
            ('responsivity_a_w', 'A/W', 0.0, 1000000.0, None),
            ('dark_current_a', 'A', 0.0, 1000000.0, None),
            ('bandwidth_hz', 'Hz', 0.0, 1000000000000000.0, None),
            ('temperature_k', 'K', 0.0, 1000000.0, None),
            ('load_ohm', 'Ohm', 1e-09, 1000000000000000.0, None),
            ('rin_per_hz', 'Hz-1', 0.0, 1.0, None),
        ),
        False,
        (),
        (),
        _readings(
            ('power', '<f8', 'W', 'optical_power', ('wavelength',)),
            ('current', '<f8', 'A', 'photocurrent', ('wavelength',)),
        ),
        _readings(
            ('samples', '<f8', 'A', 'photocurrent', ('shot', 'wavelength')),
        ),
    ),
    Kind(
        'photon_counter',
        'Photon counter over a time window',
        'detector',
        'AWB-R-502',
        1,
        _params(
            ('efficiency', '1', 0.0, 1.0, None),
            ('dark_rate_hz', 'Hz', 0.0, 1000000000000000.0, None),
            ('window_ps', 'ps', 0.001, 1000000000000000.0, None),
        ),
        False,
        (),
        (),
        _readings(
            ('mean', '<f8', '1', 'photon_count', ('wavelength',)),
        ),
        _readings(
            ('counts', '<u8', '1', 'photon_count', ('shot', 'wavelength')),
        ),
    ),
    Kind(
        'homodyne',
        'Balanced homodyne detector, one quadrature',
        'detector',
        'AWB-R-503',
        1,
        _params(
            ('efficiency', '1', 0.0, 1.0, None),
            ('lo_phase_rad', 'rad', -1000000000.0, 1000000000.0, None),
            ('electronic_variance', '1', 0.0, 1000000000.0, None),
            ('window_ps', 'ps', 0.001, 1000000000000000.0, None),
        ),
        False,
        (),
        (),
        _readings(
            ('mean', '<f8', '1', 'quadrature', ('wavelength',)),
        ),
        _readings(
            ('samples', '<f8', '1', 'quadrature', ('shot', 'wavelength')),
        ),
    ),
    Kind(
        'heterodyne',
        'Heterodyne detector, both quadratures',
        'detector',
        'AWB-R-504',
        1,
        _params(
            ('efficiency', '1', 0.0, 1.0, None),
            ('lo_phase_rad', 'rad', -1000000000.0, 1000000000.0, None),
            ('electronic_variance', '1', 0.0, 1000000000.0, None),
            ('window_ps', 'ps', 0.001, 1000000000000000.0, None),
        ),
        False,
        (),
        (),
        _readings(
            ('mean', '<f8', '1', 'quadrature', ('wavelength', 'complex')),
        ),
        _readings(
            ('samples', '<f8', '1', 'quadrature', ('shot', 'wavelength', 'complex')),
        ),
    ),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ROWS})
"""Every kind by name, in the order of the table."""

"""Component kinds of `awen-ir/1.0`: ports, parameters with unit and bounds, scattering entries, outputs.

The table is `schema/kinds.yaml`; the equations are in the specification (`ir.md`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["KINDS", "Kind", "Param"]


@dataclass(frozen=True, slots=True)
class Param:
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


@dataclass(frozen=True, slots=True)
class Kind:
    """One component kind.

    Attributes:
        name: The value of a node's `kind`.
        title: One line for people.
        role: `source`, `passive`, `composite` or `detector`.
        ports: How many ports, o1 to oN; 0 where the node's table says.
        params: Its parameters, all required, by name.
        table: Whether a node of this kind carries a tabulated scattering matrix.
        coefficients: Names of the distinct scattering coefficients.
        entries: Non-zero entries of the scattering matrix: port number to, port number from, index of the
            coefficient; ascending.
        outputs: Outputs that a detector always leaves.
        sampled: Outputs that it leaves when shots are taken.
    """

    name: str
    title: str
    role: str
    ports: int
    params: Mapping[str, Param]
    table: bool
    coefficients: tuple[str, ...]
    entries: tuple[tuple[int, int, int], ...]
    outputs: tuple[str, ...]
    sampled: tuple[str, ...]


def _params(*rows: tuple[str, str, float | None, float | None, float | None]) -> Mapping[str, Param]:
    return MappingProxyType({row[0]: Param(*row) for row in rows})


_ROWS: tuple[Kind, ...] = (
    Kind(
        'source',
        'Continuous-wave laser of constant power over the grid',
        'source',
        1,
        _params(
            ('power_w', 'W', 0.0, 1000000000.0, None),
            ('phase_rad', 'rad', -1000000000.0, 1000000000.0, None),
        ),
        False,
        (),
        (),
        (),
        (),
    ),
    Kind(
        'waveguide',
        'Dispersive, lossy waveguide',
        'passive',
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
        (),
        (),
    ),
    Kind(
        'phase_shifter',
        'Lossless phase shifter, flat over the grid',
        'passive',
        2,
        _params(
            ('phase_rad', 'rad', -1000000000.0, 1000000000.0, None),
        ),
        False,
        ('through',),
        ((1, 2, 0), (2, 1, 0)),
        (),
        (),
    ),
    Kind(
        'attenuator',
        'Flat attenuator',
        'passive',
        2,
        _params(
            ('loss_db', 'dB', 0.0, 1000000.0, None),
        ),
        False,
        ('through',),
        ((1, 2, 0), (2, 1, 0)),
        (),
        (),
    ),
    Kind(
        'delay',
        'Dispersionless, lossless delay',
        'passive',
        2,
        _params(
            ('delay_ps', 'ps', 0.0, 1000000000000.0, None),
        ),
        False,
        ('through',),
        ((1, 2, 0), (2, 1, 0)),
        (),
        (),
    ),
    Kind(
        'coupler',
        'Lossless directional coupler',
        'passive',
        4,
        _params(
            ('kappa', '1', 0.0, 1.0, None),
        ),
        False,
        ('bar', 'cross'),
        ((1, 3, 1), (1, 4, 0), (2, 3, 0), (2, 4, 1), (3, 1, 1), (3, 2, 0), (4, 1, 0), (4, 2, 1)),
        (),
        (),
    ),
    Kind(
        'splitter',
        'Lossless 1-to-2 splitter',
        'passive',
        3,
        _params(
            ('ratio', '1', 0.0, 1.0, None),
        ),
        False,
        ('first', 'second'),
        ((1, 2, 0), (1, 3, 1), (2, 1, 0), (3, 1, 1)),
        (),
        (),
    ),
    Kind(
        'mzi',
        'Mach-Zehnder interferometer with an outer and an inner phase',
        'passive',
        4,
        _params(
            ('theta_rad', 'rad', -1000000000.0, 1000000000.0, None),
            ('phi_rad', 'rad', -1000000000.0, 1000000000.0, None),
        ),
        False,
        ('o2_o3', 'o1_o3', 'o2_o4', 'o1_o4'),
        ((1, 3, 1), (1, 4, 3), (2, 3, 0), (2, 4, 2), (3, 1, 1), (3, 2, 0), (4, 1, 3), (4, 2, 2)),
        (),
        (),
    ),
    Kind(
        'ring_all_pass',
        'All-pass ring; expands into one coupler and one waveguide',
        'composite',
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
        (),
        (),
    ),
    Kind(
        'ring_add_drop',
        'Add-drop ring; expands into two couplers and two half waveguides',
        'composite',
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
        (),
        (),
    ),
    Kind(
        'crossing',
        'Waveguide crossing without crosstalk',
        'passive',
        4,
        _params(
            ('loss_db', 'dB', 0.0, 1000000.0, None),
        ),
        False,
        ('through',),
        ((1, 3, 0), (2, 4, 0), (3, 1, 0), (4, 2, 0)),
        (),
        (),
    ),
    Kind(
        'isolator',
        'Isolator, forward from o1 to o2',
        'passive',
        2,
        _params(
            ('loss_db', 'dB', 0.0, 1000000.0, None),
            ('isolation_db', 'dB', 0.0, 1000000.0, None),
        ),
        False,
        ('forward', 'backward'),
        ((1, 2, 1), (2, 1, 0)),
        (),
        (),
    ),
    Kind(
        'terminator',
        'Perfect absorber for a port that is not used',
        'passive',
        1,
        _params(),
        False,
        (),
        (),
        (),
        (),
    ),
    Kind(
        's_matrix',
        'Tabulated scattering matrix, linear between wavelengths, passivity-checked',
        'passive',
        0,
        _params(),
        True,
        (),
        (),
        (),
        (),
    ),
    Kind(
        'monitor',
        'Noiseless reading of field and power',
        'detector',
        1,
        _params(),
        False,
        (),
        (),
        ('field', 'power'),
        (),
    ),
    Kind(
        'delay_monitor',
        'Noiseless reading of the group delay',
        'detector',
        1,
        _params(),
        False,
        (),
        (),
        ('group_delay',),
        (),
    ),
    Kind(
        'photodetector',
        'Photodiode with shot, thermal and relative intensity noise',
        'detector',
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
        ('power', 'current'),
        ('samples',),
    ),
    Kind(
        'photon_counter',
        'Photon counter over a time window',
        'detector',
        1,
        _params(
            ('efficiency', '1', 0.0, 1.0, None),
            ('dark_rate_hz', 'Hz', 0.0, 1000000000000000.0, None),
            ('window_ps', 'ps', 0.001, 1000000000000000.0, None),
        ),
        False,
        (),
        (),
        ('mean',),
        ('counts',),
    ),
    Kind(
        'homodyne',
        'Balanced homodyne detector, one quadrature',
        'detector',
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
        ('mean',),
        ('samples',),
    ),
    Kind(
        'heterodyne',
        'Heterodyne detector, both quadratures',
        'detector',
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
        ('mean',),
        ('samples',),
    ),
)

KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ROWS})
"""Every kind by name, in the order of the table."""

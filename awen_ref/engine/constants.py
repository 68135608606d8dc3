"""Physical constants: those that define the SI (BIPM, SI Brochure, 9th edition, 2019), each exact."""

__all__ = [
    "BOLTZMANN_J_K",
    "ELEMENTARY_CHARGE_C",
    "PHOTON_ENERGY_J_UM",
    "PLANCK_J_S",
    "PS_PER_S",
    "SPEED_OF_LIGHT_M_S",
]

PLANCK_J_S = 6.62607015e-34
"""Planck constant h in J s."""
ELEMENTARY_CHARGE_C = 1.602176634e-19
"""Elementary charge e in C."""
BOLTZMANN_J_K = 1.380649e-23
"""Boltzmann constant k in J/K."""
SPEED_OF_LIGHT_M_S = 299792458.0
"""Speed of light c in m/s."""
PHOTON_ENERGY_J_UM = 1.9864458571489287e-19
"""h c in J um, the exact product rounded once: a photon of wavelength l has the energy h c / l."""
PS_PER_S = 1e12
"""Picoseconds in a second."""

from decimal import Decimal

from scipy import constants as codata

from awen_ref.engine import constants


def test_constants_are_those_of_the_si() -> None:
    assert codata.h == constants.PLANCK_J_S
    assert codata.e == constants.ELEMENTARY_CHARGE_C
    assert codata.k == constants.BOLTZMANN_J_K
    assert codata.c == constants.SPEED_OF_LIGHT_M_S


def test_the_photon_energy_is_the_exact_product_rounded_once() -> None:
    product = Decimal("6.62607015e-34") * Decimal(299792458) * 10**6
    assert float(product) == constants.PHOTON_ENERGY_J_UM

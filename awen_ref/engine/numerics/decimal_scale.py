"""Scalar factors from decibels and decay times, each the float nearest to the exact value.

`decimal` at 40 digits (its exp and ln are correctly rounded, its power is within one unit of the last digit),
then one rounding to binary64. The arguments enter exactly: a float is a finite decimal number. Should 40
digits not settle the rounding (they leave one value in 10**22 open), the precision doubles. Powers of ten,
the one exact case, are exact in decimal. Only methods of a context are used: operators round to the
thread's own.
"""

import decimal
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

__all__ = ["db_amplitude", "decay", "relaxation", "waveguide_amplitude"]

_DIGITS = 40
_MARGIN = 4  # digits at the end that may be wrong
_PI = Decimal(
    "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899862803482534"
)


def _context(digits: int) -> decimal.Context:
    return decimal.Context(
        prec=digits,
        rounding=decimal.ROUND_HALF_EVEN,
        Emin=decimal.MIN_EMIN,
        Emax=decimal.MAX_EMAX,
        traps=[decimal.InvalidOperation, decimal.DivisionByZero],
    )


def _rounded(compute: Callable[[decimal.Context], Decimal]) -> float:
    """The float nearest to a value given to any number of digits."""
    digits = _DIGITS
    while True:
        context = _context(digits)
        value = compute(context)
        if not value.is_finite():
            return float(value)
        slack = context.scaleb(value.copy_abs(), _MARGIN - digits)
        wide = _context(digits + _DIGITS)
        below, above = float(wide.subtract(value, slack)), float(wide.add(value, slack))
        if below == above or digits > 4 * _DIGITS:
            return float(value)
        digits *= 2


def _checked(name: str, value: float) -> Decimal:
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(f"{name} must be finite, not {value}")
    return number


@lru_cache(maxsize=4096)
def db_amplitude(loss_db: float) -> float:
    """Amplitude factor `10**(-loss_db / 20)` of a loss in dB.

    Raises:
        ValueError: The loss is not finite, or the factor is beyond the largest float.
    """
    return _power_of_ten(_checked("loss_db", loss_db), 1)


@lru_cache(maxsize=4096)
def waveguide_amplitude(loss_db_cm: float, length_um: float) -> float:
    """Amplitude factor `10**(-loss_db_cm * length_um * 1e-4 / 20)` of a propagation loss.

    The product is formed in decimal, not in binary64.

    Raises:
        ValueError: An argument is not finite, or the factor is beyond the largest float.
    """
    return _power_of_ten(_checked("loss_db_cm", loss_db_cm), 10_000, _checked("length_um", length_um))


def _power_of_ten(loss: Decimal, divisor: int, length: Decimal = Decimal(1)) -> float:
    def compute(context: decimal.Context) -> Decimal:
        exponent = context.divide(context.multiply(loss, length).copy_negate(), Decimal(20 * divisor))
        return context.power(Decimal(10), exponent)

    result = _rounded(compute)
    if result == float("inf"):
        raise ValueError(f"a loss of {float(loss * length / divisor)} dB has no finite amplitude factor")
    return result


@lru_cache(maxsize=4096)
def decay(*factors: float, pi: bool = False) -> float:
    """`exp(-(product of the factors))`, times pi in the exponent where `pi` is set.

    A quotient is given by its reciprocal only where that is exact; see `relaxation` for `exp(-t / tau)`.

    Raises:
        ValueError: A factor is not finite.
    """
    numbers = [_checked("factor", f) for f in factors]

    def compute(context: decimal.Context) -> Decimal:
        product = _PI if pi else Decimal(1)
        for number in numbers:
            product = context.multiply(product, number)
        return context.exp(product.copy_negate())

    return _rounded(compute)


@lru_cache(maxsize=4096)
def relaxation(elapsed_s: float, tau_s: float) -> tuple[float, float]:
    """What is left of a deviation after a time, and what noise has replaced of it.

    Returns:
        `exp(-elapsed / tau)` and `sqrt(1 - exp(-2 elapsed / tau))`, each the nearest float: the two factors
        of an exact Ornstein-Uhlenbeck update.

    Raises:
        ValueError: A time is not finite, `elapsed_s` is negative or `tau_s` not positive.
    """
    elapsed, tau = _checked("elapsed_s", elapsed_s), _checked("tau_s", tau_s)
    if elapsed < 0 or tau <= 0:
        raise ValueError(
            f"an elapsed time of {elapsed_s} s and a time constant of {tau_s} s describe no relaxation"
        )
    if elapsed == 0:
        return 1.0, 0.0

    def ratio(context: decimal.Context) -> Decimal:
        return context.divide(elapsed, tau)

    def innovation(context: decimal.Context) -> Decimal:
        wide = _context(context.prec + max(0, -ratio(context).adjusted()) + _MARGIN)
        left = wide.exp(wide.multiply(-2, wide.divide(elapsed, tau)))
        return context.sqrt(wide.subtract(Decimal(1), left))

    return _rounded(lambda c: c.exp(ratio(c).copy_negate())), _rounded(innovation)

"""What a component model is: from parameters to scattering coefficients, and to their derivatives."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from awen_ref.engine.numerics.double_double import Array

__all__ = ["Coefficients", "Constants", "Derivatives", "Model", "Params", "flat_model"]

Params = Mapping[str, Array]
"""Parameter name to values, shape (n, 1) or (n, columns) for n nodes of one kind."""

Coefficients = Sequence[tuple[Array, Array]]
"""Real and imaginary part of each coefficient of the kind, broadcastable to (n, columns)."""

Derivatives = Mapping[str, Sequence[tuple[int, Array, Array]]]
"""Parameter name to (index of a coefficient, real and imaginary part of its derivative), by index."""


Constants = Sequence[Array]
"""What a model needs at every wavelength, each of shape (n, 1) or (n, columns)."""


@dataclass(frozen=True, slots=True)
class Model:
    """The equations of one kind (AWB-R-440 ff.), for all its nodes at once.

    Attributes:
        prepare: From parameters to what does not depend on the wavelength.
        coefficients: From that and the wavelengths in um, shape (columns,), to the coefficients.
        derivatives: From parameters and wavelengths to the derivatives of the coefficients.
        flat: Whether the coefficients do not depend on the wavelength.
    """

    prepare: Callable[[Params], Constants]
    coefficients: Callable[[Constants, Array], Coefficients]
    derivatives: Callable[[Params, Array], Derivatives]
    flat: bool = True


def flat_model(
    coefficients: Callable[[Params], Coefficients], derivatives: Callable[[Params], Derivatives]
) -> Model:
    """The model of a kind that is the same at every wavelength."""

    def prepare(params: Params) -> Constants:
        return [part for pair in coefficients(params) for part in pair]

    def repeat(constants: Constants, _wavelengths: Array) -> Coefficients:
        return list(zip(constants[0::2], constants[1::2], strict=True))

    def derive(params: Params, _wavelengths: Array) -> Derivatives:
        return derivatives(params)

    return Model(prepare, repeat, derive)

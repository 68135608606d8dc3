"""Component models by kind (AWB-R-430 to 448); ports, parameters and entries are in `awen_schema.kinds`.

A new kind is a row of `schema/kinds.yaml`, a model in `MODELS` here, and a paragraph of the specification.
"""

from awen_ref.engine.components import loss, phase, propagation
from awen_ref.engine.components.model import Coefficients, Constants, Derivatives, Model, Params
from awen_ref.engine.components.tabulated import tabulated

__all__ = ["MODELS", "Coefficients", "Constants", "Derivatives", "Model", "Params", "tabulated"]

MODELS = {**loss.MODELS, **phase.MODELS, **propagation.MODELS}
"""The model of each kind that scatters and has no table."""

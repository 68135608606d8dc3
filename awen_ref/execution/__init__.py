"""From an engine's result to a sealed artifact of any type: what runs, replays and gradients share."""

from awen_ref.execution.documents import INPUTS, evidence_of, inputs_of, results_of, typed
from awen_ref.execution.sealing import Execution, sealed
from awen_ref.execution.surroundings import surroundings

__all__ = ["INPUTS", "Execution", "evidence_of", "inputs_of", "results_of", "sealed", "surroundings", "typed"]

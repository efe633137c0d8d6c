"""The scale on which errors count: changes per 100 %, logarithms of levels and ratios."""

from __future__ import annotations

import numpy as np

from lekti.population.target_words import readout_words
from lekti.population.targets import Target

LEAST = 1e-9
"""Levels below this count as this."""


def scaled(target: Target, values: np.ndarray) -> np.ndarray:
    """Return values of a target's readout on the scale of scores."""
    if readout_words()[target.readout].scale == "percent":
        return values / 100.0
    return np.log(np.maximum(values, LEAST))

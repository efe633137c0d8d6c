"""Weight of a virtual person by age, read off the model's own equations."""

from __future__ import annotations

from collections.abc import Callable

from lekti.model.expression import evaluate
from lekti.model.parameters import weight_parameters
from lekti.model.system import System, expanded


def weight_curve(system: System, sex: str) -> Callable[[float], float]:
    """Return a function from age in days to the median weight in kg for a sex.

    Before birth it gives the weight at birth. The growth curve is fitted to WHO and CDC medians (person.tsv).
    """
    row = system.parameter_row(**weight_parameters(sex))[0]
    values = dict(zip(system.parameters, (float(value) for value in row), strict=True))
    median = expanded(system)[0]["weight_median"]

    def weight(age_days: float) -> float:
        return evaluate(median, {**values, "time": age_days - values["age_start"]})

    return weight

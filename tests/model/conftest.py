"""People the model is tried on: typical parameters with a genotype and a course."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from lekti.engine.doses import Doses
from lekti.engine.kernel import Kernel
from lekti.engine.run import Run
from lekti.engine.simulate import simulate
from lekti.model.netherton import netherton_system

BIRTH = 120.0
"""Model time of birth in days."""

YEAR = 365.25

CONSTANT_WEIGHT = {
    "weight_a1": 0.0,
    "weight_k2": 0.0,
    "weight_a3": 0.0,
    "weight_factor": 1.0,
    "growth_by_loss": 0.0,
}


@pytest.fixture(scope="session")
def live() -> Callable[..., Run]:
    """Return a function that simulates one typical person; keywords set parameters."""

    def simulated(
        ages: Sequence[float], outputs: Sequence[str], doses: Doses | None = None, **parameters: float
    ) -> Run:
        system = netherton_system()
        return simulate(
            system,
            system.parameter_row(**parameters),
            times=np.asarray(ages) + BIRTH,
            doses=doses,
            outputs=outputs,
            solver=Kernel(),
        )

    return simulated

"""The long proof: the kernel and its judge give the same course of the Netherton model."""

from __future__ import annotations

import numpy as np
import pytest

from lekti.engine.doses import Doses
from lekti.engine.kernel import Kernel
from lekti.engine.precision import DOUBLE, MIXED
from lekti.engine.reference import Reference
from lekti.engine.simulate import simulate
from lekti.model.netherton import netherton_system

BIRTH = 120.0


@pytest.mark.slow
def test_every_state_agrees_through_birth_a_year_and_six_doses() -> None:
    system = netherton_system()
    rows = system.parameter_row(lekti_allele_a=0.05, lekti_allele_b=0.05)
    doses = Doses(patient=0, time=BIRTH + 280.0 + 14.0 * np.arange(6), target="dupilumab_depot", amount=300.0)
    question = {"times": np.arange(0.0, BIRTH + 365.0, 0.9), "doses": doses}
    slow = simulate(system, rows, solver=Reference(), **question)  # type: ignore[arg-type]
    scale = np.abs(slow.values).max(axis=(0, 1))
    for precision in (DOUBLE, MIXED):
        fast = simulate(system, rows, solver=Kernel(precision=precision), **question)  # type: ignore[arg-type]
        assert str(fast.outcomes[0]) == str(slow.outcomes[0]) == "ok"
        errors = np.abs(fast.values - slow.values).max(axis=(0, 1)) / np.where(scale > 0.0, scale, 1.0)
        assert errors.max() < 3e-5, precision.name
        assert np.median(errors) < 1e-6, precision.name

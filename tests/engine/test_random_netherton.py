"""Infections of our own model by chance: the rate that the model computes is the rate at which they come."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lekti.engine.kernel import Kernel
from lekti.engine.luck import digest_of, waiting_time
from lekti.engine.reference import Reference
from lekti.engine.simulate import simulate
from lekti.model.event import Change, RandomEvent
from lekti.model.expression import symbol
from lekti.model.netherton import netherton_system
from lekti.model.system import System

BIRTH, YEAR = 120.0, 365.25


def with_infections(*changes: Change) -> System:
    """Return our model with infections that `skin_infection_rate` (1/year) brings."""
    infection = RandomEvent("skin infection", symbol("skin_infection_rate") / YEAR, changes)
    return replace(netherton_system(), random_events=(infection,))


def people(system: System, patients: int) -> np.ndarray:
    return np.repeat(system.parameter_row(lekti_allele_a=0.05, lekti_allele_b=0.05), patients, axis=0)


def test_infections_come_where_the_integral_of_the_rate_meets_the_draws() -> None:
    system = with_infections()
    times = np.arange(0.0, BIRTH + 3.0 * YEAR, 1.0)
    run = simulate(
        system, people(system, 24), times=times, outputs=["skin_infection_rate"], solver=Kernel(), seed=11
    )
    assert {outcome.code for outcome in run.outcomes} == {"ok"}
    rate = run["skin_infection_rate"] / YEAR
    hazard = np.cumsum(0.5 * (rate[:, 1:] + rate[:, :-1]), axis=1)
    for patient in range(24):
        moments = run.events.time[run.events.patient == patient]
        draws = np.cumsum(
            [waiting_time(11, patient, digest_of("skin infection"), i) for i in range(len(moments))]
        )
        np.testing.assert_allclose(np.interp(moments, times[1:], hazard[patient]), draws, atol=0.01)
    expected = hazard[:, -1].sum()
    assert abs(len(run.events) - expected) < 4.0 * np.sqrt(expected)
    assert expected > 50.0


@pytest.mark.slow
def test_infections_that_leave_a_mark_are_the_same_in_kernel_and_reference() -> None:
    system = with_infections(Change("s_aureus", 0.5 * (1.0 + symbol("s_aureus"))))
    ask = {"times": np.arange(0.0, BIRTH + YEAR, 7.0), "outputs": ["ige", "tewl", "s_aureus"], "seed": 3}
    fast = simulate(system, people(system, 2), solver=Kernel(), **ask)  # type: ignore[arg-type]
    slow = simulate(system, people(system, 2), solver=Reference(), **ask)  # type: ignore[arg-type]
    assert [str(outcome) for outcome in (*fast.outcomes, *slow.outcomes)] == ["ok"] * 4
    np.testing.assert_allclose(fast.events.time, slow.events.time, atol=1e-2)
    assert len(fast.events) > 2
    scale = np.abs(slow.values).max(axis=(0, 1))
    assert (np.abs(fast.values - slow.values).max(axis=(0, 1)) < 1e-3 * scale).all()

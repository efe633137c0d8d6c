"""Random events: their luck, their moments against exact formulas, and what they leave alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lekti.base.errors import InputError, ModelError
from lekti.engine.kernel import Kernel
from lekti.engine.luck import digest_of, philox, waiting_time
from lekti.engine.problem import Solver
from lekti.engine.reference import Reference
from lekti.engine.run import Run
from lekti.engine.simulate import simulate
from lekti.model.event import Change, RandomEvent
from lekti.model.expression import Expr, number, symbol
from lekti.model.system import System

from .models import decay, model, two_compartments

SOLVERS = pytest.mark.parametrize("solver", [Reference(), Kernel()], ids=["reference", "kernel"])


def by_chance(system: System, hazard: Expr | float, *changes: Change, name: str = "visit") -> System:
    chance = RandomEvent(name, hazard if isinstance(hazard, Expr) else number(hazard), changes)
    return replace(system, random_events=(*system.random_events, chance))


def follow(system: System, solver: Solver, *, patients: int = 1, days: float = 20.0, seed: int = 7) -> Run:
    rows = np.repeat(system.parameter_row(), patients, axis=0)
    run = simulate(system, rows, times=[days], solver=solver, seed=seed)
    assert all(outcome.code == "ok" for outcome in run.outcomes), run.outcomes
    return run


def draws(count: int, *, patient: int = 0, name: str = "visit", seed: int = 7) -> np.ndarray:
    """Return the sums of the first draws: the values of the cumulative hazard at which the event happens."""
    return np.cumsum([waiting_time(seed, patient, digest_of(name), i) for i in range(count)])


@pytest.mark.parametrize(
    ("counter", "key", "expected"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((2**32 - 1,) * 4, (2**32 - 1,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_the_generator_gives_the_known_answers_of_random123(
    counter: tuple[int, int, int, int], key: tuple[int, int], expected: tuple[int, ...]
) -> None:
    assert philox(counter, key) == expected


def test_waiting_times_are_exponential_and_independent_of_each_other() -> None:
    from scipy.stats import kstest, spearmanr

    table = np.array([[waiting_time(1, patient, 5, i) for i in range(4)] for patient in range(2500)])
    assert kstest(table.ravel(), "expon").pvalue > 1e-3
    for one, other in ((0, 1), (1, 2), (0, 3)):
        assert spearmanr(table[:, one], table[:, other]).pvalue > 1e-3
    neighbours = spearmanr(table[:-1, 0], table[1:, 0])
    assert neighbours.pvalue > 1e-3


def test_seed_patient_event_and_number_each_change_the_draw() -> None:
    names = [(1, 2, 3, 4), (2, 2, 3, 4), (1, 3, 3, 4), (1, 2, 4, 4), (1, 2, 3, 5), (1, 2 + 2**32, 3, 4)]
    names += [(1 + 2**32, 2, 3, 4), (1, -2, 3, 4)]
    assert len({waiting_time(*name) for name in names}) == len(names)


@SOLVERS
def test_under_a_constant_hazard_the_moments_are_the_draws_over_the_hazard(solver: Solver) -> None:
    run = follow(by_chance(decay(), 0.4), solver)
    expected = draws(40) / 0.4
    np.testing.assert_allclose(run.events.time, expected[expected <= 20.0], rtol=1e-9)


@SOLVERS
def test_under_a_falling_hazard_the_moments_follow_the_exact_formula(solver: Solver) -> None:
    run = follow(by_chance(decay(), 3.0 * symbol("x")), solver, patients=6)  # hazard 6 exp(-0.3 t)
    for patient in range(6):
        inside = [total for total in draws(60, patient=patient) if total < 20.0 * (1.0 - np.exp(-6.0))]
        times = -np.log1p(-np.array(inside) / 20.0) / 0.3
        np.testing.assert_allclose(run.events.time[run.events.patient == patient], times, rtol=2e-5)


@SOLVERS
def test_counts_under_a_constant_hazard_are_poisson(solver: Solver) -> None:
    from scipy.stats import chisquare, poisson

    counts = follow(by_chance(decay(), 0.1), solver, patients=300).events.counts(300)[:, 0]
    edges = np.arange(6)
    expected = np.append(poisson.pmf(edges[:-1], 2.0), poisson.sf(4, 2.0)) * 300
    assert chisquare(np.bincount(np.minimum(counts, 5), minlength=6), expected).pvalue > 1e-3


@SOLVERS
def test_each_happening_changes_the_states_as_told(solver: Solver) -> None:
    still = model({"x": number(0.0), "y": symbol("x")}, initial={"x": 1.0})
    system = by_chance(still, 0.5, Change("x", 2.0 * symbol("x")))
    rows = system.parameter_row()
    run = simulate(system, rows, times=np.linspace(0.0, 10.0, 201), solver=solver, seed=3)
    moments = run.events.time
    assert len(moments) > 2
    passed = np.searchsorted(moments, run.times, side="right")
    np.testing.assert_allclose(run["x"][0], 2.0**passed, rtol=1e-12)
    spans = list(zip(np.append(0.0, moments), np.append(moments, 99.0), strict=True))
    area = [
        sum(2.0**i * max(0.0, min(t, end) - begin) for i, (begin, end) in enumerate(spans)) for t in run.times
    ]
    np.testing.assert_allclose(run["y"][0], area, rtol=1e-7)


@SOLVERS
def test_an_event_that_raises_its_own_hazard_meets_its_next_draw(solver: Solver) -> None:
    still = model({"x": number(0.0)}, initial={"x": 1.0})
    run = follow(by_chance(still, 0.2 * symbol("x"), Change("x", symbol("x") + 1.0)), solver, days=10.0)
    gaps = np.diff(np.append(0.0, draws(60))) / (0.2 * np.arange(1, 61))
    expected = np.cumsum(gaps)
    np.testing.assert_allclose(run.events.time, expected[expected <= 10.0], rtol=1e-8)


@SOLVERS
def test_two_events_have_their_own_luck(solver: Solver) -> None:
    run = follow(by_chance(by_chance(decay(), 0.3), 0.2, name="admission"), solver)
    for name, hazard in (("visit", 0.3), ("admission", 0.2)):
        times = draws(30, name=name) / hazard
        np.testing.assert_allclose(run.events.of(name).time, times[times <= 20.0], rtol=1e-8)


@SOLVERS
def test_luck_goes_with_the_key_and_not_with_place_or_arm(solver: Solver) -> None:
    system = by_chance(two_compartments(), 0.3 + 0.01 * symbol("centre"), Change("depot", number(5.0)))
    rows = np.repeat(system.parameter_row(), 4, axis=0) * np.linspace(0.8, 1.2, 4)[:, np.newaxis]
    ask = {"times": [0.0, 30.0], "solver": solver, "seed": 5}
    together = simulate(system, rows, **ask)  # type: ignore[arg-type]
    backwards = simulate(system, rows[::-1], keys=[3, 2, 1, 0], **ask)  # type: ignore[arg-type]
    np.testing.assert_array_equal(backwards.values[::-1], together.values)
    alone = simulate(system, rows[[2]], keys=[2], **ask)  # type: ignore[arg-type]
    np.testing.assert_array_equal(alone.values[0], together.values[2])
    np.testing.assert_array_equal(alone.events.time, together.events.time[together.events.patient == 2])
    other = simulate(system, rows[[2]], keys=[0], **ask)  # type: ignore[arg-type]
    assert not np.array_equal(other.events.time[:3], alone.events.time[:3])


@SOLVERS
def test_a_hazard_of_nothing_never_happens_and_changes_nothing(solver: Solver) -> None:
    plain = follow(two_compartments(), solver)
    system = by_chance(two_compartments(), 0.0, Change("centre", number(5.0)))
    run = follow(system, solver)
    assert len(run.events) == 0
    assert run.outputs == plain.outputs
    np.testing.assert_allclose(run.values, plain.values, rtol=1e-6)


def test_random_events_need_a_seed() -> None:
    with pytest.raises(InputError, match="no seed"):
        simulate(by_chance(decay(), 1.0), decay().parameter_row(), times=[1.0])


@pytest.mark.parametrize("keys", [[1, 2], [0.5], [[1]]])
def test_keys_that_do_not_fit_the_patients_are_refused(keys: list[object]) -> None:
    with pytest.raises(InputError, match="keys"):
        simulate(decay(), decay().parameter_row(), times=[1.0], seed=1, keys=keys)  # type: ignore[arg-type]


def test_two_random_events_of_one_name_are_refused() -> None:
    with pytest.raises(ModelError, match="Two random events"):
        by_chance(by_chance(decay(), 1.0), 2.0)


def test_a_random_event_that_changes_an_unknown_state_is_refused() -> None:
    with pytest.raises(ModelError, match="changes 'nothing'"):
        by_chance(decay(), 1.0, Change("nothing", number(1.0)))


def test_a_random_event_changes_the_checksum() -> None:
    sums = {system.checksum for system in (decay(), by_chance(decay(), 1.0), by_chance(decay(), 2.0))}
    assert len(sums) == 3


@SOLVERS
def test_a_hazard_below_nothing_counts_as_nothing(solver: Solver) -> None:
    system = by_chance(model({"x": number(1.0)}), 0.1 * (symbol("x") - 10.0))  # 0 until day 10
    run = follow(system, solver, days=30.0)
    expected = 10.0 + np.sqrt(2.0 * draws(60) / 0.1)
    np.testing.assert_allclose(run.events.time, expected[expected <= 30.0], rtol=1e-6)

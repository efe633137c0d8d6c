"""Counts of infections: the engine's own events, never more stays than infections, and Poisson where flat."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lekti.engine.kernel import Kernel
from lekti.engine.luck import digest_of, share, shares, waiting_time, waiting_times
from lekti.engine.simulate import simulate
from lekti.model.event import RandomEvent
from lekti.model.expression import symbol
from lekti.model.netherton import netherton_system
from lekti.patients.library import load_case
from lekti.population import follow
from lekti.population.counts import COUNTS, KINDS, Chances, count
from lekti.population.run_case import run_case

YEAR = 365.25


def flat(patients: int, rate: float, admitted: float, years: float = 10.0) -> Chances:
    ages = np.arange(0.0, years * YEAR + 1.0, 7.0)
    return Chances(ages, np.full((patients, len(ages)), rate), np.full(patients, admitted))


def test_draws_of_many_are_the_draws_of_one() -> None:
    patients, numbers, event = np.array([0, 3, 2**40]), np.array([0, 1, 50]), digest_of("skin infection")
    together = waiting_times(9, patients, event, numbers)
    each = [[waiting_time(9, int(who), event, int(k)) for k in numbers] for who in patients]
    np.testing.assert_allclose(together, each, rtol=1e-15)
    one = [[share(9, int(who), event, int(k)) for k in numbers] for who in patients]
    assert np.array_equal(shares(9, patients, event, numbers), one)


def test_counts_are_those_of_the_engine_for_the_same_seed() -> None:
    event = RandomEvent("skin infection", symbol("skin_infection_rate") * symbol("born") / YEAR)
    system = replace(netherton_system(), random_events=(event,))
    people = np.repeat(system.parameter_row(lekti_allele_a=0.0, lekti_allele_b=0.0), 16, axis=0)
    times = np.arange(120.0, 120.0 + 3.0 * YEAR, 7.0)
    run = simulate(
        system, people, times=times, outputs=["skin_infection_rate"], solver=Kernel(), seed=4, keys=range(16)
    )
    chances = Chances(times - 120.0, run["skin_infection_rate"], np.zeros(16))
    after, _ = count("skin infection", chances, seed=4, keys=np.arange(16))
    inside = [
        [np.sum((run.events.patient == who) & (run.events.time <= time)) for time in times]
        for who in range(16)
    ]
    assert np.sum(inside) > 1000
    assert np.mean(after != np.array(inside)) < 0.01


def test_a_flat_hazard_gives_poisson_counts() -> None:
    infections, stays = count("a", flat(4000, 2.0, 0.25), seed=1, keys=np.arange(4000))
    last = infections[:, -1]
    assert abs(last.mean() - 20.0) < 4.0 * np.sqrt(20.0 / 4000)
    assert abs(last.var() / 20.0 - 1.0) < 0.1
    assert abs(stays[:, -1].mean() - 5.0) < 4.0 * np.sqrt(5.0 / 4000)
    assert np.all(stays <= infections)


def test_nothing_happens_without_a_hazard_and_everything_is_admitted_at_a_share_of_one() -> None:
    infections, stays = count("a", flat(5, 0.0, 1.0), seed=1, keys=np.arange(5))
    assert not infections.any()
    assert not stays.any()
    infections, stays = count("a", flat(5, 3.0, 1.0), seed=1, keys=np.arange(5))
    assert np.array_equal(infections, stays)


def test_one_without_a_course_has_no_counts() -> None:
    chances = flat(3, 1.0, 0.5)
    chances.hazard[1, 4] = np.nan
    infections, stays = count("a", chances, seed=1, keys=np.arange(3))
    assert np.isnan(infections[1]).all()
    assert np.isnan(stays[1]).all()
    assert np.isfinite(infections[[0, 2]]).all()


def test_lower_hazard_never_brings_more_infections_to_the_same_person() -> None:
    more, _ = count("a", flat(50, 3.0, 0.1), seed=2, keys=np.arange(50))
    fewer, _ = count("a", flat(50, 1.5, 0.1), seed=2, keys=np.arange(50))
    assert np.all(fewer <= more)
    assert fewer[:, -1].mean() < 0.7 * more[:, -1].mean()


def test_counts_of_a_run_belong_to_the_person_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    index = load_case("index")
    ask = {"seed": 1, "until_days": 7 * YEAR}
    all_of_them = run_case(index, patients=5, **ask).dataset  # type: ignore[arg-type]
    monkeypatch.setattr(follow, "CHUNK", 2)
    fewer = run_case(index, patients=3, **ask).dataset  # type: ignore[arg-type]
    for name in COUNTS:
        values = all_of_them[name].values
        assert np.array_equal(values[:3], fewer[name].values)
        assert np.all(np.diff(values, axis=1) >= 0)
        assert np.array_equal(values, np.round(values))
    infections = np.sum([all_of_them[kind.output].values for kind in KINDS], axis=0)
    assert np.all(all_of_them["admissions"].values <= infections)
    assert infections[:, -1].mean() > 10

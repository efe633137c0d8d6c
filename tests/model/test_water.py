"""Water of the whole body: surface, loss per kg, the kidney of the newborn, and sodium in healthy people."""

from __future__ import annotations

import numpy as np
import pytest

from .conftest import YEAR
from .test_behaviour import HEALTHY, NULL

AGES = [1.0, 3.0, 7.0, 14.0, 28.0, 90.0, 180.0, YEAR, 5 * YEAR, 20 * YEAR]


@pytest.fixture(scope="module")
def healthy(live):
    names = [
        "body_surface",
        "weight",
        "water_loss",
        "water_loss_per_kg",
        "urine_limit",
        "drink_usual",
        "sodium",
    ]
    run = live(AGES, names, **HEALTHY)
    return {name: run[name][0] for name in names}


def test_body_surface_per_kg_falls_with_growth_to_that_of_an_adult(healthy):
    assert np.all(np.diff(healthy["body_surface"] / healthy["weight"]) < 0)
    assert healthy["body_surface"][0] == pytest.approx(0.22, abs=0.02)
    assert 1.5 < healthy["body_surface"][-1] < 2.0


def test_water_lost_in_a_day_is_tewl_times_surface_times_24_hours(live):
    run = live([YEAR], ["tewl", "body_surface", "water_loss"], affected_area=1.0, **NULL)
    tewl, surface, lost = run.values[0, 0]
    assert lost == pytest.approx(24 * tewl * surface)


def test_skin_that_is_not_affected_loses_as_healthy_skin_does(live):
    lost, tewl_body = live([YEAR], ["tewl_body", "tewl_healthy"], affected_area=0.0, **NULL).values[0, 0]
    assert lost == pytest.approx(tewl_body)


def test_the_kidney_of_a_newborn_concentrates_about_half_as_well(healthy):
    assert np.all(np.diff(healthy["urine_limit"]) >= 0)
    assert healthy["urine_limit"][0] < 0.55 * healthy["urine_limit"][-1]


def test_milk_comes_in_over_the_first_week(healthy):
    assert healthy["drink_usual"][0] < 0.7 * healthy["drink_usual"][2]


def test_healthy_people_keep_their_sodium_from_birth_on(healthy):
    assert healthy["sodium"] == pytest.approx(140.0, abs=1.0)


def test_hypernatraemia_is_rare_in_healthy_infants_also_with_a_high_usual_sodium(live):
    assert live([YEAR], ["hypernatraemia"], sodium_usual=142.0, **HEALTHY)["hypernatraemia"][0, 0] < 1.0


def test_an_infant_who_loses_more_than_milk_brings_has_high_sodium(live):
    """A newborn whose skin is bare on the whole body cannot be supplied by milk alone."""
    run = live([14.0], ["sodium", "hypernatraemia"], tewl_healthy=95.0, affected_area=1.0, **NULL)
    assert run["sodium"][0, 0] > 145.0
    assert run["hypernatraemia"][0, 0] > 50.0


def test_the_same_loss_raises_sodium_less_once_a_child_can_ask_for_drink(live):
    run = live([14.0, 5 * YEAR], ["sodium"], tewl_healthy=95.0, affected_area=1.0, **NULL)["sodium"][0]
    assert run[1] - 140.0 < 0.2 * (run[0] - 140.0)

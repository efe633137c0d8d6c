"""Growth: healthy people follow the median, people with two nulls fall behind, and catch up as skin heals."""

from __future__ import annotations

import numpy as np
import pytest

from lekti.engine.doses import Doses

from .conftest import BIRTH, YEAR
from .test_behaviour import CARRIER, HEALTHY, NULL

AGES = [1.0, 90.0, YEAR, 3 * YEAR, 8 * YEAR, 18 * YEAR, 30 * YEAR]


@pytest.mark.parametrize(("genes", "off"), [(HEALTHY, 0.01), (CARRIER, 0.03)])
def test_healthy_people_and_carriers_follow_the_median(live, genes, off):
    weight, median = np.moveaxis(live(AGES, ["weight", "weight_median"], **genes).values[0], 1, 0)
    assert weight == pytest.approx(median, rel=off)


def test_two_nulls_are_born_with_a_usual_weight_and_fall_behind_in_infancy(live):
    thriving = live(AGES, ["thriving"], **NULL)["thriving"][0]
    assert thriving[0] > 0.99
    assert np.all(thriving[2:] < 0.95)
    assert np.all(thriving > 0.6)


def test_more_lekti_left_means_a_better_weight(live):
    left = [
        live([3 * YEAR], ["thriving"], lekti_allele_a=one, lekti_allele_b=one)["thriving"][0, 0]
        for one in (0.0, 0.1, 0.2, 0.35, 1.0)
    ]
    assert np.all(np.diff(left) > 0)


def test_weight_catches_up_over_months_when_skin_heals_on_treatment(live):
    start = 3 * YEAR
    doses = Doses(
        patient=0, time=BIRTH + start + 28.0 * np.arange(14), target="dupilumab_depot", amount=300.0
    )
    days = start + np.array([0.0, 14.0, 120.0, 365.0])
    treated = live(days, ["thriving"], doses, **NULL)["thriving"][0]
    bare = live(days, ["thriving"], **NULL)["thriving"][0]
    more = treated - bare
    assert more[1] < 0.2 * more[3]
    assert 0 < more[2] < more[3]
    assert treated[3] < 1.0


def test_how_one_thrives_does_not_depend_on_being_light_or_heavy(live):
    light, heavy = (live(AGES, ["thriving"], weight_factor=one, **NULL)["thriving"] for one in (0.7, 1.3))
    assert light == pytest.approx(heavy, rel=1e-4)

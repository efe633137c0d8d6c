"""The other treatments: each moves what it acts on, harms included; nothing moves when none is given."""

from __future__ import annotations

import numpy as np
import pytest

from lekti.engine.doses import Doses
from lekti.engine.kernel import Kernel
from lekti.engine.simulate import simulate
from lekti.model.netherton import netherton_system
from lekti.model.parameters import load_parameters

from .conftest import BIRTH, YEAR

NULL = {"lekti_allele_a": 0.0, "lekti_allele_b": 0.0}
START = 10 * YEAR
LENGTH = 182.0
COURSES = {
    "emollient_course": ("tewl", "dryness"),
    "corticosteroid_course": ("th2_effect", "il17", "itch_nrs"),
    "antibiotic_course": ("s_aureus", "skin_infection_rate"),
    "klk5_inhibitor_course": ("par2", "tewl", "itch_nrs"),
    "klk_inhibitor_course": ("par2", "tewl", "itch_nrs"),
    "lekti_replacement_course": ("par2", "tewl"),
    "anti_il17a_course": ("tewl", "redness"),
    "anti_il12_23_course": ("th17", "il17", "th1"),
    "anti_il36r_course": ("th17", "th22", "redness"),
    "omalizumab_course": ("ige_free",),
    "jak_inhibitor_course": ("th2_effect", "itch_nrs", "ox40l"),
}
"""Each course and what must be lower at its end in a child without LEKTI."""


def course(target: str) -> Doses:
    return Doses(patient=0, time=BIRTH + START, target=target, amount=LENGTH, duration=LENGTH)


def test_every_treatment_of_the_page_is_tried_here():
    assert set(COURSES) == {state for state in netherton_system().states if state.endswith("_course")}


@pytest.mark.parametrize(("target", "lower"), COURSES.items())
def test_a_course_lowers_what_it_acts_on_and_lets_go_after_its_end(live, target, lower):
    times = [START, START + LENGTH, START + 3 * LENGTH]
    with_it, without = (live(times, lower, doses, **NULL) for doses in (course(target), None))
    for name in lower:
        given, bare = with_it[name][0], without[name][0]
        assert given[0] == pytest.approx(bare[0], rel=1e-6)
        assert given[1] < 0.98 * bare[1]
        assert abs(given[2] / bare[2] - 1) < abs(given[1] / bare[1] - 1)


def test_a_course_stands_at_its_level(live):
    outputs = [target.removesuffix("_course") for target in COURSES]
    for target, level in zip(COURSES, outputs, strict=True):
        reached = live([START + LENGTH - 1], [level], course(target), **NULL)[level][0, 0]
        assert reached == pytest.approx(1.0, abs=0.01)


def test_without_a_treatment_its_numbers_change_nothing_at_all():
    system = netherton_system()
    theirs = [one for one in load_parameters() if one.module == "treatments"]
    other = {one.id: 1.7 * one.value if one.value > 1 else 0.6 * one.value for one in theirs}
    rows = [system.parameter_row(**NULL), system.parameter_row(**NULL, **other)]
    names = [name for name in system.states if not name.endswith("_course")]
    runs = [
        simulate(system, row, times=BIRTH + np.linspace(0, 12 * YEAR, 40), outputs=names, solver=Kernel())
        for row in rows
    ]
    assert np.array_equal(runs[0].values, runs[1].values)


def test_omalizumab_raises_total_ige_while_free_ige_falls(live):
    run = live(
        [START, START + LENGTH], ["ige", "ige_free", "ige_moving"], course("omalizumab_course"), **NULL
    )
    before, after = run["ige"][0]
    assert run["ige_free"][0, 0] == before
    assert 1.5 * before < after < 8 * before
    assert run["ige_moving"][0, 1] > run["ige_moving"][0, 0]
    assert run["ige_free"][0, 1] < 0.1 * before


def test_bound_ige_never_exceeds_ige_nor_the_drug(live):
    for much in (10.0, 1000.0, 40_000.0):
        run = live(
            [START + LENGTH],
            ["ige", "ige_free", "ige_bound"],
            course("omalizumab_course"),
            omalizumab_capacity=much,
            **NULL,
        )
        assert 0 < run["ige_bound"][0, 0] < 1
        assert run["ige"][0, 0] - run["ige_free"][0, 0] <= much


def test_omalizumab_does_nothing_to_skin_or_itch(live):
    names = ["tewl", "itch_nrs", "skin_infection_rate"]
    with_it, without = (
        live([START + LENGTH], names, doses, **NULL) for doses in (course("omalizumab_course"), None)
    )
    for name in names:
        assert with_it[name][0, 0] == pytest.approx(without[name][0, 0], rel=1e-4)


def test_a_corticosteroid_harms_the_lipids_of_healthy_skin(live):
    healthy = {"lekti_allele_a": 1.0, "lekti_allele_b": 1.0}
    with_it, without = (
        live([START + LENGTH], ["lipids", "tewl"], doses, **healthy)
        for doses in (course("corticosteroid_course"), None)
    )
    assert with_it["lipids"][0, 0] < 0.95 * without["lipids"][0, 0]
    assert with_it["tewl"][0, 0] > without["tewl"][0, 0]


def test_blocking_il17_leaves_more_staphylococcus_on_the_skin(live):
    with_it, without = (
        live([START + LENGTH], ["s_aureus"], doses, **NULL)["s_aureus"][0, 0]
        for doses in (course("anti_il17a_course"), None)
    )
    assert with_it > 1.02 * without


def test_holding_three_kallikreins_does_more_than_holding_one(live):
    one, three = (
        live([START + LENGTH], ["tewl"], course(target), **NULL)["tewl"][0, 0]
        for target in ("klk5_inhibitor_course", "klk_inhibitor_course")
    )
    assert three < one


def test_an_inhibitor_that_stays_at_the_surface_does_little(live):
    shallow, deep = (
        live([START + LENGTH], ["par2"], course("klk_inhibitor_course"), klk_inhibitor_depth=depth, **NULL)[
            "par2"
        ][0, 0]
        for depth in (0.1, 1.0)
    )
    assert deep < 0.5 * shallow


def test_twice_the_level_of_an_emollient_does_more(live):
    tewl = [
        live(
            [START + LENGTH],
            ["tewl"],
            Doses(
                patient=0,
                time=BIRTH + START,
                target="emollient_course",
                amount=level * LENGTH,
                duration=LENGTH,
            ),
            **NULL,
        )["tewl"][0, 0]
        for level in (0.0, 0.5, 1.0)
    ]
    assert tewl[0] > tewl[1] > tewl[2]

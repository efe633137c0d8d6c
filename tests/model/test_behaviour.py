"""What must emerge from the equations: recessive, graded, rescued, and two phases of IgE on dupilumab."""

from __future__ import annotations

import numpy as np
import pytest

from lekti.engine.doses import Doses

from .conftest import BIRTH, YEAR

HEALTHY = {"lekti_allele_a": 1.0, "lekti_allele_b": 1.0, "weight_factor": 1.0, "ige_usual": 30.0}
CARRIER = {"lekti_allele_a": 1.0, "lekti_allele_b": 0.0, "weight_factor": 1.0, "ige_usual": 30.0}
NULL = {"lekti_allele_a": 0.0, "lekti_allele_b": 0.0}
READOUTS = ("tewl", "itch_nrs", "ige", "ccl17", "infection_rate")


def test_the_healthy_genotype_stays_healthy_for_ten_years(live):
    run = live(np.linspace(30, 10 * YEAR, 60), ["tewl", "itch_nrs", "ige", "s_aureus"], **HEALTHY)
    assert np.all((run["tewl"] > 8) & (run["tewl"] < 15.6))
    assert np.all(run["itch_nrs"] < 2)
    assert np.all(run["ige"] < 98)  # 97.5th centile of non-allergic children at 6 years (IM-P092)
    assert np.all(run["s_aureus"] < 0.1)


@pytest.mark.parametrize("readout", READOUTS)
def test_two_nulls_move_every_readout_the_netherton_way(live, readout):
    ages = np.linspace(YEAR, 10 * YEAR, 10)
    null, healthy = (live(ages, [readout], **genes)[readout][0] for genes in (NULL, HEALTHY))
    assert np.all(null > 1.5 * healthy)


def test_two_nulls_thin_the_stratum_corneum(live):
    null, healthy = (live([6 * YEAR], ["thickness"], **genes)["thickness"][0, 0] for genes in (NULL, HEALTHY))
    assert null < 0.75 * healthy


def test_a_carrier_stays_near_healthy(live):
    ages = np.linspace(YEAR, 10 * YEAR, 10)
    run = live(ages, ["tewl", "itch_nrs", "ige"], **CARRIER)
    assert np.all(run["tewl"] < 15.6)  # mean + 2 SD of healthy skin: 9.69 + 2 x 2.94 g/m2/h
    assert np.all(run["itch_nrs"] < 2)
    assert np.all(run["ige"] < 98)


def test_severity_falls_as_residual_lekti_rises(live):
    tewl = [
        live([10 * YEAR], ["tewl"], lekti_allele_a=left, lekti_allele_b=left)["tewl"][0, 0]
        for left in (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.35, 0.5, 1.0)
    ]
    assert np.all(np.diff(tewl) < 0)


def test_taking_kallikreins_away_rescues_in_the_order_of_the_mice(live):
    """Kasparek 2017, Furio 2015: null > KLK7 loss > KLK5 loss > loss of both, which is about healthy."""
    null, no7, no5, neither = (
        live([10 * YEAR], ["tewl"], **NULL, **knocked)["tewl"][0, 0]
        for knocked in ({}, {"klk7_supply": 0}, {"klk5_supply": 0}, {"klk5_supply": 0, "klk7_supply": 0})
    )
    assert null > no7 > no5 > neither
    assert neither < 9.69 + 2.94


def test_ige_falls_on_dupilumab_in_two_phases(live):
    start = 6 * YEAR
    doses = Doses(
        patient=0, time=BIRTH + start + 28.0 * np.arange(40), target="dupilumab_depot", amount=300.0
    )
    weeks = np.array([0, 4, 16, 52, 104, 156])
    ige = live(start + 7 * weeks, ["ige"], doses, **NULL)["ige"][0]
    slopes = np.diff(np.log(ige)) / np.diff(weeks)
    assert np.all(slopes < 0)
    assert slopes[1] < 3 * slopes[4]  # the first months fall at least three times as fast as the third year


def test_itch_moves_within_days_ccl17_within_weeks_and_ige_over_months(live):
    start = 6 * YEAR
    doses = Doses(
        patient=0, time=BIRTH + start + 28.0 * np.arange(14), target="dupilumab_depot", amount=300.0
    )
    days = np.arange(0, 365)
    run = live(start + days, ["itch_nrs", "ccl17", "ige"], doses, **NULL)
    itch, ccl17, ige = (run[name][0] / run[name][0, 0] for name in ("itch_nrs", "ccl17", "ige"))
    assert itch[7] < 0.95
    assert ccl17[7] > 0.6
    assert ccl17[42] < 0.5
    assert ige[42] > 0.5
    assert ige[364] < 0.4


def test_the_protease_defect_stays_on_dupilumab(live):
    start = 6 * YEAR
    doses = Doses(
        patient=0, time=BIRTH + start + 28.0 * np.arange(14), target="dupilumab_depot", amount=300.0
    )
    run = live([start, start + YEAR], ["tewl", "par2"], doses, **NULL)
    before, after = run["tewl"][0]
    assert 15.6 < after < before
    assert run["par2"][0, 1] > 0.5 * run["par2"][0, 0]


def test_immunoglobulin_lowers_the_rate_of_infection(live):
    start = 1.5 * YEAR
    doses = Doses(patient=0, time=BIRTH + start + 28.0 * np.arange(60), target="igg_central", amount=6.0)
    with_it, without = (
        live([5 * YEAR], ["infection_rate"], given, **NULL)["infection_rate"][0, 0] for given in (doses, None)
    )
    assert with_it < 0.9 * without


def test_the_blood_is_in_danger_most_in_the_first_months_and_without_a_rule_about_age(live):
    ages = [60.0, 2 * YEAR, 10 * YEAR]
    early, later, late = live(ages, ["bloodstream_infection_rate"], **NULL).values[0, :, 0]
    assert early > 2 * later > 2 * late
    ages_in_rules = live(ages, ["skin_thinned", "severe_igg_risk"], **NULL).values[0]
    assert np.all(np.diff(ages_in_rules, axis=0) < 0)


def test_immunoglobulin_protects_the_blood_more_than_the_skin(live):
    start = 1.5 * YEAR
    doses = Doses(patient=0, time=BIRTH + start + 28.0 * np.arange(60), target="igg_central", amount=6.0)
    names = ["skin_infection_rate", "bloodstream_infection_rate", "admission_rate"]
    with_it, without = (live([5 * YEAR], names, given, **NULL).values[0, 0] for given in (doses, None))
    skin, blood, stays = with_it / without
    assert blood < skin < 1.0
    assert stays < 1.0


def test_leaky_skin_that_is_thick_endangers_the_blood_less(live):
    """Atopic dermatitis: water loss as in Netherton syndrome, thickness near normal."""
    names = ["tewl", "bloodstream_infection_rate"]
    atopic = live([6 * YEAR], names, lipid_gene=0.5901, th2_gain=1.2, **HEALTHY)
    null = live([6 * YEAR], names, **NULL)
    assert atopic["tewl"][0, 0] > 0.8 * null["tewl"][0, 0]
    assert atopic["bloodstream_infection_rate"][0, 0] < 0.3 * null["bloodstream_infection_rate"][0, 0]


def test_skin_is_inflamed_without_surroundings(live):
    """Briot 2009: alarms sound in Spink5-/- embryos, before any allergen or microbe."""
    run = live([6 * YEAR], ["tslp", "il36"], allergen_load=0.0, germ_arrival=0.0, **NULL)
    healthy = live([6 * YEAR], ["tslp", "il36"], **HEALTHY)
    assert np.all(run.values > 2 * healthy.values)


def test_the_shipped_healthy_reference_is_the_rest_of_a_healthy_adult(live):
    run = live(
        [-BIRTH + 1500], ["thickness", "lipids", "thickness_healthy", "lipids_healthy"],
        age_start=30 * YEAR, **HEALTHY,
    )  # fmt: skip
    thickness, lipids, thickness_shipped, lipids_shipped = run.values[0, 0]
    assert thickness == pytest.approx(thickness_shipped, rel=2e-3)
    assert lipids == pytest.approx(lipids_shipped, rel=2e-3)

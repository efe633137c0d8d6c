"""Clinical scores and hair: inside their scales, normal in the healthy, moved by what reddens the skin."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lekti.model.netherton import netherton_system

from .conftest import YEAR
from .test_behaviour import CARRIER, HEALTHY, NULL

ECZEMA = {**HEALTHY, "lipid_gene": 0.5901, "th2_gain": 0.96}
PAGE = Path(__file__).resolve().parents[2] / "docs" / "science" / "scores.md"
ROWS = {"IASI": "iasi", "of it redness": "iasi_redness", "EASI": "easi", "DLQI": "dlqi"}
ENDS = {"iasi": 48, "iasi_redness": 24, "iasi_scale": 24, "easi": 72, "dlqi": 30, "area_affected": 1}


@pytest.mark.parametrize("genes", [HEALTHY, CARRIER, ECZEMA, NULL], ids=["healthy", "carrier", "ad", "null"])
def test_every_score_stays_on_its_scale(live, genes):
    run = live([YEAR, 6 * YEAR, 20 * YEAR], list(ENDS), **genes)
    for score, end in ENDS.items():
        assert ((run[score] >= 0) & (run[score] <= end)).all(), score


def test_healthy_skin_scores_almost_nothing(live):
    run = live([6 * YEAR, 20 * YEAR], list(ENDS), **HEALTHY)
    for score, end in ENDS.items():
        assert (run[score] < 0.1 * end).all(), score


def test_skin_without_lekti_would_be_let_into_a_trial(live):
    """Entry to NCT05856526: IASI at least 16, of which redness at least 8 (IM-P100)."""
    run = live([6 * YEAR, 20 * YEAR], ["iasi", "iasi_redness"], **NULL)
    assert (run["iasi"] >= 16).all()
    assert (run["iasi_redness"] >= 8).all()


def test_scale_weighs_more_in_netherton_syndrome_than_in_eczema(live):
    null, eczema = (live([20 * YEAR], ["scaling", "redness"], **genes) for genes in (NULL, ECZEMA))
    assert null["scaling"][0, 0] > eczema["scaling"][0, 0]
    assert eczema["redness"][0, 0] > 0.5


@pytest.mark.parametrize(
    "held",
    [{"th17_gain": 0.1}, {"il36_by_klk": 0.1, "il36_by_germ": 0.1}],
    ids=["IL-17", "IL-36"],
)
def test_redness_falls_where_water_loss_and_itch_hardly_move(live, held):
    """A tenth of the gain from birth on: the bearing that anti-IL-17 and anti-IL-36 can have."""
    system = netherton_system()
    parameters = {
        name: factor * system.defaults[system.parameters.index(name)] for name, factor in held.items()
    }
    names = ["iasi_redness", "tewl", "itch_nrs"]
    before, after = (live([10 * YEAR], names, **NULL, **more) for more in ({}, parameters))
    fall = {name: 1 - after[name][0, 0] / before[name][0, 0] for name in names}
    assert fall["iasi_redness"] > 0.2
    assert fall["iasi_redness"] > 2 * max(fall["tewl"], fall["itch_nrs"])


def test_hair_is_normal_in_healthy_people_carriers_and_eczema(live):
    for genes in (HEALTHY, CARRIER, ECZEMA):
        assert (live([YEAR, 20 * YEAR], ["normal_hairs"], **genes)["normal_hairs"] > 0.98).all()


def test_without_lekti_a_fifth_to_a_half_of_the_hairs_is_affected(live):
    """Reported in Netherton syndrome: 20 to 50 % of hairs (IM-O038)."""
    hairs = live([2 * YEAR, 10 * YEAR, 20 * YEAR], ["normal_hairs"], **NULL)["normal_hairs"]
    assert ((hairs > 0.5) & (hairs < 0.8)).all()


def test_hair_signs_come_in_the_months_after_birth(live):
    hairs = live([1.0, 30.0, 2 * YEAR], ["normal_hairs"], **NULL)["normal_hairs"][0]
    assert hairs[0] > 0.95
    assert 1 - hairs[1] < 0.5 * (1 - hairs[2])


def test_nothing_of_the_scores_or_the_hair_acts_back_on_the_skin(live):
    names = ["tewl", "itch_nrs", "ige"]
    usual = live([6 * YEAR], names, **NULL)
    other = live([6 * YEAR], names, **NULL, redness_by_il17=2.0, scale_by_peeling=3.0, hair_damage=0.05)
    for name in names:
        assert other[name] == pytest.approx(usual[name], rel=1e-4)


def test_the_page_gives_the_scores_of_typical_people_as_the_model_has_them(live):
    text = PAGE.read_text("utf-8")
    told = {name: re.search(rf"^\| {name} \|((?: [0-9.]+ \|){{4}})$", text, re.MULTILINE) for name in ROWS}
    made = [live([10 * YEAR], list(ROWS.values()), **genes) for genes in (HEALTHY, CARRIER, ECZEMA, NULL)]
    for name, output in ROWS.items():
        row = told[name]
        assert row is not None, name
        cells = row[1].split("|")[:4]
        for cell, run in zip(cells, made, strict=True):
            digits = len(cell.strip().partition(".")[2])
            assert round(float(run[output][0, 0]), digits) == pytest.approx(float(cell)), name

"""Derived numbers are computed again from the points they were fitted to."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from lekti.base.tables import Row, knowledge_table, read_table
from lekti.model.parameters import load_parameters

HERE = Path(__file__).parent
POINTS = tuple(read_table((HERE / "points.tsv").read_text("utf-8"), name="points.tsv"))
DAYS = {"day": 1.0, "month": 30.4375, "pH": 1.0}
NG_PER_IU = 2.42
"""ng of IgE in 1 IU (Hayashi 2007)."""


def _value(label: str) -> float:
    return {one.id: one.value for one in load_parameters()}[label]


def _points(curve: str) -> tuple[np.ndarray, np.ndarray]:
    rows = [row for row in POINTS if row["curve"] == curve]
    x = np.array([row.number("x") * DAYS[row["x_unit"]] for row in rows])
    return x, np.array([math.sqrt(row.number("low") * row.number("high")) for row in rows])


def _named(row: Row) -> str:
    return row["id"]


def _logistic(x: np.ndarray, top: float, half: float, width: float) -> np.ndarray:
    return top / (1 + np.exp(-(x - half) / width))


def test_activity_of_klk5_passes_its_eighteen_points() -> None:
    ph, seen = _points("klk5_activity")
    top, half, width = (_value(f"klk5_act_{name}") for name in ("max", "ph", "width"))
    residual = _logistic(ph, top, half, width) - seen
    assert len(ph) == 18
    assert ph[np.abs(residual).argmax()] == 8.0
    assert np.abs(residual).max() < 0.085
    assert np.sqrt((residual**2).mean()) < 0.031


def test_activity_of_klk5_is_the_least_squares_curve() -> None:
    from scipy.optimize import curve_fit

    ph, seen = _points("klk5_activity")
    fitted, _ = curve_fit(_logistic, ph, seen, p0=[1.0, 6.5, 0.7])
    stored = [_value(f"klk5_act_{name}") for name in ("max", "ph", "width")]
    assert fitted == pytest.approx(stored, rel=1e-3)


def test_own_igg_follows_the_reference_intervals_within_five_percent() -> None:
    days, seen = _points("igg_by_age")
    igg = _value("igg_mother") * np.exp(-days / _value("igg_mother_tau"))
    for term in ("early", "late"):
        igg = igg + _value(f"igg_{term}") * (1 - np.exp(-days / _value(f"igg_{term}_tau")))
    assert np.abs(igg / seen - 1).max() < 0.05


def test_spread_of_own_igg_is_the_width_of_the_intervals() -> None:
    rows = [row for row in POINTS if row["curve"] == "igg_by_age"]
    widths = [math.log(row.number("high") / row.number("low")) / (2 * 1.96) for row in rows]
    prior = next(one.prior for one in load_parameters() if one.id == "igg_factor")
    assert prior.numbers[0] == pytest.approx(float(np.mean(widths)), abs=0.005)


@pytest.mark.parametrize(("sex", "worst"), [("male", 0.034), ("female", 0.009)])
def test_weight_follows_the_growth_medians(sex: str, worst: float) -> None:
    days, seen = _points(f"weight_{sex}")
    number = {row["id"]: row.number(sex) for row in knowledge_table("model/weight_by_sex.tsv")}
    sharp = _value("weight_m2")
    bend = (1 + (days / number["weight_t2"]) ** sharp) ** (1 / sharp)
    step = 1 / (1 + np.exp(-(days - number["weight_t3"]) / number["weight_s3"]))
    infant = number["weight_a1"] * (1 - np.exp(-days / number["weight_t1"]))
    weight = number["weight_0"] + infant + number["weight_k2"] * days / bend + number["weight_a3"] * step
    assert np.abs(weight / seen - 1).max() < worst


@pytest.mark.parametrize("row", tuple(knowledge_table("model/weight_by_sex.tsv")), ids=_named)
def test_weight_of_the_model_is_that_of_boys(row: Row) -> None:
    assert _value(row["id"]) == row.number("male")


def test_ige_anchor_is_the_reference_of_the_study_in_international_units() -> None:
    assert _value("ige_anchor") == pytest.approx(482.4 / NG_PER_IU, rel=1e-3)


def test_loss_of_t_cells_is_that_of_the_published_level_of_ox40l() -> None:
    at_start = 0.577989 / (1 + 0.0699482 * 9.7) / 7
    assert _value("t_cell_loss") == pytest.approx(at_start, rel=0.02)


@pytest.mark.parametrize(("label", "low", "high"), [("klk7_supply", 6, 14), ("klk14_supply", 0.1, 0.3)])
def test_supply_lies_between_the_published_amounts(label: str, low: float, high: float) -> None:
    assert low / 4 < _value(label) < high / 2


def test_two_pools_give_the_published_fall_of_ige_on_dupilumab() -> None:
    short = _value("ige_share_b") + _value("ige_share_short")
    left = {
        day: short * 2 ** (-day / _value("plasma_short_half"))
        + (1 - short) * 2 ** (-day / _value("plasma_long_half"))
        for day in (112, 364)
    }
    assert -71.2 < 100 * (left[112] - 1) < -58.4
    assert -76.7 < 100 * (left[364] - 1) < -70.0

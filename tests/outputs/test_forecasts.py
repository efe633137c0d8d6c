"""Forecasts and attributions in tables, figures, sentences and plain data."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from lekti.outputs.attributed import attributed_rows, attribution_object, attribution_sentence
from lekti.outputs.forecasts import forecast_tables, forecasts_csv, forecasts_object, share_below
from lekti.outputs.forecasts_figure import forecasts_figure
from lekti.outputs.layout import LAYOUTS
from lekti.outputs.report import report_html
from lekti.outputs.svg import Box
from lekti.population.attribution import attribute, choices
from lekti.population.compare import Window
from lekti.population.conditions import ANYONE, PERSON, forecasts_of
from lekti.population.result import Result

YEAR = 365.25
DRUGS = ("ivig", "dupilumab")


@pytest.fixture
def told(result: Result, changed) -> Result:
    before, after = result.case.course.measurements
    ages = np.linspace(2191.5, 8.5 * YEAR, 30)
    draws = np.random.default_rng(5).normal(size=(300, 1))
    fall = 800 * np.exp(-(ages - 2191.5) / 200)
    windows = {
        ANYONE: Window(ages, fall * np.exp(1.6 * draws), exact=False),
        PERSON: Window(ages, fall * np.exp(1.1 * draws), exact=False),
    }
    earlier = Window(np.array([1000.0]), 1078 * np.exp(1.1 * draws), exact=False)
    forecasts = forecasts_of(after, windows, earlier=before, before=earlier, reading="a reading")
    first = 1078 * np.exp(0.1 * draws[:, 0])
    levels = {
        given: np.stack([first, first * 0.8 ** ("ivig" in given) * 0.1 ** ("dupilumab" in given)], axis=1)
        for given in choices(DRUGS)
    }
    found = attribute(
        levels,
        np.array([2191.5, 2556.75]),
        drugs=DRUGS,
        between=(2191.5, 2556.75),
        earlier=before,
        reading="",
    )
    return changed(forecasts=(forecasts,), attributions=(found,))


def test_each_forecast_has_a_row_in_words(told: Result) -> None:
    (table,) = forecast_tables(told)
    assert table.reading == "a reading"
    assert [row.told for row in table.rows] == [
        "Only the disease is known",
        "Genotype and signs are known too",
        "1,078 IU/mL before is known too",
    ]
    assert table.rows[0].width == "1"
    assert float(table.rows[2].width) < float(table.rows[1].width) < 1
    assert all(row.fits for row in table.rows)


def test_the_figure_keeps_its_words_inside_and_apart(told: Result) -> None:
    for layout in LAYOUTS:
        drawing = forecasts_figure(told, layout)
        frame = Box(0, 0, drawing.width, drawing.height)
        boxes = [text.box for text in drawing.texts()]
        assert all(box.within(frame) for box in boxes)
        assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])
        assert "Below 55.8 IU/mL" in drawing.description


def test_the_numbers_behind_the_figure_are_shares(told: Result) -> None:
    rows = forecasts_csv(told).splitlines()[2:]
    assert len(rows) == 3 * 30
    assert all(0.0 <= float(row.split(",")[3]) <= 1.0 for row in rows)


def test_a_share_below_agrees_with_counting() -> None:
    values = np.array([1.0, 2.0, 3.0, 9.0, 10.0])
    assert share_below((0.0, 2 * 2 / 5, 3.0, 1.0, 10.0), 2.5) == pytest.approx((values < 2.5).mean())


def test_the_sentence_gives_each_drug_its_share(told: Result) -> None:
    sentence = attribution_sentence(told).replace("\u202f", " ")
    assert sentence.startswith(
        "Of what the drugs do to serum IgE, dupilumab carries 91 % and IVIG carries 9 %"
    )


def test_one_drug_alone_needs_no_sentence(result: Result) -> None:
    assert attribution_sentence(result) == ""


def test_a_row_tells_change_factor_and_share(told: Result) -> None:
    (row,) = attributed_rows(told)
    assert row.change.median.replace("\u202f", " ") == "−92 %"
    assert [cell.median for cell in row.factors] == ["×0.80", "×0.10"]


def test_both_are_plain_json(told: Result) -> None:
    both = [forecasts_object(told.forecasts[0]), attribution_object(told.attributions[0])]
    assert json.loads(json.dumps(both, allow_nan=False)) == both


def test_the_report_shows_both(told: Result, result: Result) -> None:
    page = report_html(told)
    assert "Where 55.8 IU/mL lies, the more is known" in page
    assert "Which drug did what to serum IgE" in page
    assert "Which drug did what" not in report_html(result)


def test_a_value_with_one_date_is_drawn_and_told(told: Result, changed) -> None:
    (many,) = told.forecasts
    one = tuple(replace(each, steps=each.steps[:1]) for each in many.forecasts)
    single = changed(forecasts=(replace(many, forecasts=one),))
    for layout in LAYOUTS:
        drawing = forecasts_figure(single, layout)
        assert "Below 55.8" in drawing.description
    assert "Where 55.8 IU/mL lies" in report_html(single)

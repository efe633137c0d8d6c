"""Counts by chance are told period by period: the first year, then from one treatment to the next."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import xarray as xr

from lekti.outputs.counts import counts_object, period_rows, periods
from lekti.outputs.report import report_html
from lekti.outputs.terminal import summary_lines
from lekti.population.counts import COUNTS
from lekti.population.result import Result

from .conftest import YEAR
from .test_terminal import WRITTEN

PER_YEAR = {"skin_infections": 4, "airway_infections": 2, "bloodstream_infections": 1, "admissions": 3}


def with_counts(result: Result, patients: int = 60) -> Result:
    """Return the result with a steady count for everybody, but no bloodstream infection in half of them."""
    ages = result.dataset["times"].values
    since = np.floor(np.maximum(ages, 0.0) / YEAR + 1e-9)
    added: dict[str, xr.Variable] = {}
    for name in COUNTS:
        values = np.tile(PER_YEAR[name] * since, (patients, 1))
        if name == "bloodstream_infections":
            values[: patients // 2] = 0.0
        added[name] = xr.Variable(("patients", "times"), values, {"units": "1"})
    return replace(result, dataset=result.dataset.assign(added))


@pytest.fixture
def counting(result: Result) -> Result:
    return with_counts(result)


def test_periods_run_from_birth_over_the_first_year_and_each_start_to_the_end(counting: Result) -> None:
    found = periods(counting)
    edges = [one.start / YEAR for one in found] + [found[-1].until / YEAR]
    assert edges == pytest.approx([0.0, 1.0, 1.5, 6.0, 8.5])


def test_rates_and_shares_are_those_of_the_counts(counting: Result) -> None:
    years = periods(counting)[2]
    assert years.per_year["skin_infections"] == pytest.approx(np.full(60, 4 * 5 / 4.5), rel=0.01)
    assert years.share_with("bloodstream_infections") == 0.5
    total = years.per_year["skin_infections"] + years.per_year["airway_infections"]
    assert years.per_year["infections"] == pytest.approx(total + years.per_year["bloodstream_infections"])


def test_the_object_is_plain_json_with_a_spread_between_people(counting: Result) -> None:
    found = counts_object(counting)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    low, high = found[2]["bloodstream_infections_per_year"]["interval90"]
    assert low == 0.0
    assert high == pytest.approx(5 / 4.5, rel=0.01)
    assert found[2]["share_with_bloodstream_infection"] == 0.5


def test_one_without_a_course_is_left_out(counting: Result) -> None:
    data = counting.dataset.copy(deep=True)
    for name in COUNTS:
        data[name].values[0] = np.nan
    assert len(periods(replace(counting, dataset=data))[0].per_year["admissions"]) == 59


def test_the_terminal_and_the_report_tell_the_same_rows(counting: Result) -> None:
    rows = period_rows(counting)
    page, lines = report_html(counting), "\n".join(str(line) for line in summary_lines(counting, WRITTEN))
    assert len(rows) == 4
    assert "Infections and hospital stays, counted" in page
    for row in rows:
        assert row.infections in page
        assert f"{row.when:<25}{row.infections}" in lines
    assert max(len(line) for line in lines.splitlines()) <= 80


def test_a_result_without_counts_says_nothing_of_them(result: Result) -> None:
    assert periods(result) == ()
    assert counts_object(result) == []
    assert "hospital stays, counted" not in report_html(result)
    assert not any("Counted" in str(line) for line in summary_lines(result, WRITTEN))

"""Quantiles count only patients that were solved; teeth become a range."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from lekti.outputs.series import Series, envelope, last_trough, patient_quantiles, series
from lekti.population.result import Result


def test_quantiles_are_in_order_at_every_age(result: Result) -> None:
    found = series(result.dataset, "ige")
    assert (np.diff(found.quantiles, axis=0) >= 0).all()
    assert found.patients == 60


def test_life_before_birth_is_left_out(result: Result) -> None:
    assert series(result.dataset, "ige").ages[0] == 0


def test_a_failed_patient_is_not_counted() -> None:
    values = np.array([[1.0, 2.0], [3.0, np.nan], [5.0, 6.0]])
    quantiles, patients = patient_quantiles(values)
    assert patients == 2
    assert quantiles[2].tolist() == [3.0, 4.0]


def test_without_a_solved_patient_there_is_no_number() -> None:
    quantiles, patients = patient_quantiles(np.full((3, 4), np.nan))
    assert patients == 0
    assert np.isnan(quantiles).all()


def test_order_of_patients_and_dims_does_not_matter(result: Result) -> None:
    turned = result.dataset.isel(patients=slice(None, None, -1)).transpose("times", "patients")
    assert np.array_equal(series(turned, "igg").quantiles, series(result.dataset, "igg").quantiles)


def saw() -> tuple[Series, np.ndarray]:
    ages = np.arange(0, 301.0)
    doses = np.arange(100, 300, 28.0)
    value = np.where(ages > 100, 10 + 20 * np.exp(-((ages - 100 - 1e-6) % 28) / 10), 10.0)
    return Series("igg", ages, np.stack([value * f for f in (0.8, 0.9, 1, 1.1, 1.2)]), 5), doses


def test_the_line_of_a_dosed_quantity_is_its_trough_and_the_band_reaches_its_peak() -> None:
    teeth, doses = saw()
    drawn = envelope(teeth, doses)
    dosed = drawn.ages > 100
    assert drawn.line[dosed] == pytest.approx(10 + 20 * np.exp(-2.8), rel=1e-3)
    assert drawn.inner[1][dosed] == pytest.approx(10 + 20 * np.exp(-0.1), rel=1e-3)
    assert (drawn.outer[0] <= drawn.line).all()
    assert (drawn.outer[1] >= drawn.inner[1]).all()
    assert drawn.ages[-1] == 300


def test_before_the_first_dose_nothing_changes() -> None:
    teeth, doses = saw()
    drawn = envelope(teeth, doses)
    before = drawn.ages <= 100
    assert np.array_equal(drawn.line[before], teeth.median[teeth.ages <= 100])


def test_after_the_last_dose_the_course_itself_is_drawn_again() -> None:
    teeth, doses = saw()
    drawn = envelope(teeth, doses[:3])
    after = drawn.ages > doses[2] + 28
    assert np.array_equal(drawn.line[after], teeth.median[teeth.ages > doses[2] + 28])


def test_one_dose_has_no_trough() -> None:
    teeth, doses = saw()
    assert np.array_equal(envelope(teeth, doses[:1]).line, teeth.median)
    assert last_trough(doses[:1], 300, 28) is None


def test_the_last_trough_is_just_before_the_last_dose() -> None:
    doses = np.array([0, 28, 56.0])
    assert last_trough(doses, 60, 28) == 56
    assert last_trough(doses, 50, 28) == 28
    assert last_trough(doses, 400, 28) is None


def test_an_output_keeps_its_own_units(result: Result) -> None:
    assert isinstance(result.dataset, xr.Dataset)
    with pytest.raises(KeyError):
        series(result.dataset, "no_such_output")

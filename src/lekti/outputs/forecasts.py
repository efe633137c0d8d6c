"""The forecasts of one value side by side: rows of a table, numbers as CSV, and plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lekti.outputs.change import age_or_none, steps_object
from lekti.outputs.csv_tables import table_csv
from lekti.outputs.numbers import YEAR, duration, interval, measured, plain_number, predicted, unit
from lekti.outputs.sampling import sampling_of
from lekti.outputs.sentences import say
from lekti.patients.measurements import quantity_of
from lekti.population.conditions import ANYONE, VALUE

if TYPE_CHECKING:
    from lekti.patients.case import Measurement
    from lekti.population.conditions import Forecasts, Informed
    from lekti.population.result import Result


@dataclass(frozen=True)
class ForecastRow:
    """One forecast in words: what it was told, its end, its width against the first, and when it fits."""

    told: str
    median: str
    interval: str
    width: str
    fits: str
    effective: str


@dataclass(frozen=True)
class ForecastTable:
    """The rows of one value under one reading of the model."""

    reading: str
    rows: tuple[ForecastRow, ...]


def last_forecasts(result: Result) -> tuple[Forecasts, ...]:
    """Return the forecasts of the last value taken after a treatment began, one for each reading."""
    if not result.forecasts:
        return ()
    last = result.forecasts[-1].measurement
    return tuple(one for one in result.forecasts if one.measurement == last)


def forecast_tables(result: Result) -> tuple[ForecastTable, ...]:
    """Return the tables of the last value, one for each reading of the model."""
    return tuple(
        ForecastTable(one.reading, tuple(_row(result, one, each) for each in one.forecasts))
        for one in last_forecasts(result)
    )


def told_in_words(result: Result, forecasts: Forecasts, forecast: Informed) -> str:
    """Return what a forecast was told."""
    if forecast.told != VALUE:
        return say("forecast_disease" if forecast.told == ANYONE else "forecast_person")
    earlier = measurement_named(result, forecasts.earlier or "")
    return say("forecast_value", value=f"{measured(earlier.value, earlier.censoring)} {unit(earlier.unit)}")


def measurement_named(result: Result, name: str) -> Measurement:
    """Return a measurement of the case by its id."""
    return next(one for one in result.case.course.measurements if one.id == name)


def start_before(result: Result, forecasts: Forecasts) -> float:
    """Return the age in days at which the last treatment before the value began."""
    first = forecasts.forecasts[0].steps[0][0]
    return max(one.start for one in result.case.course.treatments if one.start <= first)


def share_below(step: tuple[float, float, float, float, float], observed: float) -> float:
    """Return the share of virtual patients below an observed value at one date, from its credibility.

    >>> share_below((0.0, 0.1, 200.0, 50.0, 900.0), 55.8), share_below((0.0, 0.1, 20.0, 5.0, 60.0), 55.8)
    (0.05, 0.95)
    """
    return step[1] / 2 if step[2] > observed else 1.0 - step[1] / 2


def forecasts_csv(result: Result) -> str:
    """Return one row for each forecast and possible date of the last value."""
    head = ["reading", "told", "age_years", "share_below", "median", "q05", "q95"]
    rows = [
        [one.reading, each.told]
        + [f"{step[0] / YEAR:.4f}", f"{share_below(step, one.observed):.4f}"]
        + [f"{value:.5g}" for value in step[2:]]
        for one in last_forecasts(result)
        for each in one.forecasts
        for step in each.steps
    ]
    return table_csv(head, rows)


def forecasts_object(forecasts: Forecasts) -> dict[str, Any]:
    """Return the forecasts of one value as plain values that JSON can hold."""
    return {
        "measurement": forecasts.measurement,
        "quantity": forecasts.quantity,
        "reading": forecasts.reading or None,
        "observed": plain_number(forecasts.observed),
        "earlier": forecasts.earlier,
        "forecasts": [
            {
                "told": one.told,
                "inside_from": age_or_none(one.inside_from),
                "inside_until": age_or_none(one.inside_until),
                "width_ratio": plain_number(one.width),
                "effective_patients": round(one.effective, 3),
                "credibility": steps_object(one.steps),
            }
            for one in forecasts.forecasts
        ],
    }


def _row(result: Result, forecasts: Forecasts, forecast: Informed) -> ForecastRow:
    _, _, median, low, high = forecast.steps[-1]
    width = (
        "1" if forecast.told == ANYONE else f"{forecast.width:.2f}" if np.isfinite(forecast.width) else "?"
    )
    return ForecastRow(
        told=told_in_words(result, forecasts, forecast),
        median=predicted(median),
        interval=interval(low, high),
        width=width,
        fits=_fits(result, forecasts, forecast),
        effective=f"{forecast.effective:.0f}",
    )


def _fits(result: Result, forecasts: Forecasts, forecast: Informed) -> str:
    """Return from when to when the value lies in the 90 % interval, after the treatment began."""
    sampling = sampling_of(forecast.steps, forecast.effective)
    start, first, last = start_before(result, forecasts), forecast.steps[0][0], forecast.steps[-1][0]
    if sampling.possible_from is not None and sampling.certain_from is None:
        wait = sampling.possible_from - start
        return f"at the edge from {duration(wait)} on" if wait > 1 else "at the edge"
    if forecast.inside_from is None or forecast.inside_until is None:
        return "at no date"
    late, early = forecast.inside_from > first + 1, forecast.inside_until < last - 1
    if not late and not early:
        return "at every date"
    until = f" to {duration(forecast.inside_until - start)}" if early else " on"
    return f"from {duration(forecast.inside_from - start) if late else 'the start'}{until}"


def value_of(result: Result) -> str:
    """Return the value that the forecasts speak of, with its unit."""
    one = measurement_named(result, result.forecasts[-1].measurement)
    return f"{measured(one.value, one.censoring)} {unit(quantity_of(one.quantity).unit)}"

"""Which measurements of a case the model can speak to, over which ages, and which pairs tell of a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lekti.patients.case import Case, Measurement
from lekti.patients.measurements import quantity_of
from lekti.patients.possible_ages import possible_ages
from lekti.population.compare import Window, compare, compare_change
from lekti.population.result import Change, Comparison, Reading

if TYPE_CHECKING:
    import xarray as xr

MOST_DATES = 150
"""Most dates at which the credibility of one value is told."""


OTHER_READING = "clearance of IgE moves with IgE"
"""The alternative to clearance fixed by the person's usual IgE (docs/decisions/0003)."""

OTHER_OUTPUTS = {"ige": "ige_moving"}


def comparisons_of(case: Case, dataset: xr.Dataset) -> tuple[Comparison, ...]:
    """Compare every measurement the model has a readout for and the run reaches."""
    windows = windows_of(case, dataset)
    return tuple(compare(one, windows[one.id]) for one in case.course.measurements if one.id in windows)


def changes_of(case: Case, dataset: xr.Dataset) -> tuple[Change, ...]:
    """Compare the change between two values of one quantity taken before and after the start of a treatment.

    Only plain numbers above zero are paired, and only where every possible date of the one lies before every
    possible date of the other.
    """
    windows = windows_of(case, dataset)
    known = [one for one in case.course.measurements if one.id in windows and one.censoring == "none"]
    pairs = [(a, b) for a in known for b in known if a.quantity == b.quantity and min(a.value, b.value) > 0]
    return tuple(
        compare_change(earlier, windows[earlier.id], later, windows[later.id])
        for earlier, later in pairs
        if earlier.id != later.id and _across_a_start(case, windows[earlier.id], windows[later.id])
    )


def other_reading(case: Case, dataset: xr.Dataset) -> Reading | None:
    """Return the comparisons under the other reading for quantities that have one; None if none was seen."""
    renamed = dataset.drop_vars(list(OTHER_OUTPUTS)).rename({new: old for old, new in OTHER_OUTPUTS.items()})
    comparisons = tuple(one for one in comparisons_of(case, renamed) if one.quantity in OTHER_OUTPUTS)
    changes = tuple(one for one in changes_of(case, renamed) if one.quantity in OTHER_OUTPUTS)
    return Reading(OTHER_READING, comparisons, changes) if comparisons else None


def _across_a_start(case: Case, before: Window, after: Window) -> bool:
    last, first = before.ages[-1], after.ages[0]
    return any(last <= treatment.start <= first for treatment in case.course.treatments)


def windows_of(case: Case, dataset: xr.Dataset) -> dict[str, Window]:
    """Return the window of each measurement the model can speak to, by its id."""
    found = {one.id: _window(case, one, dataset) for one in case.course.measurements}
    return {name: window for name, window in found.items() if window is not None}


def _window(case: Case, measurement: Measurement, dataset: xr.Dataset) -> Window | None:
    output = quantity_of(measurement.quantity).output
    ages = np.asarray(dataset["times"])
    first, last = possible_ages(case.course, measurement, until_days=float(ages[-1]))
    if output is None or first > ages[-1]:
        return None
    inside = np.flatnonzero((ages >= first) & (ages <= last))
    if len(inside) > MOST_DATES:
        inside = inside[np.unique(np.linspace(0, len(inside) - 1, MOST_DATES).round().astype(int))]
    values = np.asarray(dataset[output])[:, inside]
    return Window(ages[inside], values, measurement.when.kind == "exact")

"""Arrays of a run as labelled datasets with units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from lekti.engine.run import Outcome
from lekti.model.parameters import load_units
from lekti.model.system import System

if TYPE_CHECKING:
    import xarray as xr

LABELS = {
    "tewl": "Transepidermal water loss",
    "itch_nrs": "Itch, numeric rating scale 0 to 10",
    "ige": "Total serum IgE",
    "ige_moving": "Total serum IgE, if clearance moved with it",
    "ccl17": "Serum CCL17",
    "dupilumab": "Serum dupilumab",
    "igg": "Total serum IgG",
    "infection_rate": "Expected infections, all sites",
    "skin_infection_rate": "Expected skin infections",
    "airway_infection_rate": "Expected infections of the airways and all others",
    "bloodstream_infection_rate": "Expected bloodstream infections",
    "admission_rate": "Expected hospital stays",
    "weight": "Body weight",
    "iasi": "Ichthyosis Area Severity Index, 0 to 48",
    "easi": "Eczema Area and Severity Index, 0 to 72",
    "dlqi": "Dermatology Life Quality Index, 0 to 30",
    "normal_hairs": "Share of hairs without bamboo nodes",
}
"""What is kept of a run, with its long name."""

READOUTS = tuple(LABELS)

SET_PER_PATIENT = ("lekti_allele_a", "lekti_allele_b", "blockade_response", "weight_factor", "ige_usual")


def course_dataset(
    ages: np.ndarray, values: np.ndarray, outcomes: Sequence[Outcome], matrix: np.ndarray, system: System
) -> xr.Dataset:
    """Return a Dataset with dims (patients, times); `times` is the age in days, units are UCUM codes."""
    import xarray as xr

    variables = {
        name: (("patients", "times"), values[:, :, place], _attributes(name, system))
        for place, name in enumerate(READOUTS)
    }
    single = {
        name: (("patients",), matrix[:, system.parameters.index(name)], {"units": "1", "long_name": name})
        for name in SET_PER_PATIENT
    }
    single["ige_usual"][2].update(units="[IU]/mL", long_name="IgE of the same person without treatment")
    told = (
        ("patients",),
        np.array([str(outcome) for outcome in outcomes]),
        {"units": "1", "long_name": "Outcome"},
    )
    return xr.Dataset(
        {**variables, **single, "outcome": told},
        coords={
            "patients": ("patients", np.arange(len(values)), {"units": "1", "long_name": "Virtual patient"}),
            "times": ("times", ages, {"units": "d", "long_name": "Age"}),
        },
    )


def plans_dataset(labels: Sequence[str], ages: np.ndarray, values: Sequence[np.ndarray]) -> xr.Dataset:
    """Return a Dataset with dims (plans, patients, times) for the same people under several plans."""
    import xarray as xr

    stacked = np.stack(list(values))
    return xr.Dataset(
        {
            name: (("plans", "patients", "times"), stacked[..., place], {"long_name": LABELS[name]})
            for place, name in enumerate(READOUTS)
        },
        coords={"plans": list(labels), "times": ("times", ages, {"units": "d", "long_name": "Age"})},
    )


def _attributes(name: str, system: System) -> dict[str, str]:
    return {"units": load_units()[system.units[name]].ucum, "long_name": LABELS[name]}

"""A synthetic result, cheap and complete: nine quantities, two drugs, values with every kind of date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import xarray as xr
from hypothesis import settings

from lekti.patients.case import (
    Allele,
    Between,
    Case,
    Course,
    Dose,
    Feature,
    Infection,
    Measurement,
    Observation,
    Subject,
    Treatment,
    Unstated,
    When,
)
from lekti.population.result import Comparison, Result

settings.register_profile("no deadline", deadline=None)  # a busy machine is no failure
settings.load_profile("no deadline")

YEAR = 365.25
UNITS = {
    "tewl": "g/m2/h",
    "itch_nrs": "1",
    "ige": "IU/mL",
    "ccl17": "pg/mL",
    "dupilumab": "mg/L",
    "igg": "g/L",
    "infection_rate": "1/year",
    "admission_rate": "1/year",
    "weight": "kg",
    "iasi": "1",
    "normal_hairs": "1",
}


def ages(until: float) -> np.ndarray:
    grid = np.concatenate([np.arange(-120, until + 1, 7.0), np.arange(547.875, until, 28.0)])
    return np.unique(np.concatenate([grid, np.arange(2191.5, until, 28.0), [0.0, until]]))


def since_dose(t: np.ndarray, start: float) -> np.ndarray:
    """Return the days since the last dose; at the moment of a dose it is still the one before."""
    return (t - start - 1e-6) % 28.0


def trajectories(t: np.ndarray, patients: int, seed: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    luck = {name: rng.standard_normal((patients, 1)) for name in UNITS}
    on = np.clip(t - 2191.5, 0, None)
    rise = 1 / (1 + np.exp(-(t / YEAR - 1.0) * 3.5))
    fall = 0.45 * np.exp(-on / 25) + 0.55 * np.exp(-on / 220)
    teeth = np.where(t > 2191.5, (1 - np.exp(-on / 60)) * 60 * np.exp(-since_dose(t, 2191.5) / 40), 0)
    ivig = np.where(t > 547.875, 4.5 * np.exp(-since_dose(t, 547.875) / 30), 0)
    itch = 7.8 - 4.5 * (1 - np.exp(-on / 10)) - 1.5 * np.exp(-t.clip(0) / 200)
    return {
        "ige": np.exp(np.log(3 + 1150 * rise * (0.03 + 0.97 * fall)) + 0.55 * luck["ige"]),
        "itch_nrs": np.clip(itch + 1.1 * luck["itch_nrs"], 0, 10),
        "tewl": (36 + 35 * np.exp(-t.clip(0) / 120) - 9 * (1 - np.exp(-on / 150)))
        * np.exp(0.22 * luck["tewl"]),
        "ccl17": np.exp(np.log(700 + 4000 * np.exp(-on / 40)) + 0.4 * luck["ccl17"]),
        "dupilumab": teeth * np.exp(0.3 * luck["dupilumab"]),
        "igg": (5.5 + 4 * np.exp(-t.clip(0) / 90) + ivig) * np.exp(0.12 * luck["igg"]),
        "infection_rate": (1.9 + 4.5 * np.exp(-np.clip(t - 547.875, 0, None) / 250))
        * np.exp(0.4 * luck["infection_rate"]),
        "admission_rate": (0.2 + 1.1 * np.exp(-t.clip(0) / 300)) * np.exp(0.6 * luck["admission_rate"]),
        "weight": (3.5 + 2.4 * (t.clip(0) / YEAR) ** 0.9 * 1.1) * np.exp(0.1 * luck["weight"]),
        "iasi": np.clip(18 + 14 * np.exp(-on / 60) + 5 * luck["iasi"], 0, 48) + 0 * t,
        "normal_hairs": np.clip(0.75 - 0.1 * np.exp(-on / 200) + 0.05 * luck["normal_hairs"], 0, 1) + 0 * t,
    }


def dataset(patients: int = 60, seed: int = 1, until: float = 8.5 * YEAR) -> xr.Dataset:
    t = ages(until)
    values = {
        name: (("patients", "times"), value, {"units": UNITS[name], "long_name": name})
        for name, value in trajectories(t, patients, seed).items()
    }
    return xr.Dataset(
        {
            **values,
            "outcome": (("patients",), np.array(["ok"] * patients)),
            "lekti_allele_a": (("patients",), np.full(patients, 0.02), {"units": "1"}),
            "lekti_allele_b": (("patients",), np.full(patients, 0.02), {"units": "1"}),
        },
        coords={"times": ("times", t, {"units": "d", "long_name": "age"})},
        attrs={
            "use": "research and education; not for decisions about a person",
            "seed": 1,
            "model_checksum": "9b1c4f" + "0" * 54 + "e07d",
            "numbers_read": 31,
            "numbers_secondary": 12,
            "numbers_assumed": 9,
        },
    )


RECORD = "PMID:40607310"


def case() -> Case:
    allele = Allele("hgvs", hgvs="NM_006846.4:c.1302+5G>C", source=RECORD)
    ivig = Treatment("ivig-1", "ivig", Dose(500.0, "mg/kg"), "intravenous", 28.0, 547.875, source=RECORD)
    dupilumab = Treatment(
        "dupi-1", "dupilumab", Dose(300.0, "mg"), "subcutaneous", 28.0, 2191.5, source=RECORD
    )
    before = Measurement("ige_before", "ige", 1078.0, "IU/mL", Between(547.875, 2191.5), source=RECORD)
    after = Measurement("ige_after", "ige", 55.8, "IU/mL", Unstated(), after="dupi-1", source=RECORD)
    course = Course(
        treatments=(ivig, dupilumab),
        measurements=(before, after),
        observations=(
            Observation("itch_less", "itch_nrs", "down", Unstated(), after="dupi-1", source=RECORD),
            Observation("hair_more", "hair", "up", Unstated(), after="dupi-1", source=RECORD),
        ),
        infections=(Infection("many", Unstated(), site="skin", count=None, before="ivig-1", source=RECORD),),
    )
    return Case(
        "index",
        (RECORD, "JHI:2025;1(CIS2025).23"),
        Subject(sex="male", age_days=2191.5),
        (allele, allele),
        (Feature("HP:0000989", "Pruritus", present=True, source=RECORD),),
        course,
    )


def compare(
    data: xr.Dataset, name: str, value: float, when: When, possible: tuple[float, float]
) -> Comparison:
    values = data["ige"].values
    t = data["times"].values
    steps = []
    for i in np.flatnonzero((t >= possible[0]) & (t <= possible[1])):
        x = values[:, i]
        low, middle, high = np.quantile(x, [0.05, 0.5, 0.95])
        word = 2 * min((x <= value).mean(), (x >= value).mean())
        steps.append((float(t[i]), float(min(word, 1)), float(middle), float(low), float(high)))
    inside = [step[0] for step in steps if step[3] <= value <= step[4]]
    best = max(steps, key=lambda step: step[1])
    return Comparison(
        name,
        "ige",
        "total IgE",
        "IU/mL",
        value,
        "none",
        when,
        best[2],
        (best[3] * 1.3, best[4] / 1.3),
        (best[3], best[4]),
        None,
        tuple(steps),
        inside[0] if inside else None,
        inside[-1] if inside else None,
        "PMID:40607310",
        "inside",
    )


def plans(data: xr.Dataset) -> xr.Dataset:
    names = ["No treatment", "IVIG alone", "IVIG and dupilumab"]
    at = data.sel(times=[2191.5 + 364.0], method="nearest")
    stack = np.stack([at["ige"].values * factor for factor in (12.0, 5.0, 1.0)])
    return xr.Dataset(
        {"ige": (("plans", "patients", "times"), stack, {"units": "IU/mL", "long_name": "IgE"})},
        coords={"plans": names, "times": at["times"]},
    )


@pytest.fixture(scope="session")
def result() -> Result:
    data = dataset()
    return Result(
        case(),
        data,
        1,
        {"lekti": "0.1.0", "python": "3.11.2", "numpy": "2.4.6"},
        (
            compare(data, "ige_before", 1078, Between(547.875, 2191.5), (547.875, 2191.5)),
            compare(data, "ige_after", 55.8, Unstated(), (2191.5, 8.5 * YEAR)),
        ),
        ("ok",) * 60,
        plans(data),
    )


Change = Callable[..., Result]


@pytest.fixture(scope="session")
def changed(result: Result) -> Change:
    """Return a function that gives the synthetic result with some fields replaced."""
    return lambda **fields: replace(result, **fields)

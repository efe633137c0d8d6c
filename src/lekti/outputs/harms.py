"""Benefits and harms side by side: what each added drug changes in the model, and harms others have had."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lekti.base.tables import knowledge_table
from lekti.outputs.given import Given, drug_names, drug_title, given_drugs
from lekti.outputs.numbers import interval, predicted
from lekti.outputs.panels import read_panels
from lekti.outputs.plans import compare_plans, difference
from lekti.patients.drugs import drug_of

if TYPE_CHECKING:
    from lekti.patients.case import Case
    from lekti.population.result import Result

SHOWN_PROVENANCE = ("read", "secondary")


@dataclass(frozen=True)
class Harm:
    """One harm: how often with the drug, how often without, in whom, and who says so."""

    drug: str
    event: str
    rate: str
    without: str
    population: str
    source: str
    provenance: str


@dataclass(frozen=True)
class Benefit:
    """One quantity under the last plan and the one before it, and in how many patients it is lower."""

    quantity: str
    before: str
    last: str
    difference: str
    lower: str


def harms_of(drug: str) -> tuple[Harm, ...]:
    """Return the harms on record for a drug; only numbers read in a source or in one that cites it."""
    names = drug_names()
    return tuple(
        Harm(
            names[drug],
            row["event"],
            f"{row['rate']} {row['unit']}",
            row["comparator"] or "no data",
            row["population"],
            row["source"],
            row["provenance"],
        )
        for row in knowledge_table("treatments/safety.tsv")
        if row["treatment"] == drug and row["provenance"] in SHOWN_PROVENANCE
    )


def harms_of_drugs(result: Result) -> tuple[tuple[str, tuple[Harm, ...]], ...]:
    """Return the title of each drug of a course with its harms on record; none means no data."""
    return tuple((drug_title(drug.drug), harms_of(drug.drug)) for drug in drugs_of(result))


def harms_object(case: Case) -> list[dict[str, Any]]:
    """Return each treatment of a case with its title and its harms, "no data" where none is on record."""
    return [
        {
            "id": one.id,
            "drug": one.drug,
            "title": drug_title(one.drug),
            "data_in_netherton_syndrome": drug_of(one.drug).in_netherton,
            "harms": [_harm_object(harm) for harm in harms_of(one.drug)] or "no data",
        }
        for one in case.course.treatments
    ]


def _harm_object(harm: Harm) -> dict[str, str]:
    names = ("event", "rate", "without", "population", "source")
    return {name: getattr(harm, name) for name in names}


def benefits(result: Result) -> tuple[Benefit, ...]:
    """Return, per quantity the plans hold, the last plan beside the one before it; empty without plans."""
    rows: list[Benefit] = []
    for panel in read_panels():
        plans = compare_plans(result, output=panel.output) if panel.dosed is None else None
        if plans is None:
            continue
        before, last = plans.plans[-2].values, plans.plans[-1].values
        low, middle, high = (float(x) for x in np.quantile(last - before, [0.05, 0.5, 0.95]))
        rows.append(
            Benefit(
                f"{panel.name}, {panel.unit}",
                predicted(float(np.median(before))),
                predicted(float(np.median(last))),
                f"{predicted(middle)} ({interval(low, high)})",
                f"{difference(plans).lower_of_100} of 100",
            )
        )
    return tuple(rows)


def drugs_of(result: Result) -> tuple[Given, ...]:
    """Return the drugs of a course, in the order of their first dose."""
    return given_drugs(result.case, float(result.dataset["times"].values[-1]))

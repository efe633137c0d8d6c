"""The drugs the model knows: route, units a dose may have, and where a dose enters the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from lekti.base.errors import InputError
from lekti.base.tables import knowledge_table
from lekti.patients.case import Dose
from lekti.patients.nearest import did_you_mean

NO_DATA = "no data in people with Netherton syndrome"
"""Stands beside the name of a drug of which nobody has reported what it does in them."""

_MILLIGRAMS = {"mg": 1.0, "g": 1000.0}


@dataclass(frozen=True)
class Drug:
    """A drug; `target` is a model state that gains `model_units_per_mg` of `model_unit` per mg given.

    `largest` maps each allowed dose unit to the largest dose that is not taken for a slip of the pen. A drug
    with `levels` is given as a course: its amount for each word, 1 for a usual course, flows in every day.
    `in_netherton` says whether anybody has reported what it does in people with Netherton syndrome.
    """

    id: str
    label: str
    route: str
    target: str
    model_unit: str
    model_units_per_mg: float
    infusion_days: float
    code: str | None
    code_label: str | None
    largest: Mapping[str, float]
    levels: Mapping[str, float]
    in_netherton: bool

    @property
    def is_course(self) -> bool:
        """Whether it is given as a course at a level, not in doses."""
        return bool(self.levels)


@cache
def drugs() -> Mapping[str, Drug]:
    """Return all drugs by id."""
    largest: dict[str, dict[str, float]] = {}
    for row in knowledge_table("treatments/dose_units.tsv"):
        largest.setdefault(row["drug"], {})[row["unit"]] = row.number("largest")
    levels: dict[str, dict[str, float]] = {}
    for row in knowledge_table("treatments/levels.tsv"):
        levels.setdefault(row["drug"], {})[row["level"]] = row.number("amount")
    return {
        row["id"]: Drug(
            id=row["id"],
            label=row["label"],
            route=row["route"],
            target=row["target"],
            model_unit=row["model_unit"],
            model_units_per_mg=row.number("factor"),
            infusion_days=row.number("infusion_hours") / 24.0,
            code=row["code"] or None,
            code_label=row["code_label"] or None,
            largest=largest.get(row["id"], {}),
            levels=levels.get(row["id"], {}),
            in_netherton=row["netherton"] == "yes",
        )
        for row in knowledge_table("treatments/drugs.tsv")
    }


def drug_of(drug_id: str, *, where: str = "") -> Drug:
    """Return one drug, or raise `InputError` that names the known drugs."""
    found = drugs().get(drug_id)
    if found is None:
        raise InputError(
            f"Drug '{drug_id}' is not known",
            where=where,
            expected=f"one of {', '.join(drugs())}",
            fix=did_you_mean(drug_id, drugs()),
        )
    return found


def level_of(drug: Drug, level: str | None, *, where: str = "") -> str:
    """Return the level of a course; `usual` where none is told and the drug has it.

    Raises `InputError` for a word that is no level of this drug, and for none where one is needed.
    """
    word = "usual" if level is None else level
    if word in drug.levels:
        return word
    said = "without a level" if level is None else f"at level '{level}'"
    raise InputError(
        f"{drug.label} {said}",
        where=where,
        expected=" or ".join(drug.levels),
        fix=did_you_mean(word, drug.levels) if level is not None else "Add level.",
    )


def check_dose(drug: Drug, dose: Dose, *, where: str = "") -> None:
    """Raise `InputError` unless the dose is above 0, in a unit of the drug, and not absurdly large."""
    if dose.unit not in drug.largest:
        raise InputError(
            f"Dose {dose.text} of {drug.label}: unit '{dose.unit}' does not fit",
            where=where,
            expected=f"a dose in {' or '.join(drug.largest)}",
        )
    if not dose.value > 0:
        raise InputError(f"Dose {dose.text} of {drug.label}", where=where, expected="a dose above 0")
    if dose.value > drug.largest[dose.unit]:
        raise InputError(
            f"Dose {dose.text} of {drug.label} is larger than any in use",
            where=where,
            expected=f"at most {drug.largest[dose.unit]:g} {dose.unit}",
        )


def dose_milligrams(dose: Dose, *, weight_kg: float) -> float:
    """Return the amount in mg; a dose per kg is multiplied by the weight.

    >>> dose_milligrams(Dose(500.0, "mg/kg"), weight_kg=20.0)
    10000.0
    """
    mass, _, per = dose.unit.partition("/")
    return dose.value * _MILLIGRAMS[mass] * (weight_kg if per == "kg" else 1.0)


def is_per_kg(dose: Dose) -> bool:
    """Say whether the amount depends on weight."""
    return dose.unit.endswith("/kg")

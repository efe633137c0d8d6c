"""The person and the treatments of a case, in words and as moments on the age axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lekti.base.tables import knowledge_table
from lekti.genetics.allele import same_variant
from lekti.outputs.numbers import YEAR, every, measured
from lekti.outputs.sentences import say
from lekti.patients.case import Case, Dose, Event, Treatment
from lekti.patients.drugs import NO_DATA, drug_of

OMALIZUMAB = "omalizumab"
ADULT_DAYS = 18 * YEAR
_PEOPLE = {
    ("male", False): "boy",
    ("female", False): "girl",
    ("unknown", False): "child",
    ("male", True): "man",
    ("female", True): "woman",
    ("unknown", True): "person",
}


@dataclass(frozen=True)
class Given:
    """One drug of the course: every moment of a dose (age in days), and the plan in words.

    A drug given as a course has `spans`, each from its start to its end, and no moments but those starts.
    """

    drug: str
    label: str
    doses: np.ndarray
    until: float
    plan: str
    interval_days: float | None
    spans: tuple[tuple[float, float], ...] = ()

    @property
    def start(self) -> float:
        return float(self.doses[0])


def given_drugs(case: Case, until_days: float) -> tuple[Given, ...]:
    """Return one row per drug in the order of its first dose; doses from `until_days` on are left out."""
    names = drug_names()
    by_drug: dict[str, list[Treatment]] = {}
    for treatment in sorted(case.course.treatments, key=lambda each: each.start):
        if treatment.start < until_days:
            by_drug.setdefault(treatment.drug, []).append(treatment)
    return tuple(
        Given(
            drug,
            names[drug],
            np.unique(np.concatenate([dose_ages(each, until_days) for each in parts])),
            max(_end(each, until_days) for each in parts),
            ", then ".join(plan_in_words(each) for each in parts),
            parts[-1].interval_days,
            tuple((each.start, _end(each, until_days)) for each in parts if each.is_course),
        )
        for drug, parts in by_drug.items()
    )


def dose_ages(treatment: Treatment, until_days: float) -> np.ndarray:
    """Return the age in days of each dose of one treatment, before its stop and before `until_days`."""
    if treatment.interval_days is None:
        return np.array([treatment.start])
    span = _end(treatment, until_days) - treatment.start
    count = int(np.ceil(span / treatment.interval_days - 1e-9))
    return treatment.start + treatment.interval_days * np.arange(max(count, 1))


def plan_in_words(treatment: Treatment) -> str:
    """Return doses and interval, `600 mg, then 300 mg every 4 weeks`, or the level of a course."""
    if treatment.dose is None:
        untried = "" if drug_of(treatment.drug).in_netherton else f", {NO_DATA}"
        return f"{(treatment.level or '').replace('_', ' ')} course{untried}"
    first = treatment.first_dose
    if treatment.interval_days is None:
        return f"{_dose(first or treatment.dose)} once"
    loading = f"{_dose(first)}, then " if first is not None and first != treatment.dose else ""
    return f"{loading}{_dose(treatment.dose)} {every(treatment.interval_days)}"


def drug_names(*, in_sentence: bool = False) -> dict[str, str]:
    """Return the short name of every known drug by its id, as a label or inside a sentence."""
    column = "in_sentence" if in_sentence else "name"
    return {row["id"]: row[column] for row in knowledge_table("wording/drugs.tsv")}


def drug_title(drug: str, *, in_sentence: bool = False) -> str:
    """Return the name of a drug as a title, which says so where no data in Netherton syndrome exist."""
    name = drug_names(in_sentence=in_sentence)[drug]
    return name if drug_of(drug).in_netherton else f"{name} ({NO_DATA})"


def untried(case: Case) -> tuple[str, ...]:
    """Return the drugs of a case without data in people with Netherton syndrome, in order of start."""
    ordered = sorted(case.course.treatments, key=lambda each: each.start)
    given = dict.fromkeys(each.drug for each in ordered)
    return tuple(drug for drug in given if not drug_of(drug).in_netherton)


def bound_ige(case: Case) -> str:
    """Return what to know about total IgE where a course of omalizumab is given, else nothing."""
    given = any(each.drug == OMALIZUMAB for each in case.course.treatments)
    return say("total_ige") if given else ""


def person(case: Case) -> str:
    """Return the one word for the person: boy, girl, child, man, woman or person."""
    age = case.subject.age_days
    return _PEOPLE[(case.subject.sex, age is not None and age >= ADULT_DAYS)]


def genotype(case: Case) -> str:
    """Return both alleles of SPINK5 in one line; two equal alleles are named once, as homozygous."""
    first, second = case.alleles
    if same_variant(first, second):
        return f"SPINK5 {first.label}, homozygous"
    if first.label == second.label:
        return f"SPINK5 both alleles {first.label}"
    return f"SPINK5 {first.label} and {second.label}"


def anchor(case: Case, event: Event) -> tuple[str, Treatment] | None:
    """Return ("after" or "before", treatment) of an event dated by a treatment; None otherwise."""
    for word, treatment in (("after", event.after), ("before", event.before)):
        if treatment is not None:
            return word, case.course.treatment(treatment)
    return None


def relation(case: Case, event: Event) -> str:
    """Return `after dupilumab` or `before dupilumab` for an event dated by a treatment, else nothing."""
    found = anchor(case, event)
    return f"{found[0]} {drug_names(in_sentence=True)[found[1].drug]}" if found is not None else ""


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: `a, b and c`.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _end(treatment: Treatment, until_days: float) -> float:
    stop = until_days if treatment.stop is None else min(treatment.stop, until_days)
    return max(stop, treatment.start)


def _dose(dose: Dose) -> str:
    return f"{measured(dose.value)} {dose.unit}"

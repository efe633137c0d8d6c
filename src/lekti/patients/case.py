"""The nouns of a case: one person without a name, the two alleles, the features, and the course."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from lekti.genetics.allele import REFERENCE, UNKNOWN, Allele, AlleleKind
from lekti.patients.when import Between, Exact, Unstated, When

__all__ = [
    "OWN_RECORD", "REFERENCE", "UNKNOWN", "Admission", "Allele", "AlleleKind", "Between", "Case", "Censoring",
    "Course", "Direction", "Dose", "Event", "Exact", "Feature", "Infection", "Measurement", "Observation",
    "Sex", "Subject", "Treatment", "Unstated", "When",
]  # fmt: skip

Sex = Literal["male", "female", "unknown"]
Censoring = Literal["none", "above", "below"]
Direction = Literal["up", "down", "same"]

OWN_RECORD = "own-record"


@dataclass(frozen=True)
class Subject:
    """The person: sex, age at last contact, and one weight with the age at which it was taken."""

    sex: Sex = "unknown"
    age_days: float | None = None
    weight_kg: float | None = None
    weight_age_days: float | None = None


@dataclass(frozen=True)
class Feature:
    """A sign, by its Human Phenotype Ontology id, seen or looked for and not found."""

    hpo: str
    label: str
    present: bool
    onset: When | None = None
    source: str = OWN_RECORD


@dataclass(frozen=True)
class Dose:
    """An amount, such as 300 mg or 500 mg/kg."""

    value: float
    unit: str

    @property
    def text(self) -> str:
        """Return the dose in words."""
        return f"{self.value:g} {self.unit}"


@dataclass(frozen=True)
class Treatment:
    """A drug given every `interval_days` from `start` to before `stop` (ages in days).

    `interval_days` None is a single dose; `stop` None goes on; `first_dose` replaces the first dose
    (a loading dose). A course has a `level` in words instead of a dose, and no interval.
    """

    id: str
    drug: str
    dose: Dose | None
    route: str
    interval_days: float | None
    start: float
    stop: float | None = None
    first_dose: Dose | None = None
    source: str = OWN_RECORD
    level: str | None = None

    @property
    def is_course(self) -> bool:
        """Whether it is there from start to stop at a level, instead of dose by dose."""
        return self.dose is None


@dataclass(frozen=True)
class Measurement:
    """A value of a quantity in the unit the record gives.

    `after` and `before` name treatments of the same course: the value was taken after the start of one,
    or before the start of the other.
    """

    id: str
    quantity: str
    value: float
    unit: str
    when: When
    censoring: Censoring = "none"
    after: str | None = None
    before: str | None = None
    source: str = OWN_RECORD
    note: str | None = None

    @property
    def text(self) -> str:
        """Return the value in words, such as `>2500 IU/mL`."""
        sign = {"none": "", "above": ">", "below": "<"}[self.censoring]
        return f"{sign}{self.value:g} {self.unit}"


@dataclass(frozen=True)
class Observation:
    """A change the record tells in words only, reduced to the quantity and its direction."""

    id: str
    quantity: str
    direction: Direction
    when: When
    after: str | None = None
    before: str | None = None
    source: str = OWN_RECORD
    note: str | None = None


@dataclass(frozen=True)
class Admission:
    """One stay in hospital, or `count` of them (None: several, number not stated)."""

    id: str
    when: When
    cause: str = "unstated"
    count: int | None = 1
    after: str | None = None
    before: str | None = None
    source: str = OWN_RECORD


@dataclass(frozen=True)
class Infection:
    """One infection, or `count` of them (None: several, number not stated)."""

    id: str
    when: When
    site: str = "unstated"
    organism: str = "unstated"
    count: int | None = 1
    after: str | None = None
    before: str | None = None
    source: str = OWN_RECORD


Event = Measurement | Observation | Admission | Infection


@dataclass(frozen=True)
class Course:
    """What was given and what was seen, each with the record it comes from."""

    treatments: tuple[Treatment, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    observations: tuple[Observation, ...] = ()
    admissions: tuple[Admission, ...] = ()
    infections: tuple[Infection, ...] = ()

    def treatment(self, treatment_id: str) -> Treatment:
        """Return the treatment with this id; raises `KeyError` if there is none."""
        found = {treatment.id: treatment for treatment in self.treatments}
        return found[treatment_id]

    @property
    def events(self) -> tuple[Event, ...]:
        """Return everything that was seen, in the order of the file."""
        return (*self.measurements, *self.observations, *self.admissions, *self.infections)


@dataclass(frozen=True)
class Case:
    """One person with Netherton syndrome, as far as records tell."""

    id: str
    source_records: tuple[str, ...]
    subject: Subject
    alleles: tuple[Allele, Allele]
    features: tuple[Feature, ...] = ()
    course: Course = field(default_factory=Course)

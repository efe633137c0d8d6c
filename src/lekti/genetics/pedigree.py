"""The nouns of a family: people, what was seen and tested in them, the population they come from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Sex = Literal["male", "female", "unknown"]
Status = Literal["affected", "healthy", "unknown"]

REFERENCE = "reference"
OTHER = "other"
GENE = "gene"


@dataclass(frozen=True)
class Range:
    """A number with the lowest and the highest value it may have, and where it comes from."""

    value: float
    low: float
    high: float
    source: str = ""

    @property
    def is_exact(self) -> bool:
        """Say whether the number has no range."""
        return self.low == self.high


@dataclass(frozen=True)
class CarrierTest:
    """A genetic test: what it looks for (labels of variants, or the whole gene) and the alleles it found."""

    looks_for: tuple[str, ...]
    found: tuple[str, ...]
    sensitivity: Range
    where: str = ""


@dataclass(frozen=True)
class Person:
    """One person of a pedigree, by an id that is no name; parents are both known or both unknown."""

    id: str
    sex: Sex = "unknown"
    father: str = ""
    mother: str = ""
    status: Status = "unknown"
    age_days: float | None = None
    died: bool = False
    proband: bool = False
    unborn: bool = False
    copies: int | None = None
    genotype: tuple[str, str] | None = None
    tests: tuple[CarrierTest, ...] = ()
    identical_twin: str = ""
    fraternal_twin: str = ""
    inbreeding: float | None = None
    where: str = ""

    @property
    def is_founder(self) -> bool:
        """Say whether the pedigree names no parents."""
        return not self.father

    @property
    def is_observed(self) -> bool:
        """Say whether anything is known of the person that tells about the genotype."""
        return bool(self.status != "unknown" or self.copies is not None or self.genotype or self.tests)


@dataclass(frozen=True)
class Variant:
    """A variant of the family: a short label and its HGVS description, if told."""

    label: str
    hgvs: str = ""


@dataclass(frozen=True)
class Population:
    """How common variants that cause the disease are: one of three numbers, and how people marry.

    `kind` says whether `frequency` is the incidence at birth, the carriers among healthy people, or the
    summed frequency of the alleles. `inbreeding` is the mean coefficient F of the population;
    `first_cousins` is the share of marriages between first cousins; `known_share` is the part of all
    disease alleles that each named variant makes up.
    """

    kind: Literal["incidence", "carriers", "alleles"]
    frequency: Range
    inbreeding: float = 0.0
    first_cousins: float | None = None
    known_share: float = 0.01


@dataclass(frozen=True)
class Penetrance:
    """The chance of the disease with 0, 1 and 2 faulty copies; with two, by age in days as steps."""

    none: float = 0.0
    one: float = 0.0
    two: tuple[tuple[float, float], ...] = ((0.0, 1.0),)

    def of_two(self, age_days: float | None) -> float:
        """Return the share with two copies who show the disease by an age, at last if the age is unknown."""
        reached = [share for start, share in self.two if age_days is None or start <= age_days]
        return reached[-1] if reached else 0.0


@dataclass(frozen=True)
class Family:
    """A checked pedigree: everyone's parents come before them in `people`."""

    people: tuple[Person, ...]
    population: Population
    penetrance: Penetrance = Penetrance()
    variants: tuple[Variant, ...] = ()
    couples: tuple[tuple[str, str], ...] = ()
    asked: tuple[tuple[str, str], ...] = ()
    records: tuple[str, ...] = ()
    name: str = "family"

    @cached_property
    def by_id(self) -> dict[str, Person]:
        """Return the people by id."""
        return {person.id: person for person in self.people}

    @cached_property
    def all_couples(self) -> tuple[tuple[str, str], ...]:
        """Return (father, mother) of every child, then couples named without a child, each once."""
        with_children = [(one.father, one.mother) for one in self.people if not one.is_founder]
        return tuple(dict.fromkeys((*with_children, *self.couples, *self.asked)))

    def children_of(self, couple: tuple[str, str]) -> tuple[Person, ...]:
        """Return the children of a couple in file order."""
        return tuple(one for one in self.people if (one.father, one.mother) == couple)

"""Families for tests: a shorthand for people, random pedigrees, and sums over all genotypes by hand."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from lekti.genetics.family_risk import FamilyAnswer, PlannedTests, family_risk
from lekti.genetics.pedigree import (
    GENE,
    OTHER,
    CarrierTest,
    Family,
    Penetrance,
    Person,
    Population,
    Range,
    Variant,
)
from lekti.genetics.pedigree_checks import checked

PLANNED = PlannedTests(Range(0.875, 0.739, 0.945), Range(0.99, 0.98, 0.999))


def exactly(value: float) -> Range:
    return Range(value, value, value)


def alleles(q: float, **more: Any) -> Population:
    return Population("alleles", exactly(q), **more)


def person(person_id: str, parents: str = "", status: str = "unknown", **more: Any) -> Person:
    father, mother = parents.split() if parents else ("", "")
    return Person(person_id, father=father, mother=mother, status=status, where=f"f.ped:{person_id}", **more)  # type: ignore[arg-type]


def negative(sensitivity: float, *labels: str) -> CarrierTest:
    return CarrierTest(labels or (GENE,), (), exactly(sensitivity))


def answer(people: Sequence[Person], population: Population, **more: Any) -> FamilyAnswer:
    return family_risk(checked(Family(tuple(people), population, **more)), planned=PLANNED)


class ByHand:
    """All genotypes of everyone at once, one array per person: nothing shared with the program but Mendel.

    Written for the tests: ordered allele pairs, no peeling.
    """

    def __init__(self, family: Family) -> None:
        self.family = family
        labels = ["reference", *(one.label for one in family.variants), OTHER]
        q, share, named = family.population.frequency.value, family.population.known_share, len(labels) - 2
        self.frequency = np.array([1 - q, *[q * share] * named, q * (1 - named * share)])
        self.pairs = list(itertools.combinations_with_replacement(range(len(labels)), 2))
        self.labels = labels
        self.index = {one.id: at for at, one in enumerate(family.people)}
        count = len(family.people)
        shape = (len(self.pairs),) * count
        self.joint = np.ones(shape)
        for at, one in enumerate(family.people):
            self.joint = self.joint * self._prior(at, one)
            self.joint = self.joint * self._along(self._seen(one), at)

    def _along(self, values: np.ndarray, *axes: int) -> np.ndarray:
        shape = [len(self.pairs) if at in axes else 1 for at in range(len(self.family.people))]
        return (
            np.transpose(values, np.argsort(axes).argsort()).reshape(shape)
            if len(axes) == 1
            else (np.moveaxis(values, range(len(axes)), np.argsort(np.argsort(axes))).reshape(shape))
        )

    def _prior(self, at: int, one: Person) -> np.ndarray:
        twin = self.index.get(one.identical_twin, at)
        if twin < at:
            return self._along(np.eye(len(self.pairs)), twin, at)
        if one.is_founder:
            f = one.inbreeding if one.inbreeding is not None else self.family.population.inbreeding
            values = []
            for a, b in self.pairs:
                both = self.frequency[a] * self.frequency[b] * (2 - (a == b))
                values.append(both * (1 - f) + (f * self.frequency[a] if a == b else 0.0))
            return self._along(np.array(values), at)
        table = np.zeros((len(self.pairs),) * 3)
        for i, father in enumerate(self.pairs):
            for j, mother in enumerate(self.pairs):
                for a, b in itertools.product(father, mother):
                    table[i, j, self.pairs.index((min(a, b), max(a, b)))] += 0.25
        return self._along(table, self.index[one.father], self.index[one.mother], at)

    def _seen(self, one: Person) -> np.ndarray:
        shares = self.family.penetrance
        values = []
        for a, b in self.pairs:
            copies = (a > 0) + (b > 0)
            shown = (shares.none, shares.one, shares.of_two(one.age_days))[copies]
            chance = {"affected": shown, "healthy": 1 - shown, "unknown": 1.0}[one.status]
            if one.copies is not None:
                chance *= copies == one.copies
            for test in one.tests:
                seen = [
                    x for x in (a, b) if x and (test.looks_for == (GENE,) or self.labels[x] in test.looks_for)
                ]
                apart = len(seen) if len(set(seen)) == len(seen) or self.labels[seen[0]] == OTHER else 1
                chance *= (1 - test.sensitivity.value) ** apart
            values.append(chance)
        return np.array(values)

    @property
    def likelihood(self) -> float:
        return float(self.joint.sum())

    def copies(self, person_id: str) -> list[float]:
        at = self.index[person_id]
        others = tuple(k for k in range(self.joint.ndim) if k != at)
        marginal = self.joint.sum(axis=others) / self.joint.sum()
        return [
            float(sum(m for m, (a, b) in zip(marginal, self.pairs, strict=True) if (a > 0) + (b > 0) == n))
            for n in range(3)
        ]


@st.composite
def random_families(draw: st.DrawFn, most: int = 10, named: int = 0) -> Family:
    """Draw a pedigree: any earlier man and woman may be parents, so loops and inbreeding are common."""
    count = draw(st.integers(1, most))
    share = st.floats(0.05, 0.95)
    people: list[Person] = []
    for at in range(count):
        men = [one.id for one in people if one.sex == "male"]
        women = [one.id for one in people if one.sex == "female"]
        child = men and women and draw(st.integers(0, 3)) > 0
        father, mother = (draw(st.sampled_from(men)), draw(st.sampled_from(women))) if child else ("", "")
        looks_for = (GENE,) if not named else draw(st.sampled_from([(GENE,), ("A",)]))
        tests = (CarrierTest(looks_for, (), exactly(draw(share))),) if draw(st.integers(0, 4)) == 0 else ()
        twin = next((one.id for one in people if father and (one.father, one.mother) == (father, mother)), "")
        twin = twin if draw(st.integers(0, 4)) == 0 else ""
        sex = next((one.sex for one in people if one.id == twin), draw(st.sampled_from(["male", "female"])))
        people.append(
            Person(
                f"P{at}", sex=sex, father=father, mother=mother, tests=tests, identical_twin=twin,  # type: ignore[arg-type]
                status=draw(st.sampled_from(["unknown", "healthy", "affected"])),  # type: ignore[arg-type]
                copies=draw(st.sampled_from([None, None, None, None, 0, 1])),
                inbreeding=None if father else draw(st.sampled_from([None, 0.0, 1 / 16, 0.25])),
            )
        )  # fmt: skip
    penetrance = Penetrance(
        draw(st.sampled_from([0.0, 0.01])), draw(st.sampled_from([0.0, 0.05])), ((0.0, draw(share)),)
    )
    population = alleles(
        draw(st.floats(0.001, 0.4)), inbreeding=draw(st.sampled_from([0.0, 0.02])), known_share=0.2
    )
    variants = (Variant("A"),) if named else ()
    return Family(tuple(people), population, penetrance, variants)

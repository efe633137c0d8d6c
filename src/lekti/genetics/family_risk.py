"""The answers about a family: who may carry, each couple's next child, what one test would tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lekti.genetics.allele_frequency import (
    affected_at_birth,
    carriers_among_healthy,
    mean_inbreeding,
    share_from_first_cousins,
)
from lekti.genetics.family_model import FamilyModel, model_of
from lekti.genetics.junction_tree import Factor, Posterior
from lekti.genetics.kinship import kinship_matrix
from lekti.genetics.observations import detection_likelihood
from lekti.genetics.pedigree import GENE, OTHER, CarrierTest, Family, Person, Range

_LEAST_SEEN = 1e-12
_LEAST_CHANGE = 1e-3  # of the risk itself; below this a test is said to change nothing


@dataclass(frozen=True)
class Chance:
    """A probability, with the lowest and the highest over all scenarios of the uncertain numbers."""

    value: float
    low: float
    high: float

    @property
    def is_certain(self) -> bool:
        """Say whether the uncertain numbers leave it as it is, to one part in 200."""
        small = max(min(self.value, 1.0 - self.value), 1e-300)
        return self.high - self.low <= 0.005 * small


@dataclass(frozen=True)
class PersonRisk:
    """One person: the chances of no, one and two faulty copies, and of an affected child.

    `child` is the risk to a child with an unrelated healthy partner of the same population.
    """

    person: Person
    none: Chance
    carrier: Chance
    two: Chance
    child: Chance
    inbreeding: float


@dataclass(frozen=True)
class CoupleRisk:
    """One couple: the chances of their next child, and the inbreeding of their children."""

    father: str
    mother: str
    affected: Chance
    carrier: Chance
    neither: Chance
    inbreeding: float


@dataclass(frozen=True)
class EffectOfTest:
    """What one test of one person would do to the risk of a couple's next child."""

    person: str
    looks_for: tuple[str, ...]
    sensitivity: Range
    found: Chance
    risk_if_found: Chance
    risk_if_not: Chance
    mean_change: float


@dataclass(frozen=True)
class PlannedTests:
    """The sensitivity of the tests still to do: of the whole gene, and for the family's own variants."""

    gene: Range
    variants: Range


@dataclass(frozen=True)
class FamilyAnswer:
    """Everything that `lekti family` says."""

    family: Family
    people: tuple[PersonRisk, ...]
    couples: tuple[CoupleRisk, ...]
    effects: tuple[EffectOfTest, ...]
    log_likelihood: float
    allele_frequency: Range
    carriers: Chance
    share_from_first_cousins: float | None

    @property
    def asked(self) -> CoupleRisk | None:
        """Return the couple asked about, else the proband's parents, else the one with the highest risk."""
        return _headline(self.family, self.couples)

    def of(self, person_id: str) -> PersonRisk:
        """Return the risks of one person."""
        return next(each for each in self.people if each.person.id == person_id)


def family_risk(family: Family, *, planned: PlannedTests) -> FamilyAnswer:
    """Return exact answers for a checked family; `planned` are the tests still to do.

    Raises `InputError` for observations that contradict each other.
    """
    model = model_of(family)
    found = model.posterior()
    model.refuse_impossible(found)
    kinship = kinship_matrix(family)
    couples = _couples(model, found, kinship)
    asked = _headline(family, couples)
    return FamilyAnswer(
        family=family,
        people=_people(model, found, kinship),
        couples=couples,
        effects=() if asked is None else _effects(model, found, (asked.father, asked.mother), planned),
        log_likelihood=float(found.log_likelihood[0]),
        allele_frequency=_frequency(model),
        carriers=_chance(_carriers(model)),
        share_from_first_cousins=_dahlberg(model),
    )


def _chance(values: np.ndarray) -> Chance:
    bounded = np.clip(values, 0.0, 1.0)
    return Chance(float(bounded[0]), float(bounded.min()), float(bounded.max()))


def _by_copies(model: FamilyModel, marginal: np.ndarray) -> np.ndarray:
    """Return P(0, 1, 2 copies), shape (3, scenarios)."""
    return np.stack([marginal[:, model.genotypes.copies == count].sum(axis=1) for count in range(3)])


def _carriers(model: FamilyModel) -> np.ndarray:
    inbreeding = mean_inbreeding(model.family.population)
    return np.array([carriers_among_healthy(s.allele_frequency, inbreeding) for s in model.scenarios])


def _frequency(model: FamilyModel) -> Range:
    values = [scenario.allele_frequency for scenario in model.scenarios]
    return Range(values[0], min(values), max(values))


def _dahlberg(model: FamilyModel) -> float | None:
    share = model.family.population.first_cousins
    if share is None:
        return None
    return share_from_first_cousins(model.scenarios[0].allele_frequency, share)


def _people(model: FamilyModel, found: Posterior, kinship: np.ndarray) -> tuple[PersonRisk, ...]:
    partner = _passed_on_by_partner(model)
    risks: list[PersonRisk] = []
    for at, person in enumerate(model.family.people):
        none, one, two = _by_copies(model, found.marginals[at])
        passed = one / 2.0 + two
        both, neither = passed * partner, (1.0 - passed) * (1.0 - partner)
        child = _shown(model, np.stack([neither, 1.0 - both - neither, both]))
        inbreeding = 2.0 * float(kinship[at, at]) - 1.0
        risks.append(
            PersonRisk(person, _chance(none), _chance(one), _chance(two), _chance(child), inbreeding)
        )
    return tuple(risks)


def _shown(model: FamilyModel, by_copies: np.ndarray) -> np.ndarray:
    """Return the chance of the disease, at last, from P(0, 1, 2 copies) of shape (3, scenarios)."""
    return _penetrances(model) @ by_copies


def _penetrances(model: FamilyModel) -> np.ndarray:
    shares = model.family.penetrance
    return np.array([shares.none, shares.one, shares.of_two(None)])


def _passed_on_by_partner(model: FamilyModel) -> np.ndarray:
    """Return the chance that an unrelated healthy person passes on a faulty copy, one per scenario."""
    inbreeding = mean_inbreeding(model.family.population)
    q = np.array([scenario.allele_frequency for scenario in model.scenarios])
    two, one = affected_at_birth(q, inbreeding), 2.0 * q * (1.0 - q) * (1.0 - inbreeding)
    healthy = (1.0 - _penetrances(model))[:, np.newaxis] * np.stack([1.0 - one - two, one, two])
    return (healthy[1] / 2.0 + healthy[2]) / healthy.sum(axis=0)


def _couples(model: FamilyModel, found: Posterior, kinship: np.ndarray) -> tuple[CoupleRisk, ...]:
    index = {person.id: at for at, person in enumerate(model.family.people)}
    shares = model.family.penetrance
    risks: list[CoupleRisk] = []
    for father, mother in model.family.all_couples:
        child = found.marginals[model.next_child((father, mother))]
        by_copies = _by_copies(model, child)
        none, one = by_copies[0], by_copies[1]
        affected = _shown(model, by_copies)
        related = float(kinship[index[father], index[mother]])
        chances = _chance(affected), _chance(one * (1 - shares.one)), _chance(none * (1 - shares.none))
        risks.append(CoupleRisk(father, mother, *chances, related))
    return tuple(risks)


def _headline(family: Family, couples: Sequence[CoupleRisk]) -> CoupleRisk | None:
    by_pair = {(each.father, each.mother): each for each in couples}
    if family.asked:
        return by_pair[family.asked[0]]
    parents = [(one.father, one.mother) for one in family.people if one.proband and not one.is_founder]
    if parents:
        return by_pair[parents[0]]
    return max(couples, key=lambda each: each.affected.value, default=None)


def _effects(
    model: FamilyModel, found: Posterior, couple: tuple[str, str], planned: PlannedTests
) -> tuple[EffectOfTest, ...]:
    """Return what each person's better test would do, the one that changes most first.

    One more pass gives P(genotypes | the next child is affected); Bayes turns it round for everyone.
    A test that a person has had already is not repeated; one that changes nothing is left out.
    """
    child = model.next_child(couple)
    affected = _penetrances(model)[model.genotypes.copies][np.newaxis]
    given = model.posterior(Factor((child,), affected))
    before = _shown(model, _by_copies(model, found.marginals[child]))
    question = _Question(model, before)
    named = tuple(variant.label for variant in model.family.variants)
    tests = [CarrierTest((GENE,), (), planned.gene)]
    tests += [CarrierTest(named, (), planned.variants)] if named else []
    effects: list[EffectOfTest] = []
    for at, person in enumerate(model.family.people):
        if person.died or person.unborn or _is_settled(person):
            continue
        had = {test.looks_for for test in person.tests}
        marginals = found.marginals[at], given.marginals[at]
        told = [question.effect(person, test, *marginals) for test in tests if test.looks_for not in had]
        effects += [max(told, key=lambda each: each.mean_change)] if told else []
    changing = [each for each in effects if each.mean_change > _LEAST_CHANGE * before[0]]
    return tuple(sorted(changing, key=lambda each: -each.mean_change))


def _is_settled(person: Person) -> bool:
    return person.status == "affected" or person.copies is not None or person.genotype is not None


@dataclass(frozen=True)
class _Question:
    """What all tests of one question share: the model, and the risk to the child before any of them."""

    model: FamilyModel
    before: np.ndarray

    def effect(
        self, person: Person, test: CarrierTest, marginal: np.ndarray, if_affected: np.ndarray
    ) -> EffectOfTest:
        """Return what a test of one person would do, from P(genotype) and P(genotype | child affected)."""
        missed = detection_likelihood(test, self.model.genotypes, np.array([test.sensitivity.value]))[0]
        clear, both = marginal @ missed, (if_affected @ missed) * self.before
        seen = 1.0 - clear
        after = np.divide(both, clear, out=np.zeros_like(clear), where=clear > 0.0)
        there = np.divide(self.before - both, seen, out=self.before.copy(), where=seen > _LEAST_SEEN)
        change = seen * abs(there - self.before) + clear * abs(after - self.before)
        return EffectOfTest(
            person=person.id,
            looks_for=test.looks_for,
            sensitivity=test.sensitivity,
            found=_chance(seen),
            risk_if_found=_chance(there),
            risk_if_not=_chance(after),
            mean_change=float(change[0]),
        )


def labels_in_words(looks_for: tuple[str, ...]) -> str:
    """Return what a test looks for in words.

    >>> labels_in_words(("gene",)), labels_in_words(("A", "B"))
    ('the whole gene', 'A and B')
    """
    if looks_for == (GENE,):
        return "the whole gene"
    return " and ".join("other variants" if label == OTHER else label for label in looks_for)

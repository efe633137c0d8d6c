"""A family as factors over genotypes, for every value that the uncertain numbers may have at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from lekti.base.errors import InputError
from lekti.genetics.allele_frequency import allele_frequency, mean_inbreeding
from lekti.genetics.genotypes import Genotypes, genotypes_of
from lekti.genetics.junction_tree import Factor, JunctionTree, Posterior, build_tree, factor, propagate
from lekti.genetics.observations import check_labels, likelihood
from lekti.genetics.pedigree import Family, Person, Range

_FREQUENCIES = 5


@dataclass(frozen=True)
class Scenario:
    """One value of each uncertain number: the frequency told, q, and where tests lie in their range."""

    frequency: float
    allele_frequency: float
    tests: int


@dataclass(frozen=True)
class FamilyModel:
    """The factors of a family; variables are its people, then one next child for each couple."""

    family: Family
    genotypes: Genotypes
    scenarios: tuple[Scenario, ...]
    tree: JunctionTree
    structure: tuple[Factor, ...]

    @cached_property
    def observed(self) -> tuple[Factor, ...]:
        """Return one factor for each person of whom something is known."""
        people = enumerate(self.family.people)
        return tuple(self.seen(at, person) for at, person in people if person.is_observed)

    def seen(self, at: int, person: Person) -> Factor:
        """Return what is known of a person as a factor over their genotype."""
        tests = [[_at(test.sensitivity, s.tests) for s in self.scenarios] for test in person.tests]
        sensitivities = np.array(tests).reshape(len(person.tests), len(self.scenarios))
        return Factor((at,), likelihood(person, self.genotypes, self.family.penetrance, sensitivities))

    def next_child(self, couple: tuple[str, str]) -> int:
        """Return the variable of the next child of a couple."""
        return len(self.family.people) + self.family.all_couples.index(couple)

    def posterior(self, *more: Factor) -> Posterior:
        """Return everybody's genotype probabilities given all that is known, and `more`."""
        return propagate(self.tree, (*self.structure, *self.observed, *more), scenarios=len(self.scenarios))

    def refuse_impossible(self, found: Posterior) -> None:
        """Raise `InputError` that names the first person whose observation cannot be true."""
        if np.isfinite(found.log_likelihood).all():
            return
        low, high = 0, len(self.observed)
        while low < high:
            middle = (low + high) // 2
            some = propagate(
                self.tree, (*self.structure, *self.observed[: middle + 1]), scenarios=len(self.scenarios)
            )
            low, high = (middle + 1, high) if np.isfinite(some.log_likelihood).all() else (low, middle)
        person = self.family.people[self.observed[low].variables[0]]
        raise InputError(
            f"What is told of {person.id} cannot be true together with the lines before it",
            where=person.where,
            expected="observations that inheritance allows",
            fix="Check parents, tests and status; a de novo variant or another parent is not in the sums.",
        )


def model_of(family: Family) -> FamilyModel:
    """Return the model of a checked family."""
    genotypes = genotypes_of([variant.label for variant in family.variants])
    for person in family.people:
        check_labels(person, genotypes)
    scenarios = _scenarios(family)
    structure = tuple(_structure(family, genotypes, scenarios))
    tree = build_tree(
        len(family.people) + len(family.all_couples),
        [each.variables for each in structure],
        states=len(genotypes.pairs),
        scenarios=len(scenarios),
    )
    return FamilyModel(family, genotypes, scenarios, tree, structure)


def _scenarios(family: Family) -> tuple[Scenario, ...]:
    """Return the central scenario first, then the ends of every range and what lies between."""
    told = family.population.frequency
    values = [told.value]
    if not told.is_exact:
        values += [float(value) for value in np.geomspace(told.low, told.high, _FREQUENCIES)]
    exact = all(test.sensitivity.is_exact for person in family.people for test in person.tests)
    pairs = product(values, (0,) if exact else (0, -1, 1))
    return tuple(Scenario(value, allele_frequency(family.population, value), at) for value, at in pairs)


def _at(told: Range, end: int) -> float:
    return (told.value, told.high, told.low)[end]


def _structure(family: Family, genotypes: Genotypes, scenarios: Sequence[Scenario]) -> list[Factor]:
    index = {person.id: at for at, person in enumerate(family.people)}
    faulty = np.array([scenario.allele_frequency for scenario in scenarios])
    alleles = genotypes.frequencies(faulty, family.population.known_share)
    mendel = genotypes.transmission[np.newaxis]
    same = np.eye(len(genotypes.pairs))[np.newaxis]
    found: list[Factor] = []
    for at, person in enumerate(family.people):
        twin = index.get(person.identical_twin, at)
        if twin < at:
            found.append(factor((twin, at), same))
        elif person.is_founder:
            inbreeding = person.inbreeding
            inbreeding = mean_inbreeding(family.population) if inbreeding is None else inbreeding
            found.append(Factor((at,), genotypes.founder(alleles, inbreeding)))
        else:
            found.append(factor((index[person.father], index[person.mother], at), mendel))
    children = enumerate(family.all_couples, start=len(family.people))
    found += [factor((index[father], index[mother], at), mendel) for at, (father, mother) in children]
    return found

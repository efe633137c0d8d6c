"""What was seen and tested in a person, as the probability of it under each genotype."""

from __future__ import annotations

import numpy as np

from lekti.base.errors import InputError
from lekti.genetics.genotypes import Genotypes
from lekti.genetics.pedigree import GENE, OTHER, REFERENCE, CarrierTest, Penetrance, Person


def likelihood(
    person: Person, genotypes: Genotypes, penetrance: Penetrance, sensitivities: np.ndarray
) -> np.ndarray:
    """Return P(what is known of the person | genotype), shape (scenarios, genotypes).

    `sensitivities` has shape (tests of the person, scenarios). Observations are independent given the
    genotype; a test never finds what is not there.
    """
    found = np.ones((1, len(genotypes.pairs)))
    found = found * _of_status(person, genotypes, penetrance)
    if person.copies is not None:
        found = found * (genotypes.copies == person.copies)
    if person.genotype is not None:
        known = tuple(sorted(genotypes.alleles.index(label) for label in person.genotype))
        found = found * np.array([pair == known for pair in genotypes.pairs])
    for test, sensitivity in zip(person.tests, sensitivities, strict=True):
        found = found * detection_likelihood(test, genotypes, sensitivity)
    return found


def detection_likelihood(test: CarrierTest, genotypes: Genotypes, sensitivity: np.ndarray) -> np.ndarray:
    """Return P(the test finds these alleles | genotype), shape (scenarios, genotypes).

    Each faulty allele that the test looks for is found with the probability `sensitivity`; two copies of
    one named variant are found together, two other variants one by one.
    """
    seen = sorted(test.found)
    columns = [_of_pair(pair, seen, test, genotypes, sensitivity) for pair in genotypes.pairs]
    return np.stack(columns, axis=-1)


def _of_pair(
    pair: tuple[int, int],
    seen: list[str],
    test: CarrierTest,
    genotypes: Genotypes,
    sensitivity: np.ndarray,
) -> np.ndarray:
    faulty = [genotypes.alleles[allele] for allele in pair if allele > 0]
    visible = [label for label in faulty if test.looks_for == (GENE,) or label in test.looks_for]
    never = np.zeros_like(sensitivity)
    if len(visible) == 2 and visible[0] == visible[1] != OTHER:
        outcomes = [([], 1.0 - sensitivity), (visible, sensitivity)]
    elif len(visible) == 2:
        both, one = sensitivity**2, sensitivity * (1.0 - sensitivity)
        outcomes = [([], (1.0 - sensitivity) ** 2), (visible, both), (visible[:1], one), (visible[1:], one)]
    elif visible:
        outcomes = [([], 1.0 - sensitivity), (visible, sensitivity)]
    else:
        outcomes = [([], np.ones_like(sensitivity))]
    return sum((chance for found, chance in outcomes if sorted(found) == seen), never)


def _of_status(person: Person, genotypes: Genotypes, penetrance: Penetrance) -> np.ndarray:
    if person.status == "unknown" or person.unborn:
        return np.ones(len(genotypes.pairs))
    two = penetrance.of_two(person.age_days)
    affected = np.array([penetrance.none, penetrance.one, two])[genotypes.copies]
    return affected if person.status == "affected" else 1.0 - affected


def check_labels(person: Person, genotypes: Genotypes) -> None:
    """Raise `InputError` for an allele that the family does not name."""
    named = (*person.genotype, *()) if person.genotype else ()
    tested = [label for test in person.tests for label in (*test.found, *test.looks_for)]
    for label in (*named, *tested):
        if label not in (*genotypes.alleles, GENE, REFERENCE, OTHER):
            raise InputError(
                f"{label} is no variant of this family",
                where=person.where,
                expected=f"one of {', '.join((*genotypes.alleles[1:-1], OTHER))}",
            )

"""One person's residual LEKTI: the prior of the genotype, and what the signs seen leave of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lekti.base.errors import InputError
from lekti.engine.kernel import Kernel
from lekti.genetics.described import Described
from lekti.genetics.other_names import normal_key
from lekti.model.netherton import netherton_system
from lekti.patients.case import Case
from lekti.population.given import default_until
from lekti.population.people import People, Progress, draw_people


@dataclass(frozen=True)
class PersonLeft:
    """LEKTI left from both alleles, 0 to 1, of virtual versions of a person: first draws, and those kept."""

    prior: np.ndarray
    conditioned: np.ndarray
    with_disease: float
    kept: float


def person_left(case: Case, *, patients: int, seed: int, progress: Progress) -> PersonLeft:
    """Draw virtual versions of a person as `lekti run` does, and return the LEKTI they have left."""
    system = netherton_system()
    people = draw_people(
        system,
        case,
        patients=patients,
        seed=seed,
        until_days=default_until(case),
        progress=progress,
        kernel=Kernel(),
    )
    kept = np.array([outcome.ok for outcome in people.outcomes])
    return PersonLeft(
        people.prior_lekti, _both(people, system.parameters)[kept], people.with_disease, people.acceptance
    )


def check_carries(case: Case, described: Described) -> None:
    """Refuse a case whose alleles do not hold the described variant."""
    held = [allele for allele in case.alleles if _same(allele.hgvs, allele.structural, described)]
    if not held:
        raise InputError(
            f"The case {case.id} does not carry {described.label}",
            expected=" and ".join(dict.fromkeys(allele.label for allele in case.alleles)),
        )


def carries_twice(case: Case, described: Described) -> bool:
    """Say whether both alleles of a case hold the described variant."""
    return all(_same(allele.hgvs, allele.structural, described) for allele in case.alleles)


def _same(hgvs: str | None, structural: str | None, described: Described) -> bool:
    if described.variant is not None:
        return hgvs is not None and normal_key(hgvs) == normal_key(described.variant.key)
    return structural is not None and described.structural is not None


def _both(people: People, names: tuple[str, ...]) -> np.ndarray:
    columns = [names.index(name) for name in ("lekti_allele_a", "lekti_allele_b")]
    return people.parameters[:, columns].mean(axis=1)

"""The typical person of a population: no spread between people, and what a calibration may move."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from lekti.base.errors import MachineError
from lekti.base.seeds import patient_generator
from lekti.engine.kernel import Kernel
from lekti.genetics.residual import draw_residuals
from lekti.model.parameters import Parameter, load_parameters, weight_parameters
from lekti.model.system import System
from lekti.patients.case import Case, Subject
from lekti.population.arms import Given, doses_by_rule, rule_fits
from lekti.population.draw import SHARED
from lekti.population.given import YEAR
from lekti.population.people import with_healthy_twin, with_usual_ige
from lekti.population.target_words import PopulationKind, Regimen
from lekti.population.typical import free_names
from lekti.population.weight import weight_curve

ALLELE_DRAWS = 999
BOUND_SDS = 5.0
TWINS = ("thickness_healthy", "lipids_healthy", "ige_usual")
"""Parameters that follow from the others by a run of their own; here they stay at the typical person's."""


@dataclass(frozen=True)
class Free:
    """A number that a calibration may move, as a problem with one typical person sees it.

    `id` is the number's own name where it is the parameter itself; `rule` says how the parameter follows from
    it elsewhere. `prior` is log-normal or normal, with two numbers and bounds.
    """

    id: str
    parameter: str
    rule: str
    label: str
    nominal: float
    prior: str
    numbers: tuple[float, float]
    bounds: tuple[float, float]


@dataclass(frozen=True, eq=False)
class TypicalPerson:
    """A typical person: parameters [1, parameters], and age in days when the clock starts."""

    kind: PopulationKind
    sex: str
    row: np.ndarray
    age: float

    def value(self, system: System, name: str) -> float:
        """Return one parameter of this person."""
        return float(self.row[0, system.parameters.index(name)])


def free_numbers(set_elsewhere: frozenset[str]) -> tuple[Free, ...]:
    """Return what a calibration may move; parameters of `set_elsewhere` get a name of their own.

    Left out, at their typical value: parameters that are on or off, or zero for some people.
    """
    wanted = frozenset(free_names())
    found = [_free(one, one.id in set_elsewhere) for one in load_parameters() if one.id in wanted]
    return tuple(one for one in found if one is not None)


def free_setting(parameter: str, shared: float) -> Free:
    """Return the factor by which everybody of some populations may differ from the value set for them."""
    bound = math.exp(BOUND_SDS * shared)
    label = f"factor on {parameter} in the populations that set it"
    return Free(
        f"setting_{parameter}", parameter, "", label, 1.0, "log-normal", (0.0, shared), (1 / bound, bound)
    )


def typical_person(system: System, kind: PopulationKind) -> TypicalPerson:
    """Return the typical person in the middle of the ages, with healthy twin and usual IgE."""
    sex = kind.sex if kind.sex != "both" else "unknown"
    changed = weight_parameters(sex)
    for setting in kind.settings:
        usual = system.defaults[system.parameters.index(setting.parameter)] if setting.multiplies else 1.0
        changed[setting.parameter] = setting.value * usual
    changed["lekti_allele_a"], changed["lekti_allele_b"] = _activities(kind)
    age = YEAR * (kind.age_from + kind.age_to) / 2
    case = Case(kind.id, (), Subject(), kind.alleles)
    row = with_healthy_twin(system, system.parameter_row(**changed), Kernel())
    row, _, run = with_usual_ige(system, row, case, age, Kernel())
    if run.failures():
        raise MachineError(
            f"The typical person of '{kind.id}' could not be followed: {run.outcomes[0].reason}"
        )
    return TypicalPerson(kind, sex, row, age)


def typical_doses(system: System, person: TypicalPerson, regimen: Regimen, *, until: float) -> list[Given]:
    """Return the doses of a typical person up to a day of the clock, at ages in days."""
    curve, factor = weight_curve(system, person.sex), person.value(system, "weight_factor")
    given: list[Given] = []
    for rule in regimen.rules:
        if rule_fits(rule, person.age, factor * curve(person.age)):
            given += doses_by_rule(rule, person.age, until, lambda age: factor * curve(age), 0)
    return sorted(given, key=lambda one: one[1])


def _activities(kind: PopulationKind) -> tuple[float, float]:
    """Return the residual activity of both alleles: as the population fixes them, or the medians drawn."""
    if kind.activities is not None:
        return kind.activities
    streams = (patient_generator(0, number, f"{kind.id} typical genotype") for number in range(ALLELE_DRAWS))
    first, second = np.median([draw_residuals(kind.alleles, stream) for stream in streams], axis=0)
    return float(first), float(second)


def _free(one: Parameter, renamed: bool) -> Free | None:
    """Return a parameter as a free number, None where PEtab has no prior for it."""
    name = f"typical_{one.id}" if renamed else one.id
    spread = math.sqrt(SHARED) * one.prior.numbers[0]
    if one.prior.name == "lognormal":
        bound = math.exp(BOUND_SDS * spread)
        bounds = one.value / bound, one.value * bound
        numbers = math.log(one.value), spread
        return Free(name, one.id, name, one.reason, one.value, "log-normal", numbers, bounds)
    if one.prior.name == "complement":
        short, bound = 1 - one.value, math.exp(BOUND_SDS * spread)
        bounds = short / bound, min(short * bound, 1.0)
        numbers = math.log(short), spread
        name = f"short_of_{one.id}"
        return Free(name, one.id, f"1 - {name}", one.reason, short, "log-normal", numbers, bounds)
    if one.prior.name == "beta_sd":
        return Free(name, one.id, name, one.reason, one.value, "normal", (one.value, spread), (0.0, 1.0))
    return None

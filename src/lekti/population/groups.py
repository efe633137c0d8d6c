"""Groups: virtual people of a population, in sets that share what is not known about everybody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lekti.base.seeds import patient_generator, patient_shares
from lekti.engine.kernel import Kernel
from lekti.genetics.residual import draw_residuals
from lekti.model.parameters import load_parameters, weight_parameters
from lekti.model.system import System
from lekti.patients.case import Case, Feature, Subject
from lekti.population.draw import draw_in_sets
from lekti.population.given import YEAR
from lekti.population.people import AFFECTED_RATIO, healthy_twin, lekti_left, with_usual_ige
from lekti.population.plausible import is_plausible, plausible_ranges
from lekti.population.signs import sign_weights
from lekti.population.target_words import PopulationKind, Setting
from lekti.population.typical import SETTING, Typical

STRATA = 4
"""Ages that stand for a range of ages."""

TRIES = 12
"""Draws per person before their set counts as not plausible."""

PERSON_TRIES = 40
"""Draws per version of one person, each from another set, before the version is given up."""


@dataclass(frozen=True, eq=False)
class Group:
    """Virtual people: parameters [people, parameters], set, sex, and age in days when the clock starts.

    People with 0 tries were never found; their parameters are NaN.
    """

    kind: PopulationKind
    parameters: np.ndarray
    sets: np.ndarray
    male: np.ndarray
    ages: np.ndarray
    tries: np.ndarray

    def part(self, places: np.ndarray) -> Group:
        """Return the people at these places."""
        columns = (self.parameters, self.sets, self.male, self.ages, self.tries)
        return Group(self.kind, *(column[places] for column in columns))

    def strata(self) -> list[np.ndarray]:
        """Return the places of the people of each age."""
        return [np.flatnonzero(self.ages == age) for age in np.unique(self.ages)]


def draw_group(
    system: System,
    kind: PopulationKind,
    *,
    typical: Typical,
    sets: int,
    per_set: int,
    seed: int,
    kernel: Kernel | None = None,
) -> Group:
    """Draw a group; a set depends on the population, its typical values, the seed, its number and `per_set`.

    Whoever does not belong to the population (not affected, not plausible, or not solved) is drawn again, at
    most `TRIES` times; then the person stays with NaN parameters and 0 tries, because such a set is not
    plausible. Of one person, each version is a set of its own, and each draw takes any set of typical values
    and is kept with the chance that it would show the signs seen, as in `lekti run`.
    """
    number = np.arange(sets * per_set)
    within = number % per_set
    kernel = kernel or Kernel()
    group = Group(
        kind=kind,
        parameters=np.full((len(number), len(system.parameters)), np.nan),
        sets=number if kind.person else number // per_set,
        male=np.full(len(number), kind.sex == "male") if kind.sex != "both" else (within // STRATA) % 2 == 0,
        ages=_ages(kind, within % STRATA),
        tries=np.zeros(len(number), dtype=np.int64),
    )
    open_ones = number
    for attempt in range(PERSON_TRIES if kind.person else TRIES):
        for age in np.unique(group.ages[open_ones]):
            chosen = open_ones[group.ages[open_ones] == age]
            drawn = _drawn(system, group, chosen, typical, key=(seed, attempt))
            settled, weight = _settled(system, group.kind, drawn, float(age), kernel)
            belongs = patient_shares(seed, chosen, "signs", attempt) < weight
            found = chosen[belongs]
            group.parameters[found] = settled[belongs]
            group.tries[found] = attempt + 1
        open_ones = open_ones[group.tries[open_ones] == 0]
        if not len(open_ones):
            break
    return group


def _ages(kind: PopulationKind, stratum: np.ndarray) -> np.ndarray:
    width = kind.age_to - kind.age_from
    return YEAR * (
        kind.age_from + width * (stratum + 0.5) / STRATA if width else np.full(len(stratum), kind.age_from)
    )


def _drawn(
    system: System, group: Group, chosen: np.ndarray, typical: Typical, *, key: tuple[int, int]
) -> np.ndarray:
    """Return parameters drawn for people; the key is the seed and the attempt."""
    seed, attempt = key
    kind, sets = group.kind, group.sets[chosen]
    if kind.person:
        sets = typical.sets_of(chosen, seed=seed, attempt=attempt)
    matrix = np.tile(np.asarray(system.defaults), (len(chosen), 1))
    male, female = weight_parameters("male"), weight_parameters("female")
    columns = {name: np.where(group.male[chosen], male[name], female[name]) for name in male}
    columns |= draw_in_sets(
        load_parameters(),
        patients=chosen,
        typical=lambda name: typical.of(name, sets),
        seed=seed,
        attempt=attempt,
    )
    for setting in kind.settings:
        usual = np.full(len(chosen), system.defaults[system.parameters.index(setting.parameter)])
        middle = setting.shared * typical.of(SETTING + setting.parameter, sets)
        drawn = columns.get(setting.parameter, usual)
        columns[setting.parameter] = _set(setting, drawn, chosen, key) * np.exp(middle)
    columns["lekti_allele_a"], columns["lekti_allele_b"] = _activities(kind, chosen, key)
    for name, values in columns.items():
        matrix[:, system.parameters.index(name)] = values
    return matrix


def _activities(
    kind: PopulationKind, people: np.ndarray, key: tuple[int, int]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the residual LEKTI activity of both alleles of each person."""
    if kind.activities is not None:
        first, second = kind.activities
        return np.full(len(people), first), np.full(len(people), second)
    seed, attempt = key
    streams = (patient_generator(seed, int(person), f"{kind.id} genotype#{attempt}") for person in people)
    pairs = np.array([draw_residuals(kind.alleles, stream) for stream in streams])
    return pairs[:, 0], pairs[:, 1]


def _set(setting: Setting, drawn: np.ndarray, number: np.ndarray, key: tuple[int, int]) -> np.ndarray:
    from scipy.special import ndtri

    seed, attempt = key
    base = drawn * setting.value if setting.multiplies else np.full(len(drawn), setting.value)
    if not setting.spread:
        return base
    share = patient_shares(seed, number, f"setting {setting.parameter}", attempt)
    return base * np.exp(setting.spread * ndtri(share))


def _settled(
    system: System, kind: PopulationKind, matrix: np.ndarray, age: float, kernel: Kernel
) -> tuple[np.ndarray, np.ndarray]:
    """Return the parameters with healthy twin and usual IgE, and the chance of each to belong."""
    signs = tuple(Feature(hpo, hpo, present=True) for hpo in kind.signs)
    case = Case(kind.id, (), Subject(), kind.alleles, signs)
    matrix, twin = healthy_twin(system, matrix, kernel)
    also = [one.output for one in plausible_ranges()]
    matrix, water_loss, run = with_usual_ige(system, matrix, case, age, kernel, also=also)
    belongs = is_plausible(run) & (twin <= AFFECTED_RATIO)
    if kind.affected:
        belongs &= water_loss > AFFECTED_RATIO
    readouts = {"water_loss": water_loss, "lekti": lekti_left(system, matrix)}
    return matrix, belongs * sign_weights(case, readouts)

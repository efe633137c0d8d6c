"""The calibration as a PEtab problem: one typical person for each population that was measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lekti.model.netherton import netherton_system
from lekti.model.parameters import load_parameters, weight_parameters
from lekti.model.system import System
from lekti.patients.drugs import drug_of
from lekti.population.calibrate import fit_targets, observations
from lekti.population.target_words import (
    PopulationKind,
    ReadoutWord,
    Setting,
    population_kinds,
    readout_words,
    regimens,
    trial_effects,
)
from lekti.population.targets import Target
from lekti.population.typical_person import (
    TWINS,
    Free,
    TypicalPerson,
    free_numbers,
    free_setting,
    typical_doses,
    typical_person,
)

CLOCK = "clock_start"
AT_START = "_at_start"
JUST_BEFORE = 1e-3
"""Days by which a measurement comes before a dose of its day: PEtab applies conditions before it measures."""


@dataclass(frozen=True)
class Measured:
    """One measurement: observable, experiment, model time in days, value, SD of its error, and its target."""

    observable: str
    experiment: str
    time: float
    value: float
    error: float
    target: str


@dataclass(frozen=True)
class Observable:
    """What is measured: a formula over the model, and whether its error is that of logarithms."""

    id: str
    label: str
    formula: str
    logged: bool


@dataclass(frozen=True, eq=False)
class PetabProblem:
    """The tables of the problem.

    `conditions` maps an id to what it sets; `experiments` an id to periods (model time, condition).
    `remembered` are the model outputs that a condition keeps from the start of the clock. `left_out` says of
    a target why it has no measurement, `fixed` names parameters that PEtab has no prior for.
    """

    free: tuple[Free, ...]
    conditions: Mapping[str, Mapping[str, str]]
    experiments: Mapping[str, tuple[tuple[float, str], ...]]
    observables: tuple[Observable, ...]
    measured: tuple[Measured, ...]
    remembered: tuple[str, ...]
    left_out: Mapping[str, str]
    fixed: tuple[str, ...]


def petab_problem(targets: Sequence[Target] | None = None) -> PetabProblem:
    """Return the calibration problem of the `fit` targets, as far as PEtab can say it."""
    system = netherton_system()
    chosen = fit_targets() if targets is None else tuple(targets)
    left_out = {target.id: reason for target in chosen if (reason := _cannot_say(target))}
    kept = [target for target in chosen if target.id not in left_out]
    kinds = {target.population: population_kinds()[target.population] for target in kept}
    settings = _shared_settings(kinds.values())
    touched = frozenset(setting.parameter for kind in kinds.values() for setting in kind.settings)
    numbers = free_numbers(touched)
    people = {name: typical_person(system, kind) for name, kind in kinds.items()}
    conditions = {f"is_{name}": _person_condition(system, one, numbers) for name, one in people.items()}
    remembered = _remembered(kept)
    if remembered:
        conditions["start"] = {name + AT_START: name for name in remembered}
    experiments: dict[str, tuple[tuple[float, str], ...]] = {}
    for name, (arm, last) in _arms(kept).items():
        person = people[arm.population]
        experiments[name] = _periods(system, person, arm, last, conditions)
    by_name = {one.parameter for one in numbers}
    varying = [one for one in load_parameters() if one.prior.varies and one.provenance == "assumed"]
    return PetabProblem(
        free=(*numbers, *settings),
        conditions=conditions,
        experiments=experiments,
        observables=tuple({(one := _observable(target)).id: one for target in kept}.values()),
        measured=_measured(system, kept, people, experiments, conditions),
        remembered=remembered,
        left_out=left_out,
        fixed=tuple(one.id for one in varying if one.id not in by_name),
    )


def _cannot_say(target: Target) -> str:
    """Return why PEtab cannot hold a target, empty if it can."""
    if readout_words()[target.readout].kind == "ratio":
        return "a ratio of two treatments: one observable sees one simulation"
    if target.days[0] != target.days[1]:
        return "the time is only known as a window"
    if any(drug_of(rule.drug).is_course for rule in regimens()[target.regimen].rules):
        return "a drug that is given as a course at a level"
    return ""


def _shared_settings(kinds: Iterable[PopulationKind]) -> tuple[Free, ...]:
    found: dict[str, Setting] = {
        setting.parameter: setting for kind in kinds for setting in kind.settings if setting.shared
    }
    return tuple(free_setting(name, setting.shared) for name, setting in found.items())


def _person_condition(system: System, person: TypicalPerson, numbers: Sequence[Free]) -> dict[str, str]:
    """Return what makes the model this person: PEtab allows only numbers and its own parameters here."""
    names = (*weight_parameters(person.sex), "lekti_allele_a", "lekti_allele_b", *TWINS)
    changes = {name: repr(person.value(system, name)) for name in names}
    changes[CLOCK] = repr(person.age - person.value(system, "age_start"))
    changes |= {one.parameter: one.rule for one in numbers if one.rule != one.parameter}
    for setting in person.kind.settings:
        name = setting.parameter
        usual = changes.get(name) or repr(float(system.defaults[system.parameters.index(name)]))
        factors = [repr(setting.value)]
        grouped = f"({usual})" if " " in usual else usual
        factors += [grouped] if setting.multiplies else []
        factors += [f"setting_{name}"] if setting.shared else []
        changes[name] = " * ".join(factors)
    return changes


def _remembered(targets: Sequence[Target]) -> tuple[str, ...]:
    words = [readout_words()[target.readout] for target in targets]
    return tuple(dict.fromkeys(word.output for word in words if word.kind == "change"))


def _name(target: Target) -> str:
    return f"{target.population}__{target.regimen}"


def _arms(targets: Sequence[Target]) -> dict[str, tuple[Target, float]]:
    """Return by experiment one of its targets, and the last day that is measured."""
    last: dict[str, tuple[Target, float]] = {}
    for target in targets:
        day = max(target.days[1], last.get(_name(target), (target, 0.0))[1])
        last[_name(target)] = target, day
    return last


def _periods(
    system: System, person: TypicalPerson, arm: Target, last: float, conditions: dict[str, dict[str, str]]
) -> tuple[tuple[float, str], ...]:
    """Return when which condition begins; dose conditions are added where they are new."""
    birth = -person.value(system, "age_start")
    periods = [(0.0, f"is_{person.kind.id}")]
    periods += [(person.age + birth, "start")] if "start" in conditions else []
    for _, age, target, amount, _ in typical_doses(system, person, regimens()[arm.regimen], until=last):
        label = f"give_{target}_{f'{amount:g}'.replace('.', '_')}"
        conditions[label] = {target: f"{target} + {amount!r}"}
        periods.append((age + birth, label))
    return tuple(sorted(periods))


def _observable(target: Target) -> Observable:
    word = readout_words()[target.readout]
    in_trial = regimens()[target.regimen].trial and word.id.removesuffix("_change") in trial_effects()
    now = _reported(word) if in_trial else word.output
    label = f"{word.label}{', in a trial' if in_trial else ''}"
    name = f"seen_{word.id}{'_in_trial' if in_trial else ''}"
    if word.kind == "change":
        return Observable(name, label, f"100 * ({now} / {word.output}{AT_START} - 1)", False)
    return Observable(name, label, now, word.scale == "log")


def _reported(word: ReadoutWord) -> str:
    """Return an output less what being in a trial takes off."""
    share, tau = trial_effects()[word.id.removesuffix("_change")]
    return f"{word.output} * (1 - {share!r} * (1 - exp(-(time - {CLOCK}) / {tau!r})))"


def _measured(
    system: System,
    targets: Sequence[Target],
    people: Mapping[str, TypicalPerson],
    experiments: Mapping[str, tuple[tuple[float, str], ...]],
    conditions: Mapping[str, Mapping[str, str]],
) -> tuple[Measured, ...]:
    """Return the measurements with the errors that a calibration uses."""
    errors = observations(targets).deviations
    found: list[Measured] = []
    for target, error in zip(targets, errors, strict=True):
        person = people[target.population]
        time = person.age - person.value(system, "age_start") + target.days[1]
        doses = [at for at, label in experiments[_name(target)] if label.startswith("give_")]
        if any(np.isclose(time, at, atol=JUST_BEFORE) for at in doses):
            time -= JUST_BEFORE
        percent = readout_words()[target.readout].scale == "percent"
        found.append(
            Measured(
                _observable(target).id,
                _name(target),
                time,
                target.middle,
                float(error) * (100.0 if percent else 1.0),
                target.id,
            )
        )
    return tuple(found)

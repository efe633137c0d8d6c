"""Arms: a group of virtual people under one regimen, read off at days of the clock of its targets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from lekti.engine.doses import Doses
from lekti.engine.kernel import Kernel
from lekti.engine.run import Tolerance
from lekti.engine.simulate import simulate
from lekti.model.system import System
from lekti.patients.drugs import drug_of
from lekti.population.given import YEAR
from lekti.population.groups import Group
from lekti.population.target_words import DoseRule, Regimen
from lekti.population.weight import weight_curve

TOLERANCE = Tolerance(relative=1e-5)


def follow_arm(
    system: System,
    group: Group,
    regimen: Regimen,
    *,
    days: Sequence[float],
    outputs: Sequence[str],
    kernel: Kernel | None = None,
) -> np.ndarray:
    """Return values [people, days, outputs]; day 0 is just before the first dose.

    People for whom the regimen names no dose, and people whom no solver could follow, have NaN.
    """
    values = np.full((len(group.parameters), len(days), len(outputs)), np.nan)
    for everybody in group.strata():
        chosen = everybody[group.tries[everybody] > 0]
        if not len(chosen):
            continue
        given, able = _doses(system, group, chosen, regimen, until=float(max(days)))
        able_ones = chosen[able]
        if not len(able_ones):
            continue
        start = float(group.ages[chosen[0]])
        matrix = group.parameters[able_ones]
        age_start = float(matrix[0, system.parameters.index("age_start")])
        run = simulate(
            system,
            matrix,
            times=np.asarray(days) + start - age_start,
            doses=given,
            outputs=list(outputs),
            solver=kernel or Kernel(),
            tolerance=TOLERANCE,
        )
        values[able_ones] = run.values
    return values


def _doses(
    system: System, group: Group, chosen: np.ndarray, regimen: Regimen, *, until: float
) -> tuple[Doses | None, np.ndarray]:
    """Return the doses of the people of one age, and who has any; patients count among those."""
    if not regimen.rules:
        return None, np.ones(len(chosen), dtype=bool)
    curves = {sex: weight_curve(system, "male" if sex else "female") for sex in (True, False)}
    factor = group.parameters[chosen, system.parameters.index("weight_usual")]
    age_start = float(group.parameters[chosen[0], system.parameters.index("age_start")])
    start = float(group.ages[chosen[0]])
    given: list[Given] = []
    able = np.zeros(len(chosen), dtype=bool)
    for place, person in enumerate(chosen):
        curve, share = curves[bool(group.male[person])], float(factor[place])
        rules = [rule for rule in regimen.rules if rule_fits(rule, start, share * curve(start))]
        able[place] = bool(rules)
        for rule in rules:
            given += doses_by_rule(
                rule, start, until, lambda age, c=curve, s=share: s * c(age), int(able.sum()) - 1
            )
    if not given:
        return None, able
    patients, ages, targets, amounts, durations = zip(*given, strict=True)
    times = np.asarray(ages) - age_start
    return Doses(patient=patients, time=times, target=targets, amount=amounts, duration=durations), able


Given = tuple[int, float, str, float, float]
"""Patient, age in days, target state, amount in its unit, duration in days."""


def doses_by_rule(
    rule: DoseRule, start: float, until: float, weight_kg: Callable[[float], float], patient: int
) -> Iterable[Given]:
    """Yield the doses of one rule for one person from birth on."""
    drug = drug_of(rule.drug)
    if drug.is_course:
        days = until - rule.from_day
        yield patient, start + rule.from_day, drug.target, rule.first * days, days
        return
    ages = start + np.arange(rule.from_day, until, rule.every_days)
    for count, age in enumerate(float(age) for age in ages if age > 0.0):
        dose = rule.first if count == 0 else rule.then
        mg = dose * weight_kg(age) if rule.per_kg else dose
        if mg > 0.0:
            yield patient, age, drug.target, mg * drug.model_units_per_mg, drug.infusion_days


def rule_fits(rule: DoseRule, age_days: float, weight_kg: float) -> bool:
    """Whether a rule is for people of this age and weight on the first day."""
    years = age_days / YEAR
    return rule.ages[0] <= years < rule.ages[1] and rule.weights[0] <= weight_kg < rule.weights[1]

"""The validation table as text and as one JSON object."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable

from lekti.base.provenance import USE
from lekti.outputs.numbers import THIN, interval, measured, predicted
from lekti.outputs.sentences import say
from lekti.population.behaviours import Behaviour
from lekti.population.calibrate import fit_targets
from lekti.population.forecast import Forecast
from lekti.population.score import TAIL, Score, is_inside
from lekti.population.target_words import population_kinds, readout_words
from lekti.population.targets import Target
from lekti.population.validate import Validation

LABELS = {"fit": "reproduced", "seen": "seen", "test": "predicted"}
"""A row whose role is `fit` may have entered a calibration, so it is at best reproduced."""

VERDICTS = {True: "inside", False: "outside", None: "-"}


def validation_object(validation: Validation) -> dict[str, object]:
    """Return the table as plain data: `rows`, then `coverage`, `score` and `naive` over the `test` rows."""
    coverage = validation.coverage
    return {
        "use": USE,
        "rows": [
            *(_row_object(one) for one in validation.forecasts),
            *(_behaviour_object(one) for one in validation.behaviours),
        ],
        "coverage": {
            "inside": coverage.inside,
            "rows": coverage.rows,
            "low": coverage.low,
            "high": coverage.high,
            "holds_90_percent": coverage.agrees,
            "silent": [one.target.id for one in validation.silent],
        },
        "score": _score_object(validation.score),
        "naive": {
            one.naive: {
                "model": _score_object(one.model),
                "naive": _score_object(one.other),
                "better": one.better,
            }
            for one in validation.comparisons
        },
        "sets": validation.size.sets,
        "people_per_set": validation.size.per_set,
        "seed": validation.size.seed,
        "typical_values": validation.typical,
        "populations_that_ship": list(validation.shipped),
        "sha256": validation.model,
    }


def _row_object(forecast: Forecast) -> dict[str, object]:
    target = forecast.target
    made = forecast.made
    return {
        "id": target.id,
        "group": target.group,
        "role": target.role,
        "label": LABELS[target.role] if made else "not modelled",
        "population": target.population,
        "regimen": target.regimen,
        "readout": target.readout,
        "unit": readout_words()[target.readout].unit,
        "time": target.time,
        "observed": target.value if target.value is not None else [target.low, target.high],
        "median": forecast.quantile(0.5) if made else None,
        "low": forecast.quantile(TAIL) if made else None,
        "high": forecast.quantile(1 - TAIL) if made else None,
        "inside": is_inside(forecast),
        "people": forecast.people,
        "reason": forecast.reason,
        "source": target.source,
    }


def _behaviour_object(one: Behaviour) -> dict[str, object]:
    """Return a behaviour as a row: `median` is the share of people who show it."""
    return {
        "id": f"behaviour_{one.id}",
        "group": "behaviour",
        "role": one.role,
        "label": LABELS[one.role],
        "population": one.label,
        "readout": "behaviour",
        "observed": "holds",
        "median": one.share,
        "low": None,
        "high": None,
        "inside": one.at_the_median,
        "people": one.people,
        "reason": one.rule,
        "source": one.source,
    }


def _score_object(score: Score) -> dict[str, object]:
    return {
        "rows": score.rows,
        "crps": None if math.isnan(score.crps) else score.crps,
        "interval_score": None if math.isnan(score.interval) else score.interval,
    }


def validation_text(validation: Validation) -> str:
    """Return the table and its summary as lines of at most 100 columns."""
    lines = [*_table(validation), "", *_behaviours(validation), *_summary(validation)]
    return "\n".join(lines)


def _table(validation: Validation) -> Iterable[str]:
    head = f"{'target':<31}{'role':<5}{'observed':>14}{'median':>8}  {'90 % interval':<18}{'':<8}label"
    yield head.replace(" %", f"{THIN}%")
    yield "─" * 100
    for one in validation.forecasts:
        target = one.target
        if one.made:
            forecast = f"{predicted(one.quantile(0.5)):>8}  {_interval(one):<18}{VERDICTS[is_inside(one)]:<8}"
        else:
            forecast = f"{'-':>8}  {'-':<18}{'-':<8}"
        label = LABELS[target.role] if one.made else "not modelled"
        yield f"{target.id[:30]:<31}{target.role:<5}{_observed(target):>14}{forecast}{label}"


def _behaviours(validation: Validation) -> Iterable[str]:
    if not validation.behaviours:
        return
    yield f"{'behaviour that must emerge':<66}{'role':<6}{'median':<8}fails in"
    yield "─" * 100
    for one in validation.behaviours:
        words = textwrap.wrap(one.label, 64)
        holds = "holds" if one.at_the_median else "fails"
        yield f"{words[0]:<66}{one.role:<6}{holds:<8}{100 * (1 - one.share):.0f}{THIN}% of {one.people}"
        yield from words[1:]
    yield ""


def _interval(forecast: Forecast) -> str:
    return interval(forecast.quantile(TAIL), forecast.quantile(1 - TAIL))


def _observed(target: Target) -> str:
    if target.value is not None:
        return measured(target.value)
    return f"{measured(target.low)} to {measured(target.high)}"


def _summary(validation: Validation) -> Iterable[str]:
    coverage, silent = validation.coverage, validation.silent
    if coverage.rows:
        lie = "lies" if coverage.inside == 1 else "lie"
        yield (
            f"Of {_rows(coverage.rows, 'test row')} {coverage.inside} {lie} inside their 90{THIN}% interval: "
            f"{100 * coverage.inside / coverage.rows:.0f}{THIN}% (95{THIN}% interval "
            f"{100 * coverage.low:.0f} to {100 * coverage.high:.0f}), "
            f"which {'holds' if coverage.agrees else 'does not hold'} 90{THIN}%."
        )
    if silent:
        names = ", ".join(one.target.id for one in silent)
        yield f"The model says nothing about {_rows(len(silent), 'test row')}: {names}."
    for one in validation.comparisons:
        yield (
            f"Mean CRPS on {_rows(one.model.rows, 'row')}: model {predicted(one.model.crps)}, {one.naive} "
            f"{predicted(one.other.crps)}: the model is {'better' if one.better else 'not better'}."
        )
    reasons = dict.fromkeys(one.reason for one in validation.forecasts if one.reason)
    yield from (f"Not modelled: {reason}." for reason in reasons)
    yield from _stand_ins(validation)
    size = validation.size
    yield from _about_carriers(validation)
    if validation.shipped:
        yield f"Populations that ship: {', '.join(validation.shipped)}."
    rest = "All others are drawn" if validation.shipped else "Drawn"
    yield f"{rest}: {size.sets} sets of {size.per_set} people, seed {size.seed}."
    yield f"Typical values: {validation.typical}."
    yield say("advice")


def _rows(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}"


def _about_carriers(validation: Validation) -> Iterable[str]:
    """Yield whether recessivity was fitted, read off the rows."""
    if not any(one.id == "recessive" for one in validation.behaviours):
        return
    fitted = [row.id for row in fit_targets() if population_kinds()[row.population].carrier]
    if fitted:
        yield f"Rows about carriers are fitted: recessivity is no prediction ({', '.join(fitted)})."
    else:
        yield "No row about carriers is fitted: no calibration is told that one working allele is enough."


def _stand_ins(validation: Validation) -> Iterable[str]:
    used = sorted({one.target.population for one in validation.forecasts if one.made})
    kinds = [population_kinds()[name] for name in used]
    for kind in kinds:
        if kind.stands_for:
            yield f"{kind.label} are simulated as {population_kinds()[kind.stands_for].label}."

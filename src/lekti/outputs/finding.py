"""The finding of a run in one sentence with a number, and the interval in the next."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from lekti.outputs.attributed import attribution_sentence
from lekti.outputs.change import change_between, change_in_words
from lekti.outputs.course_panel import end_quantiles
from lekti.outputs.given import anchor, drug_names
from lekti.outputs.numbers import age, duration, interval, measured, predicted, unit
from lekti.outputs.observed import event_named
from lekti.outputs.panel_parts import Shown
from lekti.outputs.panels import read_panels
from lekti.outputs.sentences import say

if TYPE_CHECKING:
    from lekti.patients.case import Treatment
    from lekti.population.result import Comparison, Result


@dataclass(frozen=True)
class Finding:
    """The title of the page, and the lead under it."""

    title: str
    lead: str


def finding(result: Result, panels: Sequence[Shown]) -> Finding:
    """Return what a run finds: on a change across a treatment, else a value, else its prediction."""
    last = float(result.dataset["times"].values[-1])
    if not panels or all(shown.series.empty for shown in panels):
        return Finding(say("title_failed"), say("advice"))
    changed = change_between(result)
    if changed is not None:
        words = change_in_words(*changed)
        told = _joined(words.lead, _other(result), attribution_sentence(result), say("advice"))
        return Finding(words.title, told)
    known = [each for each in result.comparisons if math.isfinite(each.observed)]
    after = [(each, start) for each in known if (start := _start_before(result, each)) is not None]
    if after:
        return _on_treatment(result, *after[-1], last)
    dated = [each for each in known if each.inside is not None]
    if dated:
        return _dated(dated)
    if known:
        return _over_dates(known[-1], last)
    return _only_predicted(panels, last)


def value_in_words(one: Comparison) -> str:
    """Return a measured value as the subject of a sentence: `a serum IgE of 55.8 IU/mL`."""
    articles = {panel.output: panel.with_article for panel in read_panels()}
    word = {"none": "of", "above": "above", "below": "below"}[one.censoring]
    name = articles.get(one.quantity, f"a value for {one.label}")
    return f"{name} {word} {measured(one.observed)} {unit(one.unit)}".rstrip()


def crossing(one: Comparison) -> tuple[str, float | None, float | None]:
    """Return the side the median moves to, and the ages when half and 95 % of the patients are there."""
    steps = np.array(one.credibility)
    falls = steps[0, 2] > one.observed
    half = steps[:, 2] <= one.observed if falls else steps[:, 2] >= one.observed
    most = steps[:, 4] <= one.observed if falls else steps[:, 3] >= one.observed
    return "at or below" if falls else "at or above", _first(steps[:, 0], half), _first(steps[:, 0], most)


def _first(ages: np.ndarray, there: np.ndarray) -> float | None:
    return float(ages[int(np.argmax(there))]) if there.any() else None


def _start_before(result: Result, one: Comparison) -> Treatment | None:
    """Return the treatment a value without a single date was taken after, or None."""
    event = event_named(result.case.course, one.id)
    found = anchor(result.case, event) if event is not None else None
    return found[1] if found is not None and found[0] == "after" and one.credibility else None


def _on_treatment(result: Result, one: Comparison, treatment: Treatment, last: float) -> Finding:
    value, drug = value_in_words(one), drug_names(in_sentence=True)[treatment.drug]
    if one.inside_from is None:
        title = say("title_never", value=value, last=age(last))
        return Finding(_upper(title), _joined(_nearest(one), attribution_sentence(result), say("advice")))
    begins, ends = one.credibility[0][0], one.credibility[-1][0]
    at_once = one.inside_from <= begins + 1
    stops = one.inside_until is not None and one.inside_until < ends - 1
    name = "title_at_once" if at_once else "title_from"
    if at_once and stops and (one.inside_until or ends) < begins + 1:
        name, stops = "title_only_start", False
    title = say(
        name + ("_until" if stops else ""),
        value=value,
        drug=drug,
        time=duration(one.inside_from - treatment.start),
        end=duration((one.inside_until or ends) - treatment.start),
    )
    low, high = one.credibility[0][3:]
    start = say("lead_start", interval=interval(low, high), unit=unit(one.unit)) if at_once else ""
    half = _half(one, treatment, drug, last)
    return Finding(_upper(title), _joined(start, half, attribution_sentence(result), say("advice")))


def _half(one: Comparison, treatment: Treatment, drug: str, last: float) -> str:
    side, half, most = crossing(one)
    if half is None:
        return say("lead_half_never", side=side, last=age(last))
    by = say("lead_most", time=duration(most - treatment.start)) if most is not None else None
    return say(
        "lead_half",
        side=side,
        time=duration(half - treatment.start),
        drug=drug,
        most=by or say("lead_most_never", last=age(last)),
    )


def _other(result: Result) -> str:
    """Return when the change is credible under the other reading of the model, or nothing."""
    if result.other is None:
        return ""
    found = change_between(replace(result, changes=result.other.changes))
    if found is None:
        return ""
    change, treatment = found
    if change.inside_from is None:
        return say("other_never", name=result.other.name)
    return say("other_from", name=result.other.name, time=duration(change.inside_from - treatment.start))


def _nearest(one: Comparison, *, within: bool = False) -> str:
    best = max(one.credibility, key=lambda step: (step[1], -abs(math.log(max(step[2], 1e-9) / one.observed))))
    return say(
        "lead_best" if within else "lead_nearest",
        median=predicted(best[2]),
        unit=unit(one.unit),
        age=age(best[0]),
        interval=interval(best[3], best[4]),
    )


def _dated(dated: Sequence[Comparison]) -> Finding:
    if len(dated) > 1:
        inside = sum(bool(each.inside) for each in dated)
        title = say("title_many", inside=inside, all=len(dated))
        return Finding(title, " ".join([_one_lead(dated[-1], named=True), say("advice")]))
    one = dated[0]
    at = age(one.when.earliest or 0.0)
    title = say("title_one_inside" if one.inside else "title_one_outside", value=value_in_words(one), age=at)
    return Finding(_upper(title), f"{_one_lead(one, named=False)} {say('advice')}")


def _one_lead(one: Comparison, *, named: bool) -> str:
    low, high = one.interval90
    told = say("lead_one", median=predicted(one.median), unit=unit(one.unit), interval=interval(low, high))
    return f"For {value_in_words(one)}: p{told[1:]}" if named else told


def _over_dates(one: Comparison, last: float) -> Finding:
    value = value_in_words(one)
    if one.inside_from is None or one.inside_until is None:
        title = say("title_never", value=value, last=age(last))
    else:
        title = say("title_range", value=value, start=age(one.inside_from), end=age(one.inside_until))
    return Finding(_upper(title), f"{_nearest(one, within=one.inside_from is not None)} {say('advice')}")


def _only_predicted(panels: Sequence[Shown], last: float) -> Finding:
    shown = next(each for each in panels if not each.series.empty)
    q, _ = end_quantiles(shown, last)
    value = f"{shown.panel.with_article} of {predicted(float(q[2]))} {shown.panel.unit}"
    lead = say("lead_end", last=age(last), interval=interval(float(q[0]), float(q[4])), unit=shown.panel.unit)
    return Finding(say("title_none", value=value, last=age(last)), f"{lead} {say('advice')}")


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]

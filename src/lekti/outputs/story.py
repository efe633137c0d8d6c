"""The three columns of the report: what was seen, what the model says, what it cannot know."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lekti.outputs.course_panel import end_quantiles
from lekti.outputs.given import listed, person, relation
from lekti.outputs.numbers import age, interval, measured, predicted, unit
from lekti.outputs.observed import DIRECTIONS, counted, event_named, when_in_words
from lekti.outputs.panel_parts import Shown
from lekti.outputs.panels import read_panels
from lekti.outputs.sentences import say
from lekti.patients.measurements import quantity_of

if TYPE_CHECKING:
    from lekti.patients.case import Case
    from lekti.population.result import Comparison, Result

_MOST_NAMED = 3
_SAID = ("ige", "itch_nrs", "tewl", "infection_rate")


@dataclass(frozen=True)
class Story:
    """Three short paragraphs."""

    seen: str
    says: str
    cannot: str


def story(result: Result, panels: Sequence[Shown]) -> Story:
    """Return the three columns of one result; each sentence rests on the case or on the run."""
    last = float(result.dataset["times"].values[-1])
    return Story(_seen(result), _says(panels, last), _cannot(result, panels))


def quantity_name(quantity: str) -> str:
    """Return how a quantity is called inside a sentence."""
    names = {panel.output: panel.in_words for panel in read_panels()}
    return names.get(quantity) or quantity_of(quantity).label


def _seen(result: Result) -> str:
    course, told = result.case.course, list[str]()
    known = [each for each in result.comparisons if math.isfinite(each.observed)]
    if len(known) > _MOST_NAMED:
        counts = Counter(quantity_name(each.quantity) for each in known)
        told.append(say("seen_many", counts=listed([f"{n} × {name}" for name, n in counts.items()])))
    elif known:
        told.append(say("seen_values", values=listed([_value(result, each) for each in known])))
    else:
        told.append(say("seen_nothing", person=person(result.case)))
    words = [f"{quantity_name(each.quantity)} {DIRECTIONS[each.direction]}" for each in course.observations]
    if words:
        told.append(say("seen_words", words=listed(words)))
    return " ".join([*told, *_events(result.case)])


def _value(result: Result, one: Comparison) -> str:
    event = event_named(result.case.course, one.id)
    when = when_in_words(one.when, relation(result.case, event) if event is not None else "")
    date = f"date {when}" if when.startswith("not stated") else when
    name = quantity_name(one.quantity)
    return f"{name} {measured(one.observed, one.censoring)} {unit(one.unit)} ({date})"


def _events(case: Case) -> list[str]:
    infections, admissions = case.course.infections, case.course.admissions
    told = [
        f"{count} {name}"
        for count, name in ((counted(infections), "infections"), (counted(admissions), "hospital stays"))
        if count
    ]
    if not told:
        return []
    related = {relation(case, each) for each in (*infections, *admissions)}
    dated = related.pop() if len(related) == 1 else ""
    words = f"{listed(told)} {dated}".strip()
    return [f"{words[:1].upper()}{words[1:]}."]


def _says(panels: Sequence[Shown], last: float) -> str:
    values: list[str] = []
    for shown in panels:
        if shown.series.empty or shown.panel.output not in _SAID:
            continue
        q, _ = end_quantiles(shown, last)
        values.append(_end_in_words(shown, [float(value) for value in q]))
    return say("says_end", last=age(last), values=listed(values)) if values else say("says_nothing")


def _end_in_words(shown: Shown, q: Sequence[float]) -> str:
    number, range_ = predicted(q[2]), interval(q[0], q[4])
    if shown.panel.output == "infection_rate":
        return f"{number} infections a year ({range_})"
    printed = shown.panel.unit if shown.panel.axis != "score" else "of 10"
    return f"{shown.panel.in_words} {number} {printed} ({range_})"


def _cannot(result: Result, panels: Sequence[Shown]) -> str:
    known = [each for each in result.comparisons if math.isfinite(each.observed)]
    undated = sum(each.when.kind != "exact" for each in known)
    told: list[str] = []
    if undated:
        every = undated == len(known)
        told.append(say("cannot_date_all") if every else say("cannot_dates", count=undated, all=len(known)))
    missing = [shown.panel.in_words for shown in panels if not shown.sights]
    if missing:
        told.append(say("cannot_unmeasured", quantities=listed(missing), person=person(result.case)))
    if any(allele.kind == "unknown" for allele in result.case.alleles):
        told.append(say("cannot_alleles"))
    return " ".join([*told, say("cannot_version")])

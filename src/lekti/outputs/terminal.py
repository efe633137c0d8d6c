"""The summary on the terminal: 80 columns, no boxes, the order of the report, complete without colour."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from lekti.outputs.compared import Compared, compared_rows
from lekti.outputs.counts import period_rows
from lekti.outputs.course_figure import course_ends, shown_panels
from lekti.outputs.course_panel import end_quantiles
from lekti.outputs.finding import finding
from lekti.outputs.forecasts import forecast_tables, value_of
from lekti.outputs.given import Given, bound_ige, drug_title, genotype, given_drugs, person
from lekti.outputs.harms import harms_of
from lekti.outputs.lekti_left import before_text, lekti_left, range_text
from lekti.outputs.numbers import THIN, interval, measured, predicted, short_age
from lekti.outputs.observed import DIRECTIONS
from lekti.outputs.panel_parts import Shown
from lekti.outputs.run_record import RunRecord, run_record, solved_in_words
from lekti.outputs.sentences import say
from lekti.outputs.tokens import DARK, LIGHT

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text
    from rich.theme import Theme

    from lekti.outputs.files import Written
    from lekti.population.result import Result

WIDTH = 80
STROKES = 41
MOST_VALUES = 4
_LIGHT_GROUNDS = {"7", "15"}


def print_summary(result: Result, written: Written, *, console: Console | None = None) -> None:
    """Print the summary; colours are left out for NO_COLOR and for anything that is no terminal."""
    from rich.console import Console
    from rich.text import Text

    out = console or Console(theme=theme(os.environ), highlight=False)
    for row in summary_lines(result, written):
        text = row if isinstance(row, Text) else Text(row)
        if out.encoding.lower().replace("-", "") != "utf8":
            plain = text.plain.encode(out.encoding, "replace").decode(out.encoding)
            text = Text(plain)
        out.print(text, soft_wrap=True)


def theme(environment: Mapping[str, str]) -> Theme:
    """Return the colours of the design; light tokens where the terminal says that its ground is light."""
    from rich.theme import Theme

    palette = LIGHT if environment.get("COLORFGBG", "").rsplit(";", 1)[-1] in _LIGHT_GROUNDS else DARK
    return Theme(
        {
            "name": "bold",
            "model": f"bold {palette['model']}",
            "given": palette["drug"],
            "aside": palette["ink3"],
        }
    )


def summary_lines(result: Result, written: Written) -> list[Text | str]:
    """Return the lines of the summary, none wider than 80 columns."""
    panels = shown_panels(result)
    record = run_record(result)
    first, last = course_ends(result)
    drugs = given_drugs(result.case, last)
    lines: list[Text | str] = [*_person(result), *_given(drugs, first, last), ""]
    lines += [
        *_table(panels, drugs, last),
        *_counted(result),
        *_harms(drugs),
        *_wrapped(bound_ige(result.case)),
    ]
    lines += [*_compared(compared_rows(result, record)), *_finding(result, panels), *_forecasts(result), ""]
    return [*lines, *_run(record), *_saved(written), say("advice")]


def _person(result: Result) -> list[Text | str]:
    name = "Index case" if result.case.id == "index" else f"Case {result.case.id}"
    left = lekti_left(result)
    words = f"{person(result.case)} · {genotype(result.case)}"
    words += f" · LEKTI left {range_text(left.conditioned)}" if left is not None else ""
    before = before_text(left) if left is not None else ""
    asides = [_styled((line, "aside")) for line in _wrapped(before)]
    return [_styled((_cut(name, WIDTH), "name")), *_wrapped(words), *asides]


def _given(drugs: Sequence[Given], first: float, last: float) -> list[Text | str]:
    if not drugs:
        return ["no treatment in this course"]
    rows: list[Text | str] = []
    for drug in drugs:
        words = f"{_cut(drug.label, 11):<12}{_cut(drug.plan, 25):<26}"
        rows.append(_styled((words + _strokes(drug, first, last), "given")))
    return [*rows, _styled((" " * 38 + _age_marks(drugs, first, last), "aside"))]


def _strokes(drug: Given, first: float, last: float) -> str:
    edges = np.linspace(first, last, STROKES + 1)
    return "".join("|" if drug.start < high and drug.until > low else "·" for low, high in pairwise(edges))


def _age_marks(drugs: Sequence[Given], first: float, last: float) -> str:
    """Return the ages under the strokes: first, each start, last; one that finds no room is left out."""
    marks = [" "] * STROKES
    for age_days in (last, first, *(drug.start for drug in drugs)):
        words = "birth" if age_days == 0 else short_age(age_days)
        at = round((age_days - first) / (last - first) * STROKES)
        at = min(at, STROKES - len(words))
        room = marks[max(at - 1, 0) : at + len(words) + 1]
        if all(mark == " " for mark in room):
            marks[at : at + len(words)] = words
    return "".join(marks).rstrip()


def _table(panels: Sequence[Shown], drugs: Sequence[Given], last: float) -> list[Text | str]:
    start = max((drug.start for drug in drugs), default=None)
    before = f"at {short_age(start)}" if start is not None else ""
    head = f"{'':<24}{before:>10}{'at ' + short_age(last):>10}{'90 %':>15}  seen"
    rows: list[Text | str] = [_styled((head, "aside")), "─" * WIDTH]
    for shown in panels:
        rows.append(_row(shown, start, last))
    return [*rows, "─" * WIDTH]


def _row(shown: Shown, start: float | None, last: float) -> Text:
    name, printed = _cut(shown.panel.short, 11), _cut(shown.panel.short_unit, 12)
    seen = _seen(shown)
    quiet = "aside" if seen == "not measured" else ""
    if shown.series.empty:
        return _styled((f"{name:<12}", "name"), f"{printed:<12}{'not solved':>10}{'':>25}  ", (seen, quiet))
    q, trough = end_quantiles(shown, last)
    name = f"{name} trough" if trough and len(name) <= 4 else name
    then = predicted(float(shown.series.at(start)[2])) if start is not None else ""
    return _styled(
        (f"{_cut(name, 11):<12}", "name"),
        f"{printed:<12}{then:>10}",
        (f"{predicted(float(q[2])):>10}", "model"),
        f"{interval(float(q[0]), float(q[4])):>15}  ",
        (seen, quiet),
    )


def _seen(shown: Shown) -> str:
    room = WIDTH - 61
    if len(shown.sights) > 1:
        newest = [measured(sight.value, sight.censoring) for sight in shown.sights]
        words = ", ".join(newest)
        return words if len(words) <= room else f"{len(newest)} values"
    for sight in shown.sights:
        value = measured(sight.value, sight.censoring)
        return f"{value} undated" if sight.kind == "undated" else value
    for words in shown.told:
        return f"{DIRECTIONS[words.direction]}, in words" if words.direction else "several, no count"
    return "not measured"


def _counted(result: Result) -> list[Text | str]:
    """Return one line per period: infections a year, blood met in, hospital stays a year."""
    rows = period_rows(result)
    if not rows:
        return []
    head = f"{say('counts_head'):<25}{'infections a year':<19}{'in the blood':<14}hospital stays a year"
    told = [f"{row.when:<25}{row.infections:<19}{row.blood:<14}{row.stays}" for row in rows]
    return [_styled((head, "aside")), *(one.replace(THIN, " ") for one in told), "─" * WIDTH]


def _harms(drugs: Sequence[Given]) -> list[Text | str]:
    """Return one line per drug: its title and how many harms are on record; the report lists them."""
    lines: list[Text | str] = []
    for drug in drugs:
        count = len(harms_of(drug.drug))
        listed = f"{count} harm{'s' if count > 1 else ''} on record, in the report"
        words = f"{drug_title(drug.drug)}: {listed if count else 'no data on harms'}"
        lines += [_styled((line, "aside")) for line in _wrapped(words)]
    return lines


def _compared(rows: Sequence[Compared]) -> list[Text | str]:
    """Return one line per measured value: when, observed, predicted, and the verdict."""
    lines: list[Text | str] = []
    numbers = [row for row in rows if row.interval and not row.observed.endswith("in words")]
    for row in numbers[:MOST_VALUES]:
        words = f"{row.quantity} {row.observed}, {row.when}: predicted {row.predicted} ({row.interval})"
        lines += _wrapped(f"{words}, {row.verdict}")
    if len(numbers) > MOST_VALUES:
        lines.append(_styled((f"{len(numbers) - MOST_VALUES} more values in the report", "aside")))
    return lines


def _finding(result: Result, panels: Sequence[Shown]) -> list[Text | str]:
    found = finding(result, panels)
    lead = found.lead.replace(say("advice"), "").strip()
    lines: list[Text | str] = [_styled((line, "name")) for line in _wrapped(found.title + ".")]
    return [*lines, *_wrapped(lead)] if lead else lines


def _forecasts(result: Result) -> list[Text | str]:
    """Return one line for each forecast of the last value: what it was told, and when the value fits."""
    tables = forecast_tables(result)
    if not tables:
        return []
    head = f"{value_of(result) + ', by what is known':<50}{'width':>7}  inside 90 %"
    rows: list[Text | str] = ["", _styled((head, "aside"))]
    for row in tables[0].rows:
        rows.append(_styled(f"{_cut(row.told, 49):<50}", (f"{row.width:>7}", "model"), f"  {row.fits}"))
    return rows


def _run(record: RunRecord) -> list[Text | str]:
    model = f" · model {record.short_model}" if record.model else ""
    lines = _wrapped(f"{solved_in_words(record)} · seed {record.seed}{model}")
    return [*lines, f"Rests on {record.rests_on}."] if record.rests_on else [*lines]


def _saved(written: Written) -> list[Text | str]:
    names = [str(path) for path in (written.dataset, written.summary, written.report)]
    if len("Saved  " + "  ".join(names)) <= WIDTH:
        return ["Saved  " + "  ".join(names)]
    return [f"{'Saved' if index == 0 else '':<7}{name}" for index, name in enumerate(names)]


def _styled(*parts: str | tuple[str, str]) -> Text:
    from rich.text import Text

    text = Text.assemble(*parts)
    text.plain = text.plain.replace(THIN, " ")
    return text


def _wrapped(words: str) -> list[str]:
    import textwrap

    return textwrap.wrap(words.replace(THIN, " "), WIDTH, break_long_words=False, break_on_hyphens=False)


def _cut(words: str, width: int) -> str:
    return words if len(words) <= width else words[: width - 1] + "…"

"""One self-contained page: the finding, figures, observed beside predicted, harms, and how it was made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lekti.base.provenance import USE
from lekti.base.tables import knowledge_text
from lekti.outputs.attributed import attributed_drugs, attributed_rows
from lekti.outputs.compared import Compared, compared_rows, other_rows
from lekti.outputs.counts import period_rows
from lekti.outputs.course_figure import course_figure, shown_panels
from lekti.outputs.csv_tables import compared_csv, course_csv, data_link, plans_csv
from lekti.outputs.figure_style import FIGURE_CSS
from lekti.outputs.finding import finding
from lekti.outputs.forecasts import forecast_tables, forecasts_csv, measurement_named, value_of
from lekti.outputs.forecasts_figure import forecasts_figure
from lekti.outputs.given import bound_ige, drug_names, drug_title, genotype, listed, person, untried
from lekti.outputs.harms import Harm, benefits, harms_of_drugs
from lekti.outputs.layout import LAYOUTS
from lekti.outputs.numbers import THIN, age, duration, interval, measured, predicted, unit
from lekti.outputs.panel_parts import Shown
from lekti.outputs.panels import read_panels
from lekti.outputs.plans import Plans, compare_plans, difference
from lekti.outputs.plans_figure import plans_figure
from lekti.outputs.run_record import run_record, solved_in_words
from lekti.outputs.sentences import say
from lekti.outputs.sources import Source, numbered
from lekti.outputs.story import story
from lekti.outputs.svg import Drawing
from lekti.outputs.tokens import DARK, LIGHT, MONO, SANS, SERIF, css_variables

if TYPE_CHECKING:
    from lekti.population.result import Result

BLOCKS = ("Predicted only: these rows never entered a fit", "Used to fit: shown for honesty, not as a test")


@dataclass(frozen=True)
class Figure:
    """One figure of the page: its title, caption, drawings for three widths, and its numbers as a link."""

    title: str
    caption: str
    drawings: tuple[Mapping[str, Any], ...]
    csv: str
    difference: str = ""


def report_html(result: Result) -> str:
    """Return the report of one result as HTML; the same result gives the same text, byte for byte."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: knowledge_text(f"wording/{name}")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=False,
    )
    return environment.get_template("report.html.j2").render(**_page(result))


def page_style() -> str:
    """Return the style of the page: tokens for light, dark and print, then the rules."""
    fonts = f"--sans:{SANS};--serif:{SERIF};--mono:{MONO};"
    light, dark = css_variables(LIGHT), css_variables(DARK)
    return (
        f":root{{{light}{fonts}}}"
        f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        f":root:has(#theme-light:checked){{{light}}}"
        f":root:has(#theme-dark:checked){{{dark}}}"
        f"@media print{{:root{{{css_variables(LIGHT, important=True)}}}}}\n"
        f"{FIGURE_CSS}\n{knowledge_text('wording/report.css')}"
    )


def _page(result: Result) -> dict[str, Any]:
    record = run_record(result)
    panels = shown_panels(result)
    rows = compared_rows(result, record)
    plans = compare_plans(result)
    harms = harms_of_drugs(result)
    sources = _sources(result, rows, harms, panels)
    return {
        "use": USE,
        "advice": say("advice"),
        "style": page_style(),
        "record": record,
        "kicker": f"{_case_name(result)} · {person(result.case)} · {genotype(result.case)}",
        "case_sources": list(result.case.source_records),
        "finding": finding(result, panels),
        "story": story(result, panels),
        "course": _course(result, panels),
        "plans": _plans(result, plans) if plans is not None else None,
        "run_line": _run_line(result),
        "compared": [*_blocks(rows), *_other_block(result)],
        "compared_csv": data_link(compared_csv([*rows, *other_rows(result, record)])),
        "compared_note": say("compared_note"),
        "counts": period_rows(result),
        "counts_title": say("counts_title"),
        "counts_caption": say("counts_caption", patients=record.patients - record.failed),
        "forecasts": _forecasts(result) if result.forecasts else None,
        "attributed": _attributed(result) if result.attributions else None,
        "benefits": benefits(result),
        "benefits_title": _benefits_title(plans),
        "plan_names": [plan.name for plan in plans.plans[-2:]] if plans is not None else ["", ""],
        "harms": harms,
        "harms_note": say("harms_note"),
        "foods": say("foods"),
        "untried": _untried(result),
        "bound_ige": bound_ige(result.case),
        "solved": solved_in_words(record),
        "versions": " · ".join(f"{name} {version}" for name, version in result.versions.items()),
        "sources": sources,
    }


def _course(result: Result, panels: tuple[Shown, ...]) -> Figure:
    drawings = [course_figure(result, layout, panels) for layout in LAYOUTS]
    patients = max((shown.series.patients for shown in panels), default=0)
    caption = say("course_caption", patients=patients, person=person(result.case))
    if any(shown.drug is not None for shown in panels):
        caption = f"{caption} {say('course_folded')}"
    return Figure(drawings[0].title, caption, _drawn(drawings), data_link(course_csv(panels)))


def _plans(result: Result, plans: Plans) -> Figure:
    told = difference(plans)
    names = [plan.name for plan in plans.plans[-2:]]
    middle, low, high = told.ratio
    change = (1 - middle) * 100
    size = f"{abs(change):.0f}{THIN}% {'lower' if change > 0 else 'higher'}"
    title = say(
        "plans_title" if abs(change) >= 5 else "plans_title_same",
        time=_upper(duration(plans.since_days)),
        drug=drug_title(plans.added, in_sentence=True) if plans.added is not None else "the course",
        quantity=plans.panel.in_words,
        change=size,
        last=names[1],
        before=names[0],
    )
    return Figure(
        title,
        say("plans_caption", name=plans.panel.name, age=age(plans.age_days), person=person(result.case)),
        _drawn([plans_figure(plans, layout) for layout in LAYOUTS]),
        data_link(plans_csv(plans)),
        say(
            "plans_difference",
            last=names[1],
            before=names[0],
            ratio=predicted(middle),
            interval=interval(low, high),
            lower=told.lower_of_100,
        ),
    )


def _forecasts(result: Result) -> Mapping[str, Any]:
    value = value_of(result)
    figure = Figure(
        say("forecasts_title", value=value),
        say("forecasts_caption", value=value),
        _drawn([forecasts_figure(result, layout) for layout in LAYOUTS]),
        data_link(forecasts_csv(result)),
    )
    return {"figure": figure, "tables": forecast_tables(result)}


def _attributed(result: Result) -> Mapping[str, Any]:
    first = result.attributions[0]
    earlier = measurement_named(result, first.earlier)
    rows = attributed_rows(result)
    readings = dict.fromkeys(row.reading for row in rows)
    names = {panel.output: panel.in_words for panel in read_panels()}
    return {
        "title": say("attributed_title", quantity=names.get(first.quantity, first.quantity)),
        "caption": say("attributed_caption", earlier=f"{measured(earlier.value)} {unit(earlier.unit)}"),
        "drugs": attributed_drugs(result),
        "blocks": [(one, [row for row in rows if row.reading == one]) for one in readings],
    }


def _drawn(drawings: Sequence[Drawing]) -> tuple[Mapping[str, Any], ...]:
    return tuple(
        {"width": layout.name, "svg": drawing.svg()}
        for layout, drawing in zip(LAYOUTS, drawings, strict=True)
    )


def _run_line(result: Result) -> str:
    record = run_record(result)
    model = f" · model {record.short_model}" if record.model else ""
    return f"{solved_in_words(record)} · seed {record.seed}{model} ·"


def _blocks(rows: Sequence[Compared]) -> list[tuple[str, Sequence[Compared]]]:
    parts = [[row for row in rows if not row.fitted], [row for row in rows if row.fitted]]
    return [(head, part) for head, part in zip(BLOCKS, parts, strict=True) if part]


def _other_block(result: Result) -> list[tuple[str, Sequence[Compared]]]:
    if result.other is None:
        return []
    return [(say("other_block", name=result.other.name), other_rows(result, run_record(result)))]


def _benefits_title(plans: Plans | None) -> str:
    if plans is None or plans.added is None:
        return "What the model predicts"
    drug = drug_title(plans.added, in_sentence=True)
    return f"What adding {drug} changes in the model, {duration(plans.since_days)} on"


def _sources(
    result: Result,
    rows: Sequence[Compared],
    harms: Sequence[tuple[str, Sequence[Harm]]],
    panels: Sequence[Shown],
) -> dict[str, Source]:
    names = [*result.case.source_records, *(row.source for row in rows)]
    names += [harm.source for _, each in harms for harm in each]
    names += [shown.panel.healthy.source for shown in panels if shown.panel.healthy is not None]
    return numbered(names)


def _untried(result: Result) -> str:
    names = [drug_names(in_sentence=True)[drug] for drug in untried(result.case)]
    return say("untried", drugs=listed(names)) if names else ""


def _case_name(result: Result) -> str:
    return "Index case" if result.case.id == "index" else f"Case {result.case.id}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]

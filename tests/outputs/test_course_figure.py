"""The course figure is complete, readable and the same each time it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from lekti.outputs.course_figure import course_ends, course_figure, shown_panels
from lekti.outputs.layout import LAYOUTS, WIDE, Layout
from lekti.outputs.panels import read_panels
from lekti.outputs.svg import Box, Drawing, Group, Shape
from lekti.patients.case import Between, Dose, Exact, Subject, Treatment, Unstated, When
from lekti.population.result import Comparison, Result

EVERY_WIDTH = pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
Change = Callable[..., Result]


def with_values(result: Result, *values: tuple[float, When, str]) -> Result:
    plain = result.comparisons[0]
    return replace(
        result,
        comparisons=tuple(
            replace(plain, id=f"v{i}", observed=value, when=when, censoring=censoring)
            for i, (value, when, censoring) in enumerate(values)
        ),
    )


def check_labels(drawing: Drawing) -> None:
    texts = drawing.texts()
    overlaps = [(a.text, b.text) for a, b in combinations(texts, 2) if a.box.overlaps(b.box)]
    assert not overlaps
    page = Box(0, -2, drawing.width, drawing.height + 2)
    assert not [text.text for text in texts if not text.box.within(page)]


def groups(drawing: Drawing) -> dict[str, Group]:
    return {node.name: node for node in drawing.nodes if isinstance(node, Group)}


@EVERY_WIDTH
def test_no_label_lies_on_another_or_leaves_the_figure(result: Result, layout: Layout) -> None:
    check_labels(course_figure(result, layout))


@EVERY_WIDTH
def test_labels_stay_apart_with_many_values_of_every_kind(result: Result, layout: Layout) -> None:
    kinds: list[tuple[float, When, str]] = [
        (2500.0, Exact(200.0), "above"),
        (2.0, Exact(60.0), "below"),
        (484.5, Between(900.0, 1400.0), "none"),
        (2500.0, Between(300.0, 700.0), "above"),
        (55.8, Unstated(), "none"),
        (160.2, Between(2300.0), "none"),
    ]
    kinds += [(float(100 + 40 * i), Exact(100.0 * i), "none") for i in range(1, 31)]
    check_labels(course_figure(with_values(result, *kinds), layout))


@EVERY_WIDTH
def test_labels_stay_apart_with_long_and_many_regimens(result: Result, layout: Layout) -> None:
    def regimen(drug: str, start: float, loading: Dose | None, stop: float | None) -> Treatment:
        name = f"{drug}{start}"
        return Treatment(name, drug, Dose(300.0, "mg"), "", 7.0, start, stop, loading)

    treatments = (
        *(regimen("dupilumab", start, Dose(600.0, "mg"), start + 100) for start in (10.0, 500.0, 2000.0)),
        regimen("ivig", 0.0, None, None),
        *result.case.course.treatments,
    )
    case = replace(result.case, course=replace(result.case.course, treatments=treatments))
    check_labels(course_figure(replace(result, case=case), layout))


@EVERY_WIDTH
@pytest.mark.parametrize("until", [0.4, 2.0, 30.0, 75.0])
def test_labels_stay_apart_for_short_and_long_lives(result: Result, layout: Layout, until: float) -> None:
    ages = np.linspace(0, until * 365.25, result.dataset.sizes["times"])
    check_labels(course_figure(replace(result, dataset=result.dataset.assign_coords(times=ages)), layout))


@EVERY_WIDTH
def test_every_panel_has_name_unit_end_value_and_interval(result: Result, layout: Layout) -> None:
    drawing = course_figure(result, layout)
    for panel in read_panels():
        words = [
            text.text
            for text in Drawing("", 0, 0, "", "", (groups(drawing)[f"panel {panel.output}"],)).texts()
        ]
        assert panel.name in words
        assert any(word.startswith(panel.unit) for word in words)
        assert any(" to " in word and any(c.isdigit() for c in word) for word in words)


@EVERY_WIDTH
def test_the_age_axis_names_its_unit(result: Result, layout: Layout) -> None:
    assert "age, years" in [text.text for text in course_figure(result, layout).texts()]


def test_the_text_alternative_states_what_is_shown(result: Result) -> None:
    drawing = course_figure(result, WIDE)
    assert drawing.title == "The course, from birth to 8.5 years"
    for words in ("IVIG 500 mg/kg every 4 weeks from 18 months", "Serum IgE", "90", "55.8 after dupilumab"):
        assert words in drawing.description
    root = ET.fromstring(drawing.svg())
    assert {"course-1080-title", "course-1080-desc"} <= {node.get("id") for node in root}


@EVERY_WIDTH
def test_the_same_result_is_drawn_the_same(result: Result, layout: Layout) -> None:
    assert course_figure(result, layout).svg() == course_figure(result, layout).svg()


def classes(drawing: Drawing, panel: str) -> list[str]:
    return [
        str(node.attributes["class"])
        for node in groups(drawing)[f"panel {panel}"].nodes
        if isinstance(node, Shape)
    ]


@EVERY_WIDTH
def test_every_kind_of_date_and_limit_has_its_own_mark(result: Result, layout: Layout) -> None:
    def marks(value: float, when: When, censoring: str) -> list[str]:
        return classes(course_figure(with_values(result, (value, when, censoring)), layout), "ige")

    assert marks(100.0, Exact(500.0), "none").count("dot") == 1
    above, below = marks(2500.0, Exact(500.0), "above"), marks(2.0, Exact(500.0), "below")
    assert "dot" not in above + below
    assert "ink-fill" in above
    assert "ink-fill" in below
    between = marks(100.0, Between(500.0, 900.0), "none")
    assert "dot" in between
    assert "ink-line" in between
    undated = marks(100.0, Unstated(), "none")
    assert "shade" in undated
    assert "dot" not in undated


def test_words_only_are_an_arrow_with_words(result: Result) -> None:
    itch = groups(course_figure(result, WIDE))["panel itch_nrs"]
    assert "lower, told in words" in [text.text for text in Drawing("", 0, 0, "", "", (itch,)).texts()]
    assert "dot" not in classes(course_figure(result, WIDE), "itch_nrs")


@EVERY_WIDTH
def test_a_panel_without_a_value_says_not_measured(result: Result, layout: Layout) -> None:
    tewl = groups(course_figure(result, layout))["panel tewl"]
    assert any("not measured" in text.text for text in Drawing("", 0, 0, "", "", (tewl,)).texts())


def test_every_start_of_a_treatment_is_a_line_behind_the_data(result: Result) -> None:
    drawing = course_figure(result, WIDE)
    names = [node.name for node in drawing.nodes if isinstance(node, Group)]
    assert len(groups(drawing)["starts"].nodes) == 2
    assert names.index("starts") < names.index("panel ige")


def test_teeth_are_drawn_where_a_dose_has_six_px_and_folded_where_not(result: Result) -> None:
    drawings = [course_figure(result, layout) for layout in LAYOUTS]
    lines = [next(css for css in classes(each, "dupilumab") if css.startswith("med")) for each in drawings]
    assert lines == ["med thin", "med", "med"]


@EVERY_WIDTH
def test_a_course_without_treatment_says_so(result: Result, layout: Layout) -> None:
    course = replace(result.case.course, treatments=(), measurements=(), observations=(), infections=())
    case = replace(result.case, course=course, subject=Subject())
    drawing = course_figure(replace(result, case=case, comparisons=()), layout)
    assert "no treatment in this course" in [text.text for text in drawing.texts()]
    assert "Seen: nothing" in drawing.description
    check_labels(drawing)


@EVERY_WIDTH
def test_a_run_in_which_everyone_failed_still_has_a_figure(result: Result, layout: Layout) -> None:
    empty = result.dataset.copy()
    for name in ("ige", "tewl", "itch_nrs", "ccl17", "dupilumab", "igg", "infection_rate"):
        empty[name] = empty[name] * np.nan
    drawing = course_figure(replace(result, dataset=empty, comparisons=()), layout)
    assert "nan" not in drawing.svg()
    assert sum("no virtual patient was solved" in text.text for text in drawing.texts()) == 7
    check_labels(drawing)


def test_a_run_that_begins_later_begins_its_axis_there(result: Result) -> None:
    later = replace(result, dataset=result.dataset.sel(times=slice(1000.0, None)))
    first, _ = course_ends(later)
    assert first >= 1000.0
    assert course_figure(later, WIDE).title.startswith("The course, from 2.")


def test_an_output_the_run_lacks_has_no_panel(result: Result) -> None:
    fewer = replace(result, dataset=result.dataset.drop_vars("ccl17"))
    assert "ccl17" not in [shown.panel.output for shown in shown_panels(fewer)]


def test_comparisons_are_frozen(result: Result) -> None:
    assert isinstance(result.comparisons[0], Comparison)

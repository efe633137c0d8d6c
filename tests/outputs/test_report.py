"""The report is one whole file: complete, escaped, the same each time, and it asks no network."""

from __future__ import annotations

import base64
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from lekti.base.provenance import USE
from lekti.outputs.report import page_style, report_html
from lekti.patients.case import Course, Treatment
from lekti.population.result import Result

VOID = {"meta", "input", "br", "path", "line", "rect", "circle"}


class Page(HTMLParser):
    """What a page holds: tags with attributes, words, and whether every tag is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.words))

    def attributes(self, name: str) -> list[str]:
        return [attrs[name] for _, attrs in self.tags if name in attrs]


@pytest.fixture(scope="module")
def html(result: Result) -> str:
    return report_html(result)


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_every_tag_is_closed(page: Page) -> None:
    assert page.open == []


def test_the_same_result_gives_the_same_page(result: Result, html: str) -> None:
    assert report_html(result) == html


def test_the_page_asks_no_network(html: str, page: Page) -> None:
    assert not [tag for tag, _ in page.tags if tag in {"script", "link", "img", "iframe", "object", "form"}]
    assert page.attributes("src") == []
    assert "@import" not in html
    assert "url(" not in html
    outside = [(tag, attrs["href"]) for tag, attrs in page.tags if attrs.get("href", "").startswith("http")]
    assert {tag for tag, _ in outside} == {"a"}
    assert "default-src 'none'" in " ".join(page.attributes("content"))


def test_the_finding_is_the_title(page: Page) -> None:
    headings = [tag for tag, _ in page.tags if tag == "h1"]
    assert len(headings) == 1
    assert "is credible from about" in page.text


@pytest.mark.parametrize(
    "words",
    [
        "Index case · boy · SPINK5 c.1302+5G>C, homozygous",
        "What was seen",
        "What the model says",
        "What it cannot know",
        "The course, from birth to 8.5 years",
        "Observed beside predicted",
        "Predicted only: these rows never entered a fit",
        "Benefit and harm, side by side",
        "Harms seen in other people",
        "lekti run index --patients 60 --seed 1",
        "The model’s estimate, not medical advice.",
        f"Use: {USE}.",
        "60 virtual patients · 0 failed",
        "lekti 0.1.0",
    ],
)
def test_the_page_says(page: Page, words: str) -> None:
    assert words in page.text


def test_the_advice_line_stands_in_lead_and_footer_only(page: Page) -> None:
    assert page.text.count("not medical advice") == 2


def test_rows_of_a_fit_stand_apart(result: Result, page: Page) -> None:
    assert "Used to fit" not in page.text
    fitted = replace(result, dataset=result.dataset.assign_attrs(fitted='["ige_before"]'))
    text = Page(report_html(fitted)).text
    assert text.index("Predicted only") < text.index("Used to fit") < text.index("Benefit and harm")


def test_each_figure_has_three_drawings_a_title_and_a_text_alternative(page: Page) -> None:
    figures = [attrs for tag, attrs in page.tags if tag == "svg" and "figure" in attrs.get("class", "")]
    assert Counter(attrs["class"].split()[1].split("-")[0] for attrs in figures) == {"course": 3, "plans": 3}
    ids = set(page.attributes("id"))
    for attrs in figures:
        assert attrs["role"] == "img"
        assert set(attrs["aria-labelledby"].split()) <= ids


def test_ids_are_named_once_and_every_anchor_leads_somewhere(page: Page) -> None:
    ids = page.attributes("id")
    assert len(ids) == len(set(ids))
    anchors = {href[1:] for href in page.attributes("href") if href.startswith("#")}
    assert anchors <= set(ids)


def test_every_table_can_be_taken_away(page: Page) -> None:
    links = [attrs for _, attrs in page.tags if "download" in attrs]
    assert {attrs["download"] for attrs in links} == {"course.csv", "plans.csv", "observed.csv"}
    for attrs in links:
        text = base64.b64decode(attrs["href"].partition("base64,")[2]).decode("utf-8")
        assert text.startswith(f"# use: {USE}")


def test_cells_of_a_phone_table_carry_their_heading(page: Page) -> None:
    labels = set(page.attributes("data-label"))
    assert {"When", "Observed", "Predicted", "90 % interval", "Verdict", "Source", "With it"} <= labels


def test_hostile_words_stay_words(result: Result) -> None:
    attack = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}'
    case = replace(result.case, id=attack, source_records=(attack,))
    one = replace(result.comparisons[0], source=attack, unit=attack, label=attack, id=attack)
    data = result.dataset.assign_attrs(command=attack, date=attack, model_sha256=attack, run_sha256=attack)
    hostile = replace(result, case=case, comparisons=(one,), dataset=data, versions={attack: attack})
    page = Page(report_html(hostile))
    assert page.open == []
    assert not [tag for tag, attrs in page.tags if tag in {"script", "img"} or "onerror" in attrs]
    assert "{{7*7}}" in page.text


def test_a_case_without_anything_still_has_a_page(result: Result) -> None:
    case = replace(result.case, course=Course())
    page = Page(report_html(replace(result, case=case, comparisons=(), plans=None)))
    assert "Nothing was measured, so there is nothing to compare." in page.text
    assert "Harms seen" not in page.text


def test_a_run_in_which_everyone_failed_still_has_a_page(result: Result) -> None:
    empty = replace(
        result,
        dataset=result.dataset.map(lambda a: a * np.nan if a.dtype.kind == "f" else a),
        outcomes=("failed: step too small",) * 60,
        comparisons=(),
        plans=None,
    )
    text = Page(report_html(empty)).text
    assert "60 virtual patients · 60 failed" in text
    assert "nan" not in text


def test_every_variable_of_the_style_has_a_value() -> None:
    style = page_style()
    assert set(re.findall(r"var\(--([\w-]+)\)", style)) <= set(re.findall(r"--([\w-]+):", style))


def test_print_is_always_light() -> None:
    printed = page_style().split("@media print{:root{")[1].split("}")[0]
    assert "--paper:#FFFFFF !important" in printed
    assert "color-scheme:light !important" in printed


def test_no_text_on_screen_is_smaller_than_twelve_px() -> None:
    screen = page_style().split("@page")[0]
    assert min(int(size) for size in re.findall(r"font-size:(\d+)px", screen)) >= 12


def test_a_treatment_without_netherton_data_is_named_at_the_top_and_beside_the_harms(result: Result) -> None:
    course = Treatment("lotion", "klk_inhibitor", None, "topical", None, 2000.0, level="usual")
    given = replace(result.case.course, treatments=(*result.case.course.treatments, course))
    text = Page(report_html(replace(result, case=replace(result.case, course=given)))).text
    assert text.count("No data in people with Netherton syndrome: the KLK5/7/14 inhibitor.") == 2
    assert "KLK5/7/14 inhibitor (no data in people with Netherton syndrome)" in text
    assert "no data" in text[text.index("Harms seen in other people") :]


def test_the_report_says_that_it_says_nothing_about_foods(html: str) -> None:
    assert "nothing about when a food can be given again" in Page(html).text
    assert "No data in people with Netherton syndrome" not in Page(html).text

"""The page of a family stands on its own, says everything once, and is the same every time."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from lekti.base.provenance import USE
from lekti.genetics.family_risk import family_risk
from lekti.outputs.family_page import family_html
from lekti.patients.family_library import builtin_families, load_family
from lekti.patients.family_numbers import planned_tests
from lekti.patients.read_family import read_family


def page(name: str) -> str:
    return family_html(family_risk(load_family(name), planned=planned_tests()))


class _Balance(HTMLParser):
    VOID = ("meta", "br", "input", "path", "rect", "circle", "line", "link")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        return

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


@pytest.mark.parametrize("name", builtin_families())
def test_the_page_needs_no_network_and_closes_what_it_opens(name: str):
    text = page(name)
    assert not re.search(r"(?:src|href)=[\"']?https?://(?!pubmed|doi|pmc)", text)
    assert "<script" not in text
    parser = _Balance()
    parser.feed(text)
    assert parser.open == []


def test_the_page_holds_the_answer_everyone_and_its_limits():
    text = page("cousins")
    assert "1 in 4 will have Netherton syndrome. 3 in 4 will not." in text
    assert all(f"<b>{one.id}</b>" in text for one in load_family("cousins").people)
    assert "genetic counsellor" in text
    assert "isodisomy" in text
    assert USE in text


def test_the_same_family_gives_the_same_page():
    assert page("aunt") == page("aunt")


def test_a_family_without_a_couple_has_a_page_without_an_answer():
    family = read_family("lekti_family: 1\npeople: {P: {status: healthy}}\n", name="one.yaml")
    text = family_html(family_risk(family, planned=planned_tests()))
    assert "Who may carry a faulty copy" in text


def test_no_page_gives_advice():
    for name in builtin_families():
        assert not re.search(
            r"\b(should|recommend|advise|safe|must|consider)\w*\b",
            re.sub(r"<style>.*?</style>", "", page(name), flags=re.S).replace("not who should have one", ""),
        )

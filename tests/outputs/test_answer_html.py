"""The page opens offline, can be walked by keyboard and screen reader, prints, and describes itself."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from lekti.base.provenance import USE
from lekti.evidence.read_claims import load_claims
from lekti.outputs.answer_html import answer_html
from lekti.outputs.answer_page import AnswerPage, answer_page
from lekti.outputs.tokens import DARK, LIGHT, contrast

EMPTY = {"meta", "br", "link", "img", "path", "circle"}


class Outline(HTMLParser):
    """Collects what the tests ask: tags in order, ids, links, open elements, and text by element."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.unclosed: list[str] = []
        self.named: dict[str, str] = {}
        self._id = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        words = {name: value or "" for name, value in attrs}
        self.tags.append((tag, words))
        self._id = words.get("id", self._id)
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in EMPTY:
            return
        if self.open.pop() != tag:
            self.unclosed.append(tag)

    def handle_data(self, data: str) -> None:
        self.named[self._id] = self.named.get(self._id, "") + data

    def of(self, tag: str) -> list[dict[str, str]]:
        return [words for name, words in self.tags if name == tag]


@pytest.fixture(scope="module")
def page() -> AnswerPage:
    return answer_page(load_claims())


@pytest.fixture(scope="module")
def html(page: AnswerPage) -> str:
    return answer_html(page)


@pytest.fixture(scope="module")
def outline(html: str) -> Outline:
    found = Outline()
    found.feed(html)
    return found


def test_the_same_page_gives_the_same_bytes(page: AnswerPage, html: str) -> None:
    assert answer_html(page) == html


def test_every_element_is_closed(outline: Outline) -> None:
    assert outline.open == []
    assert outline.unclosed == []


def test_nothing_is_loaded_from_anywhere(html: str, outline: Outline) -> None:
    assert not outline.of("link") and not outline.of("img") and not outline.of("iframe")
    assert all("src" not in words for _, words in outline.tags)
    assert "@import" not in html and "url(" not in html
    assert [words["type"] for words in outline.of("script")] == ["application/ld+json"]


def test_language_title_and_width_are_set(outline: Outline) -> None:
    assert outline.of("html")[0]["lang"] == "en"
    assert outline.of("title")
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in outline.of("meta")


def test_landmarks_stand_once_and_have_names(outline: Outline) -> None:
    for tag in ("header", "main", "footer", "nav", "aside"):
        assert len(outline.of(tag)) == 1, tag
    assert outline.of("nav")[0]["aria-label"] and outline.of("aside")[0]["aria-label"]
    ids = {words["id"] for _, words in outline.tags if "id" in words}
    assert {words["aria-labelledby"] for words in outline.of("section")} <= ids


def test_the_first_link_skips_to_the_answer(outline: Outline) -> None:
    assert outline.of("a")[0]["href"] == "#answer"
    assert outline.of("main")[0]["id"] == "answer"


def test_headings_start_at_one_and_skip_no_level(outline: Outline) -> None:
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_ids_stand_once_and_every_inner_link_leads_somewhere(outline: Outline) -> None:
    ids = [words["id"] for _, words in outline.tags if "id" in words]
    assert len(set(ids)) == len(ids)
    inner = [words["href"][1:] for words in outline.of("a") if words["href"].startswith("#")]
    assert len(inner) > 150
    assert set(inner) <= set(ids)


def test_outer_links_are_web_addresses(outline: Outline) -> None:
    outer = [words["href"] for words in outline.of("a") if not words["href"].startswith("#")]
    assert len(outer) > 20
    assert all(re.match(r"https?://", address) for address in outer)


def test_every_statement_has_a_footnote_with_a_name(page: AnswerPage, outline: Outline) -> None:
    statements = sum(len(section.statements()) for section in page.sections)
    assert len(outline.of("sup")) == statements
    notes = [words for words in outline.of("a") if words["href"].startswith("#note-")]
    assert all(words["aria-label"].startswith("Note ") for words in notes)


def test_every_claim_has_a_note_and_every_note_a_source(page: AnswerPage, outline: Outline) -> None:
    ids = [words["id"] for words in outline.of("li") if "id" in words]
    assert sum(one.startswith("note-") for one in ids) == len(page.claims())
    assert all("S" in outline.named[f"note-{i}"] for i in range(1, len(page.claims()) + 1))


def test_the_picture_of_chances_is_told_in_words(outline: Outline) -> None:
    pictures = [words for words in outline.of("svg") if words.get("role") == "img"]
    assert len(pictures) == 1
    assert "two are healthy carriers" in pictures[0]["aria-label"]
    assert all(words.get("aria-hidden") == "true" for words in outline.of("svg") if words not in pictures)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_and_links_can_be_read_on_their_ground(palette) -> None:
    for text in ("ink", "ink2", "model"):
        assert contrast(palette[text], palette["paper"]) >= 4.5
    for text in ("ink2", "model"):
        assert contrast(palette[text], palette["notebg"]) >= 4.5
    assert contrast(palette["model"], palette["paper"]) >= 3.0


def test_style_shows_the_focus_prints_and_spares_those_whom_motion_disturbs(html: str) -> None:
    assert "a:focus-visible{outline:2px" in html
    assert "outline:none" not in html
    assert "@media print" in html and "@page" in html
    assert "prefers-reduced-motion" in html and "prefers-color-scheme" in html


def test_a_word_is_explained_where_it_stands_first(outline: Outline, page: AnswerPage) -> None:
    linked = [words["href"] for words in outline.of("a") if words.get("class") == "term"]
    assert sorted(linked) == sorted(f"#word-{term.id}" for term in page.glossary)


def test_the_use_and_the_disclaimer_are_at_the_top_and_at_the_bottom(html: str) -> None:
    assert USE in html
    assert html.count("It is not medical advice") >= 3


def test_search_engines_read_the_questions_and_no_review(html: str, page: AnswerPage) -> None:
    text = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert text
    data = json.loads(text[1])
    assert data["@type"] == ["MedicalWebPage", "FAQPage"]
    assert data["about"]["name"] == "Netherton syndrome"
    assert "reviewedBy" not in data and "lastReviewed" not in data
    assert data["dateModified"] == page.facts_checked().isoformat()
    questions = {one["name"]: one["acceptedAnswer"]["text"] for one in data["mainEntity"]}
    assert questions["How is it inherited?"].startswith("A child has the disease only if")
    assert len(data["citation"]) > 20


def test_no_text_can_end_the_script_element(html: str) -> None:
    text = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert text and "<" not in text[1]

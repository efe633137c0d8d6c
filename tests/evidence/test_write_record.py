"""A record goes through every layout and comes back; what a layout cannot carry is named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lekti.base.errors import InputError
from lekti.evidence.read_pubmed_text import is_copyright
from lekti.evidence.read_record import read_record
from lekti.evidence.record import Record, Section
from lekti.evidence.section_names import is_known_heading
from lekti.evidence.solid import fingerprint
from lekti.evidence.write_record import write_record

from .material import PAGE, PAPERS, twin

PAPER_FORMS = ("markdown", "pubmed_xml", "nbib", "pubmed_text", "jats")
WORDS = st.text("abcdeghzABC012359.,;:()<>&+-–%≥µ©'\"é/*_ ", min_size=1, max_size=60).map(
    lambda t: "So " + t.strip()
)


def words(record: Record, name: str) -> str:
    section = record.section(name)
    return " ".join(section.text.split()) if section else ""


@pytest.mark.parametrize("form", PAPER_FORMS)
@pytest.mark.parametrize("name", PAPERS)
def test_title_and_abstract_go_through_every_layout(name: str, form: str):
    record = twin(name)
    again = read_record(write_record(record, form).text.encode(), name=form)
    assert again.form == form
    assert again.ids == record.ids
    assert words(again, "abstract") == words(record, "abstract")
    assert again.title.rstrip(".") == record.title.rstrip(".")
    assert (again.authors, again.journal, again.year) == (record.authors, record.journal, record.year)


@pytest.mark.parametrize("form", ["nbib", "pubmed_text"])
def test_no_line_ends_behind_a_hyphen_of_the_text(form: str):
    record = twin(PAPERS[0])
    text = "Levels of " + "IgE- and IgG- " * 40 + "rich cells fell."
    sections = tuple(
        Section(one.name, text, True) if one.name == "abstract" else one for one in record.sections
    )
    again = read_record(write_record(replace(record, sections=sections), form).text.encode(), name=form)
    assert fingerprint(words(again, "abstract")) == fingerprint(text)


@pytest.mark.parametrize("name", [*PAPERS, PAGE])
def test_a_form_that_is_held_comes_back_as_it_was(name: str):
    record = twin(name)
    assert write_record(record, record.form).text == record.raw
    assert write_record(record, record.form).left_out == ()


@pytest.mark.parametrize("form", PAPER_FORMS)
def test_the_text_of_a_full_paper_is_carried_or_named(form: str):
    record = twin("paper_twin.jats.xml")
    written = write_record(record, form)
    again = read_record(written.text.encode(), name=form)
    quotable = [section for section in record.sections if section.quotable]
    assert len(quotable) > 6
    for section in quotable:
        assert section.name in written.left_out or words(again, section.name) == words(record, section.name)
    assert "authors" not in written.left_out
    assert ("discussion" in written.left_out) == (form not in ("markdown", "jats"))


def test_a_page_goes_through_markdown():
    record = twin(PAGE)
    written = write_record(record, "markdown")
    again = read_record(written.text.encode(), name="page.md")
    assert again.id == record.id
    assert words(again, "answer") == words(record, "answer")
    assert words(again, "short answer") == words(record, "short answer")


def test_a_paper_can_be_written_as_a_page():
    again = read_record(write_record(twin("paper_twin.nbib"), "answer_page").text.encode(), name="page")
    assert again.form == "answer_page"
    assert words(again, "short answer").removeprefix("TL;DR: ") == words(twin("paper_twin.nbib"), "abstract")


def test_a_layout_that_cannot_hold_a_record_is_refused():
    with pytest.raises(InputError, match="cannot be written as pubmed_text"):
        write_record(twin(PAGE), "pubmed_text")


def test_an_unknown_layout_is_refused():
    with pytest.raises(InputError, match="'docx' is no layout"):
        write_record(twin(PAGE), "docx")


@pytest.mark.parametrize("form", PAPER_FORMS)
@settings(deadline=None)
@given(title=WORDS, blocks=st.lists(WORDS, min_size=1, max_size=4))
def test_any_words_go_through_every_layout(form: str, title: str, blocks: list[str]):
    assume(form != "pubmed_text" or not is_copyright(blocks[-1]))
    abstract = "\n\n".join(blocks)
    record = Record(
        id="PMID:7",
        ids=("PMID:7", "PMCID:PMC8", "DOI:10.5555/a(b)<c>"),
        title=" ".join(title.split()),
        authors=("Sample A", "van Invented BC"),
        journal="J Twin Rec",
        year="2026",
        content="abstract_only",
        sections=(Section("title", title, True), Section("abstract", abstract, True)),
        front_matter={},
        form="answer_page",
        raw="",
    )
    again = read_record(write_record(record, form).text.encode(), name=form)
    assert again.ids == record.ids
    assert words(again, "title") == words(record, "title")
    assert words(again, "abstract") == words(record, "abstract")
    assert again.authors == record.authors


def test_headings_are_known_by_their_words():
    assert is_known_heading("2. Materials and Methods")
    assert not is_known_heading("methods.")

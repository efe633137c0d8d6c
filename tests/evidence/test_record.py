"""A record knows its sections and its other forms."""

from dataclasses import replace

from lekti.evidence.record import NOT_QUOTABLE, Record, Section

PAPER = Record(
    id="PMID:1",
    ids=("PMID:1",),
    title="A title",
    authors=("Doe J",),
    journal="J Test",
    year="2024",
    content="abstract_only",
    sections=(Section("title", "A title", True), Section("abstract", "Words.", True)),
    front_matter={},
    form="nbib",
    raw="",
)


def test_a_section_is_found_by_its_name():
    abstract = PAPER.section("abstract")
    assert abstract is not None
    assert abstract.text == "Words."
    assert PAPER.section("methods") is None


def test_a_record_yields_its_forms_the_fullest_first():
    full = replace(PAPER, form="jats", content="full_text", others=(PAPER,))
    assert [form.form for form in full.forms()] == ["jats", "nbib"]


def test_nobody_quotes_an_address_or_a_copyright_line():
    assert {"affiliations", "copyright", "identifiers"} <= NOT_QUOTABLE
    assert NOT_QUOTABLE.isdisjoint({"title", "abstract", "answer"})

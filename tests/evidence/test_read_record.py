"""Every layout is recognised, keeps its bytes, and gives the same words."""

import hashlib

import pytest

from lekti.base.errors import InputError
from lekti.evidence.read_record import LARGEST_BYTES, read_record, read_text_page

from .material import PAGE, PAPERS, RECORDS, founding_text, twin


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", [*PAPERS, PAGE])
def test_a_record_gives_its_bytes_back(name: str):
    assert twin(name).raw.encode() == (RECORDS / name).read_bytes()


@pytest.mark.parametrize("name", PAPERS)
def test_the_abstract_has_the_same_words_in_every_layout(name: str):
    abstract, other = twin(name).section("abstract"), twin("paper_twin.md").section("abstract")
    assert abstract is not None
    assert other is not None
    assert words(abstract.text) == words(other.text)


@pytest.mark.parametrize("name", PAPERS)
def test_the_paper_is_the_same_in_every_layout(name: str):
    record = twin(name)
    assert record.id == "PMID:99900001"
    assert "DOI:10.5555/lekti.twin.0001" in record.ids
    assert record.authors == ("Sample A", "Invented B", "Fictive C")
    assert (record.journal, record.year) == ("J Twin Rec", "2026")
    assert record.title.startswith(
        "Immunoglobulin and dupilumab in one boy with Netherton syndrome: the retold"
    )


@pytest.mark.parametrize("name", PAPERS)
def test_only_what_tells_of_the_disease_can_be_quoted(name: str):
    record = twin(name)
    quotable = " ".join(section.text for section in record.sections if section.quotable)
    assert not any(part in quotable for part in ("Utopia", "The Author(s)", "PMC99900001", "declare"))
    assert "55.8 IU/mL" in quotable


@pytest.mark.parametrize("name", [*PAPERS, PAGE])
def test_windows_line_ends_and_a_byte_order_mark_change_nothing_but_the_bytes(name: str):
    source = b"\xef\xbb\xbf" + (RECORDS / name).read_bytes().replace(b"\n", b"\r\n")
    record, plain = read_record(source, name=name), twin(name)
    assert record.raw.encode() == source
    assert (record.id, record.ids) == (plain.id, plain.ids)
    assert [(s.name, words(s.text)) for s in record.sections] == [
        (s.name, words(s.text)) for s in plain.sections
    ]


def test_a_paper_of_the_same_child_carries_its_group():
    source = (RECORDS / "paper_twin_prose.md").read_bytes()
    one = read_record(source.replace(b"PMID:99900001", b"PMID:38406644"), name="a.md")
    two = read_record(source.replace(b"PMID:99900001", b"PMID:38634098"), name="b.md")
    assert one.group == two.group != ""
    assert twin("paper_twin.md").group == ""


def test_a_page_without_address_is_known_by_its_text():
    record = twin(PAGE)
    assert record.form == "answer_page"
    assert record.id == "text:" + hashlib.sha256((RECORDS / PAGE).read_bytes()).hexdigest()[:12]


def test_any_text_is_taken_as_a_page_when_asked():
    record = read_text_page(b"The skin is thin.\n", name="note.txt", address="url:https://example.org/")
    assert (record.id, record.form) == ("url:https://example.org/", "answer_page")
    with pytest.raises(InputError, match="--from-text"):
        read_record(b"The skin is thin.\n", name="note.txt")


def test_a_web_page_gives_its_words():
    page = b"<html><head><title>x</title></head><body><p>TL;DR: Short.</p><p>Long.</p></body></html>"
    record = read_record(page, name="page.html")
    assert [(s.name, s.text) for s in record.sections] == [
        ("short answer", "TL;DR: Short."),
        ("answer", "Long."),
    ]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"a\x00b", "binary file"),
        (b"ok\nb\xff", "Byte 0xff is not UTF-8 text. x:2."),
        (b"a" * (LARGEST_BYTES + 1), "too large"),
        (b"TY  - JOUR\nTI  - x\n", "no layout"),
        (b"<svg/>", "its root is <svg>"),
        (b"<article><front/></article>", "no article with a title"),
        (b"<PubmedArticleSet></PubmedArticleSet>", "0 citations"),
        (b"---\ntitle: a\n", "has no end"),
        (b"---\ntitle: a\n---\n", "no reference_id"),
        (b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><article>&d;</article>', "defines an entity"),
    ],
)
def test_what_is_no_record_gets_one_sentence(source: bytes, said: str):
    with pytest.raises(InputError) as refused:
        read_record(source, name="x")
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_first_founding_text_is_read():
    path = founding_text("000")
    record = read_record(path.read_bytes(), name=path.name)
    assert record.ids == ("PMID:40607310", "PMCID:PMC12221484", "DOI:10.1016/j.jacig.2025.100508")
    assert (record.form, record.content, record.year) == ("markdown", "abstract_only", "2025")
    abstract = record.section("abstract")
    assert abstract is not None
    assert "from 1078 IU/mL to 55.8 IU/mL" in abstract.text
    assert record.raw.encode() == path.read_bytes()


def test_the_second_founding_text_is_read():
    path = founding_text("002")
    record = read_record(path.read_bytes(), name=path.name)
    assert [section.name for section in record.sections] == ["header", "short answer", "answer", "disclaimer"]
    assert record.front_matter["last_updated"] == "2026-04-07"
    assert "reviewer" not in record.front_matter

"""No file, however malformed, gets more than one sentence."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lekti.base.errors import InputError
from lekti.evidence.findings import findings
from lekti.evidence.quote import check_quote
from lekti.evidence.read_record import LARGEST_BYTES, read_record, read_text_page
from lekti.evidence.record import Record
from lekti.evidence.split_records import read_records

from .material import PAGE, PAPERS, RECORDS

NAMES = [*PAPERS, PAGE]
SOURCES = [(RECORDS / name).read_bytes() for name in NAMES]
NASTY = [
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\r",
    b"\n---\n",
    b"\n## Content\n",
    b"\n\n",
    b"&a *a ",
    b"!!python/object:os.system ",
    b"<!ENTITY a 'b'>",
    b"&a;",
    b"]]>",
    b"<p>",
    b"</article>",
    b"PMID: 1\n",
    b"TL;DR: ",
    b"\xe2\x80\xae",
    b"\xed\xa0\x80",
    b"\x1b[2J",
    b"{{[[",
    b": : :",
    b"9" * 5000,
]


def outcome(source: bytes) -> Record | None:
    """Return the record of any bytes; whatever is no record must be refused in one sentence."""
    try:
        record = read_record(source, name="x")
    except InputError as error:
        assert "\n" not in error.sentence()
        assert len(error.sentence()) < 600
        return None
    assert record.raw.encode() == source
    assert record.ids[0] == record.id
    assert len({section.name for section in record.sections}) == len(record.sections)
    json.dumps(dict(record.front_matter), allow_nan=False)
    assert all("\n" not in finding.sentence for finding in findings(record))
    assert check_quote(record, "The IgE in his serum went down by 12345 %").kind not in ("exact", "repaired")
    return record


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(source: bytes):
    outcome(source)


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text(text: str):
    outcome(text.encode("utf-8", "surrogatepass"))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SOURCES), st.lists(st.tuples(st.floats(0, 1), st.sampled_from(NASTY)), max_size=4))
def test_a_record_with_nasty_pieces_in_it(source: bytes, pieces: list[tuple[float, bytes]]):
    for place, piece in pieces:
        at = int(place * len(source))
        source = source[:at] + piece + source[at:]
    outcome(source)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SOURCES), st.floats(0, 1), st.floats(0, 1))
def test_a_record_with_a_piece_cut_out(source: bytes, start: float, end: float):
    first, last = sorted((int(start * len(source)), int(end * len(source))))
    outcome(source[:first] + source[last:])


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=8,
    ),
    st.sampled_from(["title", "authors", "year", "doi", "content_type", "keywords", "publication_types"]),
)
def test_any_value_under_any_key_of_a_head(value: object, key: str):
    head = json.dumps({"reference_id": "PMID:1", key: value}, default=str)
    outcome(f"---\n{head}\n---\n\n# A title\n\n## Content\n\nWords.\n".encode("utf-8", "replace"))


def _head(yaml: str) -> bytes:
    return f"---\nreference_id: PMID:1\n{yaml}\n---\nx\n".encode()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (_head("a: &a [x]\nb: *a"), "anchors, aliases and tags"),
        (
            _head("\n".join(f"a{i + 1}: &a{i + 1} [*a{i}, *a{i}]" for i in range(30))),
            "anchors, aliases and tags",
        ),
        (_head("a: !!python/object/apply:os.system [ls]"), "anchors, aliases and tags"),
        (_head("a: " + "[" * 5000), "nested too deeply"),
        (_head("a: " + "{a: " * 5000), "nested too deeply"),
        (_head("a: [" + "1, " * 30_000 + "]"), "nested too deeply or too long"),
        (_head("reference_id: PMID:2"), "stands twice"),
        (_head("title: One: two"), "quotation marks"),
        (_head('title: "open'), "broken YAML"),
        (_head("a: " + "x" * 2_000_001), "too long"),
        (b"<a>" * 100_000, "nested too deeply"),
        (b"<article>" + b"<p/>" * 400_001 + b"</article>", "too many elements"),
        (b"<!DOCTYPE a [" + b"<!ENTITY a 'aaaaaaaaaa'>" + b"]><a>&a;</a>", "defines an entity"),
        (
            b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><article>&x;</article>',
            "defines an entity",
        ),
        (b"\x1f\x8b\x08\x00" + b"\x00" * 50, "binary file"),
        (b"-" * 1_000_000, "no layout"),
        (b"PMID- " + b"1" * 1_000_000, "no title"),
        (b"PMID- 1\nno tag here\n", "A line without a tag. x:2."),
        (b"x" * (LARGEST_BYTES + 1), "too large"),
    ],
)
def test_what_is_made_to_harm_is_refused(source: bytes, said: str):
    with pytest.raises(InputError) as refused:
        read_record(source, name="x")
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


SHAPES = (
    b"TL;DR: " + b"9" * 300_000,
    b"1. J. 2026.\n\nT\n\nPMID: 7\n" + b"\n" * 300_000 + b"x\nPMID: 8\n",
    b"1. J. 2026.\n\nT\n\nPMID: 7\n" + b" \n" * 200_000 + b"x\nPMID: 8\n",
    b"PMID- 7\nTI  - T\n" + b"\n" * 300_000 + b"AB  - x\n",
    b"<PubmedArticleSet>" + b"<PubmedArticle>" * 50_000,
    b"<!---->" * 50_000 + b"<x/>",
    b"<html>" + b"<!--" * 50_000,
    b"<html>" + b"<p " * 50_000,
    b"<html>" + b"<nav><p a='" * 30_000,
    b"TL;DR: a\n" + b"(ABSTRACT TRUNCATED" * 20_000,
    b"TL;DR: a" + b"." * 300_000 + b" b",
    b"TL;DR: a" + b" \n" * 200_000 + b" b",
    b"TL;DR: " + b"&amp" * 80_000,
    b"TL;DR: " + b"Why " * 80_000,
    b"---\nreference_id: PMID:1\n---\n# " + b"a " * 100_000 + b"\n## Content\n" + b"## b\n" * 40_000,
    (RECORDS / "paper_twin.pubmed.xml").read_bytes().replace(b"boy", b"10" * 100_000),
)


@pytest.mark.parametrize("source", SHAPES, ids=range(len(SHAPES)))
def test_no_shape_of_text_costs_more_than_its_length(source: bytes):
    begun = time.perf_counter()
    try:
        for record in read_records(source, name="x"):
            findings(record)
    except InputError as error:
        assert "\n" not in error.sentence()
    assert time.perf_counter() - begun < 8.0


def test_long_lines_and_many_paragraphs_are_read_in_time():
    many = read_text_page(b"TL;DR: a\n" + b"Water is lost: \n" * 20_000, name="x")
    assert len(findings(many)) > 0
    long = read_text_page(b"TL;DR: " + b"a " * 200_000, name="x")
    assert findings(long)
    garbled = read_text_page(("TL;DR: " + "Â©" * 20_000).encode(), name="x")
    assert len({finding.code for finding in findings(garbled)}) >= 1
    text = (RECORDS / "paper_twin.pubmed.txt").read_bytes()
    assert read_record(text.replace(b"One person", b"word " * 100_000), name="x").id == "PMID:99900001"


def test_a_title_may_hold_the_marks_of_the_layout():
    source = (RECORDS / "paper_twin_prose.md").read_text("utf-8")
    title = (
        "Immunoglobulin and dupilumab in one boy with Netherton syndrome: the retold twin of a case report."
    )
    assert title in source
    nasty = "A --- title\n## Content\nand --- more"
    text = source.replace(f'"{title}"', json.dumps(nasty)).replace(f"# {title}", f"# {nasty}")
    record = read_record(text.encode(), name="x")
    assert record.title == "A --- title ## Content and --- more"
    abstract = record.section("abstract")
    assert abstract is not None
    assert abstract.text.startswith("People with Netherton syndrome (NS) lack")
    assert [section.name for section in record.sections] == ["title", "abstract"]


def test_a_title_on_several_lines_of_a_head_is_one_title():
    source = (RECORDS / "paper_twin_prose.md").read_text("utf-8")
    text = source.replace("dupilumab in one boy", "dupilumab\n                  in one boy")
    assert read_record(text.encode(), name="x").sections == read_record(source.encode(), name="x").sections


def test_a_broken_reader_of_yaml_names_the_line():
    with pytest.raises(InputError, match=r"x:3\."):
        read_record(b"---\nreference_id: PMID:1\ntitle: a: b\n---\n", name="x")

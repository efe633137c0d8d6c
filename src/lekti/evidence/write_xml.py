"""Records as PubMed XML and as JATS."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from xml.etree.ElementTree import Element, SubElement

from lekti.evidence.read_pubmed_text import one_line
from lekti.evidence.record import NOT_QUOTABLE, Record

_NOT_TEXT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_FRONT = frozenset({"title", "abstract", *NOT_QUOTABLE})


def write_pubmed_xml(record: Record) -> str:
    """Return a record as a set of one PubMed citation."""
    root = Element("PubmedArticleSet")
    article = SubElement(root, "PubmedArticle")
    citation = SubElement(article, "MedlineCitation")
    _add(citation, "PMID", _value(record, "PMID:"))
    paper = SubElement(citation, "Article")
    journal = SubElement(paper, "Journal")
    _add(SubElement(SubElement(journal, "JournalIssue"), "PubDate"), "Year", record.year)
    _add(journal, "ISOAbbreviation", record.journal)
    SubElement(paper, "ArticleTitle").text = _clean(_text(record, "title") or record.title)
    if _text(record, "abstract") or _text(record, "copyright"):
        abstract = SubElement(paper, "Abstract")
        for block in _paragraphs(_text(record, "abstract")):
            _add(abstract, "AbstractText", block)
        _add(abstract, "CopyrightInformation", _text(record, "copyright"))
    _add_authors(paper, record)
    words = SubElement(citation, "KeywordList")
    for word in _text(record, "keywords").split("\n"):
        _add(words, "Keyword", word)
    _add(citation, "CoiStatement", _text(record, "conflict of interest"))
    ids = SubElement(SubElement(article, "PubmedData"), "ArticleIdList")
    for prefix, kind in (("PMID:", "pubmed"), ("PMCID:", "pmc"), ("DOI:", "doi")):
        _add(ids, "ArticleId", _value(record, prefix)).set("IdType", kind)
    return _serialised(root)


def write_jats(record: Record) -> str:
    """Return a record as a JATS article; each quotable section stands in its body."""
    article = Element("article")
    front = SubElement(article, "front")
    journal = SubElement(front, "journal-meta")
    _add(journal, "journal-id", record.journal).set("journal-id-type", "iso-abbrev")
    meta = SubElement(front, "article-meta")
    for prefix, kind in (("PMID:", "pmid"), ("PMCID:", "pmcid"), ("DOI:", "doi")):
        _add(meta, "article-id", _value(record, prefix)).set("pub-id-type", kind)
    titles = SubElement(meta, "title-group")
    SubElement(titles, "article-title").text = _clean(_text(record, "title") or record.title)
    people = SubElement(meta, "contrib-group")
    for author in record.authors:
        surname, given = _parted(author)
        name = SubElement(SubElement(people, "contrib", {"contrib-type": "author"}), "name")
        _add(name, "surname", surname)
        _add(name, "given-names", " ".join(given))
    for line in _text(record, "affiliations").split("\n"):
        _add(meta, "aff", line)
    _add(SubElement(meta, "pub-date"), "year", record.year)
    _add(SubElement(meta, "permissions"), "copyright-statement", _text(record, "copyright"))
    if _text(record, "abstract"):
        abstract = SubElement(meta, "abstract")
        for block in _paragraphs(_text(record, "abstract")):
            _add(abstract, "p", block)
    words = SubElement(meta, "kwd-group")
    for word in _text(record, "keywords").split("\n"):
        _add(words, "kwd", word)
    _add_body(article, record)
    return _serialised(article)


def _add_body(article: Element, record: Record) -> None:
    sections = [each for each in record.sections if each.name not in _FRONT]
    if sections:
        body = SubElement(article, "body")
        for section in sections:
            part = SubElement(body, "sec")
            _add(part, "title", section.name)
            for block in _paragraphs(section.text):
                _add(part, "p", block)
    back = SubElement(article, "back")
    if interests := _text(record, "conflict of interest"):
        note = SubElement(SubElement(back, "fn-group"), "fn", {"fn-type": "COI-statement"})
        _add(note, "p", interests)
    references = SubElement(back, "ref-list")
    for line in _text(record, "references").split("\n"):
        _add(SubElement(references, "ref"), "mixed-citation", line)


def _add_authors(paper: Element, record: Record) -> None:
    people = SubElement(paper, "AuthorList")
    places = [line for line in _text(record, "affiliations").split("\n") if line.strip()]
    for number, author in enumerate(record.authors):
        person = SubElement(people, "Author")
        surname, initials = _parted(author)
        if initials:
            _add(person, "LastName", surname)
            _add(person, "Initials", initials)
        else:
            _add(person, "CollectiveName", surname)
        for place in places if number == 0 else ():
            _add(SubElement(person, "AffiliationInfo"), "Affiliation", place)


def _parted(author: str) -> tuple[str, str]:
    """Return surname and initials of an author such as 'Sample A'."""
    match = re.fullmatch(r"(.+) ([A-Z]{1,5})", author)
    return (match[1], match[2]) if match else (author, "")


def _add(parent: Element, tag: str, text: str) -> Element:
    """Add an element with a text; without text the element is made and left out."""
    element = Element(tag)
    element.text = _clean(text)
    if text.strip():
        parent.append(element)
    return element


def _clean(text: str) -> str:
    return _NOT_TEXT.sub("", text)


def _text(record: Record, name: str) -> str:
    section = record.section(name)
    return section.text.strip() if section else ""


def _value(record: Record, prefix: str) -> str:
    return next((each.removeprefix(prefix) for each in record.ids if each.startswith(prefix)), "")


def _paragraphs(text: str) -> list[str]:
    return [one_line(block) for block in re.split(r"\n\s*\n", text) if block.strip()]


def _serialised(root: Element) -> str:
    ET.indent(root, "")
    return _DECLARATION + ET.tostring(root, encoding="unicode") + "\n"

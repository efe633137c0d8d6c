"""A record in any of the layouts, with a list of what that layout does not carry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from lekti.base.errors import InputError, shown
from lekti.evidence.read_record import read_record, read_text_page
from lekti.evidence.record import Form, Record, Section
from lekti.evidence.write_markdown import write_markdown
from lekti.evidence.write_text import write_nbib, write_page, write_pubmed_text
from lekti.evidence.write_xml import write_jats, write_pubmed_xml

_WRITERS: dict[Form, Callable[[Record], str]] = {
    "markdown": write_markdown,
    "answer_page": write_page,
    "pubmed_xml": write_pubmed_xml,
    "nbib": write_nbib,
    "pubmed_text": write_pubmed_text,
    "jats": write_jats,
}


@dataclass(frozen=True)
class Written:
    """The text of a record, and the names of sections and identifiers that are not in it."""

    text: str
    left_out: tuple[str, ...]


def write_record(record: Record, form: str) -> Written:
    """Return a record in a layout. A form that the record has comes back byte for byte.

    `left_out` is found by reading the text again and comparing every section and identifier. Raises
    `InputError` for a layout that lekti does not write, and for one that cannot hold the record.
    """
    writer = next((write for name, write in _WRITERS.items() if name == form), None)
    if writer is None:
        raise InputError(f"'{shown(form)}' is no layout", expected=f"one of {', '.join(_WRITERS)}")
    held = next((each for each in record.forms() if each.form == form), None)
    if held:
        return Written(held.raw, ())
    plain = replace(record, raw="", others=())
    text = writer(plain)
    return Written(text, _left_out(record, text, form))


def _left_out(record: Record, text: str, form: str) -> tuple[str, ...]:
    read = read_text_page if form == "answer_page" else read_record
    try:
        again = read(text.encode("utf-8"), name=form)
    except InputError as error:
        raise InputError(
            f"{record.id} cannot be written as {form}: it lacks what that layout needs",
            expected="a paper with a PMID and a title",
        ) from error
    words = {section.name: _words(section.text) for section in again.sections}
    lost = [each.name for each in record.sections if not _carried(each, words.get(each.name, ""))]
    told_otherwise = {"identifiers"}
    if again.authors == record.authors:
        told_otherwise.add("authors")
    if (again.journal, again.year) == (record.journal, record.year):
        told_otherwise.add("citation")
    ids = [each for each in record.ids if each not in again.ids and not each.startswith("text:")]
    return (*(name for name in lost if name not in told_otherwise), *ids)


def _carried(section: Section, words: str) -> bool:
    """Tell whether a section came through: word for word, or within other words if nobody may quote it."""
    return words == _words(section.text) if section.quotable else _words(section.text) in words


def _words(text: str) -> str:
    return " ".join(text.split())

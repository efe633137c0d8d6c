"""How records are printed: lines for people, objects for programs."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from typing import Any

import typer

from lekti.base.errors import AnswerIsNo
from lekti.base.provenance import USE
from lekti.evidence.add_records import Done
from lekti.evidence.findings import findings
from lekti.evidence.record import Finding, Record
from lekti.evidence.store import Hit, Store

_HOW_MUCH = {
    "abstract_only": "abstract",
    "full_text": "full text",
    "page": "page",
    "metadata_only": "no words, only the citation",
}
_OUTCOMES = {
    "new": "Added",
    "same": "Here already:",
    "other form": "Added in another form:",
    "replaced": "Replaced",
}
_SHOWN_FIRST = ("short answer", "abstract", "full text", "answer")


def print_object(told: dict[str, Any]) -> None:
    """Print one JSON object with the sentence on its use."""
    typer.echo(json.dumps({**told, "use": USE}, indent=2, ensure_ascii=False, allow_nan=False))


def clean(text: str) -> str:
    """Return a text without signs that a terminal would obey."""
    return "\n".join("".join(sign for sign in line if sign.isprintable()) for line in text.splitlines())


def added_lines(done: Done) -> list[str]:
    """Return what became of one source: a line for each form, its findings, and notes."""
    lines: list[str] = []
    for added, record in zip(done.added, done.records, strict=True):
        lines.append(
            clean(
                f"{_OUTCOMES[added.outcome]} {added.record.id} ({_HOW_MUCH[record.content]}) {record.title}"
            )
        )
        lines += _finding_lines(findings(record))
    return [*lines, *(f"  Note: {clean(note)}." for note in done.notes)]


def added_object(done: Sequence[Done], store: Store) -> dict[str, Any]:
    """Return what became of all sources."""
    added = [
        {
            "source": each.source,
            "outcome": added.outcome,
            "id": added.record.id,
            "ids": list(added.record.ids),
            "title": record.title,
            "content": record.content,
            "form": record.form,
            "file": added.path.name,
            "findings": finding_objects(findings(record)),
            "notes": list(each.notes),
        }
        for each in done
        for added, record in zip(each.added, each.records, strict=True)
    ]
    failed = [{"source": each.source, "sentence": each.failure} for each in done if each.failure]
    return {"folder": str(store.folder), "added": added, "not_added": failed}


def shown_lines(record: Record) -> list[str]:
    """Return what a person wants to see of a record."""
    lines = [record.id, *textwrap.wrap(clean(record.title), 100)]
    lines += textwrap.wrap(clean(", ".join(record.authors)), 100)
    if citation := " ".join(part for part in (record.journal, record.year) if part):
        lines.append(clean(citation))
    if len(record.ids) > 1:
        lines.append("Also: " + ", ".join(record.ids[1:]))
    lines.append(
        f"Holds: {_HOW_MUCH[record.content]}, as {' and '.join(form.form for form in record.forms())}"
    )
    if record.group:
        lines.append(f"One person with other papers: {record.group}")
    told = [finding for form in record.forms() for finding in findings(form)]
    lines += _finding_lines(list(dict.fromkeys(told)))
    lines.append("Sections:")
    for section in record.sections:
        mark = "" if section.quotable else ", not to be quoted"
        lines.append(f"  {clean(section.name)} ({len(section.text.split())} words{mark})")
    first = next((found for name in _SHOWN_FIRST if (found := record.section(name))), None)
    if first:
        lines += ["", f"{first.name.capitalize()}:", *_wrapped(first.text)]
    return lines


def shown_object(record: Record) -> dict[str, Any]:
    """Return a record as plain values."""
    return {
        **_short(record),
        "authors": list(record.authors),
        "group": record.group,
        "front_matter": dict(record.front_matter),
        "sections": [
            {"name": section.name, "quotable": section.quotable, "text": section.text}
            for section in record.sections
        ],
        "findings": [
            {"form": form.form, **each} for form in record.forms() for each in finding_objects(findings(form))
        ],
    }


def section_text(record: Record, name: str) -> str:
    """Return the words of one section, or raise `AnswerIsNo`."""
    for form in record.forms():
        if found := form.section(name.lower()):
            return found.text
    names = ", ".join(section.name for section in record.sections)
    raise AnswerIsNo(f"{record.id} has no section '{clean(name)}'", expected=f"one of {names}")


def listed_lines(store: Store) -> list[str]:
    """Return one line for each record, and one for each file that is none."""
    records = store.all()
    if not records:
        return [f"No record in {store.folder}.", "lekti record add FILE adds one."]
    lines = [f"{len(records)} record{'s' if len(records) > 1 else ''} in {store.folder}"]
    for record in records:
        count = sum(len(findings(form)) for form in record.forms())
        told = f", {count} finding{'s' if count > 1 else ''}" if count else ""
        title = clean(record.title)[:90] or "(no title)"
        lines.append(f"{record.id}  {record.year or '----'}  {_HOW_MUCH[record.content]}{told}  {title}")
    lines += [clean(f"No record: {problem.sentence}") for problem in store.problems()]
    return lines


def listed_object(store: Store) -> dict[str, Any]:
    """Return all records, without their words."""
    records = [
        {
            **_short(record),
            "group": record.group,
            "findings": sum(len(findings(form)) for form in record.forms()),
        }
        for record in store.all()
    ]
    problems = [{"file": problem.name, "sentence": problem.sentence} for problem in store.problems()]
    return {"folder": str(store.folder), "records": records, "no_records": problems}


def found_lines(hits: Sequence[Hit]) -> list[str]:
    """Return two lines for each section that was found."""
    return [
        line
        for hit in hits
        for line in (clean(f"{hit.record_id}  {hit.section}  {hit.title[:80]}"), f"    {clean(hit.snippet)}")
    ]


def found_object(hits: Sequence[Hit], words: Sequence[str]) -> dict[str, Any]:
    """Return the sections that were found."""
    found = [
        {"id": hit.record_id, "section": hit.section, "title": hit.title, "snippet": hit.snippet}
        for hit in hits
    ]
    return {"words": " ".join(words), "found": found}


def finding_objects(found: Sequence[Finding]) -> list[dict[str, str]]:
    """Return findings as plain values."""
    return [{"code": each.code, "where": each.where, "sentence": each.sentence} for each in found]


def _short(record: Record) -> dict[str, Any]:
    return {
        "id": record.id,
        "ids": list(record.ids),
        "title": record.title,
        "journal": record.journal,
        "year": record.year,
        "content": record.content,
        "forms": [form.form for form in record.forms()],
    }


def _finding_lines(found: Sequence[Finding]) -> list[str]:
    return [f"  Found in {each.where}: {clean(each.sentence)}." for each in found]


def _wrapped(text: str) -> list[str]:
    lines: list[str] = []
    for block in clean(text).split("\n\n"):
        lines += [
            *textwrap.wrap(" ".join(block.split()), 100, initial_indent="  ", subsequent_indent="  "),
            "",
        ]
    return lines[:-1]

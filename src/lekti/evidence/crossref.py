"""What Crossref says about a DOI, as a record."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping

from lekti.base.errors import InputError
from lekti.evidence.html_text import html_text
from lekti.evidence.identifiers import find_id, in_order
from lekti.evidence.read_jats import abstract_text
from lekti.evidence.read_pubmed_text import one_line
from lekti.evidence.record import Record
from lekti.evidence.safe_xml import parse_xml
from lekti.evidence.section_names import numbered


def read_crossref(text: str, *, name: str) -> Record:
    """Return the record of a Crossref answer, or raise `InputError` for one that is cut or has no title."""
    work = _work(text, name)
    title = one_line(html.unescape(re.sub(r"<[^<>]{0,200}>", "", _first(work, "title"))))
    ids = in_order([find_id(f"DOI:{work.get('DOI', '')}")], text)
    if not title or not ids[0].startswith("DOI:"):
        raise InputError("The answer names no title and DOI", where=name, expected="a work of Crossref")
    abstract = _abstract(work.get("abstract"), name)
    keys = {
        "publication_types": [str(work["type"])] if work.get("type") else [],
        "corrections": _updates(work),
    }
    return Record(
        id=ids[0],
        ids=ids,
        title=title,
        authors=_authors(work),
        journal=_first(work, "short-container-title") or _first(work, "container-title"),
        year=_year(work),
        content="abstract_only" if abstract.strip() else "metadata_only",
        sections=numbered([("title", title), ("abstract", abstract)]),
        front_matter={key: value for key, value in keys.items() if value},
        form="jats",
        raw=text,
    )


def _work(text: str, name: str) -> Mapping[str, object]:
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError("The answer is broken JSON", where=name, expected="a work of Crossref") from error
    work = answer.get("message") if isinstance(answer, dict) else None
    if not isinstance(work, dict):
        raise InputError("The answer holds no work", where=name, expected="a work of Crossref")
    return work


def _abstract(value: object, name: str) -> str:
    """Return an abstract without the tags that Crossref leaves in it, and without its own heading."""
    if not isinstance(value, str):
        return ""
    plain = re.sub(r"(</?)jats:", r"\1", value)
    try:
        return abstract_text(parse_xml(f"<abstract>{plain}</abstract>", name=name))
    except InputError:
        return html_text(plain)


def _authors(work: Mapping[str, object]) -> tuple[str, ...]:
    people = work.get("author")
    names: list[str] = []
    for person in people if isinstance(people, list) else []:
        if isinstance(person, dict):
            initials = "".join(part[0] for part in re.split(r"[\s.-]+", str(person.get("given", ""))) if part)
            names.append(one_line(f"{person.get('family') or person.get('name') or ''} {initials}"))
    return tuple(name for name in names if name)


def _year(work: Mapping[str, object]) -> str:
    found = re.search(r"[12]\d{3}", json.dumps(work.get("issued", "")))
    return found[0] if found else ""


def _updates(work: Mapping[str, object]) -> list[str]:
    """Return the notices that a work was updated by, worded as PubMed words them."""
    notices = work.get("updated-by")
    found: list[str] = []
    for notice in notices if isinstance(notices, list) else []:
        if isinstance(notice, dict):
            kind = str(notice.get("type", "")).lower()
            word = (
                "Retraction"
                if "retract" in kind
                else "Expression of concern"
                if "concern" in kind
                else "Erratum"
            )
            found.append(f"{word} in: {notice.get('DOI', '')}")
    return found


def _first(work: Mapping[str, object], key: str) -> str:
    value = work.get(key)
    return str(value[0]) if isinstance(value, list) and value else ""

"""MEDLINE records with tags, as PubMed saves them in .nbib files."""

from __future__ import annotations

import re

from lekti.base.errors import InputError
from lekti.evidence.identifiers import find_id, in_order
from lekti.evidence.read_pubmed_text import one_line
from lekti.evidence.record import Record
from lekti.evidence.section_names import numbered

_FIELD = re.compile(r"([A-Z][A-Z0-9]{1,3}) {0,2}- ?(.*)")
_MORE = re.compile(r"      ?(.*)")
_PARTS = (
    ("TI", "title"),
    ("AB", "abstract"),
    ("OAB", "other abstract"),
    ("CI", "copyright"),
    ("AU", "authors"),
    ("AD", "affiliations"),
    ("COIS", "conflict of interest"),
    ("OT", "keywords"),
    ("SO", "citation"),
)
_IDS = ("PMID", "PMC", "AID", "LID")


def is_nbib(text: str) -> bool:
    """Tell whether a text begins with tags of MEDLINE."""
    lines = [line for line in text[:4000].strip().split("\n") if line.strip()]
    return bool(lines) and bool(re.match(r"(?:PMID|PT|OWN|STAT|TI|FAU|AU) {0,2}- ", lines[0]))


def read_nbib(text: str, *, name: str) -> Record:
    """Return the record of one tagged citation; the head keeps every tag with its values.

    Raises `InputError` for a line that is no tag, or a citation without PMID and title.
    """
    fields = read_fields(text, name=name)
    if "TI" not in fields or not (fields["TI"][0] or "PMID" in fields):
        raise InputError(
            "The citation has no title", where=f"{name}:1", expected="a line such as TI  - A title"
        )
    if len(fields.get("PMID", [])) > 1 or len(fields["TI"]) > 1:
        raise InputError("The file holds several citations", where=name, expected="one citation")
    ids = in_order(_ids(fields), text)
    year = re.search(r"[12]\d{3}", _first(fields, "DP"))
    parts = [(part, "\n".join(fields[tag])) for tag, part in _PARTS if tag in fields]
    parts.append(("identifiers", "\n".join(value for tag in _IDS for value in fields.get(tag, []))))
    return Record(
        id=ids[0],
        ids=ids,
        title=one_line(_first(fields, "TI")),
        authors=tuple(fields.get("AU", fields.get("FAU", []))),
        journal=_first(fields, "TA") or _first(fields, "JT"),
        year=year[0] if year else "",
        content="abstract_only" if _first(fields, "AB") else "metadata_only",
        sections=numbered(parts),
        front_matter={tag: values[0] if len(values) == 1 else values for tag, values in fields.items()},
        form="nbib",
        raw=text,
    )


def read_fields(text: str, *, name: str) -> dict[str, list[str]]:
    """Return the values of every tag in order; lines that go on are joined with line breaks."""
    fields: dict[str, list[str]] = {}
    last: list[str] | None = None
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if not line.strip():
            continue
        if match := _FIELD.fullmatch(line):
            last = fields.setdefault(match[1], [])
            last.append(match[2])
        elif last and (more := _MORE.match(line)):
            last[-1] += "\n" + more[1]
        else:
            raise InputError(
                "A line without a tag", where=f"{name}:{number}", expected="a line such as AB  - words"
            )
    return fields


def _first(fields: dict[str, list[str]], tag: str) -> str:
    return next(iter(fields.get(tag, [])), "")


def _ids(fields: dict[str, list[str]]) -> list[str | None]:
    ids = [find_id(f"PMID:{_first(fields, 'PMID')}"), find_id(_first(fields, "PMC"))]
    for value in [*fields.get("AID", []), *fields.get("LID", [])]:
        plain, _, kind = value.strip().rpartition(" ")
        ids.append(find_id(f"DOI:{plain}") if kind == "[doi]" else None)
    return ids

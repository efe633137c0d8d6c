"""The user's own records: a folder of files as they came, one paper in one or several forms."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from lekti.base.errors import InputError, LektiError, MachineError
from lekti.base.files import write_new_text
from lekti.evidence.file_names import ADDRESS, file_name
from lekti.evidence.identifiers import find_id, in_order, keep_id
from lekti.evidence.index import Memory, entries, names_of, opened, stamp_of
from lekti.evidence.read_record import read_record
from lekti.evidence.record import Record
from lekti.evidence.same_patient import group_of
from lekti.evidence.stored_file import read_stored

MOST_KEPT = 500
_FULLNESS = {"full_text": 0, "page": 1, "abstract_only": 1, "metadata_only": 2}
_FORMS = {"pubmed_xml": 0, "markdown": 1, "pubmed_text": 2, "nbib": 3, "jats": 4, "answer_page": 5}


@dataclass(frozen=True)
class Added:
    """What became of a record: `new`, `same` (it was there), `other form` of a known paper, or `replaced`."""

    outcome: Literal["new", "same", "other form", "replaced"]
    record: Record
    path: Path


@dataclass(frozen=True)
class Hit:
    """A section in which the words stand, with the words around them."""

    record_id: str
    title: str
    section: str
    snippet: str


@dataclass(frozen=True)
class Problem:
    """A file of the folder that is no record, and why."""

    name: str
    sentence: str


@dataclass(frozen=True)
class Store:
    """A folder of records. It may be any folder, also one that somebody else filled; it need not exist."""

    folder: Path
    memory: Memory = field(default_factory=Memory, repr=False, compare=False)

    def add(self, record: Record, *, force: bool = False) -> Added:
        """Write a record as it came, and return what became of it.

        The same paper in another form is kept beside the first; the words of the same form are replaced only
        with `force`. Raises `InputError` if the paper is known under another PMID, PMCID or DOI.
        """
        _make(self.folder)
        path = self.folder / file_name(record.id, record.form)
        known = self.get(*record.ids)
        _refuse_conflict(record, known)
        held = next((each for each in known.forms() if each.raw == record.raw), None) if known else None
        if known and held:
            return Added("same", known, path)
        outcome = "replaced" if path.exists() else "other form" if known else "new"
        if outcome == "replaced" and not force:
            raise InputError(
                f"{record.id} is here already with other words",
                where=str(path),
                expected="the same words, or another form",
                fix="Add --force to replace them. Claims anchored in the old words will say so.",
            )
        _write(record, path)
        return Added(outcome, self.get(*record.ids) or record, path)

    def get(self, *any_id: str) -> Record | None:
        """Return the record with one of these identifiers in its fullest form, or None.

        Its `others` are the same paper in its other forms; `ids` are those of all forms.
        """
        wanted = [found for each in any_id if (found := find_id(each) or keep_id(each))]
        with opened(self.folder, self.memory) as index:
            names = {name for each in wanted for name in names_of(index, each)}
        return _one(self._read(names))

    def all(self) -> tuple[Record, ...]:
        """Return every paper and page once, by identifier."""
        with opened(self.folder, self.memory) as index:
            groups = _papers(index)
        records = (_one(self._read(names)) for names in groups)
        return tuple(sorted((each for each in records if each), key=lambda record: record.id))

    def search(self, words: str, *, most: int = 20) -> tuple[Hit, ...]:
        """Return the sections that hold all the words, the best first.

        A word with signs in it, such as c.1302+5G>C, must stand as it is written.
        """
        wanted = words.split()
        query = " ".join('"' + word.replace('"', " ") + '"' for word in wanted if re.search(r"\w", word))
        if not query:
            raise InputError("No word to search for", expected="one word or several")
        with opened(self.folder, self.memory) as index:
            rows = _matching(index, query)
            found = [(name, section, part) for name, section, text, part in rows if _holds(text, wanted)]
            papers = {name: names for names in _papers(index) for name in names}
        return self._hits(found, papers, most)

    def problems(self) -> tuple[Problem, ...]:
        """Return the files of the folder that are no records."""
        with opened(self.folder, self.memory) as index:
            return tuple(Problem(each.name, each.problem) for each in entries(index) if each.problem)

    def _read(self, names: Iterable[str]) -> list[Record]:
        records: list[Record] = []
        for name in sorted(names):
            path = self.folder / name
            if stamp := stamp_of(path):
                records.append(self._read_once(path, stamp))
        return records

    def _read_once(self, path: Path, stamp: str) -> Record:
        kept = self.memory.records
        key = (path.name, stamp)
        if key not in kept:
            if len(kept) >= MOST_KEPT:
                kept.clear()
            kept[key] = read_stored(path)
        return kept[key]

    def _hits(
        self, found: list[tuple[str, str, str]], papers: dict[str, set[str]], most: int
    ) -> tuple[Hit, ...]:
        hits: dict[tuple[str, str], Hit] = {}
        known: dict[str, Record | None] = {}
        for name, section, snippet in found:
            if name not in known:
                known |= dict.fromkeys(papers[name], _one(self._read(papers[name])))
            record = known[name]
            if record:
                hits.setdefault(
                    (record.id, section), Hit(record.id, record.title, section, " ".join(snippet.split()))
                )
            if len(hits) == most:
                break
        return tuple(hits.values())


def open_store(record_dir: Path | None = None) -> Store:
    """Return the store in a folder: the one that is named, LEKTI_RECORDS, or the user's data folder.

    Raises `InputError` for a named folder that does not exist, and for a file.
    """
    if record_dir is not None:
        if not record_dir.is_dir():
            raise InputError(f"{record_dir} is no folder", expected="a folder of records")
        return Store(record_dir)
    chosen = os.environ.get("LEKTI_RECORDS", "").strip()
    if chosen and Path(chosen).exists() and not Path(chosen).is_dir():
        raise InputError(f"LEKTI_RECORDS is {chosen}, which is no folder", expected="a folder of records")
    if chosen:
        return Store(Path(chosen))
    from platformdirs import user_data_path

    return Store(user_data_path("lekti", appauthor=False) / "records")


def _one(records: list[Record]) -> Record | None:
    """Return the forms of a paper as one record: the fullest form, the others within it."""
    if not records:
        return None
    forms = sorted(records, key=lambda form: (_FULLNESS[form.content], _FORMS[form.form], form.id))
    ids = in_order([each for form in forms for each in form.ids], "")
    first, *rest = (replace(form, id=ids[0], ids=ids, group=group_of(ids)) for form in forms)
    return replace(first, others=tuple(rest))


def _papers(index: sqlite3.Connection) -> list[set[str]]:
    """Return the file names of each paper: files that share an identifier belong together."""
    paper_of: dict[str, set[str]] = {}
    ids_of: dict[str, tuple[str, ...]] = {}
    for entry in entries(index):
        ids_of[entry.name] = entry.ids
        known = [paper_of[each] for each in entry.ids if each in paper_of]
        names = {entry.name}.union(*known)
        paper_of |= {each: names for name in names for each in ids_of[name]}
    return list({min(names): names for names in paper_of.values()}.values())


def _matching(index: sqlite3.Connection, query: str) -> list[tuple[str, str, str, str]]:
    statement = (
        "SELECT name, section, text, snippet(words, 2, '[', ']', ' … ', 16) FROM words "
        "WHERE words MATCH ? ORDER BY rank, name, section"
    )
    return index.execute(statement, (query,)).fetchall()


def _holds(text: str, words: list[str]) -> bool:
    plain = text.lower()
    return all(word.lower() in plain for word in words if not word.isalnum())


def _refuse_conflict(record: Record, known: Record | None) -> None:
    if known is None:
        return
    for prefix in ("PMID:", "PMCID:", "DOI:"):
        here = {each for each in record.ids if each.startswith(prefix)}
        there = {each for each in known.ids if each.startswith(prefix)}
        if here and there and not here & there:
            raise InputError(
                f"The record says it is {min(here)}, and the store has it as {min(there)}",
                where=known.id,
                expected="one paper under one identifier of each kind",
            )


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MachineError(f"The folder {folder} cannot be made: {error.strerror}") from error


def _write(record: Record, path: Path) -> None:
    """Write the bytes of a record, and beside a page its address if the page itself does not tell it."""
    if record.form == "answer_page" and not _tells_its_id(record):
        address = record.id if record.id.startswith("url:") else "taken as any text"
        write_new_text(path.with_name(path.name + ADDRESS), address + "\n", force=True)
    write_new_text(path, record.raw, force=True)


def _tells_its_id(record: Record) -> bool:
    try:
        plain = read_record(record.raw.encode("utf-8"), name=record.id)
    except LektiError:
        return False
    return plain.form == record.form and plain.id == record.id

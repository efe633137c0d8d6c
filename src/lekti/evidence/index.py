"""The search index of a folder of records: a copy in SQLite that is rebuilt whenever it is lost or old."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import weakref
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from lekti.base.errors import LektiError, MachineError
from lekti.evidence.file_names import ADDRESS, INDEX, OWN_NAME, SKIPPED_ENDINGS
from lekti.evidence.record import Record
from lekti.evidence.stored_file import read_stored

VERSION = 1
PATIENCE_S = 60.0
_TABLES = """
CREATE TABLE file (name TEXT PRIMARY KEY, stamp TEXT NOT NULL, ids TEXT NOT NULL, content TEXT NOT NULL,
    form TEXT NOT NULL, problem TEXT NOT NULL);
CREATE TABLE id (id TEXT NOT NULL, name TEXT NOT NULL);
CREATE INDEX id_id ON id (id);
CREATE INDEX id_name ON id (name);
CREATE VIRTUAL TABLE words USING fts5 (name UNINDEXED, section UNINDEXED, text,
    tokenize = 'unicode61 remove_diacritics 2');
"""


@dataclass(frozen=True)
class Entry:
    """What the index knows of a file; a file that is no record has a problem and no ids."""

    name: str
    ids: tuple[str, ...]
    content: str
    form: str
    problem: str


@dataclass
class Memory:
    """What one store keeps while it lives: the index of a folder it may not write to, and records it read."""

    connection: sqlite3.Connection | None = None
    records: dict[tuple[str, str], Record] = field(default_factory=dict[tuple[str, str], Record])

    def index(self) -> sqlite3.Connection:
        """Return the index in memory, opened once and closed when nobody holds it any more."""
        if self.connection is None:
            self.connection = _connected(":memory:")
            weakref.finalize(self, self.connection.close)
        return self.connection


@contextmanager
def opened(folder: Path, memory: Memory) -> Generator[sqlite3.Connection]:
    """Yield the index of a folder, brought up to date with its files.

    It lies in the folder itself if lekti fills that folder, and in memory for a folder of somebody else's. A
    damaged or older index is thrown away and built anew. Of two processes at once, one waits for the other.
    """
    if folder.is_dir() and _is_ours(folder):
        with closing(_current(folder)) as connection:
            yield connection
        return
    _synchronise(memory.index(), folder)
    yield memory.index()


def entries(connection: sqlite3.Connection) -> list[Entry]:
    """Return all files of the index, by name."""
    rows = connection.execute("SELECT name, ids, content, form, problem FROM file ORDER BY name")
    return [
        Entry(name, tuple(json.loads(ids)), content, form, problem)
        for name, ids, content, form, problem in rows
    ]


def names_of(connection: sqlite3.Connection, record_id: str) -> set[str]:
    """Return the names of all files of a paper: which share an identifier or a common neighbour."""
    names: set[str] = set()
    ids, seen = {record_id}, set[str]()
    while ids:
        each = ids.pop()
        seen.add(each)
        for (name,) in connection.execute("SELECT name FROM id WHERE id = ?", (each,)).fetchall():
            names.add(name)
            ids |= {
                other for (other,) in connection.execute("SELECT id FROM id WHERE name = ?", (name,))
            } - seen
    return names


def _current(folder: Path) -> sqlite3.Connection:
    place = str(folder / INDEX)
    for again in (False, True):
        connection: sqlite3.Connection | None = None
        try:
            connection = _connected(place)
            _synchronise(connection, folder)
            return connection
        except sqlite3.DatabaseError as error:
            if connection is not None:
                connection.close()
            if again or _is_busy(error):
                raise MachineError(f"The index {place} cannot be used: {error}", fix="Delete it.") from error
            Path(place).unlink(missing_ok=True)
    raise MachineError(f"The index {place} cannot be used")


def _is_ours(folder: Path) -> bool:
    """Tell whether lekti may write here: it can, and its own files are there."""
    return os.access(folder, os.W_OK) and any(OWN_NAME.search(path.name) for path in folder.iterdir())


def _is_busy(error: sqlite3.DatabaseError) -> bool:
    return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)


def _connected(place: str) -> sqlite3.Connection:
    connection = sqlite3.connect(place, timeout=PATIENCE_S, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("BEGIN IMMEDIATE")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version != VERSION:
            _drop_all(connection)
            for statement in _TABLES.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _drop_all(connection: sqlite3.Connection) -> None:
    for table in ("words", "id", "file"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")


def _synchronise(connection: sqlite3.Connection, folder: Path) -> None:
    """Read the files that are new or changed, and forget those that are gone."""
    there = _stamps(folder)
    known = dict(connection.execute("SELECT name, stamp FROM file"))
    if there == known:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        known = dict(connection.execute("SELECT name, stamp FROM file"))
        for name in known.keys() - there.keys() | {n for n in there if there[n] != known.get(n)}:
            _forget(connection, name)
        for name in sorted(there):
            if there[name] != known.get(name):
                _learn(connection, folder / name, there[name])
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def stamp_of(path: Path) -> str:
    """Return what changes when a file or the address beside it does: sizes and times; nothing for no file."""
    beside = path.with_name(path.name + ADDRESS)
    try:
        status = path.stat()
        more = f" {beside.stat().st_mtime_ns}" if beside.exists() else ""
    except OSError:
        return ""
    return f"{status.st_size} {status.st_mtime_ns}{more}" if stat.S_ISREG(status.st_mode) else ""


def _stamps(folder: Path) -> dict[str, str]:
    paths = folder.iterdir() if folder.is_dir() else ()
    stamps = {path.name: stamp_of(path) for path in paths if _may_be_record(path.name)}
    return {name: stamp for name, stamp in stamps.items() if stamp}


def _may_be_record(name: str) -> bool:
    return not name.startswith(".") and not name.endswith(SKIPPED_ENDINGS) and name.isprintable()


def _forget(connection: sqlite3.Connection, name: str) -> None:
    for table in ("file", "id", "words"):
        connection.execute(f"DELETE FROM {table} WHERE name = ?", (name,))


def _learn(connection: sqlite3.Connection, path: Path, stamp: str) -> None:
    record: Record | None = None
    problem = ""
    try:
        record = read_stored(path)
    except LektiError as error:
        problem = error.sentence()
    ids = record.ids if record else ()
    row = (
        path.name,
        stamp,
        json.dumps(ids),
        record.content if record else "",
        record.form if record else "",
        problem,
    )
    connection.execute("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?)", row)
    connection.executemany("INSERT INTO id VALUES (?, ?)", [(each, path.name) for each in ids])
    if record:
        rows = [(path.name, section.name, section.text) for section in record.sections if section.quotable]
        connection.executemany("INSERT INTO words VALUES (?, ?, ?)", rows)

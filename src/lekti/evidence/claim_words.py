"""The controlled words of claims: relations, directions, designs, kinds of things, and prefixes of ids."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from lekti.base.errors import ModelError, shown
from lekti.base.tables import Row, Table
from lekti.evidence.claim import Relation

NEED = ("needed", "none", "either")


@dataclass(frozen=True)
class Prefix:
    """A family of ids such as PMID or HGNC: the pattern after the colon, and its address."""

    id: str
    pattern: str
    url: str
    name: str


@dataclass(frozen=True)
class Words:
    """Every word a claim may use. `codes` are what other formats call a word, by kind and word."""

    relations: Mapping[str, Relation]
    prefixes: Mapping[str, Prefix]
    codes: Mapping[tuple[str, str], str]
    meanings: Mapping[tuple[str, str], str]

    def check(self, kind: str, word: str, *, where: str) -> str:
        """Return the word, or raise `ModelError` with the words there are."""
        if (kind, word) in self.codes:
            return word
        there_are = ", ".join(name for group, name in self.codes if group == kind)
        raise ModelError(f"{kind} '{shown(word)}' is no word of words.tsv", where=where, expected=there_are)

    def check_id(self, text: str, *, where: str) -> str:
        """Return an id such as HP:0000989, or raise `ModelError`; its syntax alone is checked."""
        prefix, _, rest = text.partition(":")
        known = self.prefixes.get(prefix)
        if known is None:
            raise ModelError(
                f"'{shown(text)}' has no known prefix",
                where=where,
                expected=f"one of {', '.join(self.prefixes)}, a colon, and the id",
            )
        if not re.fullmatch(known.pattern, rest):
            raise ModelError(
                f"'{shown(text)}' is no id of {known.name}", where=where, expected=f"{prefix}:{known.pattern}"
            )
        return text

    def address(self, text: str) -> str:
        """Return the web address of an id, or nothing for a text without one."""
        prefix, _, rest = text.partition(":")
        known = self.prefixes.get(prefix)
        return known.url.format(rest) if known else ""


def read_words(words: Table, relations: Table, prefixes: Table) -> Words:
    """Read the three tables of controlled words; raise `ModelError` with file and line."""
    codes: dict[tuple[str, str], str] = {}
    meanings: dict[tuple[str, str], str] = {}
    for row in words:
        key = (row["kind"], row["word"])
        if key in codes:
            raise ModelError(f"{key[0]} '{key[1]}' stands twice", where=row.where)
        codes[key] = row["code"]
        meanings[key] = row["meaning"]
    return Words(
        relations={row["id"]: _relation(row) for row in relations},
        prefixes={row["id"]: _prefix(row) for row in _with_ids(prefixes)},
        codes=codes,
        meanings=meanings,
    )


def require_columns(table: Table, columns: Collection[str]) -> Table:
    """Return a table that has these columns, or raise `ModelError` with those it lacks."""
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise ModelError(
            f"The table has no column {', '.join(missing)}", where=table.name, expected=", ".join(columns)
        )
    return table


def read_day(row: Row, column: str) -> str:
    """Return a day such as 2026-11-22 from a cell, or raise `ModelError` with file and line."""
    try:
        date.fromisoformat(row[column])
    except ValueError as error:
        raise ModelError(
            f"{column} '{shown(row[column])}' is no day", where=row.where, expected="such as 2026-11-22"
        ) from error
    return row[column]


def _with_ids(prefixes: Table) -> list[Row]:
    return [Row({**row.cells, "id": row["prefix"]}, row.where) for row in prefixes]


def _relation(row: Row) -> Relation:
    for column in ("object", "sign", "quantity"):
        if row[column] not in NEED:
            raise ModelError(f"{column} '{shown(row[column])}'", where=row.where, expected=", ".join(NEED))
    cells = ("id", "meaning", "object", "sign", "quantity", "predicate", "link")
    return Relation(*(row[name] for name in cells))


def _prefix(row: Row) -> Prefix:
    try:
        re.compile(row["pattern"])
    except re.error as error:
        raise ModelError(f"pattern '{row['pattern']}' is no regular expression", where=row.where) from error
    return Prefix(row["id"], row["pattern"], row["url"], row["name"])

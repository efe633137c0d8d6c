"""Tab-separated tables whose every row knows its file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources

from lekti.base.errors import ModelError, shown


@dataclass(frozen=True)
class Row:
    """One line of a table: its cells by column name, and where it stands."""

    cells: Mapping[str, str]
    where: str

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def number(self, column: str) -> float:
        """Return the cell as a float, or raise a `ModelError` that names file and line."""
        try:
            return float(self.cells[column])
        except ValueError as error:
            raise ModelError(
                f"{column} '{self.cells[column]}' is not a number", where=self.where, expected="a number"
            ) from error


@dataclass(frozen=True)
class Table:
    """The rows of one file, in file order."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def read_table(text: str, *, name: str) -> Table:
    """Read tab-separated text with a header line; empty lines and lines that start with # are skipped.

    >>> read_table("id\\tvalue\\nke\\t0.1\\n", name="pk.tsv").rows[0].number("value")
    0.1
    """
    columns: tuple[str, ...] = ()
    rows: list[Row] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if not columns:
            columns = _named_once(cells, f"{name}:{number}")
            continue
        where = f"{name}:{number}"
        if len(cells) != len(columns):
            raise ModelError(
                f"{len(cells)} cells in a row",
                where=where,
                expected=f"{len(columns)}: {shown(', '.join(columns), 300)}",
            )
        rows.append(Row(dict(zip(columns, cells, strict=True)), where))
    if not columns:
        raise ModelError("The table is empty", where=name, expected="a header line")
    return Table(name, columns, tuple(rows))


def _named_once(columns: tuple[str, ...], where: str) -> tuple[str, ...]:
    """Return the names of columns, each of which stands once."""
    for place, column in enumerate(columns):
        if column in columns[:place]:
            raise ModelError(
                f"Column '{shown(column)}' stands twice", where=where, expected="each column once"
            )
    return columns


def knowledge_text(path: str) -> str:
    """Return the text of a file shipped under `knowledge/`, by its path with forward slashes."""
    return resources.files("lekti").joinpath("knowledge", *path.split("/")).read_text(encoding="utf-8")


def knowledge_table(path: str) -> Table:
    """Read a table shipped under `knowledge/`."""
    return read_table(knowledge_text(path), name=path)

"""Figures: what published models say, and what they say when run here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from lekti.base.errors import ModelError
from lekti.base.tables import Row, knowledge_table
from lekti.model.published import published_model, published_models

KINDS = ("published", "observed", "independent run", "arithmetic", "closed form", "consistency")
"""published: printed by the authors. observed: measured in people. independent run: the same equations in
another implementation, computed and not literature. The others follow from the numbers of the model."""


@dataclass(frozen=True)
class Figure:
    """One figure to find again: settings and readout say how; `lowest` and `highest` bound our run."""

    id: str
    model: str
    words: str
    settings: Mapping[str, float]
    readout: tuple[str, ...]
    expected: str
    unit: str
    lowest: float
    highest: float
    kind: str
    source: str
    note: str
    where: str


@dataclass(frozen=True)
class Found:
    """A figure and what our run gives."""

    figure: Figure
    value: float

    @property
    def holds(self) -> bool:
        """Whether our run lies between what is allowed; a NaN does not."""
        return self.figure.lowest <= self.value <= self.figure.highest


@cache
def published_figures() -> tuple[Figure, ...]:
    """Return the figures of `knowledge/published/figures.tsv`."""
    return tuple(_figure(row) for row in knowledge_table("published/figures.tsv"))


def figures_of(name: str) -> tuple[Figure, ...]:
    """Return the figures of one published model; raise `InputError` for an unknown name."""
    model = published_model(name)
    return tuple(figure for figure in published_figures() if figure.model == model.id)


def reproduce(name: str) -> tuple[Found, ...]:
    """Run a published model and return each of its figures with the value found."""
    from lekti.population.figure_runs import value_of

    return tuple(Found(figure, value_of(figure)) for figure in figures_of(name))


def _figure(row: Row) -> Figure:
    if row["kind"] not in KINDS:
        raise ModelError(f"kind '{row['kind']}'", where=row.where, expected=", ".join(KINDS))
    if row["model"] not in published_models():
        raise ModelError(f"model '{row['model']}'", where=row.where, expected=", ".join(published_models()))
    return Figure(
        id=row["id"],
        model=row["model"],
        words=row["figure"],
        settings=_settings(row),
        readout=tuple(row["readout"].split()),
        expected=row["expected"],
        unit="" if row["unit"] == "1" else row["unit"],
        lowest=row.number("lowest"),
        highest=row.number("highest"),
        kind=row["kind"],
        source=row["source"],
        note="" if row["note"] == "-" else row["note"],
        where=row.where,
    )


def _settings(row: Row) -> dict[str, float]:
    settings: dict[str, float] = {}
    for part in row["settings"].split(";"):
        if part.strip() == "-":
            continue
        name, equals, value = part.partition("=")
        try:
            settings[name.strip()] = float(value)
        except ValueError as error:
            raise ModelError(f"setting '{part.strip()}'", where=row.where, expected="name=number") from error
        if not equals:
            raise ModelError(f"setting '{part.strip()}'", where=row.where, expected="name=number")
    return settings

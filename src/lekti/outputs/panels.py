"""Which quantities are shown, in which order, on which axis, and what is healthy where a source says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

from lekti.base.tables import knowledge_table

Axis = Literal["log", "zero", "score"]


@dataclass(frozen=True)
class Healthy:
    """A healthy range with the words beside it and its source."""

    low: float
    high: float
    words: str
    source: str


@dataclass(frozen=True)
class Panel:
    """One quantity on the page: its names, unit, axis, and the drug whose doses make it a sawtooth."""

    output: str
    name: str
    unit: str
    axis: Axis
    dosed: str | None
    short: str
    short_unit: str
    in_words: str
    with_article: str
    healthy: Healthy | None


def read_panels() -> tuple[Panel, ...]:
    """Return the panels of `knowledge/wording/panels.tsv` with their healthy ranges, in file order."""
    healthy = {
        row["output"]: Healthy(row.number("low"), row.number("high"), row["words"], row["source"])
        for row in knowledge_table("wording/healthy.tsv")
    }
    return tuple(
        Panel(
            row["output"],
            row["name"],
            row["unit"],
            cast(Axis, row["axis"]),
            None if row["dosed"] == "-" else row["dosed"],
            row["short"],
            row["short_unit"],
            row["in_words"],
            row["with_article"],
            healthy.get(row["output"]),
        )
        for row in knowledge_table("wording/panels.tsv")
    )

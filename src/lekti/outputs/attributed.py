"""Which drug did what to a change: rows of a table, one sentence with its range, and plain data."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lekti.outputs.change import signed_percent
from lekti.outputs.given import drug_names
from lekti.outputs.numbers import percent, plain_age, plain_number, predicted, short_age
from lekti.outputs.panels import read_panels
from lekti.outputs.sentences import say

if TYPE_CHECKING:
    from lekti.population.attribution import Attribution, Interval
    from lekti.population.result import Result


@dataclass(frozen=True)
class Cell:
    """A median and its 90 % interval, in words."""

    median: str
    interval: str


@dataclass(frozen=True)
class AttributedRow:
    """One pair of dates under one reading: the change, that without drugs, each drug's factor and share."""

    dates: str
    reading: str
    change: Cell
    without: Cell
    factors: tuple[Cell, ...]
    shares: tuple[Cell, ...]


def attributed_rows(result: Result) -> tuple[AttributedRow, ...]:
    """Return a row for every pair of dates and reading."""
    return tuple(
        AttributedRow(
            dates=f"{short_age(one.earlier_age)} to {short_age(one.later_age)}",
            reading=one.reading,
            change=_change(one.change),
            without=_change(one.without),
            factors=tuple(_factor(each) for each in one.factors.values()),
            shares=tuple(_share(each) for each in one.shares.values()),
        )
        for one in result.attributions
    )


def attributed_drugs(result: Result) -> tuple[str, ...]:
    """Return the names of the drugs in the order of the rows."""
    names = drug_names(in_sentence=True)
    return tuple(names[drug] for drug in result.attributions[0].shares) if result.attributions else ()


def attribution_sentence(result: Result) -> str:
    """Return each drug's share of what the drugs did as the range of its medians, or nothing for one drug."""
    known = [
        one for one in result.attributions if all(math.isfinite(each[0]) for each in one.shares.values())
    ]
    if not known or len(known[0].shares) < 2:
        return ""
    names = drug_names(in_sentence=True)
    parts = [f"{names[drug]} carries {_range(known, drug)}" for drug in reversed(list(known[0].shares))]
    quantity = known[0].quantity
    words = {panel.output: panel.in_words for panel in read_panels()}.get(quantity, quantity)
    return say("attributed", quantity=words, parts=" and ".join(parts))


def attribution_object(one: Attribution) -> dict[str, Any]:
    """Return an attribution as plain values that JSON can hold; ratios are later over earlier."""
    return {
        "quantity": one.quantity,
        "reading": one.reading or None,
        "earlier": one.earlier,
        "earlier_age": plain_age(one.earlier_age),
        "later_age": plain_age(one.later_age),
        "ratio": _plain(one.change),
        "ratio_without_drugs": _plain(one.without),
        "factors": {drug: _plain(each) for drug, each in one.factors.items()},
        "shares": {drug: _plain(each) for drug, each in one.shares.items()},
        "effective_patients": round(one.effective, 3),
    }


def _range(known: Sequence[Attribution], drug: str) -> str:
    medians = [100 * one.shares[drug][0] for one in known]
    low, high = round(min(medians)), round(max(medians))
    return percent(low) if low == high else f"{percent(low).rstrip('%').rstrip()} to {percent(high)}"


def _plain(each: Interval) -> dict[str, Any]:
    return {"median": plain_number(each[0]), "interval90": [plain_number(each[1]), plain_number(each[2])]}


def _change(each: Interval) -> Cell:
    return Cell(signed_percent(each[0]), f"{signed_percent(each[1])} to {signed_percent(each[2])}")


def _factor(each: Interval) -> Cell:
    return Cell(f"×{predicted(each[0])}", f"{predicted(each[1])} to {predicted(each[2])}")


def _share(each: Interval) -> Cell:
    return Cell(percent(100 * each[0]), f"{percent(100 * each[1])} to {percent(100 * each[2])}")

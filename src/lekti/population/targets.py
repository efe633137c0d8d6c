"""Targets: observations the model is held against, each with its role, read strictly."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from lekti.base.errors import InputError, shown
from lekti.base.tables import Row, knowledge_text, read_table
from lekti.patients.when import read_duration
from lekti.population.target_words import ROLES, STATISTICS, population_kinds, readout_words, regimens

NEEDED = ("population", "regimen", "readout", "time", "value", "spread")
"""The columns a file of targets must have; all others may be left out."""

OPTIONAL = (
    "id", "group", "role", "against", "low", "high", "statistic", "n", "source", "locator", "provenance",
    "note",
)  # fmt: skip

NOTHING = ("", "-")


@dataclass(frozen=True)
class Target:
    """One observation.

    `days` is when, on the clock of the regimen: (from, to), equal for one day, (0, 0) for the moment before
    it starts. `value` is the observed number; where only a range was published it is None and `low` and
    `high` hold the range. `spread` is the published SD between people, 0 if there is none. `n` is the number
    of people behind a mean or median, 0 when not known.
    """

    id: str
    group: str
    role: str
    population: str
    regimen: str
    against: str
    readout: str
    time: str
    days: tuple[float, float]
    value: float | None
    low: float
    high: float
    spread: float
    statistic: str
    n: int
    source: str
    where: str

    @property
    def middle(self) -> float:
        """Return the observed number: the value, or the middle of the range."""
        return self.value if self.value is not None else (self.low + self.high) / 2


@cache
def shipped_targets() -> tuple[Target, ...]:
    """Return the targets of `knowledge/targets/targets.tsv`."""
    return read_targets(knowledge_text("targets/targets.tsv"), name="targets/targets.tsv")


def read_targets(text: str, *, name: str) -> tuple[Target, ...]:
    """Read tab-separated targets; every mistake is one `InputError` with file and line.

    Columns: population, regimen, readout, time, value, spread; the others of `OPTIONAL` may follow. An
    unknown word is refused with the list of those allowed. A role left out is `test`.
    """
    table = read_table(text, name=name)
    missing = [column for column in NEEDED if column not in table.columns]
    unknown = [column for column in table.columns if column not in (*NEEDED, *OPTIONAL)]
    if missing or unknown:
        raise InputError(
            f"Column '{shown((missing or unknown)[0])}' is {'missing' if missing else 'not known'}",
            where=f"{name}:1",
            expected=f"{', '.join(NEEDED)}, and of {', '.join(OPTIONAL)} what is known",
        )
    targets = [_target(row, number) for number, row in enumerate(table, start=1)]
    if not targets:
        raise InputError("No target stands in the file", where=name, expected="at least one row")
    times = Counter(target.id for target in targets)
    for target in targets:
        if times[target.id] > 1:
            raise InputError(
                f"id '{shown(target.id)}' stands twice", where=target.where, expected="one id per row"
            )
    return tuple(targets)


def _target(row: Row, number: int) -> Target:
    cells = {column: row.cells.get(column, "-") for column in (*NEEDED, *OPTIONAL)}
    population = _word(cells["population"], tuple(population_kinds()), "population", row.where)
    regimen = _word(cells["regimen"], tuple(regimens()), "regimen", row.where)
    readout = readout_words()[_word(cells["readout"], tuple(readout_words()), "readout", row.where)]
    against = cells["against"]
    if readout.kind == "ratio":
        against = _word("placebo" if against in NOTHING else against, tuple(regimens()), "against", row.where)
    value, low, high = _observed(cells, row.where)
    if readout.scale == "log":
        _refuse_below_zero(readout.id, (value, low, high), row.where)
    default = "person" if population_kinds()[population].person else "mean"
    statistic = default if cells["statistic"] in NOTHING else cells["statistic"]
    given = cells["id"] if cells["id"] not in NOTHING else f"row_{number}"
    return Target(
        id=given,
        group=given if cells["group"] in NOTHING else cells["group"],
        role=_word("test" if cells["role"] in NOTHING else cells["role"], ROLES, "role", row.where),
        population=population,
        regimen=regimen,
        against=against,
        readout=readout.id,
        time=cells["time"],
        days=_days(cells["time"], row.where),
        value=value,
        low=low,
        high=high,
        spread=_spread(cells["spread"], row.where),
        statistic=_word(statistic, STATISTICS, "statistic", row.where),
        n=_count(cells["n"], row.where),
        source=cells["source"],
        where=row.where,
    )


def _word(text: str, allowed: Sequence[str], column: str, where: str) -> str:
    if text not in allowed:
        raise InputError(
            f"{column} '{shown(text)}' is not known", where=where, expected=f"one of {', '.join(allowed)}"
        )
    return text


def _days(text: str, where: str) -> tuple[float, float]:
    if text in NOTHING:
        return 0.0, 0.0
    parts = [read_duration(part, where=where, noun="a time") for part in text.split(" to ")]
    if len(parts) > 2 or parts[0] < 0 or parts[-1] < parts[0] or parts[-1] > 40 * 365.25:
        raise InputError(
            f"time '{shown(text)}'",
            where=where,
            expected="'16 weeks', '3 months to 5 years' (at most 40 years) or '-'",
        )
    return parts[0], parts[-1]


def _observed(cells: dict[str, str], where: str) -> tuple[float | None, float, float]:
    """Return value, low and high; a spread such as '-71.2 to -58.4' is a range."""
    low, high = (_number(cells[name], name, where) for name in ("low", "high"))
    if " to " in cells["spread"] and low is None and high is None:
        low, high = (_number(part.strip(), "spread", where) for part in cells["spread"].split(" to ", 1))
    value = _number(cells["value"], "value", where)
    if value is None and (low is None or high is None):
        raise InputError(
            "A row has neither a value nor a range", where=where, expected="value, or low and high"
        )
    if low is not None and high is not None and low > high:
        raise InputError(f"low {low:g} is above high {high:g}", where=where, expected="low at most high")
    nearest = value if value is not None else math.nan
    return value, nearest if low is None else low, nearest if high is None else high


def _refuse_below_zero(readout: str, numbers: Sequence[float | None], where: str) -> None:
    for number in numbers:
        if number is not None and number < 0:
            raise InputError(f"{readout} of {number:g}", where=where, expected="0 or above")


def _spread(text: str, where: str) -> float:
    """Return an SD between people, 0 where the column has none, or a range."""
    spread = 0.0 if " to " in text else _number(text, "spread", where) or 0.0
    if spread < 0:
        raise InputError(f"spread '{shown(text)}'", where=where, expected="an SD of 0 or above")
    return spread


def _number(text: str, column: str, where: str) -> float | None:
    if text in NOTHING:
        return None
    bare = text.removeprefix("SD").strip().replace("−", "-")
    try:
        number = float(bare)
    except ValueError as error:
        raise InputError(f"{column} '{shown(text)}'", where=where, expected="a number, or '-'") from error
    if not math.isfinite(number):
        raise InputError(f"{column} '{shown(text)}'", where=where, expected="a finite number")
    return number


def _count(text: str, where: str) -> int:
    number = _number(text, "n", where)
    if number is None:
        return 0
    if number < 1 or number != int(number):
        raise InputError(f"n '{shown(text)}'", where=where, expected="a whole number from 1 on")
    return int(number)

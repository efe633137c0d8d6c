"""The table of what happened to patients by chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lekti.base.errors import InputError


@dataclass(frozen=True, eq=False)
class EventTable:
    """Every happening of a random event, by patient and time (days); `event` is a place in `names`."""

    names: tuple[str, ...]
    patient: np.ndarray
    event: np.ndarray
    time: np.ndarray

    def __len__(self) -> int:
        return len(self.time)

    def of(self, name: str) -> EventTable:
        """Return the happenings of one event."""
        if name not in self.names:
            raise InputError(
                f"The run has no random event '{name}'", expected=", ".join(self.names) or "none"
            )
        return self.where(self.event == self.names.index(name))

    def counts(self, patients: int) -> np.ndarray:
        """Return how often each event happened to each patient, shape [patients, events]."""
        table = np.zeros((patients, len(self.names)), dtype=np.int64)
        np.add.at(table, (self.patient, self.event), 1)
        return table

    def where(self, chosen: np.ndarray) -> EventTable:
        """Return the rows that a mask or a list of places chooses."""
        return EventTable(self.names, self.patient[chosen], self.event[chosen], self.time[chosen])


def event_table(names: Sequence[str], rows: Sequence[tuple[int, int, float]]) -> EventTable:
    """Return the table of (patient, event, time) rows."""
    patient, event, time = zip(*rows, strict=True) if rows else ((), (), ())
    table = EventTable(
        tuple(names),
        np.array(patient, dtype=np.int64),
        np.array(event, dtype=np.int64),
        np.array(time, dtype=np.float64),
    )
    order = np.lexsort((table.event, table.time, table.patient))
    return EventTable(table.names, table.patient[order], table.event[order], table.time[order])


def merged(table: EventTable, patients: Sequence[int], other: EventTable) -> EventTable:
    """Return the table with the happenings of some patients replaced by those of another table.

    `patients` says who patient 0, 1, ... of the other table is.
    """
    kept = table.where(~np.isin(table.patient, list(patients)))
    names = np.array(list(patients), dtype=np.int64)
    whole = EventTable(
        table.names,
        np.concatenate([kept.patient, names[other.patient]]),
        np.concatenate([kept.event, other.event]),
        np.concatenate([kept.time, other.time]),
    )
    return whole.where(np.argsort(whole.patient, kind="stable"))

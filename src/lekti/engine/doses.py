"""Doses as arrays, and the sorted stops a solver must step onto exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import overload

import numpy as np

from lekti.base.errors import InputError


@dataclass(frozen=True, eq=False)
class Doses:
    """Doses of many patients, one entry each; a single value stands for all.

    `time` is in days of model time; `amount` in the unit of the target state. `duration` 0 adds the amount to
    the state at once; above 0 it flows in evenly over that many days.

    >>> Doses(patient=0, time=[0.0, 14.0], target="depot", amount=[600.0, 300.0]).target
    ('depot', 'depot')
    """

    patient: np.ndarray
    time: np.ndarray
    target: tuple[str, ...]
    amount: np.ndarray
    duration: np.ndarray

    def __init__(
        self,
        *,
        patient: int | Sequence[int] | np.ndarray,
        time: float | Sequence[float] | np.ndarray,
        target: str | Sequence[str],
        amount: float | Sequence[float] | np.ndarray,
        duration: float | Sequence[float] | np.ndarray = 0.0,
    ) -> None:
        names = [target] if isinstance(target, str) else [str(name) for name in target]
        raw = [np.array(patient), *(np.array(x, dtype=np.float64) for x in (time, amount, duration))]
        raw.append(np.zeros(() if isinstance(target, str) else len(names)))
        lengths = {len(x) for x in raw if x.ndim}
        if len(lengths) > 1:
            raise InputError(f"Doses come in columns of {sorted(lengths)} entries", expected="one length")
        shape = lengths.pop() if lengths else 1
        columns = [np.broadcast_to(x, shape) for x in raw]
        object.__setattr__(self, "patient", columns[0].astype(np.int64))
        object.__setattr__(self, "time", columns[1])
        object.__setattr__(self, "amount", columns[2])
        object.__setattr__(self, "duration", columns[3])
        object.__setattr__(self, "target", tuple(names * shape if isinstance(target, str) else names))

    def __len__(self) -> int:
        return len(self.target)


@dataclass(frozen=True, eq=False)
class Stops:
    """Times of one patient, in order, at which a state jumps by `jump` and its inflow becomes `inflow`."""

    time: np.ndarray
    target: np.ndarray
    jump: np.ndarray
    inflow: np.ndarray

    def __len__(self) -> int:
        return len(self.time)


@dataclass(frozen=True, eq=False)
class StopTable(Sequence[Stops]):
    """The stops of all patients in one; those of patient i stand from starts[i] to starts[i + 1]."""

    joined: Stops
    starts: np.ndarray

    def __len__(self) -> int:
        return len(self.starts) - 1

    @overload
    def __getitem__(self, index: int) -> Stops: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Stops]: ...
    def __getitem__(self, index: int | slice) -> Stops | Sequence[Stops]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self._among(slice(self.starts[index % len(self)], self.starts[index % len(self) + 1]))

    def of(self, patients: Sequence[int]) -> StopTable:
        """Return the stops of some of the patients, in this order."""
        chosen = np.asarray(patients, dtype=np.int64)
        counts = np.diff(self.starts)[chosen]
        starts = np.concatenate([[0], np.cumsum(counts)])
        shift = np.repeat(self.starts[chosen] - starts[:-1], counts)
        return StopTable(self._among(np.arange(starts[-1]) + shift), starts)

    def _among(self, places: slice | np.ndarray) -> Stops:
        one = self.joined
        return Stops(one.time[places], one.target[places], one.jump[places], one.inflow[places])


def check_doses(doses: Doses, *, patients: int, states: Sequence[str]) -> None:
    """Raise one `InputError` for the first dose that cannot be given."""
    unknown = sorted(set(doses.target) - set(states))
    if unknown:
        raise InputError(f"Dose target '{unknown[0]}' is no state of the model", expected=_some(states))
    _check(
        doses,
        "patient",
        doses.patient,
        (doses.patient >= 0) & (doses.patient < patients),
        f"0 to {patients - 1}",
    )
    _check(
        doses, "time", doses.time, np.isfinite(doses.time) & (doses.time >= 0.0), "a time in days from 0 on"
    )
    _check(
        doses,
        "amount",
        doses.amount,
        np.isfinite(doses.amount) & (doses.amount >= 0.0),
        "an amount from 0 on",
    )
    good = np.isfinite(doses.duration) & (doses.duration >= 0.0)
    _check(doses, "duration", doses.duration, good, "0 or a number of days above 0")


def stops_by_patient(doses: Doses | None, *, patients: int, states: Sequence[str]) -> StopTable:
    """Return the stops of each patient, sorted in time; a dose given over time makes two stops."""
    if doses is None or len(doses) == 0:
        none = Stops(np.empty(0), np.empty(0, dtype=np.int64), np.empty(0), np.empty(0))
        return StopTable(none, np.zeros(patients + 1, dtype=np.int64))
    places = {name: i for i, name in enumerate(states)}
    target = np.array([places[name] for name in doses.target], dtype=np.int64)
    slow = doses.duration > 0.0
    flow = np.divide(doses.amount, doses.duration, out=np.zeros(len(doses)), where=slow)
    patient = np.concatenate([doses.patient, doses.patient[slow]])
    time = np.concatenate([doses.time, (doses.time + doses.duration)[slow]])
    target = np.concatenate([target, target[slow]])
    jump = np.concatenate([np.where(slow, 0.0, doses.amount), np.zeros(int(slow.sum()))])
    change = np.concatenate([flow, -flow[slow]])
    opened = np.concatenate([slow.astype(np.int64), -np.ones(int(slow.sum()), dtype=np.int64)])
    order = np.lexsort((time, patient))
    inflow = _running((patient * len(states) + target)[order], change[order], opened[order])
    starts = np.searchsorted(patient[order], np.arange(patients + 1))
    return StopTable(Stops(time[order], target[order], jump[order], inflow), starts)


def _running(flow: np.ndarray, change: np.ndarray, opened: np.ndarray) -> np.ndarray:
    """Return the total of each flow so far, exactly 0 when nothing flows; `flow` says whose change it is."""
    total = np.zeros(len(flow))
    moving = np.flatnonzero(np.isin(flow, flow[opened != 0]))
    order = moving[np.argsort(flow[moving], kind="stable")]
    edges = np.flatnonzero(np.diff(flow[order], prepend=-1, append=-1))
    for start, end in pairwise(edges):
        own = order[start:end]
        total[own] = np.where(np.cumsum(opened[own]) > 0, np.cumsum(change[own]), 0.0)
    return total


def _check(doses: Doses, name: str, values: np.ndarray, good: np.ndarray, expected: str) -> None:
    if not good.all():
        first = int(np.argmin(good))
        raise InputError(f"{name} {values[first]} of dose {first + 1}", expected=expected)


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")

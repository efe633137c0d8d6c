"""Doses as arrays, and the sorted stops a solver must step onto exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
        names = np.array(target, dtype=object)
        raw = [np.array(patient), *(np.array(x, dtype=np.float64) for x in (time, amount, duration)), names]
        lengths = {len(x) for x in raw if x.ndim}
        if len(lengths) > 1:
            raise InputError(f"Doses come in columns of {sorted(lengths)} entries", expected="one length")
        shape = lengths.pop() if lengths else 1
        columns = [np.broadcast_to(x, shape) for x in raw]
        object.__setattr__(self, "patient", columns[0].astype(np.int64))
        object.__setattr__(self, "time", columns[1])
        object.__setattr__(self, "amount", columns[2])
        object.__setattr__(self, "duration", columns[3])
        object.__setattr__(self, "target", tuple(str(name) for name in columns[4]))

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


NO_STOPS = Stops(np.empty(0), np.empty(0, dtype=np.int64), np.empty(0), np.empty(0))


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


def stops_by_patient(doses: Doses | None, *, patients: int, states: Sequence[str]) -> list[Stops]:
    """Return the stops of each patient, sorted in time; a dose given over time makes two stops."""
    if doses is None or len(doses) == 0:
        return [NO_STOPS] * patients
    order = np.argsort(doses.patient, kind="stable")
    edges = np.searchsorted(doses.patient[order], np.arange(patients + 1))
    places = {name: i for i, name in enumerate(states)}
    target = np.array([places[name] for name in doses.target], dtype=np.int64)
    return [_stops(doses, target, order[edges[i] : edges[i + 1]]) for i in range(patients)]


def _stops(doses: Doses, target: np.ndarray, chosen: np.ndarray) -> Stops:
    if not len(chosen):
        return NO_STOPS
    time, amount, duration = doses.time[chosen], doses.amount[chosen], doses.duration[chosen]
    slow = duration > 0.0
    flow = np.divide(amount, duration, out=np.zeros(len(chosen)), where=slow)
    times = np.concatenate([time, (time + duration)[slow]])
    targets = np.concatenate([target[chosen], target[chosen][slow]])
    jumps = np.concatenate([np.where(slow, 0.0, amount), np.zeros(int(slow.sum()))])
    changes = np.concatenate([flow, -flow[slow]])
    opened = np.concatenate([slow.astype(np.int64), -np.ones(int(slow.sum()), dtype=np.int64)])
    order = np.argsort(times, kind="stable")
    inflow = _running(targets[order], changes[order], opened[order])
    return Stops(times[order], targets[order], jumps[order], inflow)


def _running(target: np.ndarray, change: np.ndarray, opened: np.ndarray) -> np.ndarray:
    """Return the inflow of the target after each stop, exactly 0 when nothing flows any more."""
    total = np.zeros(len(target))
    for one in np.unique(target):
        own = target == one
        total[own] = np.where(np.cumsum(opened[own]) > 0, np.cumsum(change[own]), 0.0)
    return total


def _check(doses: Doses, name: str, values: np.ndarray, good: np.ndarray, expected: str) -> None:
    if not good.all():
        first = int(np.argmin(good))
        raise InputError(f"{name} {values[first]} of dose {first + 1}", expected=expected)


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")

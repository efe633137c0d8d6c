"""What goes with a simulation: the tolerance asked for, and the `Run` that comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from lekti.base.errors import InputError
from lekti.engine.event_table import EventTable, event_table


@dataclass(frozen=True)
class Tolerance:
    """The error allowed per step: relative to the largest recent value of a state, plus an absolute part."""

    relative: float = 1e-6
    absolute: float = 1e-12

    def __post_init__(self) -> None:
        for name, value in (("relative", self.relative), ("absolute", self.absolute)):
            if not 0.0 < value < 1.0:
                raise InputError(f"{name} tolerance {value}", expected="a number between 0 and 1")


@dataclass(frozen=True)
class Outcome:
    """How the simulation of one patient ended: ok, ok_double (float32 failed), ok_reference, or failed."""

    code: str
    reason: str = ""

    @property
    def ok(self) -> bool:
        """Tell whether the patient has values."""
        return self.code != "failed"

    def __str__(self) -> str:
        return f"{self.code}: {self.reason}" if self.reason else self.code


OK = Outcome("ok")


@dataclass(frozen=True, eq=False)
class Run:
    """The simulated values [patients, times, outputs], with one outcome per patient; failed ones are NaN.

    `events` lists every happening of a random event.
    """

    times: np.ndarray
    outputs: tuple[str, ...]
    values: np.ndarray
    outcomes: tuple[Outcome, ...]
    steps: np.ndarray
    rejections: np.ndarray
    provenance: Mapping[str, object]
    events: EventTable = field(default_factory=lambda: event_table((), ()))

    def __getitem__(self, output: str) -> np.ndarray:
        """Return one output, shape [patients, times]."""
        if output not in self.outputs:
            raise InputError(f"The run has no output '{output}'", expected=", ".join(self.outputs))
        return self.values[:, :, self.outputs.index(output)]

    def failures(self) -> tuple[int, ...]:
        """Return the patients that no solver could follow."""
        return tuple(i for i, outcome in enumerate(self.outcomes) if not outcome.ok)

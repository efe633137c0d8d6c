"""numbalsoda's LSODA on a right-hand side compiled from C: no Python between the steps."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
from compiled_c import Compiled
from numbalsoda import lsoda

MOST_STEPS = 1_000_000


class Numbalsoda:
    """LSODA, restarted at each dose."""

    version = "numbalsoda"
    doses = "restarted at each dose"

    def __init__(self, question: Any) -> None:
        from importlib.metadata import version

        self.version = f"numbalsoda {version('numbalsoda')}"
        self.question, self.model = question, Compiled(question.folder)
        self.target = [str(s) for s in question.states].index(question.dose_target)
        self.slopes = ctypes.cast(self.model.library.slopes, ctypes.c_void_p).value

    def solve(self, who: list[int], rtol: float) -> Any:
        """Return [patients, times, outputs]; a patient that fails is NaN."""
        return np.array([self._follow(self.question.parameters[i], rtol) for i in who])

    def _follow(self, parameters: Any, rtol: float) -> Any:
        question, model = self.question, self.model
        constants, state = model.constants(parameters), model.initial(parameters)
        rows = [state.copy()]
        for start, end, times in question.segments():
            wanted = [start, *times] if len(times) and times[-1] == end else [start, *times, end]
            found, good = lsoda(
                self.slopes, state, np.array(wanted), constants, rtol, max(rtol * 1e-3, 1e-14), MOST_STEPS
            )
            rows += list(found[1 : len(times) + 1]) if good else [np.full(model.states, np.nan)] * len(times)
            state = found[-1].copy()
            state[self.target] += question.dose_amount
        return model.observe(question.times, np.array(rows), constants, len(question.wanted))


def load(question: Any) -> Numbalsoda:
    """Return the solver of a problem."""
    return Numbalsoda(question)

"""SciPy's LSODA (`odeint`) on a right-hand side and a Jacobian compiled from C."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import scipy
from compiled_c import Compiled
from scipy.integrate import odeint

MOST_STEPS = 1_000_000


class Scipy:
    """LSODA, restarted at each dose."""

    version = f"SciPy {scipy.__version__}"
    doses = "restarted at each dose"

    def __init__(self, question: Any) -> None:
        self.question, self.model = question, Compiled(question.folder)
        self.target = [str(s) for s in question.states].index(question.dose_target)
        self.slope, self.jacobian = np.empty(self.model.states), np.empty((self.model.states,) * 2)

    def solve(self, who: list[int], rtol: float) -> Any:
        """Return [patients, times, outputs]; a patient whose steps run out is NaN from there on."""
        return np.array([self._follow(self.question.parameters[i], rtol) for i in who])

    def _follow(self, parameters: Any, rtol: float) -> Any:
        question, model = self.question, self.model
        constants, state = model.constants(parameters), model.initial(parameters)
        place, rows = constants.ctypes.data, [state.copy()]
        slope, slope_place = self.slope, self.slope.ctypes.data
        jacobian, jacobian_place = np.zeros_like(self.jacobian), 0
        jacobian_place = jacobian.ctypes.data
        run, run_jacobian = model.library.slopes, model.library.jacobian

        def slopes(t: float, y: Any) -> Any:
            run(t, y.__array_interface__["data"][0], slope_place, place)
            return slope

        def slopes_by_state(t: float, y: Any) -> Any:
            run_jacobian(t, y.__array_interface__["data"][0], place, jacobian_place)
            return jacobian

        for start, end, times in question.segments():
            wanted = [start, *times] if len(times) and times[-1] == end else [start, *times, end]
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found, said = odeint(
                    slopes, state, wanted, Dfun=slopes_by_state, tfirst=True, rtol=rtol,
                    atol=max(rtol * 1e-3, 1e-14), mxstep=MOST_STEPS, full_output=True,
                )  # fmt: skip
            good = said["message"] == "Integration successful."
            rows += list(found[1 : len(times) + 1]) if good else [np.full(model.states, np.nan)] * len(times)
            state = found[-1].copy()
            state[self.target] += question.dose_amount
        return model.observe(question.times, np.array(rows), constants, len(question.wanted))


def load(question: Any) -> Scipy:
    """Return the solver of a problem."""
    return Scipy(question)

"""libRoadRunner's CVODE; doses by a restart or as SBML events, whichever is faster for the first patient."""

from __future__ import annotations

from time import perf_counter, process_time
from typing import Any

import numpy as np
import roadrunner

TRIAL_RTOL = 1e-6
MOST_STEPS = 1_000_000
PATIENCE = 60.0
"""Seconds of loading above which it is not loaded a second time, with events."""


class Roadrunner:
    """CVODE on machine code that libRoadRunner makes of the SBML."""

    version = f"libRoadRunner {roadrunner.__version__}"

    def __init__(self, question: Any) -> None:
        roadrunner.Logger.setLevel(roadrunner.Logger.LOG_FATAL)
        self.question = question
        start = perf_counter()
        self.ways = {"restarted at each dose": (self._runner("model.xml"), self._restarted)}
        if perf_counter() - start < PATIENCE:
            self.ways["SBML events"] = self._runner("events.xml"), self._at_once
        self.doses = min(self.ways, key=self._cost)

    def _runner(self, file: str) -> Any:
        runner = roadrunner.RoadRunner(str(self.question.folder / file))
        runner.integrator.maximum_num_steps = MOST_STEPS
        runner.timeCourseSelections = self.question.wanted
        return runner

    def _cost(self, way: str) -> float:
        """Return the seconds that the first patient takes the second time."""
        self._patient(way, 0, TRIAL_RTOL)
        start = process_time()
        self._patient(way, 0, TRIAL_RTOL)
        return process_time() - start

    def solve(self, who: list[int], rtol: float) -> Any:
        """Return [patients, times, outputs]."""
        return np.array([self._patient(self.doses, i, rtol) for i in who])

    def _patient(self, way: str, patient: int, rtol: float) -> Any:
        question, (runner, follow) = self.question, self.ways[way]
        runner.integrator.relative_tolerance = rtol
        runner.integrator.absolute_tolerance = max(rtol * 1e-3, 1e-14)
        runner.resetToOrigin()
        names = question.names
        for place in question.varying:
            runner.setValue(names[place], float(question.parameters[patient, place]))
        runner.reset(
            roadrunner.SelectionRecord.TIME
            | roadrunner.SelectionRecord.RATE
            | roadrunner.SelectionRecord.FLOATING
        )
        return follow(runner)

    def _at_once(self, runner: Any) -> Any:
        return np.array(runner.simulate(times=[float(time) for time in self.question.times]))

    def _restarted(self, runner: Any) -> Any:
        question, rows = self.question, list[Any]()
        target, segments = question.dose_target, question.segments()
        for number, (start, end, times) in enumerate(segments):
            wanted = [start, *times] if len(times) and times[-1] == end else [start, *times, end]
            found = np.array(runner.simulate(times=wanted))
            rows += list(found[(0 if number == 0 else 1) : 1 + len(times)])
            if number < len(segments) - 1:
                runner.setValue(target, runner.getValue(target) + question.dose_amount)
        return np.array(rows)


def load(question: Any) -> Roadrunner:
    """Return the solver of a problem."""
    return Roadrunner(question)

"""COPASI's LSODA; doses are SBML events."""

from __future__ import annotations

from typing import Any

import basico
import COPASI
import numpy as np

MOST_STEPS = 10_000_000


class Copasi:
    """LSODA on the SBML, called through COPASI's own classes: no table is built for a patient."""

    version = f"COPASI {COPASI.__version__}"
    doses = "SBML events"

    def __init__(self, question: Any) -> None:
        self.question = question
        self.model = basico.load_model(str(question.folder / "events.xml"))
        core = self.model.getModel()
        self.core = core
        self.values = {
            entity.getSBMLId(): entity for entity in (*core.getModelValues(), *core.getMetabolites())
        }
        self.task = self.model.getTask("Time-Course")
        self.task.setMethodType(COPASI.CTaskEnum.Method_deterministic)
        self._ask()

    def _ask(self) -> None:
        times, problem = self.question.times, self.task.getProblem()
        problem.setModel(self.core)
        problem.setStepNumber(len(times) - 1)
        problem.setDuration(float(times[-1]))
        problem.setTimeSeriesRequested(True)
        problem.setAutomaticStepSize(False)
        self.core.setInitialTime(0.0)
        method = self.task.getMethod()
        method.getParameter("Max Internal Steps").setIntValue(MOST_STEPS)

    def solve(self, who: list[int], rtol: float) -> Any:
        """Return [patients, times, outputs]; a patient that fails is NaN."""
        method = self.task.getMethod()
        method.getParameter("Relative Tolerance").setDblValue(rtol)
        method.getParameter("Absolute Tolerance").setDblValue(max(rtol * 1e-3, 1e-14))
        return np.array([self._patient(self.question.parameters[i]) for i in who])

    def _patient(self, parameters: Any) -> Any:
        changed = COPASI.ObjectStdVector()
        for place in self.question.varying:
            entity = self.values[self.question.names[place]]
            entity.setInitialValue(float(parameters[place]))
            changed.append(entity.getInitialValueReference())
        self.core.updateInitialValues(changed)
        self.task.initializeRaw(COPASI.CCopasiTask.OUTPUT_UI)
        good = self.task.processRaw(True)
        series = self.task.getTimeSeries()
        shape = (len(self.question.times), len(self.question.wanted))
        if not good or series.getRecordedSteps() != shape[0]:
            return np.full(shape, np.nan)
        columns = self._columns(series)
        return np.array([[series.getConcentrationData(i, j) for j in columns] for i in range(shape[0])])

    def _columns(self, series: Any) -> list[int]:
        if not hasattr(self, "found"):
            titles = {series.getSBMLId(j, self.model): j for j in range(series.getNumVariables())}
            self.found = [titles[name] for name in self.question.wanted]
        return self.found


def load(question: Any) -> Copasi:
    """Return the solver of a problem."""
    return Copasi(question)

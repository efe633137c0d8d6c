"""AMICI's CVODES on C++ that AMICI makes of the SBML; doses are SBML events."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import amici
import numpy as np
from amici.sim.sundials import SensitivityOrder, run_simulation

MOST_STEPS = 1_000_000


class Amici:
    """CVODES with a sparse analytical Jacobian, no sensitivities."""

    version = f"AMICI {amici.__version__}"
    doses = "SBML events at known times"

    def __init__(self, question: Any) -> None:
        os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        self.question = question
        name, folder = f"{question.folder.name}_amici", question.folder / "amici"
        if not (folder / "made").exists():
            self._compile(name, folder)
        self.model = amici.import_model_module(name, folder).get_model()
        self.model.set_timepoints(list(question.times))
        self.solver = self.model.create_solver()
        self.solver.set_sensitivity_order(SensitivityOrder.none)
        self.solver.set_max_steps(MOST_STEPS)
        self.solver.set_return_data_reporting_mode(amici.sim.sundials.RDataReporting.observables_likelihood)
        ids = list(self.model.get_free_parameter_ids())
        self.order = [question.names.index(name) for name in ids]

    def _compile(self, name: str, folder: Path) -> None:
        channels = [
            amici.MeasurementChannel(id_=f"seen_{output}", formula=output) for output in self.question.wanted
        ]
        importer = amici.SbmlImporter(str(self.question.folder / "events.xml"))
        importer.sbml2amici(
            name, folder, observation_model=channels, generate_sensitivity_code=False,
            compute_conservation_laws=False, simplify=None, verbose=False,
        )  # fmt: skip
        (folder / "made").touch()

    def solve(self, who: list[int], rtol: float) -> Any:
        """Return [patients, times, outputs]; a patient that fails is NaN."""
        self.solver.set_relative_tolerance(rtol)
        self.solver.set_absolute_tolerance(max(rtol * 1e-3, 1e-14))
        return np.array([self._patient(self.question.parameters[i]) for i in who])

    def _patient(self, parameters: Any) -> Any:
        self.model.set_free_parameters(parameters[self.order])
        return np.array(run_simulation(self.model, self.solver).y)


def load(question: Any) -> Amici:
    """Return the solver of a problem."""
    return Amici(question)

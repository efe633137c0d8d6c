"""lekti's kernel in doubles, one thread."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from lekti import __version__
from lekti.engine.compiled import default_lanes
from lekti.engine.doses import Doses
from lekti.engine.kernel import Kernel
from lekti.engine.run import Tolerance
from lekti.engine.simulate import simulate
from lekti.model.read_sbml import read_sbml


class Lekti:
    """The kernel on the SBML of the problem."""

    version = f"lekti {__version__}, {default_lanes()} lanes"
    doses = "its own table of doses"

    def kernel(self, rtol: float) -> Kernel:
        """Return the kernel for a tolerance."""
        return Kernel()

    def __init__(self, question: Any) -> None:
        self.question = question
        text = Path(question.folder / "model.xml").read_text("utf-8")
        self.system = read_sbml(text, name="model.xml")
        order = [question.names.index(name) for name in self.system.parameters]
        self.parameters = question.parameters[:, order]

    def solve(self, who: list[int], rtol: float) -> Any:
        """Return [patients, times, outputs]; who fails in the kernel counts as failed."""
        question, doses = self.question, self.given(len(who))
        run = simulate(
            self.system,
            self.parameters[who],
            times=question.times,
            doses=doses,
            outputs=question.wanted,
            tolerance=Tolerance(relative=rtol),
            solver=self.kernel(rtol),
            threads=1,
        )
        return run.values

    def given(self, patients: int) -> Doses:
        """Return the doses of the first patients."""
        question, each = self.question, len(self.question.dose_times)
        return Doses(
            patient=np.repeat(np.arange(patients), each),
            time=np.tile(question.dose_times, patients),
            target=question.dose_target,
            amount=question.dose_amount,
        )


def load(question: Any) -> Lekti:
    """Return the solver of a problem."""
    return Lekti(question)

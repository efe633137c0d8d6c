"""lekti's kernel, one thread."""

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

    def __init__(self, question: Any) -> None:
        self.question = question
        text = Path(question.folder / "model.xml").read_text("utf-8")
        self.system = read_sbml(text, name="model.xml")
        order = [question.names.index(name) for name in self.system.parameters]
        self.parameters = question.parameters[:, order]

    def solve(self, who: list[int], rtol: float) -> Any:
        """Return [patients, times, outputs]; who fails in the kernel counts as failed."""
        question, each = self.question, len(self.question.dose_times)
        doses = Doses(
            patient=np.repeat(np.arange(len(who)), each),
            time=np.tile(question.dose_times, len(who)),
            target=question.dose_target,
            amount=question.dose_amount,
        )
        run = simulate(
            self.system,
            self.parameters[who],
            times=question.times,
            doses=doses,
            outputs=question.wanted,
            tolerance=Tolerance(relative=rtol),
            solver=Kernel(),
            threads=1,
        )
        return run.values


def load(question: Any) -> Lekti:
    """Return the solver of a problem."""
    return Lekti(question)

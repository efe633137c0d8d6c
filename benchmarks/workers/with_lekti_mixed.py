"""lekti's kernel with float32 stages, where a pilot of the first patients in doubles agrees; one thread."""

from __future__ import annotations

from typing import Any

from with_lekti import Lekti

from lekti.engine.kernel import Kernel
from lekti.engine.piloted import Verdict, pilot
from lekti.engine.run import Tolerance

PILOTS = 8


class Mixed(Lekti):
    """The kernel that the pilot chooses, once per tolerance: its time is not that of a call."""

    def __init__(self, question: Any) -> None:
        super().__init__(question)
        self.verdicts = dict[float, Verdict]()

    def kernel(self, rtol: float) -> Kernel:
        """Return what the pilot chose for a tolerance."""
        if rtol not in self.verdicts:
            rows = self.parameters[:PILOTS]
            self.verdicts[rtol] = pilot(
                self.system,
                rows,
                times=self.question.times,
                doses=self.given(len(rows)),
                outputs=self.question.wanted,
                tolerance=Tolerance(relative=rtol),
            )
        return self.verdicts[rtol].kernel


def load(question: Any) -> Mixed:
    """Return the solver of a problem."""
    return Mixed(question)

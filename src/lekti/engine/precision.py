"""The arithmetic of a kernel's stages: doubles, or float32 between doubles."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Precision:
    """What the stages of a step are computed in; the state, the time and the outputs are always doubles.

    `real` is the LLVM type of the stages, `size` its bytes. Below the relative tolerance `least_relative` its
    rounding would weigh more than the error of a step.
    """

    name: str
    real: str
    size: int
    least_relative: float

    def within(self, relative: float) -> Precision:
        """Return this precision, or doubles where the tolerance is too tight for it."""
        return DOUBLE if relative < self.least_relative else self


DOUBLE = Precision("double", "double", 8, 0.0)
MIXED = Precision("mixed", "float", 4, 5e-7)

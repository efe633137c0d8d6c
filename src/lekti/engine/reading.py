"""How values between the ends of steps are read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """`stepped` reads by a step of its own to each output, else by the polynomial of the step."""

    name: str
    stepped: bool


STEPPED = Reading("a step to each output", True)
INTERPOLATED = Reading("the polynomial of each step", False)

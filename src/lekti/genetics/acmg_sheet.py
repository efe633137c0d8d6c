"""The draft ACMG/AMP sheet: one line per criterion, the points counted, and what open lines could add."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lekti.genetics.acmg_points import POINTS, class_word, posterior

Status = Literal["met", "not met", "not checkable"]
STATUSES: tuple[Status, ...] = ("met", "not met", "not checkable")
DRAFT = "draft for a qualified laboratory"


@dataclass(frozen=True)
class Line:
    """One criterion: whether it is met, how strongly, why, and what it could count while open (`most`)."""

    id: str
    side: str
    status: Status
    strength: str
    most: int
    question: str
    reason: str
    source: str
    set_by: str = ""

    @property
    def points(self) -> int:
        """Return the points this line counts: above 0 for pathogenic, below 0 for benign, 0 unless met."""
        if self.status != "met":
            return 0
        return POINTS[self.strength] * (1 if self.side == "pathogenic" else -1)

    @property
    def open_points(self) -> int:
        """Return the points this line could still count, 0 unless it is not checkable."""
        if self.status != "not checkable":
            return 0
        return self.most * (1 if self.side == "pathogenic" else -1)


@dataclass(frozen=True)
class Sheet:
    """All lines of one variant, in the order of the criteria."""

    lines: tuple[Line, ...]

    @property
    def counted(self) -> int:
        """Return the points of all lines that are met."""
        return sum(line.points for line in self.lines)

    @property
    def low(self) -> int:
        """Return the points if every open line against were met and none for."""
        return self.counted + sum(min(line.open_points, 0) for line in self.lines)

    @property
    def high(self) -> int:
        """Return the points if every open line for were met and none against."""
        return self.counted + sum(max(line.open_points, 0) for line in self.lines)

    @property
    def posterior(self) -> tuple[float, float, float]:
        """Return the probability of being pathogenic at the counted, lowest and highest points."""
        return posterior(self.counted), posterior(self.low), posterior(self.high)

    @property
    def class_word(self) -> str:
        """Return the class, or nothing where open lines could change it.

        A met stand-alone line (BA1) says benign whatever else is open.
        """
        if any(line.strength == "stand_alone" and line.status == "met" for line in self.lines):
            return "benign"
        return class_word(self.low) if class_word(self.low) == class_word(self.high) else ""

    def having(self, status: Status) -> tuple[Line, ...]:
        """Return the lines of one status."""
        return tuple(line for line in self.lines if line.status == status)

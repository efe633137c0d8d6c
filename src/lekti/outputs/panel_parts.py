"""The nouns of one panel: where it lies, what it shows, and the curves as they are drawn."""

from __future__ import annotations

from dataclasses import dataclass

from lekti.outputs.axes import Linear
from lekti.outputs.given import Given
from lekti.outputs.layout import Layout
from lekti.outputs.observed import Sight, Told
from lekti.outputs.panels import Panel
from lekti.outputs.series import Envelope, Series
from lekti.outputs.svg import Box


@dataclass(frozen=True)
class Frame:
    """Where a panel lies: its top and height in px, the age scale all panels share, and the layout."""

    top: float
    height: float
    x: Linear
    layout: Layout

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def plot(self) -> Box:
        return Box(self.layout.left, self.top, self.layout.right - self.layout.left, self.height)


@dataclass(frozen=True)
class Shown:
    """What one panel shows: the prediction, the drug that makes its teeth, all drugs, what was measured."""

    panel: Panel
    series: Series
    drug: Given | None
    drugs: tuple[Given, ...]
    sights: tuple[Sight, ...]
    told: tuple[Told, ...]
    names_bands: bool


@dataclass(frozen=True)
class Curves:
    """The line and the two bands as drawn; `toothed` when every dose can be seen."""

    shape: Envelope
    toothed: bool

"""The three widths a figure is drawn for; each is drawn anew, none is a shrunken other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Layout:
    """One width in px: where the plot begins and ends, how high panels are, and whether names stand above."""

    name: str
    width: float
    left: float
    right: float
    panel: float
    tall: float
    gap: float
    stacked: bool
    most_ticks: int
    tick_room: float


WIDE = Layout("1080", 1080, 248, 946, panel=78, tall=122, gap=40, stacked=False, most_ticks=4, tick_room=46)
MIDDLE = Layout("700", 700, 214, 592, panel=45, tall=76, gap=29, stacked=False, most_ticks=3, tick_room=40)
NARROW = Layout("358", 358, 58, 346, panel=66, tall=112, gap=54, stacked=True, most_ticks=3, tick_room=30)
LAYOUTS = (WIDE, MIDDLE, NARROW)

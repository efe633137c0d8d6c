"""Write docs/science/sensitivity.md from a finished analysis: python -m tools.sensitivity_page FOLDER.

The words are written by hand; parts between `<!-- from a run: NAME -->` and `<!-- end -->` are written here.
"""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

from tools.page_blocks import rewritten

from lekti.outputs.numbers import interval
from lekti.outputs.sensitivity import NAMES, SHOWN, percent

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "science" / "sensitivity.md"
FIGURE = ROOT / "docs" / "images" / "sensitivity.svg"


def main(arguments: list[str]) -> int:
    """Write the page and its figure from the folder named."""
    folder = Path(arguments[0])
    found = json.loads((folder / "indices.json").read_text("utf-8"))
    FIGURE.write_text((folder / "sensitivity.svg").read_text("utf-8"), "utf-8")
    PAGE.write_text(page_text(PAGE.read_text("utf-8"), found), "utf-8")
    print(f"The page: {PAGE}")
    return 0


def page_text(text: str, found: dict[str, Any]) -> str:
    """Return a page with its parts from the run written anew."""
    parts = {"settings": settings, "indices": indices, "screen": screen}
    return rewritten(text, {name: partial(part, found) for name, part in parts.items()})


def settings(found: dict[str, Any]) -> str:
    """Return what was run, in one sentence."""
    lost = found["not_followed"]
    return (
        f"Case `{found['case']}`, read off at {found['age_days'] / 365.25:g} years: "
        f"{len(found['screen'])} numbers vary. "
        f"Screen: {found['trajectories']} trajectories. Second stage: {found['samples']} base samples, "
        f"{found['people']:,} people, of whom {lost or 'none'} could not be followed. Seed {found['seed']}."
    )


def indices(found: dict[str, Any]) -> str:
    """Return the factors that matter most for each readout under each plan, as one table."""
    lines = [
        "| readout | plan | 90 % of people | factor | total share | alone |",
        "|---|---|---|---|---|---|",
    ]
    for one in found["answers"]:
        low, high = one["range90"]
        for index in one["indices"][:SHOWN]:
            half = 100 * index["total_half_interval95"]
            lines.append(
                f"| {NAMES[one['readout']]} | {one['plan']} | {interval(low, high)} | `{index['factor']}` "
                f"| {percent(index['total'])} ± {half:.0f} | {percent(index['alone'])} |"
            )
    return "\n".join(lines)


def screen(found: dict[str, Any]) -> str:
    """Return the numbers of the screen in falling order of their largest effect."""
    lines = ["| number | largest mean effect, SDs of a readout |", "|---|---|"]
    ranked = sorted(found["screen"].items(), key=lambda item: -item[1])
    return "\n".join([*lines, *(f"| `{name}` | {value:.2f} |" for name, value in ranked)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

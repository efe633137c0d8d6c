"""Write docs/science/identifiability.md from the calibration that ships.

The words are written by hand; parts between `<!-- from the calibration: NAME -->` and `<!-- end -->` are
written here.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from tools.page_blocks import rewritten

from lekti.outputs.identifiability import Identifiability, cells, identifiability, summary
from lekti.population.shipped import TYPICAL_FILE, shipped_folder
from lekti.population.typical import read_typical

PAGE = Path(__file__).resolve().parent.parent / "docs" / "science" / "identifiability.md"


def main() -> int:
    """Write the page and say where it is."""
    found = identifiability(*read_typical(shipped_folder() / TYPICAL_FILE))
    PAGE.write_text(page_text(PAGE.read_text("utf-8"), found), "utf-8")
    print(f"The page: {PAGE}")
    return 0


def page_text(text: str, found: Identifiability) -> str:
    """Return a page with its parts from the calibration written anew."""
    parts = {"summary": summary, "table": table}
    return rewritten(text, {name: partial(part, found) for name, part in parts.items()})


def table(found: Identifiability) -> str:
    """Return every number as a row."""
    lines = ["| number | module | known | SD left | moved, SDs | verdict |", "|---|---|---|---|---|---|"]
    for one in found.rows:
        left, moved = cells(one)
        lines.append(f"| `{one.id}` | {one.module} | {one.provenance} | {left} | {moved} | {one.verdict} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())

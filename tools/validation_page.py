"""Write the table of docs/science/validation.md from `lekti validate`.

The words of the page are written by hand; the part `<!-- from the model: table -->` to `<!-- end -->`
is written here, with the calibration it was made of.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tools.page_blocks import rewritten

from lekti.cli.validate_command import PEOPLE, SETS, validated
from lekti.outputs.validation import validation_text
from lekti.population.target_words import ROLES
from lekti.population.targets import shipped_targets

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "science" / "validation.md"
SEED = 1


def main() -> int:
    """Validate the model as the command does, write the table into the page, and say where it is."""
    found = validated(shipped_targets(), list(ROLES), typical="shipped", sets=SETS, people=PEOPLE, seed=SEED)
    table = f"```text\n{validation_text(found)}\n```"
    text = PAGE.read_text("utf-8")
    PAGE.write_text(rewritten(text, {"table": lambda: table}), "utf-8")
    print(f"The page: {PAGE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

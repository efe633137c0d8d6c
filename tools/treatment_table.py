"""Write the table of docs/science/treatments.md: what each course does to a typical child in the model."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from tools.page_blocks import rewritten

from lekti.engine.doses import Doses
from lekti.engine.kernel import Kernel
from lekti.engine.simulate import simulate
from lekti.model.netherton import netherton_system
from lekti.patients.drugs import drugs

PAGE = Path(__file__).resolve().parent.parent / "docs" / "science" / "treatments.md"
OUTPUTS = ("iasi", "itch_nrs", "tewl", "ige", "ige_free", "s_aureus")
HEAD = "| course | IASI | itch | water loss | total IgE | free IgE | *S. aureus* |"
AGE_DAYS = 10 * 365.25
COURSE_DAYS = 112.0


def main() -> int:
    """Write the table into the page."""
    PAGE.write_text(page_text(PAGE.read_text("utf-8")), "utf-8")
    print(f"The table of courses: {PAGE}")
    return 0


def page_text(text: str) -> str:
    """Return the page with its table written anew."""
    return rewritten(text, {"courses": courses_table})


def courses_table() -> str:
    """Return what each course changes after 16 weeks, in % of the same child untreated."""
    bare = _after(None)
    rows = [HEAD, "|---" * HEAD[1:].count("|") + "|"]
    for drug in drugs().values():
        if drug.is_course:
            changes = 100 * (_after(drug.target) / bare - 1)
            rows.append(f"| {drug.label} | {' | '.join(_percent(each) for each in changes)} |")
    return "\n".join(rows)


def _after(target: str | None) -> np.ndarray:
    """Return the outputs of a child with two null alleles after a course at level 1, or after none."""
    system = netherton_system()
    start = AGE_DAYS - system.defaults[system.parameters.index("age_start")]
    doses = None
    if target is not None:
        doses = Doses(patient=0, time=start, target=target, amount=COURSE_DAYS, duration=COURSE_DAYS)
    row = system.parameter_row(lekti_allele_a=0.0, lekti_allele_b=0.0)
    run = simulate(
        system, row, times=[start + COURSE_DAYS], doses=doses, outputs=list(OUTPUTS), solver=Kernel()
    )
    return run.values[0, 0]


def _percent(change: float) -> str:
    rounded = round(float(change))
    return "0" if rounded == 0 else f"{'−' if rounded < 0 else '+'}{abs(rounded)}"


if __name__ == "__main__":
    sys.exit(main())

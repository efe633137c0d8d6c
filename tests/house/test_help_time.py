"""`lekti --help` answers at once; the exact aim of 0.3 s is measured by make bench."""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from time import perf_counter

GUARD_SECONDS = 1.0
HELP = [sys.executable, "-c", "import sys; from lekti.cli.main import main; sys.exit(main())", "--help"]


def _seconds() -> float:
    start = perf_counter()
    subprocess.run(HELP, check=True, capture_output=True)
    return perf_counter() - start


def test_help_answers_at_once() -> None:
    assert median(_seconds() for _ in range(5)) < GUARD_SECONDS

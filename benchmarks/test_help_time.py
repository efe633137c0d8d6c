"""How long `lekti --help` takes, as a user meets it: a fresh process from start to end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

LEKTI = Path(sys.executable).with_name("lekti")
AIM_SECONDS = 0.3


def test_help_answers_in_under_300_milliseconds(benchmark: Any) -> None:
    benchmark.pedantic(
        lambda: subprocess.run([LEKTI, "--help"], check=True, capture_output=True), rounds=15, warmup_rounds=2
    )
    assert benchmark.stats.stats.min < AIM_SECONDS  # the median also holds what else the machine does

"""The comparison of speed runs from end to end on a few patients, and drops no program."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler: the reference is compiled C")
def test_a_small_race_gives_ratios_and_names_who_could_not_run(tmp_path: Path) -> None:
    numbers = tmp_path / "numbers.json"
    words = "--models network10 --peers scipy,amici --patients 4 --rounds 1 --slice 0.05 --limit 60"
    places = ["--environments", str(tmp_path), "--json", str(numbers)]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.speed", *words.split(), *places],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    amici, *both = json.loads(numbers.read_text("utf-8"))["models"][0]["findings"]
    assert [one["lekti"].partition(", ")[2][:7] for one in both] == ["doubles", "float32"]
    for scipy in both:
        assert scipy["ratio"] > 0.0
        assert scipy["lekti_error"]["median"] <= scipy["error"]["median"] < 1e-4
    assert amici["ratio"] == 0.0
    assert "No module named 'amici'" in amici["reason"]
    assert "could not be run" in done.stdout

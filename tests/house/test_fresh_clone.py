"""A long proof: a fresh clone, in a fresh environment, without a compiler, shows its report in time."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from time import perf_counter

import pytest

ROOT = Path(__file__).resolve().parents[2]
MOST_SECONDS = 300
NO_COMPILER = {"CC": "/bin/false", "CXX": "/bin/false", "FC": "/bin/false"}
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed"),
    pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a git checkout: nothing to clone"),
]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fresh clone") / "lekti"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    return folder


def _make(clone: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if name not in {"VIRTUAL_ENV", "MAKEFLAGS"}
    }
    command = ["make", "--no-print-directory", *words]
    return subprocess.run(
        command, cwd=clone, env=environment | NO_COMPILER, capture_output=True, text=True, check=False
    )


def test_demo_shows_its_report_in_under_five_minutes(clone: Path) -> None:
    start = perf_counter()
    answer = _make(clone, "demo")
    assert answer.returncode == 0, answer.stderr
    assert perf_counter() - start < MOST_SECONDS
    assert f"The report: {clone}/out/report.html" in answer.stdout
    assert (clone / "out" / "report.html").stat().st_size > 0


def test_second_demo_builds_nothing_and_replaces_the_result(clone: Path) -> None:
    answer = _make(clone, "demo")
    assert answer.returncode == 0, answer.stderr
    assert "Installing" not in answer.stdout


def test_demo_leaves_the_checkout_clean(clone: Path) -> None:
    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True
    )
    assert status.stdout == ""

"""What is kept in the repository: no path of one machine, no package index, nothing large."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".tsv",
    ".ant",
    ".yaml",
    ".yml",
    ".json",
    ".sh",
    ".cff",
    ".css",
    ".html",
    ".lock",
    "",
}
PATH_OF_ONE_MACHINE = re.compile(r"(?<![\w.:/-])/(?:work|home|root|Users|opt|mnt)/\w|\b[A-Z]:\\\\?Users")
PACKAGE_INDEX = re.compile(r"py" + r"pi\.org|pythonhosted|--(?:extra-)?index-url|--find-links", re.IGNORECASE)
LARGEST_BYTES = 2_000_000


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: which files are kept cannot be asked")
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


def _lines_with(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    found: list[str] = []
    for path in paths:
        if path.suffix not in TEXT or path == Path(__file__):
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    return found


def test_no_file_names_a_path_of_one_machine(tracked: list[Path]) -> None:
    assert _lines_with(PATH_OF_ONE_MACHINE, tracked) == []


def test_no_file_names_a_package_index(tracked: list[Path]) -> None:
    assert _lines_with(PACKAGE_INDEX, tracked) == []


def test_no_file_is_large(tracked: list[Path]) -> None:
    assert [path.name for path in tracked if path.stat().st_size > LARGEST_BYTES] == []


def test_what_make_writes_is_not_kept(tracked: list[Path]) -> None:
    written = {"out", "dist", "build", "site", ".venv", "__pycache__"}
    assert [path for path in tracked if written & set(path.relative_to(ROOT).parts)] == []


@pytest.mark.parametrize("line", ["see /home/ann/x.tsv", "open('/work/a')", r"C:\Users\ann"])
def test_a_path_of_one_machine_is_recognised(line: str) -> None:
    assert PATH_OF_ONE_MACHINE.search(line)

"""The page on records shows what the program prints."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from lekti.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "tasks" / "keep-records.md").read_text("utf-8")
BLOCKS = "".join(re.findall(r"```console\n(.*?)```", PAGE, flags=re.DOTALL))
EXAMPLES = [
    (part.split("\n")[0], part.partition("\n")[2])
    for part in re.split(r"^\$ ", BLOCKS, flags=re.MULTILINE)[1:]
]


def test_examples_print_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    for file in (ROOT / "tests" / "material" / "records").glob("*_twin*"):
        shutil.copy(file, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEKTI_RECORDS", "records")
    monkeypatch.setenv("LEKTI_OFFLINE", "1")
    assert len(EXAMPLES) == 6
    for command, shown in EXAMPLES:
        monkeypatch.setattr(sys, "argv", shlex.split(command))
        with pytest.raises(SystemExit):
            main()
        printed = capsys.readouterr()
        assert printed.out + printed.err == shown, command

"""`lekti explain`: the page as a file, as text and as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from lekti.cli.main import main


def lekti(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["lekti", *words])
    with pytest.raises(SystemExit) as stop:
        main()
    return int(stop.value.code or 0)


def test_the_page_is_written_and_told_in_one_line(monkeypatch, capsys, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    assert lekti(monkeypatch, "explain", "--out", str(out)) == 0
    told = capsys.readouterr().out
    assert told.startswith(f"Wrote {out}: ") and told.count("\n") == 1
    assert out.read_text("utf-8").startswith("<!doctype html>")


def test_without_a_file_the_text_is_printed(monkeypatch, capsys) -> None:
    assert lekti(monkeypatch, "explain") == 0
    told = capsys.readouterr().out
    assert "Short answer" in told and "[CL0" in told


def test_json_is_one_object_with_the_use(monkeypatch, capsys, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    assert lekti(monkeypatch, "explain", "--out", str(out), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["file"] == str(out)
    assert told["use"] == "research and education; not for decisions about a person"


def test_an_existing_file_is_kept_unless_force(monkeypatch, capsys, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    out.write_text("mine", "utf-8")
    assert lekti(monkeypatch, "explain", "--out", str(out)) == 2
    assert "exists already" in capsys.readouterr().err
    assert out.read_text("utf-8") == "mine"
    assert lekti(monkeypatch, "explain", "--out", str(out), "--force") == 0


def test_a_folder_that_is_not_there_is_named_in_one_sentence(monkeypatch, capsys, tmp_path: Path) -> None:
    assert lekti(monkeypatch, "explain", "--out", str(tmp_path / "no" / "page.html")) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and "does not exist" in error

"""`lekti credibility`: writes a page, prints an object, and refuses what it must not replace."""

from __future__ import annotations

import json

import pytest
from tests.outputs.test_credibility import validation

from lekti.cli.main import main


@pytest.fixture
def given(tmp_path):
    path = tmp_path / "validation.json"
    path.write_text(json.dumps(validation()), "utf-8")
    return str(path)


def lekti(monkeypatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["lekti", *words])
    with pytest.raises(SystemExit) as stop:
        main()
    return int(stop.value.code or 0)


def test_the_page_is_written_once_and_kept(monkeypatch, capsys, tmp_path, given):
    out = tmp_path / "report.html"
    words = ("credibility", "--out", str(out), "--validation", given)
    assert lekti(monkeypatch, *words) == 0
    assert "credibility factors" in capsys.readouterr().out
    first = out.read_text("utf-8")
    assert lekti(monkeypatch, *words) == 2
    assert "exists already" in capsys.readouterr().err
    assert lekti(monkeypatch, *words, "--force") == 0
    assert out.read_text("utf-8") == first


def test_the_object_holds_the_use_and_the_file(monkeypatch, capsys, tmp_path, given):
    out = tmp_path / "report.html"
    assert lekti(monkeypatch, "credibility", "--out", str(out), "--json", "--validation", given) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["file"] == str(out)
    assert "not for decisions about a person" in told["use"]


def test_a_summary_is_printed_where_no_file_is_named(monkeypatch, capsys, given):
    assert lekti(monkeypatch, "credibility", "--validation", given) == 0
    assert "Must not be used for" in capsys.readouterr().out

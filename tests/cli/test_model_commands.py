"""`lekti model`: shown, written out, and compared."""

from __future__ import annotations

import json
import sys

import libsbml
import pytest

from lekti.cli.main import main


def lekti(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["lekti", *words])
    with pytest.raises(SystemExit) as stop:
        main()
    return int(stop.value.code or 0)


def test_the_overview_lists_every_module(monkeypatch, capsys):
    assert lekti(monkeypatch, "model", "show") == 0
    told = capsys.readouterr().out
    for module in (
        "genotype",
        "proteolysis",
        "barrier",
        "water",
        "microbes",
        "alarms",
        "immunity",
        "ige",
        "itch",
        "igg",
    ):
        assert module in told


def test_a_module_shows_its_equations_and_where_its_numbers_come_from(monkeypatch, capsys):
    assert lekti(monkeypatch, "model", "show", "dupilumab") == 0
    told = capsys.readouterr().out
    assert "dupilumab_central' =" in told
    assert "Kovalenko 2020" in told
    assert "CL0309, CL0325." in told


def test_show_as_json_holds_the_numbers(monkeypatch, capsys):
    assert lekti(monkeypatch, "model", "show", "itch", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert {one["id"] for one in told["parameters"]} >= {"itch_tau", "itch_by_il31"}
    assert all(one["provenance"] for one in told["parameters"])


def test_sbml_written_to_a_file_is_valid(monkeypatch, tmp_path, capsys):
    file = tmp_path / "netherton.xml"
    assert lekti(monkeypatch, "model", "export", "--sbml", "--out", str(file), "--json") == 0
    assert len(json.loads(capsys.readouterr().out)["sha256"]) == 64
    document = libsbml.readSBMLFromFile(str(file))
    assert document.checkConsistency() == 0
    assert lekti(monkeypatch, "model", "export", "--out", str(file)) == 2
    assert lekti(monkeypatch, "model", "export", "--out", str(file), "--force") == 0


def test_antimony_goes_to_standard_output(monkeypatch, capsys):
    assert lekti(monkeypatch, "model", "export", "--antimony") == 0
    assert capsys.readouterr().out.startswith("// Netherton syndrome")


def test_the_number_of_layers_can_be_chosen(monkeypatch, capsys):
    assert lekti(monkeypatch, "model", "export", "--antimony", "--layers", "3") == 0
    told = capsys.readouterr().out
    assert "klk5_3'" in told
    assert "klk5_4'" not in told


@pytest.mark.parametrize(
    "words",
    [
        ("model", "show", "liver"),
        ("model", "export", "--sbml", "--antimony"),
        ("model", "export", "--layers", "1"),
        ("model", "export", "--json"),
        ("model", "compare", "--with", "matlab"),
        ("model", "compare", "--years", "0"),
    ],
)
def test_a_wrong_wish_is_one_sentence_and_exit_2(monkeypatch, capsys, words):
    assert lekti(monkeypatch, *words) == 2
    assert capsys.readouterr().err.count("\n") == 1

"""`lekti variant` prints one card or one object, and one sentence for what it cannot read."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lekti.base.errors import InputError, LektiError
from lekti.base.provenance import USE
from lekti.cli.main import app

INDEX = "NM_006846.4:c.1302+5G>C"
KINDS = (
    "c.1048C>T",
    "G1258A",
    "p.Arg100Trp",
    "275 kb deletion",
    "c.2468del",
    "c.-20A>G",
    "c.1816_1820+21delinsCT",
    "chr5:148064013_148339749del",
    "c.3100A>G",
)


def _run(*words: str) -> str:
    result = CliRunner().invoke(app, ["variant", *words])
    if result.exception is not None:
        raise result.exception
    return result.stdout


def test_the_card_fits_80_columns_and_says_what_it_is():
    card = _run(INDEX)
    assert all(len(line) <= 80 for line in card.splitlines())
    assert "exon 14 left out" in card
    assert "limits unverified" in card
    assert "Draft for a qualified laboratory" in card
    assert len(card.splitlines()) < 45


@pytest.mark.parametrize("text", KINDS)
def test_every_kind_of_variant_has_a_card_and_an_object(text: str):
    assert all(len(line) <= 80 for line in _run(text).splitlines())
    found = json.loads(_run(text, "--json"))
    assert found["use"] == USE
    assert len(found["acmg"]["lines"]) == 28


def test_the_object_holds_the_same_numbers_as_the_card():
    found = json.loads(_run(INDEX, "--json"))
    assert found["variant"] == "c.1302+5G>C"
    assert found["place"]["grch38"] == "NC_000005.10:g.148101441G>C"
    assert found["consequence"]["exon_skipped"] == {"exon": 14, "bases": 82, "frame_kept": False}
    assert found["consequence"]["if_made"]["could_hold"] == ["KLK5", "KLK7", "KLK14"]
    assert found["residual"]["distribution"] == {"beta": [1.0, 5.0]}
    assert found["acmg"]["class"] is None
    assert found["acmg"]["clinvar"] == "no record seen"


def test_scores_frequency_and_overrides_move_the_sheet(tmp_path: Path):
    own = tmp_path / "own.tsv"
    own.write_text("criterion\tstatus\tstrength\treason\tsource\nPS3\tnot met\t\tnone\town\n", "utf-8")
    found = json.loads(
        _run(INDEX, "--spliceai", "0.9", "--frequency", "0", "--overrides", str(own), "--json")
    )
    assert found["acmg"]["points"]["counted"] == 3
    assert next(line for line in found["acmg"]["lines"] if line["criterion"] == "PS3")["set_by"] == f"{own}:2"


def test_the_sheet_is_written_once_and_read_back(tmp_path: Path):
    sheet = tmp_path / "sheet.tsv"
    _run(INDEX, "--write-sheet", str(sheet))
    assert "PM3\tmet\tsupporting" in sheet.read_text("utf-8")
    with pytest.raises(LektiError):
        _run(INDEX, "--write-sheet", str(sheet))
    assert json.loads(_run(INDEX, "--overrides", str(sheet), "--json"))["acmg"]["points"]["counted"] == 1


@pytest.mark.parametrize(
    "words", [("c.1300+5G>C",), (INDEX, "--frequency", "2"), (INDEX, "--spliceai", "high"), ("",)]
)
def test_what_cannot_be_used_gets_one_sentence(words: tuple[str, ...]):
    with pytest.raises(InputError):
        _run(*words)

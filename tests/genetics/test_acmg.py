"""The draft sheet: points by the published scale, ranges while lines are open, no word it cannot stand by."""

import os
from pathlib import Path

import pytest

from lekti.base.errors import InputError, LektiError
from lekti.genetics.acmg_overrides import read_overrides, sheet_text
from lekti.genetics.acmg_points import class_word, posterior
from lekti.genetics.acmg_rules import Evidence
from lekti.genetics.interpretation import interpret_variant
from lekti.genetics.splice_scores import read_splice_scores

SHARED = Path(os.environ.get("LEKTI_SHARED", Path(__file__).parents[2].parent / "shared"))
TABLE = {0: 0.1, 1: 0.188, 2: 0.325, 3: 0.5, 4: 0.675, 5: 0.812, 6: 0.9, 7: 0.949, 8: 0.975, 9: 0.988,
         10: 0.994, -1: 0.051}  # fmt: skip
HEAD = "criterion\tstatus\tstrength\treason\tsource\n"


def _sheet(text: str, **evidence):
    return interpret_variant(text, evidence=Evidence(**evidence)).sheet


def _line(text: str, criterion: str, **evidence):
    return next(line for line in _sheet(text, **evidence).lines if line.id == criterion)


@pytest.mark.parametrize(("points", "expected"), TABLE.items())
def test_points_give_the_published_probability(points: int, expected: float):
    assert posterior(points) == pytest.approx(expected, abs=5e-4)


def test_points_agree_with_the_reference_row():
    path = SHARED / "science" / "genetics" / "risk_examples.tsv"
    if not path.exists():
        pytest.skip(f"the reference material is not at {path}")
    row = next(line for line in path.read_text("utf-8").splitlines() if line.startswith("E30\t"))
    pairs = [part.split(":") for part in row.split("\t")[2].split()]
    assert len(pairs) == 13
    for points, told in pairs:
        digits = len(told.partition(".")[2])
        assert round(posterior(int(points)), digits) == pytest.approx(float(told))


def test_classes_begin_at_the_published_points():
    words = [class_word(points) for points in (-7, -6, -1, 0, 5, 6, 9, 10)]
    assert words[:3] == ["benign", "likely benign", "likely benign"]
    assert words[3:5] == ["uncertain significance"] * 2
    assert words[5:] == ["likely pathogenic", "likely pathogenic", "pathogenic"]


def test_the_index_variant_counts_what_is_known_and_no_more():
    sheet = _sheet("c.1302+5G>C")
    assert sheet.counted == 1
    assert [line.id for line in sheet.having("met")] == ["PM3"]
    assert sheet.low < 0
    assert sheet.high > 10
    assert sheet.class_word == ""
    assert "c.1302+4A>T" in _line("c.1302+5G>C", "PS1").reason


@pytest.mark.parametrize("text", ["c.1302+3A>G", "c.1302+4A>T", "c.1302+5G>C", "c.1302+6T>C", "c.474G>A"])
def test_pvs1_is_never_given_beyond_the_first_two_bases_without_rna(text: str):
    line = _line(text, "PVS1")
    assert line.status == "not checkable"
    assert "RNA" in line.reason


@pytest.mark.parametrize("text", ["c.1302+1G>A", "c.1303-2A>G", "c.1048C>T", "c.153del"])
def test_pvs1_is_met_where_the_product_is_lost(text: str):
    line = _line(text, "PVS1")
    assert (line.status, line.points) == ("met", 8)


def test_pvs1_waits_where_decay_is_not_known():
    assert _line("c.3100A>T p.(Lys1034Ter)", "PVS1").status == "not checkable"
    assert _line("275 kb deletion", "PVS1").status == "not checkable"
    assert _line("c.2T>C", "PVS1").status == "not checkable"


def test_pp3_needs_a_supplied_score_and_the_matrix_counts_nothing():
    assert _line("c.1302+5G>C", "PP3").status == "not checkable"
    assert _line("c.1302+5G>C", "PP3", splice=read_splice_scores("0.91")).points == 1
    assert _line("c.1302+5G>C", "BP4", splice=read_splice_scores("0.05")).points == -1
    for criterion in ("PP3", "BP4"):
        assert _line("c.1302+5G>C", criterion, splice=read_splice_scores("0.15")).status == "not met"
    assert _line("c.1302+1G>A", "PP3", splice=read_splice_scores("1")).status == "not met"


def test_pm2_needs_a_frequency():
    assert _line("c.1302+5G>C", "PM2").status == "not checkable"
    assert _line("c.1302+5G>C", "PM2", frequency=0.0).points == 1
    assert _line("c.1302+5G>C", "PM2", frequency=0.01).status == "not met"
    assert _line("c.1302+5G>C", "BS1", frequency=0.01).points == -4


@pytest.mark.parametrize("text", ["c.2468del", "c.2468dup"])
def test_the_run_of_a_in_exon_26_misleads_neither_frequency_nor_pvs1(text: str):
    assert _line(text, "PVS1").status == "met"
    assert "run of A" in _line(text, "PVS1").reason
    for criterion in ("PM2", "BS1", "BA1"):
        assert _line(text, criterion).status == "not checkable"
        assert _line(text, criterion, frequency=0.0054).status == "not checkable"


def test_a_common_change_is_benign_by_itself_and_counted_once():
    sheet = _sheet("G1258A")
    assert sheet.class_word == "benign"
    assert [line.id for line in sheet.having("met")] == ["BA1"]


def test_signs_of_one_person_count_by_how_specific_they_are():
    hair, skin, ige = "HP:0025811", "HP:0007381", "HP:0003212"
    assert _line("c.1302+5G>C", "PP4").status == "not checkable"
    assert _line("c.1302+5G>C", "PP4", signs=frozenset({hair})).points == 1
    assert _line("c.1302+5G>C", "PP4", signs=frozenset({hair, skin, ige})).points == 2
    assert _line("c.1302+5G>C", "PP4", signs=frozenset({skin})).status == "not met"


def test_retired_lines_never_count_and_are_never_open():
    for criterion in ("PP5", "BP6", "PM6"):
        line = _line("c.1302+5G>C", criterion)
        assert (line.status, line.points, line.open_points) == ("not met", 0, 0)


def test_every_line_has_a_reason_and_a_source():
    for text in ("c.1302+5G>C", "c.1048C>T", "c.1499G>A", "p.Arg100Trp", "275 kb deletion", "c.-20A>G"):
        sheet = _sheet(text)
        assert len(sheet.lines) == 28
        assert all(line.reason and line.source and line.question for line in sheet.lines)
        assert sheet.low <= sheet.counted <= sheet.high


def test_a_sheet_that_was_written_reads_back_as_the_same_points():
    sheet = _sheet("c.1302+5G>C")
    again = _sheet("c.1302+5G>C", overrides=read_overrides(sheet_text(sheet), name="own.tsv"))
    assert again.counted == sheet.counted
    assert [line.status for line in again.lines] == [line.status for line in sheet.lines]


def test_every_line_can_be_overridden_and_says_by_what():
    for line in _sheet("c.1302+5G>C").lines:
        text = f"{HEAD}{line.id}\tmet\t\town measurement\town laboratory\n"
        changed = _line("c.1302+5G>C", line.id, overrides=read_overrides(text, name="own.tsv"))
        assert (changed.status, changed.set_by) == ("met", "own.tsv:2")


def test_an_rna_result_can_be_entered_as_pvs1():
    text = f"{HEAD}PVS1\tmet\tstrong\texon 14 left out in all RNA\town laboratory\n"
    sheet = _sheet("c.1302+5G>C", overrides=read_overrides(text, name="own.tsv"))
    assert sheet.counted == 5


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a\tb\n", "criterion, status"),
        (f"{HEAD}PVS9\tmet\tstrong\tx\ty\n", "own.tsv:2"),
        (f"{HEAD}PS3\tperhaps\tstrong\tx\ty\n", "'perhaps' is no status"),
        (f"{HEAD}PS3\tmet\thuge\tx\ty\n", "'huge' is no strength"),
        (f"{HEAD}PS3\tmet\tstand_alone\tx\ty\n", "no strength of PS3"),
        (f"{HEAD}PS3\tmet\tstrong\t\ty\n", "no reason"),
        (f"{HEAD}PS3\tmet\tstrong\tx\ty\nPS3\tmet\tstrong\tx\ty\n", "stands twice"),
        ("", "empty"),
        (f"{HEAD}PS3\tmet\n", "2 cells"),
    ],
)
def test_a_wrong_override_gets_one_sentence(text: str, told: str):
    with pytest.raises(LektiError, match=told.replace("(", r"\(")):
        read_overrides(text, name="own.tsv")


@pytest.mark.parametrize(
    ("text", "largest"),
    [("0.91", 0.91), ("1", 1.0), (".2", 0.2), ("DS_AG=0.1,DS_AL=0,DS_DG=0.3,DS_DL=0.2,DP_AG=5", 0.3),
     ("SpliceAI=C|SPINK5|0.00|0.01|0.02|0.91|-5|3|1|-5", 0.91)],
)  # fmt: skip
def test_scores_are_read_in_three_forms(text: str, largest: float):
    assert read_splice_scores(text).largest == largest


@pytest.mark.parametrize(
    "text", ["", "nan", "1.5", "-0.1", "1e-3", "DS_XX=0.1", "C|CFTR|0|0|0|0", "C|SPINK5|0|0", "high"]
)
def test_other_scores_get_one_sentence(text: str):
    with pytest.raises(InputError, match="--spliceai"):
        read_splice_scores(text)

"""Any usual way to name a variant is read; what contradicts what is known is refused with a sentence."""

import pytest

from lekti.base.errors import InputError
from lekti.genetics.describe import describe, read_checked

INDEX = "c.1302+5G>C"


@pytest.mark.parametrize(
    "text",
    [
        "NM_006846.4:c.1302+5G>C",
        "NM_006846.3:c.1302+5G>C",
        "NM_006846.4(SPINK5):c.1302+5G>C",
        "NC_000005.10(NM_006846.4):c.1302+5G>C",
        "SPINK5:c.1302+5G>C",
        "SPINK5 c.1302+5G>C",
        "c.1302+5G>C",
        "1302+5G>C",
        "c.1302+5g>c",
        "  c.1302 + 5 G > C ",
        "c.1302+5G→C",
        "c.1302+5G->C",
        "c.1302+5G⟶C",
        "c.1302+5G&gt;C",
        "c.1302＋5G＞C",
        "c.1302+5G>C p.?",
        "“c.1302+5G>C”",
        "c.1302\u200b+5G>C",
        "IVS14+5G>C",
        "IVS14 + 5 G → C",
        "NC_000005.10:g.148101441G>C",
        "NC_000005.9:g.147481004G>C",
        "chr5:148101441G>C",
        "chr5:g.147481004G>C",
        "g.148101441G>C",
        "g.147481004G>C",
        "5-148101441-G-C",
        "5:147481004:G:C",
        "GRCh37:5:147481004:G:C",
        "hg19 chr5:147,481,004 G>C",
        "(GRCh38) chr5:148101441G>C",
    ],
)
def test_every_spelling_of_the_index_variant_is_the_same(text: str):
    assert describe(text).label == INDEX


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("IVS13−50G→A", "c.1221-50G>A"),
        ("c.1303–12A>G", "c.1303-12A>G"),
        ("c.2468delA", "c.2468del"),
        ("2468insA", "c.2468dup"),
        ("153delT", "c.153del"),
        ("377delAT", "c.377_378del"),
        ("375_376delAT", "c.377_378del"),
        ("c.377del", "c.377del"),
        ("c.238_239insG", "c.238dup"),
        ("c.581_582del", "c.582_583del"),
        ("c.1870del", "c.1873del"),
        ("c.2473_2474del", "c.2474_2475del"),
        ("5-148072173-A-AG", "c.238dup"),
        ("5-147451736-A-AG", "c.238dup"),
        ("5-147466058-AC-A", "c.374del"),
        ("5-147466073-T-TGTGC", "c.388_389insGTGC"),
        ("c.1302+200A>G", "c.1303-145A>G"),
        ("p.Arg350Ter", "c.1048C>T"),
        ("p.(Arg350*)", "c.1048C>T"),
        ("R350X", "c.1048C>T"),
        ("NP_006837.2:p.(Arg350Ter)", "c.1048C>T"),
        ("p.(Ala80GlyfsTer19)", "c.238dup"),
        ("p.Arg100Trp", "p.Arg100Trp"),
    ],
)
def test_other_names_lead_to_one_description(text: str, label: str):
    assert describe(text).label == label


@pytest.mark.parametrize(
    "text", ["G1258A", "1258G>A", "c.1258G>A", "Glu420Lys", "E420K", "p.Glu420Lys", "p.(Glu420Lys)"]
)
def test_the_older_direction_of_the_common_polymorphism_is_turned_and_told(text: str):
    found = describe(text)
    assert found.label == "c.1258A>G"
    assert any("is the reference" in note for note in found.notes)


@pytest.mark.parametrize("text", ["c.1258A>G", "Lys420Glu", "K420E"])
def test_the_newer_direction_needs_no_turn(text: str):
    found = describe(text)
    assert found.label == "c.1258A>G"
    assert not any("is the reference" in note for note in found.notes)


def test_an_rs_number_names_a_place_and_not_a_change():
    assert "not which allele" in " ".join(describe("rs2303067").notes)
    with pytest.raises(InputError, match="not which allele was seen"):
        describe("rs12345")


@pytest.mark.parametrize(
    "text",
    ["275 Kb large genomic deletion", "Deletion_of_275_7_kb", "gross deletion of 275.7 kb including SPINK5",
     "whole gene deletion"],
)  # fmt: skip
def test_a_large_deletion_in_words_is_structural(text: str):
    found = describe(text)
    assert (found.structural, found.variant) == ("SO:0000159", None)
    assert "not known" in found.notes[0]


def test_a_large_deletion_with_ends_keeps_them_on_grch38():
    for text in ("NC_000005.9:g.147443576_147719312del", "chr5:148064013_148339749del"):
        assert describe(text).span == (148064013, 148339749)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "No variant is named"),
        ("x" * 300, "300 signs"),
        ("c.1300+5G>C", "c.1302+5 (exon 14 is c.1221_1302)"),
        ("c.1222-2A>G", "c.1221-2"),
        ("c.1302+999G>C", "at most 344"),
        ("c.1302+5A>C", "published changes have G there (c.1302+5G>C)"),
        ("c.1302+5C>G", "written from the other allele"),
        ("c.1048C>T p.(Arg351Ter)", "lies in codon 350, not 351"),
        ("p.Lys350Ter", "published names have Arg there"),
        ("p.Xyz5Ter", "Xyz is no residue"),
        ("p.Arg5000Ter", "1 to 1064"),
        ("G700T", "can be a base or a residue"),
        ("IVS40+1G>A", "intron 1 to 32"),
        ("IVS32+1G>A", "was not found"),
        ("NC_000006.12:g.148101441G>C", "another chromosome"),
        ("NC_000005.8:g.148101441G>C", "NC_000005.10 (GRCh38)"),
        ("chr7:148101441G>C", "another chromosome"),
        ("g.5A>G", "outside SPINK5"),
        ("GRCh37:5:148101441:G:C", "outside SPINK5"),
        ("chr5:148127000A>G", "no known place here"),
        ("chr5:148101450_148101441del", "ends before it starts"),
        ("5-148101441-G-G", "changes nothing"),
        ("c.[1302+5G>C];[1302+5G>C]", "coding description"),
        ("ENST00000256084.8:c.1302+5G>C", "coding description"),
    ],
)
def test_what_cannot_be_right_is_refused_with_a_reason(text: str, told: str):
    with pytest.raises(InputError) as caught:
        describe(text)
    sentence = str(caught.value)
    assert told in sentence
    assert "\n" not in sentence


def test_borders_that_are_only_inferred_are_told_and_not_refused():
    assert any("infers" in note for note in describe("c.2870+5G>A").notes)
    assert any("not checked" in note for note in describe("c.2739+5G>A").notes)


def test_a_case_file_is_held_against_the_same_tables():
    assert read_checked("c.1302+5G>C").key == INDEX
    with pytest.raises(InputError, match=r"case\.yaml:7"):
        read_checked("c.1302+5A>C", where="case.yaml:7")

"""HGVS text is read once, kept whole, and refused with a sentence when it cannot be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lekti.base.errors import InputError
from lekti.genetics.hgvs import Position, protein_text, read_variant, variant_key


def test_an_intronic_substitution_is_read():
    variant = read_variant("NM_006846.4:c.1302+5G>C")
    assert variant.kind == "sub"
    assert variant.start == variant.end == Position(1302, 5)
    assert (variant.deleted, variant.inserted, variant.transcript) == ("G", "C", "NM_006846.4")


def test_a_delins_that_crosses_into_the_intron_is_read():
    variant = read_variant("c.1816_1820+21delinsCT")
    assert (variant.kind, variant.end, variant.inserted) == ("delins", Position(1820, 21), "CT")
    assert variant.length_change is None


@pytest.mark.parametrize(
    ("text", "change"),
    [("c.153del", -1), ("c.377_378delAT", -2), ("c.238dup", 1), ("c.957_960dup", 4), ("c.966_967insC", 1),
     ("c.2441+3_2441+6del", -4), ("c.1048C>T", 0), ("c.100_101delinsAAAA", 2)],
)  # fmt: skip
def test_the_change_of_length_is_counted(text: str, change: int):
    assert read_variant(text).length_change == change


def test_the_gene_in_brackets_and_the_protein_part_are_accepted():
    variant = read_variant("NM_006846.4(SPINK5):c.1048C>T p.(Arg350Ter)")
    assert variant.protein == "p.(Arg350Ter)"


def test_positions_outside_the_coding_sequence_are_accepted():
    assert read_variant("c.-15A>G").start.region == "5utr"
    assert read_variant("c.*20A>G").start.region == "3utr"


def test_spellings_of_one_change_share_a_key():
    assert variant_key("NM_006846.3:c.2468delA") == variant_key("NM_006846.4:c.2468del") == "c.2468del"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("c.1302+5G->C", "coding description"),
        ("1302+5G>C", "coding description"),
        ("IVS14+5G>C", "coding description"),
        ("", "coding description"),
        ("c.1302+0G>C", "count from 1"),
        ("c.0A>G", "count from 1"),
        ("c.5000A>G", "c.3195"),
        ("c.378_377del", "start that comes before"),
        ("c.5A>A", "two different bases"),
        ("c.5_7delAT", "3 written bases"),
        ("c.5_9insA", "neighbouring"),
        ("c.5insA", "neighbouring"),
        ("NM_000492.4:c.5A>G", "NM_006846.4"),
        ("NM_006846.4(CFTR):c.5A>G", "SPINK5"),
        ("NC_000005.10:g.148101441G>C", "NM_006846.4"),
        ("g.148101441G>C", "starts with c."),
        ("c.1048C>T stop", "three-letter"),
    ],
)
def test_malformed_text_is_refused_with_what_where_and_expected(text: str, told: str):
    with pytest.raises(InputError) as caught:
        read_variant(text, where="case.yaml:7")
    assert told in str(caught.value)
    assert "case.yaml:7" in str(caught.value)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_and_nothing_else(text: str):
    try:
        read_variant(text)
    except InputError as error:
        assert error.expected


def test_the_protein_prefix_is_dropped():
    assert protein_text("NP_006837.2:p.?") == "p.?"
    assert protein_text("(p.Arg350Ter)") == "p.Arg350Ter"
    assert protein_text(None) is None

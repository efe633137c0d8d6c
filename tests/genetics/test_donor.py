"""The donor matrix: shares sum to one, and the known differences come out."""

import pytest

from lekti.base.errors import InputError
from lekti.base.tables import knowledge_table
from lekti.genetics.donor import donor_change, donor_score
from lekti.genetics.hgvs import read_variant
from lekti.genetics.neighbours import same_splice_site


def test_every_position_sums_to_one():
    for row in knowledge_table("genetics/donor_matrix.tsv"):
        assert sum(row.number(base) for base in "ACGT") == pytest.approx(1, abs=0.011), row.where


@pytest.mark.parametrize(
    ("text", "bits"),
    [("c.1302+5G>C", -3.64), ("c.1302+4A>T", -2.49), ("c.2015+5G>A", -3.00), ("c.474G>A", -2.91)],
)
def test_the_difference_needs_no_sequence(text: str, bits: float):
    assert donor_change(read_variant(text)).bits == pytest.approx(bits, abs=0.006)


def test_a_printed_zero_gives_at_least():
    assert donor_change(read_variant("c.1302+1G>T")).at_least
    assert donor_change(read_variant("c.1302+2T>A")).bits < -5


def test_nothing_is_said_away_from_a_donor_or_for_a_deletion():
    for text in ("c.1302+7G>C", "c.1302+100G>C", "c.1303-3G>C", "c.1250A>G", "c.2441+3_2441+6del"):
        assert donor_change(read_variant(text)) is None


def test_one_base_moves_the_full_score_by_the_same_bits_whatever_the_others_are():
    for frame in ("CAGGTAA{}T", "GAAGTGA{}C", "TTTGTCC{}G"):
        change = donor_score(frame.format("C")) - donor_score(frame.format("G"))
        assert change == pytest.approx(donor_change(read_variant("c.1302+5G>C")).bits)


@pytest.mark.parametrize("text", ["", "CAGGTAAG", "CAGGTAAGN", "caggtaagt"])
def test_a_score_needs_nine_bases(text: str):
    with pytest.raises(InputError, match="nine bases"):
        donor_score(text)


def test_neighbours_are_published_disease_variants_at_the_same_site():
    assert same_splice_site(read_variant("c.1302+4A>T")) == ("c.1302+5G>C",)
    assert same_splice_site(read_variant("c.1430+3A>G")) == ("c.1430+2T>G", "c.1430+4A>G")
    assert same_splice_site(read_variant("c.1048C>T")) == ()

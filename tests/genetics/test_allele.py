"""Two alleles are the same variant when their description is the same change."""

from lekti.genetics.allele import REFERENCE, UNKNOWN, Allele, same_variant


def test_the_label_is_short_and_keeps_the_change():
    assert Allele("hgvs", hgvs="NM_006846.4:c.1302+5G>C").label == "c.1302+5G>C"
    assert Allele("structural", structural="SO:1000029").label == "SO:1000029"
    assert UNKNOWN.label == "unknown"


def test_structural_changes_of_one_type_count_as_the_same_variant():
    deletion = Allele("structural", structural="SO:1000029")
    assert same_variant(deletion, deletion)
    assert not same_variant(deletion, Allele("hgvs", hgvs="c.153del"))


def test_unknown_and_reference_are_never_the_same_variant():
    assert not same_variant(UNKNOWN, UNKNOWN)
    assert not same_variant(REFERENCE, UNKNOWN)

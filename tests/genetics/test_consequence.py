"""What a change does follows from its place: exon left out, frame, stop, domains, pieces that are whole."""

import pytest

from lekti.genetics.consequence import consequence_of, stop_of
from lekti.genetics.describe import describe
from lekti.genetics.effects import effect_of_described
from lekti.genetics.gene import gene
from lekti.genetics.place import place_of


def _of(text: str):
    described = describe(text)
    return consequence_of(described, effect_of_described(described))


def test_the_index_variant_leaves_out_exon_14_and_loses_the_frame():
    found = _of("c.1302+5G>C")
    assert (found.skip.exon, found.skip.length, found.skip.frame_kept) == (14, 82, False)
    assert found.intron == (14, 344)
    assert found.nmd == "expected"
    assert found.protein.kept == ("D1", "D2", "D3", "D4", "D5")
    assert (found.protein.cut, found.protein.lost[0], found.protein.lost[-1]) == ("D6", "D7", "D15")
    assert (found.protein.fragments, found.protein.holds) == (("D5",), ("KLK5", "KLK7", "KLK14"))


def test_an_acceptor_change_leaves_out_the_exon_after_it():
    found = _of("c.1431-12G>A")
    assert found.skip.exon == 16
    assert found.intron == (15, 3043)


@pytest.mark.parametrize("exon", range(2, 29))
def test_a_canonical_change_at_any_donor_loses_the_frame_early_enough_for_decay(exon: int):
    last = gene().exons[exon - 1].last
    found = _of(f"c.{last}+1G>T")
    assert found.skip.exon == exon
    assert not found.skip.frame_kept
    assert found.nmd == ("expected" if gene().exons[exon - 1].first + 300 <= 3040 else "not known")


def test_a_stop_is_placed_by_the_protein_name_and_near_the_end_nothing_is_said():
    assert stop_of(describe("c.1048C>T")) == 1050
    assert stop_of(describe("c.2468del")) == 3 * 923 + 1
    assert _of("c.3018T>A").nmd == "expected"
    assert _of("c.3100A>T p.(Lys1034Ter)").nmd == "not known"
    assert _of("c.2900del").nmd == "not known"


def test_a_missense_change_has_no_stop_and_no_shortened_protein():
    found = _of("c.1499G>A")
    assert (found.skip, found.nmd, found.protein) == (None, "", None)


def test_a_late_stop_keeps_the_pieces_before_it():
    assert _of("c.2468del").protein.fragments == ("D5", "D6", "D8-D11")


@pytest.mark.parametrize(
    ("text", "words", "distance"),
    [
        ("c.474G>A", "exon 6", "last base of exon 6"),
        ("c.80A>G", "exon 2", "last but one base of exon 2"),
        ("c.883A>G", "exon 11", "first base of exon 11"),
        ("c.1302+4A>T", "intron 14", "donor +4"),
        ("c.1303-145A>G", "intron 14", "acceptor -145"),
        ("c.1816_1820+21delinsCT", "exon 19 to intron 19", "4 bases before the donor"),
        ("c.3100A>G", "exon 32 or 33", ""),
        ("c.-5A>G", "5' untranslated region", ""),
        ("p.Arg100Trp", "exon 5", ""),
        ("chr5:148064013_148339749del", "the whole gene", ""),
        ("chr5:148101000_148105100del", "exons 14 to 16 at least", ""),
    ],
)
def test_a_place_is_told_in_words(text: str, words: str, distance: str):
    place = place_of(describe(text))
    assert (place.words, place.distance) == (words, distance)


def test_both_builds_are_written_as_hgvs():
    place = place_of(describe("c.1816_1820+21delinsCT"))
    assert place.grch38 == "NC_000005.10:g.148111891_148111916delinsCT"
    assert place.grch37 == "NC_000005.9:g.147491454_147491479delinsCT"

"""The exon table fits together: what can be computed from it again is computed again."""

import re
from itertools import pairwise

import pytest

from lekti.base.tables import knowledge_table
from lekti.genetics.gene import domain_of, domains, gene, residue_of
from lekti.genetics.hgvs import read_variant
from lekti.genetics.read_protein import known_residues

PLACED = [exon for exon in gene().exons if exon.grch38 is not None]
WHOLE = [exon for exon in gene().exons if exon.length is not None]


def test_thirty_three_exons_cover_the_coding_sequence_without_gap_or_overlap():
    assert [exon.number for exon in gene().exons] == list(range(1, 34))
    for before, after in pairwise(WHOLE):
        assert after.first == before.last + 1
    assert gene().exons[0].first == 1
    assert gene().exons[-1].last == gene().coding_length == 3 * (gene().residues + 1)


def test_every_coding_base_lies_in_one_exon_or_in_the_two_whose_border_was_not_found():
    for base in range(1, gene().coding_length + 1):
        numbers = [exon.number for exon in gene().exons_at(base)]
        assert len(numbers) == 1 or (base >= 3096 and numbers == [32, 33]), base


def test_no_single_exon_skip_of_exons_2_to_31_keeps_the_frame():
    assert all(exon.length % 3 for exon in WHOLE if 2 <= exon.number <= 31)


def test_core_exons_have_128_bases_and_start_a_codon():
    core = [exon for exon in WHOLE if exon.length == 128]
    assert [exon.number for exon in core] == [3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29]
    assert all(exon.first % 3 == 1 for exon in core)


def test_exons_lie_in_order_on_the_chromosome_inside_the_gene():
    for before, after in pairwise(PLACED):
        assert before.grch38_last < after.grch38
    assert gene().first_grch38 < PLACED[0].grch38
    assert PLACED[-1].grch38_last < gene().last_grch38


def test_introns_between_placed_neighbours_have_a_length_and_others_have_none():
    assert gene().intron_length(14) == 344
    assert gene().intron_length(25) == 158
    assert [n for n in range(1, 33) if gene().intron_length(n) is None] == [1, 28, 29, 30, 31, 32]


def test_exons_without_a_read_place_say_so():
    assert {exon.borders for exon in gene().exons if exon.grch38 is None} == {"inferred"}


def test_domains_stand_in_order_and_hold_their_cysteines():
    assert [domain.name for domain in domains()] == ["signal", *(f"D{n}" for n in range(1, 16))]
    for before, after in pairwise(domains()):
        assert before.last < after.first
    for domain in domains():
        assert all(domain.first <= residue <= domain.last for residue in domain.cysteines)
    assert [domain.name for domain in domains() if len(domain.cysteines) == 6] == ["D2", "D15"]
    assert {domain.provenance for domain in domains()} == {"unverified"}


def test_published_cysteines_are_the_ones_of_the_domain_table():
    told = [residue for residue, (name, _) in known_residues().items() if name == "Cys"]
    listed = {residue for domain in domains() for residue in domain.cysteines}
    assert len(told) >= 7
    assert set(told) <= listed


def test_a_residue_between_two_domains_is_in_a_linker():
    assert domain_of(80) == "D1-D2 linker"
    assert domain_of(1060) == "after D15"


def test_published_protein_names_lie_in_the_codon_of_their_change():
    for row in knowledge_table("genetics/variants.tsv"):
        variant = read_variant(row["hgvs_c"], where=row.where)
        told = re.match(r"p\.\(?[A-Z][a-z]{2}(\d+)", row["hgvs_p"])
        if told is None or variant.start.offset:
            continue
        last = residue_of(variant.end.base)
        if variant.kind == "sub":
            assert int(told[1]) == last, row.where
        else:
            # the first changed residue can lie a few further on, where the shifted bases still spell the same
            assert residue_of(variant.start.base) <= int(told[1]) <= last + 2, row.where


@pytest.mark.parametrize("exon", PLACED, ids=lambda exon: str(exon.number))
def test_a_place_and_its_length_give_the_last_place(exon):
    assert exon.grch38_last - exon.grch38 + 1 == exon.last - exon.first + 1

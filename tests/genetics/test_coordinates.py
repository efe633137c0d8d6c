"""Coding positions and places on chromosome 5 are each other's inverse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lekti.base.errors import InputError
from lekti.genetics.coordinates import from_build, on_build, to_coding, to_genome
from lekti.genetics.gene import gene
from lekti.genetics.hgvs import Position

PLACED = [exon for exon in gene().exons if exon.grch38 is not None]


@pytest.mark.parametrize(
    ("base", "offset", "grch38"),
    [(56, 0, 148065347), (80, 0, 148065371), (81, 2, 148065374), (1221, -50, 148101305), (1302, 5, 148101441),
     (1430, 4, 148101912), (1431, -12, 148104940), (1820, 53, 148111948), (3018, 0, 148131312)],
)  # fmt: skip
def test_a_position_has_its_published_place(base: int, offset: int, grch38: int):
    assert to_genome(Position(base, offset)) == grch38
    assert to_coding(grch38) == Position(base, offset)


@given(st.sampled_from(PLACED), st.data())
def test_every_base_of_a_placed_exon_returns(exon, data):
    base = data.draw(st.integers(exon.first, exon.last))
    place = to_genome(Position(base))
    assert place is not None
    assert to_coding(place) == Position(base)


@given(st.integers(gene().first_grch38, gene().last_grch38))
def test_every_place_of_the_gene_returns_or_is_refused_with_a_sentence(place: int):
    try:
        position = to_coding(place)
    except InputError as error:
        assert "no known place" in str(error)
    else:
        assert to_genome(position) == place


@given(st.integers(1, 10**9))
def test_builds_differ_by_one_constant(place: int):
    assert from_build(on_build(place, "GRCh37"), "GRCh37") == place
    assert place - on_build(place, "GRCh37") == 620437


def test_positions_in_exons_without_a_place_have_none():
    assert to_genome(Position(10)) is None
    assert to_genome(Position(2800)) is None
    assert to_genome(Position(3190)) is None
    assert to_genome(Position(20, 0, "5utr")) is None


def test_a_place_outside_the_gene_is_refused():
    with pytest.raises(InputError, match="outside SPINK5"):
        to_coding(1)

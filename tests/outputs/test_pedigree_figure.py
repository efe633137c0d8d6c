"""A drawn pedigree: nobody overlaps, couples meet, children stand below, and every label can be read."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import assume, given, settings
from tests.genetics.families import random_families
from tests.genetics.test_family_risk import large_family

from lekti.base.errors import InputError
from lekti.genetics.family_risk import FamilyAnswer, family_risk
from lekti.genetics.pedigree import Family, Person
from lekti.genetics.pedigree_checks import checked
from lekti.outputs.kinship_lines import NEXT_CHILD
from lekti.outputs.pedigree_figure import WIDEST, pedigree_figure
from lekti.outputs.pedigree_key import children_figure, pedigree_key
from lekti.outputs.pedigree_layout import layout
from lekti.outputs.pedigree_levels import generations
from lekti.outputs.svg import Group, Shape
from lekti.patients.family_library import builtin_families, load_family
from lekti.patients.family_numbers import default_population, planned_tests
from lekti.patients.read_family import read_family

HARD = """lekti_family: 1
people:
  G1: {sex: male, died: yes}
  G2: {sex: female}
  U1: {parents: [G1, G2], sex: male, status: healthy}
  M1: {parents: [G1, G2], sex: female, status: healthy}
  F1: {sex: male, status: healthy}
  F2: {sex: male, status: healthy}
  N1: {parents: [F1, M1], sex: female, status: healthy}
  N2: {parents: [F1, M1], sex: female, status: healthy}
  N3: {parents: [F1, M1], sex: female, status: healthy, identical_twin: N2}
  H1: {parents: [F2, M1], sex: male, status: affected, proband: yes}
  K1: {parents: [U1, N1], sex: female, status: healthy}
  K2: {parents: [U1, N1], sex: male, status: healthy, fraternal_twin: K1}
  W1: {sex: female}
  S1: {parents: [U1, W1], sex: male}
ask: {next_child: [U1, N1]}
"""


def hard() -> Family:
    return read_family(HARD, name="hard.yaml")


def told(family: Family) -> FamilyAnswer:
    return family_risk(family, planned=planned_tests())


FAMILIES = [*(load_family(name) for name in builtin_families()), hard(), large_family()]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_nobody_stands_in_another_place_and_rows_keep_their_order(family: Family):
    placed = layout(family)
    assert sorted(placed.x) == sorted(one.id for one in family.people)
    for row in placed.rows:
        assert all(placed.x[right] - placed.x[left] >= 0.999 for left, right in pairwise(row))


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_children_stand_below_their_parents_and_siblings_in_one_row(family: Family):
    level = generations(family)
    for one in family.people:
        assert all(level[parent] < level[one.id] for parent in (one.father, one.mother) if parent)
    for couple in family.all_couples:
        assert len({level[child.id] for child in family.children_of(couple)}) <= 1


@pytest.mark.parametrize("name", builtin_families())
def test_couples_of_the_examples_stand_side_by_side(name: str):
    family = load_family(name)
    placed = layout(family)
    assert all(placed.side_by_side(*couple) for couple in family.all_couples)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_labels_do_not_overlap_and_nothing_leaves_the_drawing(family: Family):
    drawing = pedigree_figure(told(family)).drawing
    boxes = [text.box for text in drawing.texts() if text.text not in {"P", "?"}]
    assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]
    for box in boxes:
        assert box.left >= 0
        assert box.right <= drawing.width
        assert box.bottom <= drawing.height


def test_an_uncle_and_his_niece_stand_in_two_generations():
    level = generations(hard())
    assert level["N1"] == level["U1"] + 1
    assert level["K1"] == level["N1"] + 1


def test_founders_stand_beside_their_partners_and_just_above_their_children():
    people = [Person("A", sex="male"), Person("B", sex="female"), Person("C", "female", "A", "B")]
    people += [Person("D", sex="male"), Person("E", "male", "D", "C"), Person("X", sex="male")]
    people += [Person("Y", sex="female"), Person("Z", "female", "X", "Y"), Person("K", "male", "E", "Z")]
    level = generations(checked(Family(tuple(people), default_population())))
    assert (level["D"], level["X"], level["Z"], level["K"]) == (1, 1, 2, 3)


def _shapes(drawing_nodes: object) -> list[Shape]:
    found: list[Shape] = []
    for node in drawing_nodes:  # type: ignore[attr-defined]
        found += _shapes(node.nodes) if isinstance(node, Group) else [node] if isinstance(node, Shape) else []
    return found


def test_standard_symbols_stand_for_sex_disease_and_carriers():
    answer = told(load_family("cousins"))
    shapes = _shapes(pedigree_figure(answer).drawing.nodes)
    names = [(one.name, one.attributes["class"]) for one in shapes]
    assert names.count(("rect", "ped-full")) == 1
    assert names.count(("circle", "ped-open")) == 6
    assert names.count(("rect", "ped-open")) == 5
    assert names.count(("circle", "ink-fill")) == 4
    assert names.count(("rect", "ped-box")) == 1


def test_related_parents_are_joined_by_two_lines():
    answer = told(load_family("cousins"))
    related = [each for each in answer.couples if each.inbreeding > 0]
    assert [(each.father, each.mother) for each in related] == [("III-1", "III-2")]
    paths = [one for one in _shapes(pedigree_figure(answer).drawing.nodes) if one.name == "path"]
    lines = [one for one in paths if one.attributes["class"] == "ped-line"]
    assert len(lines) == len(answer.couples) + 1


def test_the_next_child_is_drawn_unless_a_pregnancy_stands_for_it():
    assert NEXT_CHILD in {
        text.text for text in pedigree_figure(told(load_family("siblings"))).drawing.texts()
    }
    assert NEXT_CHILD not in {
        text.text for text in pedigree_figure(told(load_family("cousins"))).drawing.texts()
    }


def test_the_text_alternative_names_everyone():
    answer = told(load_family("cousins"))
    words = pedigree_figure(answer).drawing.description
    assert all(f"{one.id}, " in words for one in answer.family.people)


def test_the_documented_picture_is_what_is_drawn():
    """Words and order of the marks are compared; the style and the last digits of places may move."""
    picture = Path(__file__).parents[2] / "docs" / "images" / "pedigree-cousins.svg"
    drawn = pedigree_figure(told(load_family("cousins"))).drawing.svg()
    shown, again = (
        re.sub(r"<style>.*?</style>|[\d.]+|\s+$", "", text, flags=re.DOTALL)
        for text in (picture.read_text("utf-8"), drawn)
    )
    assert shown == again


def test_the_key_holds_only_what_is_drawn():
    words = [text.text for text in pedigree_key(told(load_family("siblings"))).texts()]
    assert "parents are related" not in words
    assert "next child asked about" in words
    assert "proven carrier, healthy" in words


def test_four_children_stand_for_one_in_four_and_none_for_an_odd_chance():
    family = told(load_family("siblings"))
    assert family.asked is not None
    drawing = children_figure(family.asked)
    assert drawing is not None
    assert drawing.description.startswith("1 of 4 has Netherton syndrome")
    odd = told(load_family("aunt")).asked
    assert odd is not None
    assert children_figure(odd) is None


def test_a_large_family_is_drawn_in_seconds_and_may_be_wider_than_the_page():
    answer = told(large_family())
    start = perf_counter()
    assert pedigree_figure(answer).drawing.width > WIDEST
    assert perf_counter() - start < 5.0


@settings(max_examples=25, deadline=None)
@given(random_families(most=10))
def test_any_pedigree_can_be_drawn(family: Family):
    family = checked(family)
    try:
        answer = told(family)
    except InputError:
        assume(False)
        return
    drawing = pedigree_figure(answer).drawing
    assert drawing.svg().count('class="person"') >= len(family.people)

"""Exact answers about families: the worked answers of textbooks, sums by hand, and how fast they come."""

from __future__ import annotations

import math
from dataclasses import replace
from time import perf_counter

import numpy as np
import pytest
from hypothesis import assume, given, settings
from tests.genetics.families import (
    PLANNED,
    ByHand,
    alleles,
    answer,
    exactly,
    negative,
    person,
    random_families,
)

from lekti.base.errors import InputError
from lekti.genetics.family_risk import family_risk, labels_in_words
from lekti.genetics.pedigree import CarrierTest, Family, Penetrance, Person, Population, Range, Variant
from lekti.genetics.pedigree_checks import checked

SMALL = alleles(1e-7)
NUCLEAR = [person("f", status="healthy"), person("m", status="healthy"), person("c", "f m", "affected")]


def test_carrier_parents_have_an_affected_child_in_four():
    told = answer(NUCLEAR, SMALL).couples[0]
    assert (told.affected.value, told.carrier.value, told.neither.value) == pytest.approx((0.25, 0.5, 0.25))
    assert told.affected.is_certain


def test_healthy_sibling_carries_in_two_of_three():
    told = answer([*NUCLEAR, person("s", "f m", "healthy")], SMALL).of("s")
    assert told.carrier.value == pytest.approx(2 / 3)


def test_incidence_leaves_an_interval_where_it_matters_and_none_where_it_does_not():
    population = Population("incidence", Range(1 / 200_000, 1 / 400_000, 1 / 50_000))
    told = answer([*NUCLEAR, person("s", "f m", "healthy")], population)
    assert told.couples[0].affected.is_certain
    child = told.of("s").child
    assert (1 / child.low, 1 / child.value, 1 / child.high) == pytest.approx(
        (1900.4, 1344.6, 673.8), rel=1e-3
    )


def test_a_range_of_the_tests_widens_the_interval():
    loose = CarrierTest(("gene",), (), Range(0.9, 0.8, 0.95))
    told = answer([*NUCLEAR, person("s", "f m", "healthy", tests=(loose,))], SMALL).of("s").carrier
    assert (told.low, told.value, told.high) == pytest.approx((1 / 11, 1 / 6, 2 / 7), rel=1e-4)


def test_a_partner_who_lacks_the_family_variant_may_carry_another():
    variants = (Variant("A"), Variant("B"))
    people = [*NUCLEAR, person("s", "f m", "healthy"), person("p", status="healthy")]
    before = answer(people, alleles(0.01), variants=variants).of("p").carrier.value
    people[-1] = replace(people[-1], tests=(negative(0.99, "A", "B"),))
    after = answer(people, alleles(0.01), variants=variants).of("p").carrier.value
    assert 0.97 * before < after < before


def test_one_affected_person_with_one_allele_found_may_have_one_that_was_missed():
    found = CarrierTest(("gene",), ("other",), exactly(0.9))
    told = answer([person("a", status="affected", tests=(found,))], alleles(0.01))
    assert told.of("a").two.value == pytest.approx(1.0)
    assert math.exp(told.log_likelihood) == pytest.approx(0.01**2 * 2 * 0.9 * 0.1)


def test_two_copies_of_one_variant_are_found_together():
    found = CarrierTest(("gene",), ("A",), exactly(0.9))
    told = answer([person("a", status="affected", tests=(found,))], alleles(0.01), variants=(Variant("A"),))
    assert told.of("a").two.value == pytest.approx(1.0)
    with pytest.raises(InputError, match="a cannot be true"):
        never = replace(found, found=("A", "A", "A"))
        answer([person("a", tests=(never,))], alleles(0.01), variants=(Variant("A"),))


def test_identical_twins_share_their_genotype():
    people = [*NUCLEAR, person("t", "f m", "healthy", copies=1), person("u", "f m", identical_twin="t")]
    assert answer(people, SMALL).of("u").carrier.value == pytest.approx(1.0)


def test_identical_twin_of_an_affected_person_who_is_healthy_cannot_be():
    people = [*NUCLEAR, person("t", "f m", "healthy", identical_twin="c")]
    with pytest.raises(InputError, match="t cannot be true") as caught:
        answer(people, SMALL)
    assert caught.value.where == "f.ped:t"


def test_penetrance_by_age_leaves_a_young_child_in_doubt():
    late = Penetrance(two=((0.0, 0.5), (3652.5, 1.0)))
    people = [
        *NUCLEAR,
        person("y", "f m", "healthy", age_days=365.0),
        person("o", "f m", "healthy", age_days=4000.0),
    ]
    told = answer(people, SMALL, penetrance=late)
    assert told.of("y").two.value == pytest.approx(1 / 7)
    assert told.of("o").two.value == 0.0


def test_the_couple_asked_for_comes_first_then_the_parents_of_the_proband():
    people = [replace(one, proband=one.id == "c") for one in NUCLEAR]
    people += [person("x"), person("k", "f x")]
    told = answer(people, alleles(0.01))
    assert told.asked is not None
    assert (told.asked.father, told.asked.mother) == ("f", "m")
    told = answer(people, alleles(0.01), asked=(("f", "x"),))
    assert told.asked is not None
    assert told.asked.mother == "x"


def test_what_a_test_would_tell_is_what_the_family_says_once_it_is_told():
    people = [*NUCLEAR, person("s", "f m", "healthy"), person("p", status="healthy")]
    family = {"couples": (("p", "s"),), "asked": (("p", "s"),)}
    told = answer(people, alleles(0.01), **family)
    effect = next(each for each in told.effects if each.person == "s")
    clear = [replace(one, tests=(negative(0.875),)) if one.id == "s" else one for one in people]
    after = answer(clear, alleles(0.01), **family).asked
    assert after is not None
    assert told.asked is not None
    assert effect.risk_if_not.value == pytest.approx(after.affected.value)
    mean = (
        effect.found.value * effect.risk_if_found.value + (1 - effect.found.value) * effect.risk_if_not.value
    )
    assert mean == pytest.approx(told.asked.affected.value)


def test_a_test_that_was_done_is_not_offered_again_and_one_that_tells_nothing_is_left_out():
    told = answer([*NUCLEAR, person("s", "f m", "healthy")], SMALL)
    assert told.effects == ()
    people = [*NUCLEAR, person("s", "f m", "healthy", tests=(negative(0.9),)), person("p", status="healthy")]
    tested = answer(people, alleles(0.01), couples=(("p", "s"),), asked=(("p", "s"),)).effects
    assert [each.person for each in tested] == ["p"]


def test_tests_are_named_in_words():
    assert labels_in_words(("A", "other")) == "A and other variants"


@settings(max_examples=60, deadline=None)
@given(random_families())
def test_peeling_agrees_with_the_sum_over_all_genotypes(family: Family):
    by_hand = ByHand(family := checked(family))
    assume(by_hand.likelihood > 0.0)
    told = family_risk(family, planned=PLANNED)
    assert math.exp(told.log_likelihood) == pytest.approx(by_hand.likelihood, rel=1e-9)
    for risk in told.people:
        chances = (risk.none.value, risk.carrier.value, risk.two.value)
        assert chances == pytest.approx(by_hand.copies(risk.person.id), abs=1e-12)


@settings(max_examples=30, deadline=None)
@given(random_families(most=6, named=1))
def test_peeling_agrees_with_the_sum_when_a_variant_is_named(family: Family):
    by_hand = ByHand(family := checked(family))
    assume(by_hand.likelihood > 0.0)
    told = family_risk(family, planned=PLANNED)
    for risk in told.people:
        chances = (risk.none.value, risk.carrier.value, risk.two.value)
        assert chances == pytest.approx(by_hand.copies(risk.person.id), abs=1e-12)


@settings(max_examples=20, deadline=None)
@given(random_families(most=8))
def test_data_without_a_way_to_be_true_are_refused_and_no_others(family: Family):
    by_hand = ByHand(family := checked(family))
    if by_hand.likelihood > 0.0:
        family_risk(family, planned=PLANNED)
    else:
        with pytest.raises(InputError, match="cannot be true"):
            family_risk(family, planned=PLANNED)


def large_family() -> Family:
    """Return 60 people in six generations with two marriages of cousins and two affected children."""
    people: list[Person] = [Person("A1", sex="male"), Person("B1", sex="female")]
    lines = [("A1", "B1")]
    for generation in (2, 3, 4):
        following: list[tuple[str, str]] = []
        for father, mother in lines:
            for sex in ("male", "female"):
                own, partner = f"C{len(people) + 1}", f"D{len(people) + 1}"
                people.append(Person(own, sex=sex, father=father, mother=mother, status="healthy"))
                other = "female" if sex == "male" else "male"
                people.append(Person(partner, sex=other, status="healthy"))
                following.append((own, partner) if sex == "male" else (partner, own))
        lines = following if generation < 4 else following[:7]
    children = [f"E{at}" for at in range(len(lines))]
    for at, (father, mother) in enumerate(lines):
        people.append(Person(children[at], "female" if at % 2 else "male", father, mother, "healthy"))
    for at in (0, 2):
        for child in ("affected", "healthy", "healthy"):
            number = f"F{len(people)}"
            people.append(Person(number, father=children[at], mother=children[at + 1], status=child))  # type: ignore[arg-type]
    while len(people) < 60:
        people.append(Person(f"G{len(people)}", "unknown", *lines[len(people) % 7], status="healthy"))
    population = Population("incidence", Range(1 / 200_000, 1 / 400_000, 1 / 50_000))
    return checked(Family(tuple(people), population, variants=(Variant("A"), Variant("B"))))


def test_sixty_people_with_two_loops_are_answered_in_under_a_second():
    family = large_family()
    assert len(family.people) == 60
    seconds: list[float] = []
    for _ in range(3):
        start = perf_counter()
        family_risk(family, planned=PLANNED)
        seconds.append(perf_counter() - start)
    assert min(seconds) < 1.0
    told = family_risk(family, planned=PLANNED)
    assert sum(each.inbreeding > 0 for each in told.couples) == 2
    assert all(np.isfinite(each.carrier.value) for each in told.people)


def test_a_family_too_tangled_for_memory_gets_one_sentence():
    people = [Person(f"M{i}", sex="male") for i in range(9)] + [
        Person(f"W{i}", sex="female") for i in range(9)
    ]
    people += [
        Person(f"K{i}.{j}", father=f"M{i}", mother=f"W{j}", status="healthy")
        for i in range(9)
        for j in range(9)
    ]
    with pytest.raises(InputError, match="people together at once"):
        answer(people, SMALL, variants=(Variant("A"), Variant("B")))


PARTIAL = Penetrance(0.001, 0.02, ((0.0, 0.7),))


def test_the_unrelated_partner_is_a_healthy_person_of_the_population():
    people = [*NUCLEAR, person("s", "f m", "healthy"), person("p", status="healthy")]
    population = alleles(0.05, inbreeding=0.02)
    told = answer(people, population, penetrance=PARTIAL, couples=(("p", "s"),))
    drawn = next(each for each in told.couples if each.mother == "s")
    assert told.of("s").child.value == pytest.approx(drawn.affected.value, rel=1e-9)


def test_a_test_tells_the_same_with_partial_penetrance():
    people = [*NUCLEAR, person("s", "f m", "healthy"), person("p", status="healthy")]
    more = {"penetrance": PARTIAL, "couples": (("p", "s"),), "asked": (("p", "s"),)}
    told = answer(people, alleles(0.05), **more)
    effect = next(each for each in told.effects if each.person == "s")
    tested = [replace(one, tests=(negative(0.875),)) if one.id == "s" else one for one in people]
    after = answer(tested, alleles(0.05), **more).asked
    assert after is not None
    assert effect.risk_if_not.value == pytest.approx(after.affected.value)

"""What must hold in a pedigree before anything is computed; each break is one sentence with its line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lekti.base.errors import InputError
from lekti.genetics.pedigree import Family, Person

MOST_PEOPLE = 1000
_YEAR = 365.25


def checked(family: Family) -> Family:
    """Return the family with parents before children, or raise `InputError` for what cannot be.

    Refused: unknown or missing parents, a father who is female, a mother who is male, someone who is
    their own ancestor, ids that stand twice, twins of other parents, parents younger than a child.
    """
    if not family.people:
        raise InputError("The family has no people", where=family.name, expected="at least one person")
    if len(family.people) > MOST_PEOPLE:
        raise InputError(
            f"The family has {len(family.people):,} people",
            where=family.name,
            expected=f"at most {MOST_PEOPLE:,}",
        )
    people = _by_id(family.people)
    for person in family.people:
        _check_parents(person, people)
        _check_twins(person, people)
    for pair in (*family.couples, *family.asked):
        _check_couple(pair, people, family.name)
    probands = [person for person in family.people if person.proband]
    if len(probands) > 1:
        raise InputError(
            f"{probands[1].id} is a second proband", where=probands[1].where, expected="at most one"
        )
    return replace(family, people=_parents_first(family.people, people))


def _by_id(people: Sequence[Person]) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for person in people:
        if person.id in found:
            raise InputError(
                f"{person.id} stands twice, first in {found[person.id].where}",
                where=person.where,
                expected="each person once",
            )
        found[person.id] = person
    return found


def _check_parents(person: Person, people: dict[str, Person]) -> None:
    if bool(person.father) != bool(person.mother):
        has, lacks = ("father", "mother") if person.father else ("mother", "father")
        raise InputError(
            f"{person.id} has a {has} and no {lacks}",
            where=person.where,
            expected="both parents or neither",
            fix=f"Give the {lacks} an id and a line, even if nothing else is known.",
        )
    for role, parent_id, wrong in (("father", person.father, "female"), ("mother", person.mother, "male")):
        if not parent_id:
            continue
        if parent_id == person.id:
            raise InputError(f"{person.id} is given as their own {role}", where=person.where)
        parent = people.get(parent_id)
        if parent is None:
            raise InputError(
                f"{parent_id}, the {role} of {person.id}, has no line of their own",
                where=person.where,
                expected="a line for each person",
            )
        if parent.sex == wrong:
            raise InputError(
                f"{parent_id} is {wrong} and the {role} of {person.id}",
                where=person.where,
                expected="a father who is male and a mother who is female",
            )
        _check_ages(person, parent, role)
    if person.father and person.father == person.mother:
        raise InputError(
            f"{person.father} is father and mother of {person.id}", where=person.where, expected="two people"
        )


def _check_ages(person: Person, parent: Person, role: str) -> None:
    if person.died or parent.died or person.age_days is None or parent.age_days is None or person.unborn:
        return
    if parent.age_days <= person.age_days:
        raise InputError(
            f"{parent.id}, aged {parent.age_days / _YEAR:g} years, is the {role} of {person.id}, "
            f"aged {person.age_days / _YEAR:g} years",
            where=person.where,
            expected="parents older than their children",
        )


def _check_twins(person: Person, people: dict[str, Person]) -> None:
    for twin_id, identical in ((person.identical_twin, True), (person.fraternal_twin, False)):
        if not twin_id:
            continue
        twin = people.get(twin_id)
        if twin is None or twin_id == person.id:
            raise InputError(
                f"{twin_id}, the twin of {person.id}, is not another person of this family",
                where=person.where,
            )
        if (twin.father, twin.mother) != (person.father, person.mother) or person.is_founder:
            raise InputError(
                f"The twins {person.id} and {twin_id} do not have the same two parents",
                where=person.where,
                expected="twins with the same father and mother",
            )
        if identical and twin.sex != person.sex and "unknown" not in (twin.sex, person.sex):
            raise InputError(
                f"{person.id} and {twin_id} are of two sexes",
                where=person.where,
                expected="identical twins of one sex",
            )


def _check_couple(pair: tuple[str, str], people: dict[str, Person], name: str) -> None:
    for one in pair:
        if one not in people:
            raise InputError(f"{one} of the couple {pair[0]} and {pair[1]} is nobody here", where=name)
    father, mother = (people[one] for one in pair)
    if father.id == mother.id:
        raise InputError(f"{father.id} alone is no couple", where=name, expected="two people")
    if father.sex == "female" or mother.sex == "male":
        raise InputError(
            f"The couple {father.id} and {mother.id} has no man first and woman second",
            where=name,
            expected="the father's id, then the mother's",
        )


def _parents_first(people: Sequence[Person], by_id: dict[str, Person]) -> tuple[Person, ...]:
    """Return the people so that parents precede children, else in file order; no recursion."""
    placed: dict[str, Person] = {}
    for start in people:
        stack, path = [start.id], set[str]()
        while stack:
            current = by_id[stack[-1]]
            waiting = [one for one in (current.father, current.mother) if one and one not in placed]
            if current.id in placed or not waiting:
                placed.setdefault(current.id, current)
                path.discard(stack.pop())
                continue
            path.add(current.id)
            if waiting[0] in path:
                raise InputError(
                    f"{waiting[0]} is given as their own ancestor, by way of {current.id}",
                    where=current.where,
                    expected="a pedigree without a circle",
                )
            stack.append(waiting[0])
    return tuple(placed.values())

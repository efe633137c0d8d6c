"""In which order the people of one generation stand, so that couples meet and few lines cross."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from lekti.genetics.pedigree import Family, Person

MOST_SEARCHED = 200
_FAR = 8
_PASSES = 6
# What each fault of an order costs; crossings and couples kept apart matter most.
_CROSSING, _APART, _MIXED, _TWINS, _BIRTH, _WOMAN_LEFT = 4.0, 5.0, 1.5, 4.0, 0.4, 0.3


def ordered(family: Family, generation: dict[str, int]) -> list[list[str]]:
    """Return the ids of each generation from left to right."""
    rows: list[list[str]] = [[] for _ in range(max(generation.values(), default=-1) + 1)]
    for person_id in _walk(family):
        rows[generation[person_id]].append(person_id)
    if len(family.people) <= MOST_SEARCHED:
        _improve(rows, _Rows(family, generation))
    return rows


def _walk(family: Family) -> list[str]:
    """Return everyone once: a person, their partner, their children in turn; then the partner's own line."""
    couples: dict[str, list[tuple[str, str]]] = {}
    for couple in family.all_couples:
        for one in couple:
            couples.setdefault(one, []).append(couple)
    seen: dict[str, None] = {}
    waiting = [person.id for person in reversed(family.people)]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen[one] = None
        for couple in reversed(couples.get(one, [])):
            partner = couple[1] if couple[0] == one else couple[0]
            children = [child.id for child in family.children_of(couple)]
            waiting += [*reversed(children)]
            if family.by_id[partner].is_founder:
                waiting.append(partner)
    return list(seen)


@dataclass(frozen=True)
class _Rows:
    """What the cost of an order needs to know: families, couples and twins by generation."""

    family: Family
    generation: dict[str, int]

    def couples(self, row: int) -> list[tuple[str, str]]:
        level = self.generation
        return [pair for pair in self.family.all_couples if level[pair[0]] == row == level[pair[1]]]

    def sibships(self, row: int) -> list[tuple[tuple[str, str], list[Person]]]:
        """Return couples with their children in a generation."""
        found: dict[tuple[str, str], list[Person]] = {}
        for person in self.family.people:
            if self.generation[person.id] == row and not person.is_founder:
                found.setdefault((person.father, person.mother), []).append(person)
        return list(found.items())


def _improve(rows: list[list[str]], known: _Rows) -> None:
    """Move people within their generation as long as the order gets better."""
    costs = [_RowCost(known, row) for row in range(len(rows))]
    for _ in range(_PASSES):
        before = [list(row) for row in rows]
        for row in [*range(len(rows)), *reversed(range(len(rows)))]:
            _improve_row(rows, row, [costs[each] for each in (row, row + 1) if each < len(rows)])
        if before == rows:
            return


def _improve_row(rows: list[list[str]], row: int, costs: Sequence[_RowCost]) -> None:
    best = sum(cost.of(rows) for cost in costs)
    for length in (1, 2, 3):
        for start in range(len(rows[row]) - length + 1):
            here = rows[row]
            block, rest = here[start : start + length], here[:start] + here[start + length :]
            chosen = here
            for place in range(max(0, start - _FAR), min(len(rest), start + _FAR) + 1):
                for turned in (block, block[::-1]) if length > 1 else (block,):
                    rows[row] = rest[:place] + turned + rest[place:]
                    cost = sum(each.of(rows) for each in costs)
                    if cost < best - 1e-9:
                        best, chosen = cost, rows[row]
            rows[row] = chosen


class _RowCost:
    """The cost of a generation's order, with the lines that come down to it from above."""

    def __init__(self, known: _Rows, row: int) -> None:
        self.row = row
        self.couples = known.couples(row)
        self.sibships = known.sibships(row)
        self.by_id = known.family.by_id
        self.level = known.generation
        married: dict[str, list[str]] = {}
        for father, mother in self.couples:
            married.setdefault(father, []).append(mother)
            married.setdefault(mother, []).append(father)
        self.households = [
            {child.id for child in children}
            | {one for child in children for one in married.get(child.id, ()) if self.by_id[one].is_founder}
            for _, children in self.sibships
        ]

    def of(self, rows: Sequence[Sequence[str]]) -> float:
        place = {one: at for at, one in enumerate(rows[self.row])}
        cost = sum(
            _APART * (abs(place[a] - place[b]) - 1) + _WOMAN_LEFT * (place[a] > place[b])
            for a, b in self.couples
        )
        for (_, children), household in zip(self.sibships, self.households, strict=True):
            places = [place[child.id] for child in children]
            between = rows[self.row][min(places) : max(places) + 1]
            cost += _MIXED * sum(one not in household for one in between)
            cost += _BIRTH * sum(a > b for a, b in pairwise(places))
            for child in children:
                for twin in (child.identical_twin, child.fraternal_twin):
                    cost += _TWINS * (abs(place[child.id] - place[twin]) - 1) if twin else 0.0
        return cost + _CROSSING * self._crossings(rows, place)

    def _crossings(self, rows: Sequence[Sequence[str]], place: dict[str, int]) -> float:
        if self.row == 0 or not self.sibships:
            return 0.0
        above = {one: at for at, one in enumerate(rows[self.row - 1])}
        starts: list[float] = []
        ends: list[float] = []
        for (father, mother), children in self.sibships:
            at = [above[one] for one in (father, mother) if one in above]
            if not at:
                continue
            middle = sum(at) / len(at)
            starts += [middle] * len(children)
            ends += [place[child.id] for child in children]
        over, under = np.array(starts), np.array(ends)
        return float(np.sum((over[:, None] < over[None, :]) & (under[:, None] > under[None, :])))

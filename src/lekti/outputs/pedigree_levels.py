"""Which generation each person of a pedigree is drawn in: children below parents, couples side by side."""

from __future__ import annotations

from lekti.genetics.pedigree import Family


def generations(family: Family) -> dict[str, int]:
    """Return the generation of each person, 0 at the top.

    Brothers and sisters share one; so do couples, unless that would put someone beside their own
    descendant, as when an uncle marries a niece.
    """
    groups = _Groups([person.id for person in family.people])
    first: dict[tuple[str, str], str] = {}
    for person in family.people:
        if not person.is_founder:
            groups.join(first.setdefault((person.father, person.mother), person.id), person.id)
    parents = [(one, person.id) for person in family.people for one in (person.father, person.mother) if one]
    for father, mother in family.all_couples:
        if not _circular(groups.joined(father, mother), parents):
            groups.join(father, mother)
    depth = _depths(groups, parents)
    lowest = min(depth.values(), default=0)
    return {person.id: depth[groups.of(person.id)] - lowest for person in family.people}


class _Groups:
    """People drawn in one generation: a set that grows by joining."""

    def __init__(self, ids: list[str]) -> None:
        self.head = {one: one for one in ids}

    def of(self, one: str) -> str:
        while self.head[one] != one:
            self.head[one] = self.head[self.head[one]]
            one = self.head[one]
        return one

    def join(self, one: str, other: str) -> None:
        self.head[self.of(one)] = self.of(other)

    def joined(self, one: str, other: str) -> dict[str, str]:
        """Return the heads as they would be after joining two."""
        mine, theirs = self.of(one), self.of(other)
        return {each: theirs if self.of(each) == mine else self.of(each) for each in self.head}


def _circular(head: dict[str, str], parents: list[tuple[str, str]]) -> bool:
    """Say whether some group would be its own ancestor."""
    below: dict[str, set[str]] = {}
    waiting = dict.fromkeys(head.values(), 0)
    for parent, child in {(head[parent], head[child]) for parent, child in parents}:
        below.setdefault(parent, set()).add(child)
        waiting[child] += 1
    ready = [group for group, count in waiting.items() if count == 0]
    done = 0
    while ready:
        group = ready.pop()
        done += 1
        for child in below.get(group, ()):
            waiting[child] -= 1
            if waiting[child] == 0:
                ready.append(child)
    return done < len(waiting)


def _depths(groups: _Groups, parents: list[tuple[str, str]]) -> dict[str, int]:
    """Return each group's depth: just under its parents, and founders just above their children."""
    edges = {(groups.of(parent), groups.of(child)) for parent, child in parents}
    heads = {groups.of(one) for one in groups.head}
    depth = dict.fromkeys(heads, 0)
    for _ in range(len(heads)):
        deeper = {child: depth[parent] + 1 for parent, child in sorted(edges, key=lambda e: depth[e[0]])}
        moved = {child: at for child, at in deeper.items() if at > depth[child]}
        if not moved:
            break
        depth |= moved
    above = {child for _, child in edges}
    for group in heads - above:
        children = [depth[child] for parent, child in edges if parent == group]
        depth[group] = min(children, default=1) - 1
    return depth

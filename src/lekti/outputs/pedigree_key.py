"""The key of a pedigree, and a chance drawn as a row of children."""

from __future__ import annotations

from collections.abc import Callable

from lekti.genetics.family_risk import CoupleRisk, FamilyAnswer
from lekti.genetics.pedigree import Person, Sex
from lekti.outputs.chance import natural
from lekti.outputs.family_words import is_proven_carrier
from lekti.outputs.pedigree_symbols import HALF, asked_symbol, symbol
from lekti.outputs.svg import Drawing, Group, Node, Text, line, shape

_CELL, _ROW, _COLUMNS = 226.0, 46.0, 3
_MOST_FIGURES = 12
_FIGURE = 58.0

Mark = Callable[[float, float], list[Node]]


def pedigree_key(answer: FamilyAnswer) -> Drawing:
    """Draw the key: each symbol and line that this pedigree uses, with its words."""
    cells = _entries(answer)
    nodes: list[Node] = []
    for at, (mark, words) in enumerate(cells):
        x, y = (at % _COLUMNS) * _CELL + 26, (at // _COLUMNS) * _ROW + 24
        nodes.append(Group("key", [*mark(x, y), Text(x + 32, y + 4.5, words, "ink2")]))
    width = _CELL * min(_COLUMNS, len(cells))
    told = "; ".join(words for _, words in cells)
    height = -(-len(cells) // _COLUMNS) * _ROW
    return Drawing("pedigree-key", width, height, "Key", f"The symbols used: {told}.", tuple(nodes))


def children_figure(couple: CoupleRisk) -> Drawing | None:
    """Draw the next child's chances as a row of children, where a small number of them is exact."""
    count, base = natural(couple.affected.value)
    parts = [base * chance.value for chance in (couple.affected, couple.carrier, couple.neither)]
    whole = [round(part) for part in parts]
    if base > _MOST_FIGURES or sum(whole) != base or max(map(_off, parts)) > 0.05 or not count:
        return None
    kinds = ["has NS"] * whole[0] + ["carrier"] * whole[1] + ["neither"] * whole[2]
    nodes = [Group("child", _child(kind, at * _FIGURE + _FIGURE / 2)) for at, kind in enumerate(kinds)]
    told = f"{whole[0]} of {base} has Netherton syndrome, {whole[1]} carry one copy, {whole[2]} carry none."
    return Drawing("children", _FIGURE * base, 96, "The next child", told, tuple(nodes))


def _off(part: float) -> float:
    return abs(part - round(part))


def _child(kind: str, x: float) -> list[Node]:
    css = "ped-full" if kind == "has NS" else "ped-open"
    nodes: list[Node] = [
        shape("circle", css, cx=x, cy=14, r=8.5),
        shape("path", css, d=f"M{x - 13:.1f},60V44a13,13 0 0 1 26,0V60Z"),
    ]
    if kind == "carrier":
        nodes.append(shape("circle", "ink-fill", cx=x, cy=47, r=4))
    nodes.append(Text(x, 77, kind, "ink", bold=True, anchor="middle"))
    if kind != "has NS":
        nodes.append(Text(x, 92, "healthy", "ink2", anchor="middle"))
    return nodes


def _entries(answer: FamilyAnswer) -> list[tuple[Mark, str]]:
    people, risks = answer.family.people, answer.people
    sexes = {one.sex for one in people if not one.unborn}
    unborn = any(one.unborn for one in people)
    found = [
        (_symbol("male"), "male", "male" in sexes),
        (_symbol("female"), "female", "female" in sexes),
        (_symbol("unknown"), "sex not told", "unknown" in sexes),
        (_symbol("male", affected=True), "has Netherton syndrome", True),
        (
            _symbol("male", carrier=True),
            "proven carrier, healthy",
            any(map(is_proven_carrier, risks)),
        ),
        (_symbol("unknown", unborn=True), "pregnancy", unborn),
        (_symbol("male", died=True), "has died", any(one.died for one in people)),
        (_related, "parents are related", any(each.inbreeding > 0 for each in answer.couples)),
        (
            _symbol("male", affected=True, proband=True),
            "first person seen",
            any(x.proband for x in people),
        ),
        (asked_symbol, "next child asked about", answer.asked is not None and not unborn),
        (_twins, "identical twins", any(one.identical_twin for one in people)),
    ]
    return [(mark, words) for mark, words, used in found if used]


def _symbol(sex: Sex, *, affected: bool = False, carrier: bool = False, **more: bool) -> Mark:
    person = Person("key", sex=sex, **more)  # type: ignore[arg-type]
    return lambda x, y: symbol(person, x, y, affected=affected, carrier=carrier)


def _related(x: float, y: float) -> list[Node]:
    return [line("ped-line", x - HALF, y + at, x + HALF, y + at) for at in (-2.5, 2.5)]


def _twins(x: float, y: float) -> list[Node]:
    return [
        line("ped-line", x, y - 12, x - 14, y + 12),
        line("ped-line", x, y - 12, x + 14, y + 12),
        line("ped-line", x - 7, y, x + 7, y),
    ]

"""The drawn pedigree: everyone by generation, what is known of them, and the couple asked about."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lekti.genetics.family_risk import CoupleRisk, FamilyAnswer, PersonRisk
from lekti.genetics.pedigree import Family, Person
from lekti.outputs.chance import one_in
from lekti.outputs.family_words import age_in_short, is_proven_carrier
from lekti.outputs.kinship_lines import NEXT_CHILD, Sketch, couple_lines, descent_lines
from lekti.outputs.pedigree_layout import Placed, layout
from lekti.outputs.pedigree_symbols import HALF, asked_symbol, symbol
from lekti.outputs.svg import Drawing, Group, Node, Text, fit, shape, text_width

WIDEST = 1080.0
_PITCH, _LEAST_PITCH = 116.0, 84.0
_LEFT, _RIGHT, _TOP = 66.0, 66.0, 34.0
_LABELS = 50.0
_DROP = 40.0


@dataclass(frozen=True)
class PedigreeFigure:
    """The drawing, and whether it is wider than a page and must be moved sideways."""

    drawing: Drawing

    @property
    def is_wide(self) -> bool:
        """Say whether the drawing is wider than the page."""
        return self.drawing.width > WIDEST


def pedigree_figure(answer: FamilyAnswer) -> PedigreeFigure:
    """Draw the pedigree of an answer; title and description say what it shows."""
    family = _drawn_family(answer)
    placed = layout(family)
    sketch = _sketch(placed)
    nodes: list[Node] = [*_numerals(sketch), *_asked(answer.asked, family, sketch)]
    for couple in answer.couples:
        nodes += couple_lines(couple, placed, sketch)
    for sibship in placed.sibships:
        nodes += descent_lines(sibship, family, placed, sketch)
    for risk in answer.people:
        nodes.append(Group("person", [*_person(risk, sketch), *_label(risk, sketch)]))
    if NEXT_CHILD in sketch.x and answer.asked is not None:
        nodes += _next_child(answer.asked, sketch)
    height = sketch.row_y[-1] + HALF + _LABELS
    width = max(sketch.x.values()) + _RIGHT
    title = f"Pedigree of {len(answer.people)} people"
    drawing = Drawing("pedigree", width, height, title, in_words(answer, placed), tuple(nodes))
    return PedigreeFigure(drawing)


def in_words(answer: FamilyAnswer, placed: Placed) -> str:
    """Return the text alternative: each generation, with parents and what is known."""
    told: list[str] = []
    for number, row in enumerate(placed.rows, start=1):
        people = "; ".join(_in_words(answer.of(one)) for one in row if one != NEXT_CHILD)
        told.append(f"Generation {roman(number)}: {people}.")
    return " ".join(told)


def roman(number: int) -> str:
    """Return a number in Roman numerals.

    >>> roman(4), roman(9)
    ('IV', 'IX')
    """
    steps = (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    )
    text = ""
    for value, letters in steps:
        text += letters * (number // value)
        number %= value
    return text


def _in_words(risk: PersonRisk) -> str:
    person = risk.person
    parents = f", child of {person.father} and {person.mother}" if person.father else ""
    return f"{person.id}, {person.sex}{parents}, {_state(risk, short=False) or 'nothing known'}"


def _sketch(placed: Placed) -> Sketch:
    room = WIDEST - _LEFT - _RIGHT
    pitch = min(_PITCH, max(_LEAST_PITCH, room / max(placed.width - 1.0, 1.0)))
    row_y, y = [_TOP + HALF], _TOP + HALF
    for row in range(1, len(placed.rows)):
        y += 2 * HALF + _LABELS + _DROP + 12.0 * max(placed.lanes(row) - 1, 0)
        row_y.append(y)
    x = {one: _LEFT + at * pitch for one, at in placed.x.items()}
    return Sketch(x, {one: row_y[at] for one, at in placed.generation.items()}, tuple(row_y), pitch)


def _numerals(sketch: Sketch) -> list[Node]:
    return [Text(0, y + 5, roman(number), "ink2", 14) for number, y in enumerate(sketch.row_y, start=1)]


def _person(risk: PersonRisk, sketch: Sketch) -> list[Node]:
    one = risk.person
    affected = one.status == "affected" or (not one.unborn and risk.two.low > 0.995)
    return symbol(one, sketch.x[one.id], sketch.y[one.id], affected=affected, carrier=is_proven_carrier(risk))


def _label(risk: PersonRisk, sketch: Sketch) -> list[Node]:
    one = risk.person
    x, y = sketch.x[one.id], sketch.y[one.id] + HALF + (19 if one.unborn or one.sex == "unknown" else 16)
    room = sketch.pitch - 8
    head, halo = f"{one.id}{_age(risk)}", not one.unborn
    shown = head if text_width(head, 12, bold=True) <= room else one.id
    lines = [Text(x, y, fit(shown, 12, room, bold=True), "ink", bold=True, anchor="middle", halo=halo)]
    state = _state(risk, short=sketch.pitch < 104)
    tested = "tested" if one.tests or one.copies is not None or one.genotype is not None else ""
    for text, role in ((state, "ink2"), (tested, "ink3")):
        if text:
            y += 15
            lines.append(Text(x, y, fit(text, 12, room), role, anchor="middle", halo=halo))
    return [*lines]


def _age(risk: PersonRisk) -> str:
    one = risk.person
    if one.age_days is None:
        return ""
    return f", {'d. ' if one.died else ''}{age_in_short(one.age_days)}"


def _state(risk: PersonRisk, *, short: bool) -> str:
    """Return the second line of a label: has NS, carrier, or the chance of carrying."""
    one = risk.person
    if one.status == "affected":
        return "has NS"
    if one.unborn:
        return f"NS {one_in(risk.two.value)}" if risk.two.value > 0 else "no NS"
    if risk.two.value > 0.995 or is_proven_carrier(risk):
        return "two copies" if risk.two.value > 0.995 else "carrier"
    return _carrying(risk.carrier.value, short=short)


def _carrying(chance: float, *, short: bool) -> str:
    if chance <= 1e-12:
        return "no carrier"
    if chance > 0.99:
        return "very likely" if short else "carrier, very likely"
    return one_in(chance) if short else f"carrier {one_in(chance)}"


def _asked(asked: CoupleRisk | None, family: Family, sketch: Sketch) -> list[Node]:
    """Return the box round the pregnancy that the answer is about, if there is one."""
    children = family.children_of((asked.father, asked.mother)) if asked is not None else ()
    unborn = [one for one in children if one.unborn and one.id != NEXT_CHILD]
    if not unborn:
        return []
    x, y = sketch.x[unborn[0].id], sketch.y[unborn[0].id]
    half = sketch.pitch / 2 - 3
    box = {"x": x - half, "y": y - HALF - 14, "width": 2 * half, "height": 2 * HALF + _LABELS + 10}
    return [shape("rect", "ped-box", rx=4.0, **box)]


def _next_child(asked: CoupleRisk, sketch: Sketch) -> list[Node]:
    x, y = sketch.x[NEXT_CHILD], sketch.y[NEXT_CHILD]
    chance = fit(f"NS {one_in(asked.affected.value)}", 12, sketch.pitch - 6)
    label = [
        Text(x, y + HALF + 18, "next child", "model", bold=True, anchor="middle", halo=True),
        Text(x, y + HALF + 33, chance, "model", anchor="middle", halo=True),
    ]
    return [Group("person", [*asked_symbol(x, y), *label])]


def _drawn_family(answer: FamilyAnswer) -> Family:
    """Return the family with the next child asked about, unless a pregnancy stands for it."""
    asked, family = answer.asked, answer.family
    if asked is None or any(one.unborn for one in family.children_of((asked.father, asked.mother))):
        return family
    child = Person(NEXT_CHILD, father=asked.father, mother=asked.mother, unborn=True)
    return replace(family, people=(*family.people, child))

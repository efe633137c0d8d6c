"""A family answer on the terminal: 80 columns, no boxes, the answer first."""

from __future__ import annotations

import textwrap

from lekti.base.provenance import USE
from lekti.genetics.family_risk import CoupleRisk, EffectOfTest, FamilyAnswer, PersonRisk, labels_in_words
from lekti.outputs.chance import both_framings, one_in, percent_of, with_range
from lekti.outputs.family_words import family_say, frequency_line, headline, known_of, left_out
from lekti.outputs.numbers import THIN

WIDTH = 80
MOST_PEOPLE = 40
MOST_COUPLES = 12
MOST_TESTS = 4
_RULE = "─" * WIDTH


def family_text(answer: FamilyAnswer) -> str:
    """Return the lines of the answer, none wider than 80 columns."""
    lines = [*_title(answer), "", *_asked(answer), "", *_people(answer.people), ""]
    others = [each for each in answer.couples if each != answer.asked and _both_live(answer, each)]
    if others:
        lines += ["Next child of the other couples", *_couples(others), ""]
    if answer.asked is not None:
        lines += [*_tests(answer.asked, answer.effects), ""]
    lines += _wrapped(family_say("model_line", frequency=frequency_line(answer)))
    if answer.share_from_first_cousins is not None:
        share = percent_of(answer.share_from_first_cousins)
        lines += _wrapped(f"Of all affected children there, {share} are born to first cousins.")
    lines += _wrapped(f"Not in the sums: {'; '.join(each.split(' (PMID')[0] for each in left_out())}.")
    lines += _wrapped(f"{family_say('counsellor')} Use: {USE}.")
    return "\n".join(line.replace(THIN, " ").rstrip() for line in lines)


def _title(answer: FamilyAnswer) -> list[str]:
    family = answer.family
    count = len(family.people)
    words = f"Family of {count} {'person' if count == 1 else 'people'}"
    named = [f"{one.label} {one.hgvs or 'not told'}" for one in family.variants]
    return _wrapped(f"{words} · variants {', '.join(named)}" if named else f"{words} · variants not told")


def _both_live(answer: FamilyAnswer, couple: CoupleRisk) -> bool:
    return not any(answer.family.by_id[one].died for one in (couple.father, couple.mother))


def _asked(answer: FamilyAnswer) -> list[str]:
    if answer.asked is None:
        return ["No couple in this family, so there is no next child to ask about."]
    told = headline(answer.asked)
    lines = [told.about, *_wrapped(f"{told.will} {told.will_not}".strip())]
    return [*lines, *(line for note in told.notes for line in _wrapped(note))]


def _people(people: tuple[PersonRisk, ...]) -> list[str]:
    head = f"{'Person':<9}{'Known':<20}{'Carries one copy':<25}{'Child, unrelated partner'}"
    lines = [head, _RULE]
    for risk in people[:MOST_PEOPLE]:
        affected = risk.person.status == "affected" or risk.two.value > 0.995
        carries = "two copies" if affected else both_framings(risk.carrier)
        child = "" if risk.person.died else with_range(risk.child)
        child = child if len(child) <= 26 else one_in(risk.child.value)
        known = _cut(known_of(risk.person), 19)
        lines.append(f"{_cut(risk.person.id, 8):<9}{known:<20}{_cut(carries, 24):<25}{child}")
    if len(people) > MOST_PEOPLE:
        lines.append(f"{len(people) - MOST_PEOPLE} more people: --json or --out lists them all")
    return [*lines, _RULE]


def _couples(couples: list[CoupleRisk]) -> list[str]:
    likeliest = sorted(couples, key=lambda each: -each.affected.value)
    lines = [
        f" {_cut(each.father + ' and ' + each.mother, 28):<29}{with_range(each.affected):<34}"
        f"{percent_of(each.affected.value)}"
        for each in likeliest[:MOST_COUPLES]
    ]
    more = len(couples) - MOST_COUPLES
    return [*lines, f" {more} more couples: --json or --out lists them all"] if more > 0 else lines


def _tests(asked: CoupleRisk, effects: tuple[EffectOfTest, ...]) -> list[str]:
    about = f"the next child of {asked.father} and {asked.mother}"
    if not effects:
        return _wrapped(family_say("tests_nothing"))
    lines = [f"What one test would tell about {about}"]
    for each in effects[:MOST_TESTS]:
        lines += _wrapped(
            f"{each.person}, {labels_in_words(each.looks_for)} (finds {percent_of(each.sensitivity.value)}): "
            f"a copy found ({one_in(each.found.value)}) {with_range(each.risk_if_found)}; "
            f"none found {with_range(each.risk_if_not)}",
            indent=" ",
        )
    return [*lines, *_wrapped(family_say("tests_order"))]


def _wrapped(words: str, indent: str = "") -> list[str]:
    words = words.replace(THIN, "\u00a0")
    found = textwrap.wrap(
        words, WIDTH, break_long_words=False, break_on_hyphens=False, initial_indent=indent,
        subsequent_indent=indent and "   ",
    )  # fmt: skip
    return [line.replace("\u00a0", " ") for line in found]


def _cut(words: str, width: int) -> str:
    return words if len(words) <= width else words[: width - 1] + "…"

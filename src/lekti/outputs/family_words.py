"""Sentences of a family answer, from `knowledge/wording/family.tsv`, filled with its numbers."""

from __future__ import annotations

from dataclasses import dataclass

from lekti.base.tables import knowledge_table
from lekti.genetics.allele_frequency import mean_inbreeding
from lekti.genetics.family_risk import CoupleRisk, FamilyAnswer, PersonRisk
from lekti.genetics.kinship import in_words
from lekti.genetics.pedigree import Family, Person
from lekti.outputs.chance import one_in, other_side, percent_of, with_range
from lekti.outputs.numbers import THIN, short_age

NOT_IN_THE_SUMS = ("not_denovo", "not_isodisomy", "not_parent", "not_deletion", "not_intronic")


@dataclass(frozen=True)
class Headline:
    """The answer about one couple: who, the chance in two sentences, and what qualifies it."""

    about: str
    will: str
    will_not: str
    notes: tuple[str, ...]


def family_say(sentence: str, **words: object) -> str:
    """Return the sentence of that id with its gaps filled; a space before % never breaks a line."""
    text = {row["id"]: row["text"] for row in knowledge_table("wording/family.tsv")}[sentence]
    return text.format(**words).replace(" %", f"{THIN}%")


def headline(couple: CoupleRisk) -> Headline:
    """Return the answer about a couple's next child: both sides, both framings, the range, the carriers."""
    about = f"The next child of {couple.father} and {couple.mother}"
    chance = couple.affected
    if chance.value <= 1e-12 or chance.value >= 1 - 1e-12:
        sentence = family_say("affected_none" if chance.value < 0.5 else "affected_all")
        return Headline(about, sentence, "", (_related(couple),))
    told = family_say("mendel")
    if one_in(chance.low) == one_in(chance.high) and not chance.is_certain:
        told = family_say("range_small")
    elif not chance.is_certain:
        told = family_say("range", low=one_in(chance.high), high=one_in(chance.low))
    return Headline(
        about,
        family_say("affected_will", one=one_in(chance.value)),
        family_say("affected_not", rest=other_side(chance.value)),
        (
            family_say("percent", percent=percent_of(chance.value), rest=percent_of(1.0 - chance.value)),
            told,
            family_say(
                "carrier_child",
                carrier=percent_of(couple.carrier.value),
                neither=percent_of(couple.neither.value),
            ),
            _related(couple),
        ),
    )


def _related(couple: CoupleRisk) -> str:
    return f"The parents are {in_words(couple.inbreeding)}."


def known_of(person: Person) -> str:
    """Return in a few words what the file tells of a person: age, status and tests."""
    words: list[str] = []
    if person.unborn:
        words.append("pregnancy")
    elif person.status != "unknown":
        words.append("has NS" if person.status == "affected" else "healthy")
    if person.age_days is not None:
        words.append(f"{'died ' if person.died else ''}{age_in_short(person.age_days)}")
    elif person.died:
        words.append("died")
    if person.genotype is not None:
        words.append("/".join(person.genotype))
    if person.copies is not None:
        words.append(f"{person.copies} {'copy' if person.copies == 1 else 'copies'}")
    for test in person.tests:
        words.append(f"tested, found {' and '.join(test.found) or 'none'}")
    return ", ".join(words) or "nothing known"


def age_in_short(age_days: float) -> str:
    """Return an age for a label: `34 y`, `18 mo`, `12 d`.

    >>> age_in_short(34 * 365.25)
    '34 y'
    """
    return short_age(age_days).replace(".0 y", " y")


def is_proven_carrier(risk: PersonRisk) -> bool:
    """Say whether a person carries one copy beyond doubt: found by a test, or as a parent must."""
    return risk.carrier.low > 0.995


def frequency_line(answer: FamilyAnswer) -> str:
    """Say which frequency the sums rest on, with its range and where it comes from."""
    population = answer.family.population
    carriers = with_range(answer.carriers)
    if population.kind != "incidence" or population.frequency.source in ("the file", "--incidence"):
        return family_say("frequency_told", carriers=carriers)
    told = population.frequency
    incidence = f"{one_in(told.value)} births ({one_in(told.high)} to {one_in(told.low)})"
    return family_say("incidence", incidence=incidence, provenance=told.source, carriers=carriers)


def assumptions(family: Family) -> list[str]:
    """Return the assumptions of a family's sums, each one sentence."""
    found = [family_say("assumed_recessive"), family_say("assumed_founders"), family_say("assumed_tests")]
    if family.variants:
        found.append(family_say("assumed_share", share=percent_of(family.population.known_share)))
    inbreeding = mean_inbreeding(family.population)
    if inbreeding:
        found.append(f"Mean inbreeding of the population: F {inbreeding:.3g}.")
    shares = family.penetrance
    if (shares.none, shares.one) != (0.0, 0.0) or shares.two != ((0.0, 1.0),):
        last = percent_of(shares.two[-1][1])
        found.append(
            f"Chance of the disease with 0, 1 and 2 faulty copies: {percent_of(shares.none)}, "
            f"{percent_of(shares.one)}, {last} at last."
        )
    return found


def left_out() -> list[str]:
    """Return what could make the answer wrong and is not in the sums."""
    return [family_say(each) for each in NOT_IN_THE_SUMS]

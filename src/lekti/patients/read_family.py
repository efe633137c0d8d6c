"""From a family file (YAML) to a `Family`; every refusal is one sentence with file and line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lekti.base.errors import InputError, shown
from lekti.genetics.hgvs import read_variant
from lekti.genetics.pedigree import Family, Penetrance, Person, Population, Range, Sex, Status, Variant
from lekti.genetics.pedigree_checks import checked
from lekti.patients.case import OWN_RECORD
from lekti.patients.family_ids import read_id, read_label
from lekti.patients.family_numbers import default_population, known_share, read_share
from lekti.patients.nearest import did_you_mean
from lekti.patients.phenopacket_codes import RECORD_ID
from lekti.patients.place import Place
from lekti.patients.privacy import refuse_private
from lekti.patients.read_genotype import read_alleles, read_tests
from lekti.patients.when import read_age
from lekti.patients.yaml_tree import Branch, Listing, read_tree

_TOP = (
    "lekti_family", "records", "population", "penetrance", "variants", "people", "couples", "ask",
)  # fmt: skip
_PERSON = (
    "sex", "parents", "status", "age", "died", "proband", "pregnancy", "copies", "genotype", "tests",
    "identical_twin", "fraternal_twin", "inbreeding",
)  # fmt: skip
_POPULATION = ("incidence", "carriers", "alleles", "range", "inbreeding", "first_cousins", "variant_share")
_SEXES: Mapping[str, Sex] = {"male": "male", "female": "female", "unknown": "unknown"}
_STATUSES: Mapping[str, Status] = {"affected": "affected", "healthy": "healthy", "unknown": "unknown"}
_MOST_VARIANTS = 3


def read_family(text: str, *, name: str) -> Family:
    """Return the family in a YAML text; `name` stands for the file in messages.

    Raises `InputError` with `name`:line for broken YAML, names and dates, unknown keys, and people or
    numbers that cannot be.
    """
    tree = read_tree(text, name=name, noun="family file")
    refuse_private(tree, name=name, noun="family file")
    root = Place(tree, name, 1)
    _check_keys(root, _TOP, "a family file")
    version = root.find("lekti_family")
    if version is None or version.value != 1:
        raise InputError("No line 'lekti_family: 1'", where=root.where, expected="a family file")
    variants = _variants(root.find("variants"))
    labels = tuple(variant.label for variant in variants)
    people = root.find("people")
    if people is None or not isinstance(people.node, Branch):
        raise InputError("No people", where=root.where, expected="people: and one line for each")
    family = Family(
        people=tuple(_person(place, key, labels) for key, place in _entries(people)),
        population=_population(root.find("population")),
        penetrance=_penetrance(root.find("penetrance")),
        variants=variants,
        couples=tuple(_pair(place) for place in _listed(root, "couples")),
        asked=_asked(root.find("ask")),
        records=tuple(_record(place) for place in _listed(root, "records")),
        name=name,
    )
    return checked(family)


def _entries(place: Place) -> Iterable[tuple[str, Place]]:
    if not isinstance(place.node, Branch):
        raise InputError("No entries with a key each", where=place.where, expected="key: value")
    for key, node in place.node.entries.items():
        yield key, Place(node, place.name, place.node.key_lines[key])


def _listed(place: Place, key: str) -> Iterable[Place]:
    found = place.find(key)
    if found is not None and not isinstance(found.node, Listing):
        raise InputError(f"{key} is no list", where=found.where, expected="- one entry on each line")
    return place.items(key)


def _record(place: Place) -> str:
    if place.text != OWN_RECORD and not RECORD_ID.fullmatch(place.text):
        raise InputError(
            f"'{shown(place.text, 30)}' is no record", where=place.where, expected="such as PMID:11841556"
        )
    return place.text


def _check_keys(place: Place, known: tuple[str, ...], noun: str) -> None:
    for key, entry in _entries(place):
        if key not in known:
            raise InputError(
                f"Key '{shown(key, 30)}' is not known in {noun}",
                where=entry.where,
                expected=f"one of {', '.join(known)}",
                fix=did_you_mean(key, known),
            )


def _variants(place: Place | None) -> tuple[Variant, ...]:
    if place is None:
        return ()
    found: list[Variant] = []
    for key, entry in _entries(place):
        label = read_label(key, where=entry.where)
        hgvs = "" if entry.text == "unknown" else entry.text
        if hgvs:
            read_variant(hgvs, where=entry.where)
        found.append(Variant(label, hgvs.split()[0] if hgvs else ""))
    if len(found) > _MOST_VARIANTS:
        raise InputError(
            f"{len(found)} variants in one family", where=place.where, expected=f"at most {_MOST_VARIANTS}"
        )
    return tuple(found)


def _person(place: Place, key: str, labels: tuple[str, ...]) -> Person:
    person_id = read_id(key, where=place.where)
    if place.text == "" and not place.is_mapping and not isinstance(place.node, Listing):
        return Person(person_id, where=place.where)
    _check_keys(place, _PERSON, f"the line of {person_id}")
    parents = place.find("parents")
    father, mother = ("", "") if parents is None else _pair(parents)
    told: dict[str, Any] = {
        "sex": _word(place, "sex", _SEXES, "unknown"),
        "status": _word(place, "status", _STATUSES, "unknown"),
        "age_days": None if (age := place.find("age")) is None else read_age(age.value, where=age.where),
        "copies": _copies(place.find("copies")),
        "genotype": read_alleles(place.find("genotype"), labels),
        "tests": read_tests(place, labels),
        "inbreeding": _share_or_none(place.find("inbreeding"), "inbreeding", most=0.5),
    }
    for name, field in (("died", "died"), ("proband", "proband"), ("pregnancy", "unborn")):
        told[field] = _flag(place.find(name), name)
    for name in ("identical_twin", "fraternal_twin"):
        twin = place.find(name)
        told[name] = "" if twin is None else read_id(twin.text, where=twin.where)
    return Person(person_id, father=father, mother=mother, where=place.where, **told)


def _pair(place: Place) -> tuple[str, str]:
    items = place.node.items if isinstance(place.node, Listing) else ()
    texts = [Place(node, place.name, node.line).text for node in items]
    if len(texts) != 2 or not all(texts):
        raise InputError("Not two people", where=place.where, expected="[the father's id, the mother's id]")
    father, mother = (read_id(text, where=place.where) for text in texts)
    return father, mother


def _asked(place: Place | None) -> tuple[tuple[str, str], ...]:
    if place is None:
        return ()
    _check_keys(place, ("next_child",), "ask")
    child = place.find("next_child")
    return () if child is None else (_pair(child),)


def _word(place: Place, key: str, known: Mapping[str, Any], default: str) -> Any:
    found = place.find(key)
    if found is None:
        return default
    if found.text not in known:
        raise InputError(
            f"{key} '{shown(found.text, 20)}'",
            where=found.where,
            expected=", ".join(known),
            fix=did_you_mean(found.text, known),
        )
    return known[found.text]


def _flag(place: Place | None, key: str) -> bool:
    if place is None:
        return False
    if not isinstance(place.value, bool):
        raise InputError(f"{key} '{shown(place.text, 20)}'", where=place.where, expected="yes or no")
    return place.value


def _copies(place: Place | None) -> int | None:
    if place is None:
        return None
    if place.text not in ("0", "1", "2"):
        raise InputError(
            f"copies '{shown(place.text, 20)}'", where=place.where, expected="0, 1 or 2 faulty copies"
        )
    return int(place.text)


def _share_or_none(place: Place | None, noun: str, *, most: float = 1.0) -> float | None:
    return None if place is None else read_share(place.text, where=place.where, noun=noun, most=most)


def _population(place: Place | None) -> Population:
    if place is None:
        return default_population()
    _check_keys(place, _POPULATION, "population")
    inbreeding = _share_or_none(place.find("inbreeding"), "inbreeding", most=0.25)
    cousins = _share_or_none(place.find("first_cousins"), "first_cousins")
    if inbreeding is not None and cousins is not None:
        raise InputError("inbreeding beside first_cousins", where=place.where, expected="one of the two")
    usual = default_population(inbreeding=inbreeding or 0.0, first_cousins=cousins)
    named = [kind for kind in ("incidence", "carriers", "alleles") if place.find(kind)]
    if len(named) > 1:
        raise InputError(f"{' and '.join(named)} together", where=place.where, expected="one of them")
    share = _share_or_none(place.find("variant_share"), "variant_share", most=0.3)
    kind: Any = named[0] if named else usual.kind
    told = place.find(kind)
    frequency = usual.frequency if told is None else _frequency(told, place.find("range"))
    if told is None and (alone := place.find("range")) is not None:
        raise InputError("A range of no number", where=alone.where, expected="incidence beside it")
    return Population(kind, frequency, usual.inbreeding, cousins, known_share() if share is None else share)


def _frequency(told: Place, ends: Place | None) -> Range:
    value = read_share(told.text, where=told.where, noun="The frequency", most=0.5)
    if value <= 0.0:
        raise InputError(f"The frequency {shown(told.text, 30)}", where=told.where, expected="above 0")
    if ends is None:
        return Range(value, value, value, "the file")
    nodes = ends.node.items if isinstance(ends.node, Listing) else ()
    texts = [Place(node, ends.name, node.line).text for node in nodes]
    shares = [read_share(text, where=ends.where, noun="The range", most=0.5) for text in texts]
    if len(shares) != 2 or not 0.0 < shares[0] <= value <= shares[1]:
        raise InputError(
            "A range that does not hold the number", where=ends.where, expected="[lowest, highest]"
        )
    return Range(value, shares[0], shares[1], "the file")


def _penetrance(place: Place | None) -> Penetrance:
    if place is None:
        return Penetrance()
    _check_keys(place, ("no_copy", "one_copy", "two_copies"), "penetrance")
    none = _share_or_none(place.find("no_copy"), "no_copy") or 0.0
    one = _share_or_none(place.find("one_copy"), "one_copy") or 0.0
    two = place.find("two_copies")
    if two is None:
        return Penetrance(none, one)
    if not isinstance(two.node, Listing):
        return Penetrance(none, one, ((0.0, read_share(two.text, where=two.where, noun="two_copies")),))
    return Penetrance(none, one, _steps(two))


def _steps(place: Place) -> tuple[tuple[float, float], ...]:
    """Return the penetrance by age: each share holds from its age on, and shares do not fall."""
    steps: list[tuple[float, float]] = []
    for node in place.node.items if isinstance(place.node, Listing) else ():
        step = Place(node, place.name, node.line)
        _check_keys(step, ("from", "share"), "a step of two_copies")
        start, share = step.find("from"), step.find("share")
        if start is None or share is None:
            raise InputError("A step without from or share", where=step.where, expected="both")
        age_days = read_age(start.value, where=start.where)
        steps.append((age_days, read_share(share.text, where=share.where, noun="share")))
        if len(steps) > 1 and not (steps[-2][0] < age_days and steps[-2][1] <= steps[-1][1]):
            raise InputError(
                "The steps fall or go back in age", where=step.where, expected="later ages, higher shares"
            )
    if not steps:
        raise InputError("No steps", where=place.where, expected="- {from: birth, share: 0.9}")
    return tuple(steps)

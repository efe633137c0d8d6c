"""Genotypes and genetic tests of one person in a family file."""

from __future__ import annotations

from lekti.base.errors import InputError, shown
from lekti.genetics.pedigree import GENE, OTHER, REFERENCE, CarrierTest, Range
from lekti.patients.family_numbers import read_share, sensitivity_of
from lekti.patients.nearest import did_you_mean
from lekti.patients.place import Place
from lekti.patients.yaml_tree import Listing

_KEYS = ("for", "found", "sensitivity", "range")


def read_alleles(place: Place | None, labels: tuple[str, ...]) -> tuple[str, str] | None:
    """Return a known genotype as two alleles: labels of variants, reference or other."""
    if place is None:
        return None
    found = _texts(place)
    if len(found) != 2:
        raise InputError("A genotype has two alleles", where=place.where, expected="such as [A, reference]")
    first, second = (_label(text, (*labels, REFERENCE, OTHER), place) for text in found)
    return first, second


def read_tests(person: Place, labels: tuple[str, ...]) -> tuple[CarrierTest, ...]:
    """Return the tests of a person; a sensitivity that is not told is the usual one with its range."""
    told = person.find("tests")
    if told is not None and not isinstance(told.node, Listing):
        raise InputError("tests is no list", where=told.where, expected="- {for: gene, found: none}")
    return tuple(_test(place, labels) for place in person.items("tests"))


def _test(place: Place, labels: tuple[str, ...]) -> CarrierTest:
    for key in place.node.entries if place.is_mapping else ():  # type: ignore[union-attr]
        if key not in _KEYS:
            raise InputError(
                f"Key '{shown(key, 30)}' is not known in a test",
                where=place.where,
                expected=f"one of {', '.join(_KEYS)}",
                fix=did_you_mean(key, _KEYS),
            )
    looked, found = place.find("for"), place.find("found")
    if looked is None or found is None:
        raise InputError(
            "A test without for or found", where=place.where, expected="such as {for: gene, found: none}"
        )
    looks_for = (
        (GENE,) if looked.text == GENE else tuple(_label(one, labels, looked) for one in _texts(looked))
    )
    if not looks_for:
        raise InputError("A test that looks for nothing", where=looked.where, expected="gene, or [A, B]")
    seen = _found(found, looks_for, labels)
    return CarrierTest(looks_for, seen, _sensitivity(place, looks_for), place.where)


def _found(place: Place, looks_for: tuple[str, ...], labels: tuple[str, ...]) -> tuple[str, ...]:
    if place.text == "none":
        return ()
    allowed = (*labels, OTHER) if looks_for == (GENE,) else looks_for
    seen = tuple(_label(one, allowed, place) for one in _texts(place))
    if not 1 <= len(seen) <= 2:
        raise InputError(
            f"A test that found {len(seen)} alleles", where=place.where, expected="none, [A] or [A, B]"
        )
    return seen


def _sensitivity(place: Place, looks_for: tuple[str, ...]) -> Range:
    told, ends = place.find("sensitivity"), place.find("range")
    if told is None:
        if ends is not None:
            raise InputError("A range without a sensitivity", where=ends.where, expected="both")
        return sensitivity_of(looks_for)
    value = read_share(told.text, where=told.where, noun="sensitivity")
    if ends is None:
        return Range(value, value, value, "the file")
    shares = [read_share(text, where=ends.where, noun="range") for text in _texts(ends)]
    if len(shares) != 2 or not shares[0] <= value <= shares[1]:
        raise InputError(
            "A range that does not hold the sensitivity", where=ends.where, expected="[lowest, highest]"
        )
    return Range(value, shares[0], shares[1], "the file")


def _texts(place: Place) -> list[str]:
    if isinstance(place.node, Listing):
        return [Place(node, place.name, node.line).text for node in place.node.items]
    return [place.text] if place.text else []


def _label(text: str, allowed: tuple[str, ...], place: Place) -> str:
    if text not in allowed:
        told = ", ".join(allowed) or "gene, as this file names no variants"
        raise InputError(f"Allele '{shown(text, 20)}'", where=place.where, expected=told)
    return text

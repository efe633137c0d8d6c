"""The same words have one fingerprint in any layout; other words have another."""

from __future__ import annotations

import re

import pytest

from lekti.evidence.repairs import one_shape, repairs_between
from lekti.evidence.solid import fingerprint, solid

SENTENCE = "A dose of 5 µg/mL (c.1302+5G>C) – the “first” – lowered IL-4 in well-known TNF-α disease…"
SAME = [
    SENTENCE.replace("µ", "μ"),
    SENTENCE.replace("–", "-").replace("“", '"').replace("”", '"'),
    SENTENCE.replace("…", "..."),
    SENTENCE.replace("α", "alpha"),
    SENTENCE.replace("well-known", "well-\n   known"),
    SENTENCE.replace("well-known", "well\u00adknown"),
    SENTENCE.replace(" ", "\n"),
]
OTHER = [
    SENTENCE.replace("5 µg", "5 mg"),
    SENTENCE.replace("1302+5", "1302-5"),
    SENTENCE.replace("IL-4", "IL-5"),
    SENTENCE.replace("5 µg", "50 µg"),
    SENTENCE.replace("lowered", "raised"),
    SENTENCE.replace("A dose", "No dose"),
]


@pytest.mark.parametrize("text", SAME)
def test_same_words_have_the_same_fingerprint(text: str) -> None:
    assert fingerprint(text) == fingerprint(SENTENCE)


@pytest.mark.parametrize("text", OTHER)
def test_other_words_have_another_fingerprint(text: str) -> None:
    assert fingerprint(text) != fingerprint(SENTENCE)


def test_a_raised_number_is_a_power_behind_a_number_only() -> None:
    assert one_shape("10⁵ cells per cm² in CD4⁺") == "10^5 cells per cm2 in CD4+"
    assert solid("10<sup>5</sup>").form == "10^5"
    assert fingerprint("10⁵") != fingerprint("105")


@pytest.mark.parametrize(
    ("quote", "words", "names"),
    [
        ("skin", "skin", ()),
        ("−5", "-5", ("minus sign",)),
        ("5–10", "5-10", ("dash",)),
        ("in\ufb02amed", "inflamed", ("ligature",)),
        ("cm²", "cm2", ("superscript",)),
        ("cm<sup>2</sup>", "cm2", ("tags",)),
        ("5\u00a0mg", "5 mg", ("non-breaking space",)),
        ("e\u0301", "é", ("split accent",)),
        ("“a”", '"a"', ("quotation marks",)),
    ],
)
def test_each_repair_has_its_name(quote: str, words: str, names: tuple[str, ...]) -> None:
    assert repairs_between(quote, words) == names


def test_leaving_out_a_stretch_keeps_the_places_of_the_rest() -> None:
    text = solid("the barrier [12] fails")
    cut = text.without([(11, 16)])
    assert cut.form == "the barrier fails"
    assert cut.printed(4, 17) == "barrier [12] fails"


def test_ranges_are_left_out_and_every_other_character_keeps_its_place() -> None:
    whole = solid("IgE of 10⁵ [3] fell… in a child [12]")
    ranges = [match.span() for match in re.finditer(r"\s\[\d+\]", whole.prose.text)]
    cut = whole.without(ranges)
    assert cut.form == "IgE of 10^5 fell... in a child"
    assert len(cut.origin) == len(cut.form) + 1
    for place in cut.places:
        assert one_shape(whole.prose.text[cut.origin[place]]) == cut.form[place]

"""What must hold for any quote: cuts stand or break a stated rule, variants stand, changed tokens fail."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lekti.evidence.prose import normal
from lekti.evidence.quote import LEAST_LETTERS, check_quote, prepare

from .quoted import ABSTRACT, AFFILIATIONS, record

READY = prepare(record())
WORDS = normal(ABSTRACT).text.split()
SENTENCES = [
    "Total serum IgE levels decreased from 2140 IU/mL to 88.4 IU/mL following therapy (P < 0.05; r = -1.72).",
    "We describe a girl with a homozygous splice variant (c.2201+3A>G).",
    "Acitretin was not effective.",
    "When she was 4 years old, dupilumab was added to reduce skin inflammation.",
    "KLK5 activity was increased, whereas KLK7 activity was decreased in the epidermis.",
]
MEDDLERS = ["not", "no", "never", "may", "hardly", "5"]
RULES = {
    "number",
    "negation",
    "hedge",
    "direction",
    "quantifier",
    "word boundary",
    "sign",
    "comparator",
    "unit",
}


@settings(deadline=None, max_examples=300)
@given(st.integers(0, len(WORDS) - 1), st.integers(2, 40))
def test_a_cut_between_words_stands_or_breaks_a_stated_rule(start: int, count: int) -> None:
    quote = " ".join(WORDS[start : start + count])
    verdict = check_quote(READY, quote)
    if verdict.stands:
        assert set(verdict.repairs) <= {"tags", "superscript"}
        return
    if verdict.kind == "not_found":
        assert sum(sign.isalnum() for sign in quote) < LEAST_LETTERS or len(quote.split()) < 2
        return
    assert verdict.kind == "token_conflict"
    assert {conflict.kind for conflict in verdict.conflicts} <= RULES


def _softened(text: str, place: int) -> str:
    inside = text[place - 1 : place + 1].isalpha()
    return f"{text[:place]}\u00ad{text[place:]}" if inside else text


def _tagged(text: str, place: int) -> str:
    words = text.split(" ")
    number = place % len(words)
    words[number] = f"<i>{words[number].replace('<', '&lt;')}</i>"
    return " ".join(words)


def _wrapped(text: str, place: int) -> str:
    space = text.find(" ", place)
    return text if space < 0 else f"{text[:space]}\n   {text[space + 1 :]}"


CHANGES = st.lists(st.tuples(st.sampled_from([_softened, _wrapped, _tagged]), st.integers(1, 60)), max_size=4)


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(SENTENCES), CHANGES, st.booleans())
def test_any_typographic_variant_stands(
    sentence: str, changes: list[tuple[Callable[[str, int], str], int]], split: bool
) -> None:
    quote = sentence
    for change, place in sorted(changes, key=lambda one: one[0] is _tagged):
        quote = change(quote, place)
    quote = unicodedata.normalize("NFD", quote) if split else quote
    assert check_quote(READY, quote).stands, check_quote(READY, quote).sentence


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(SENTENCES), st.integers(0, 200), st.sampled_from("0123456789"))
def test_any_other_digit_fails(sentence: str, place: int, digit: str) -> None:
    digits = [index for index, sign in enumerate(sentence) if sign.isdigit()]
    if not digits:
        return
    index = digits[place % len(digits)]
    quote = sentence[:index] + digit + sentence[index + 1 :]
    assert check_quote(READY, quote).stands == (quote == sentence)


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from(SENTENCES),
    st.integers(0, 200),
    st.sampled_from(MEDDLERS),
)
def test_any_word_put_in_fails(sentence: str, place: int, word: str) -> None:
    words = sentence.split()
    number = 1 + place % (len(words) - 1)
    assert not check_quote(READY, " ".join([*words[:number], word, *words[number:]])).stands


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(SENTENCES), st.integers(0, 200))
def test_any_word_left_out_silently_fails(sentence: str, place: int) -> None:
    words = sentence.split()
    if len(words) < 5:
        return
    number = 1 + place % (len(words) - 2)
    assert not check_quote(READY, " ".join([*words[:number], *words[number + 1 :]])).stands


@pytest.mark.parametrize(
    "old,new", [("-1.72", "1.72"), ("< 0.05", "> 0.05"), ("+3A", "-3A"), ("IU/mL to", "IU/L to")]
)
def test_signs_and_units_are_tokens(old: str, new: str) -> None:
    for sentence in SENTENCES[:2]:
        if old in sentence:
            assert not check_quote(READY, sentence.replace(old, new)).stands


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ("splice variant (c.2201-3A>G)", False),
        ("following therapy (P > 0.05", False),
        ("r = 1.72). Acitretin was", False),
        ("140 IU/mL to 88.4 IU/mL", False),
        ("to 88 4 IU/mL following therapy", False),
        ("was effective. No mutation", False),
        ("cat words", False),
        ("e", False),
        ("!!!", False),
        ("to 88.4 IU/mL ... from 2140 IU/mL", False),
        ("We describe a girl ... The authors declare", False),
        (AFFILIATIONS, False),
        ("Invented syndrome (IS) is a rare recessive disease … caused by pathogenic variants", True),
        ("per 5 μg/mL. The cluster", True),
        ("10⁵ cells were counted", True),
        ("a homozygous spli\u00adce variant", True),
        ("a homozygous splice vari-\nant", True),
        ("reduce skin in \ufb02ammation", True),
        ("The skin barrier was leaky", True),
        ("the serine <i>protease</i> inhibitor", True),
        ("The cluster [2Fe-2S] binds", True),
    ],
)
def test_what_other_checkers_get_wrong(quote: str, stands: bool) -> None:
    assert check_quote(READY, quote).stands == stands

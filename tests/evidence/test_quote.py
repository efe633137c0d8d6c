"""A quote stands when its words are in the record as quoted, and never when a token is changed or lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lekti.evidence.prose import normal
from lekti.evidence.quote import check_quote, prepare, quote_stands

from .quoted import ABSTRACT, record

READY = prepare(record())
IGE = "Total serum IgE levels decreased from 2140 IU/mL to 88.4 IU/mL following therapy"


@pytest.mark.parametrize(
    "quote",
    [
        IGE,
        IGE + ".",
        f'"{IGE}"',
        IGE.replace(" ", "\n   "),
        "homozygous splice variant (c.2201+3A>G)",
        "a homozygous splice variant (c.2201+3A>G). When she was 4 years old",
        "Acitretin was not effective",
        "The cluster [2Fe-2S] binds",
        "Dupilumab may improve the growth of hair",
        "Itch fell by 40 % in 12 of 20 children",
    ],
)
def test_words_of_the_record_stand(quote: str) -> None:
    verdict = check_quote(READY, quote)
    assert verdict.kind == "exact"
    assert verdict.stands
    assert verdict.repairs == ()


@pytest.mark.parametrize(
    ("quote", "repair"),
    [
        (IGE.replace("serum", "se\u00adrum"), "soft hyphen"),
        (IGE.replace("therapy", "ther-\napy"), "line-end hyphen"),
        (IGE.replace("therapy", "ther- apy"), "line-end hyphen"),
        (IGE.replace("2140", "2,140"), "thousands separator"),
        (IGE.replace(" IU", "\u00a0IU"), "non-breaking space"),
        (IGE.replace("IgE", "<i>IgE</i>"), "tags"),
        ("in\ufb02ammation. " + IGE, "ligature"),
        ("in \ufb02ammation. " + IGE, "ligature"),
        ("following therapy (P < 0.05; r = −1.72)", "minus sign"),
        ("following therapy [P < 0.05; r = -1.72]", "brackets"),
        ("following therapy (P<0.05; r=-1.72)", "spacing"),
        ("following therapy (P &lt; 0.05; r = -1.72)", "character references"),
        ("The skin barrier was leaky in CD4⁺ cells", "citation number"),
        ("The skin barrier [12] was leaky in CD4+ cells", "superscript"),
        ("The skin barrier<sup>12</sup> was leaky in CD4⁺ cells", "citation number"),
        ("10⁵ cells were counted", "superscript"),
        ("were counted per 5 μg/mL", "micro sign"),
        ("the skin barrier [12] was leaky in CD4⁺ cells", "first capital"),
        ("Acitretin [the drug] was not effective", "bracketed note"),
        ("Acitretin was ‘not’ effective", "quotation marks"),
    ],
)
def test_a_typographic_variant_stands_with_the_repair_named(quote: str, repair: str) -> None:
    verdict = check_quote(READY, quote)
    assert verdict.kind == "repaired", verdict.sentence
    assert repair in verdict.repairs


@pytest.mark.parametrize("dots", ["...", " … ", " [...] ", " […] ", " . . . ", "....."])
def test_words_may_be_left_out_in_order(dots: str) -> None:
    verdict = check_quote(
        READY, f"Invented syndrome (IS) is a rare recessive disease{dots}leading to impaired skin"
    )
    assert verdict.kind == "elided"
    assert len(verdict.parts) == 2


@pytest.mark.parametrize(
    ("quote", "kind"),
    [
        (IGE.replace("2140", "2104"), "number"),
        (IGE.replace("2140", "140"), "number"),
        (IGE.replace("88.4", "884"), "number"),
        (IGE.replace("88.4", "88 4"), "number"),
        (IGE.replace("88.4", "8.84"), "number"),
        (IGE.replace("88.4 IU/mL", "88.4 IU/L"), "unit"),
        (IGE.replace("decreased", "increased"), "direction"),
        (IGE.replace("IgE", "IgG"), "name"),
        (IGE.replace("IgE", "Ige"), "capitals"),
        ("homozygous splice variant (c.2201-3A>G)", "variant"),
        ("homozygous splice variant (c.2201+3A>C)", "variant"),
        ("following therapy (P > 0.05; r = -1.72)", "comparator"),
        ("following therapy (P < 0.05; r = 1.72)", "sign"),
        ("following therapy (P < 0.05; r = +1.72)", "sign"),
        ("Acitretin was effective", "negation"),
        ("mutation was found in exon 9", "negation"),
        ("Dupilumab was not added to reduce skin inflammation", "negation"),
        ("improve the growth of hair", "hedge"),
        ("Dupilumab improve the growth of hair", "hedge"),
        ("KLK5 activity was ... decreased in the epidermis", "word"),
        ("Acitretin was ... effective. No mutation", "negation"),
        ("following therapy (P < 0.0", "number"),
        ("Itch fell by 40", "number"),
        ("20 children. The drug was well tolerated", "number"),
        ("Total serum IgE levels decreased from 2140", "number"),
        ("per 5 mg/mL. The cluster", "unit"),
        ("105 cells were counted", "number"),
        ("She could concat", "word boundary"),
        ("cat words", "word"),
        ("The skin barrier [13] was leaky", "citation"),
        ("88.4 IU/mL ... decreased from 2140 IU/mL", "order"),
    ],
)
def test_a_changed_or_lost_token_is_named(quote: str, kind: str) -> None:
    verdict = check_quote(READY, quote)
    assert not verdict.stands
    assert [conflict.kind for conflict in verdict.conflicts][:1] == [kind], verdict.sentence


@pytest.mark.parametrize(
    "quote", ["", "e", "!!!", "cat", "effective", "…", "....", "not", "SPINK9Z", "a b", "0.05"]
)
def test_too_little_is_not_a_quote(quote: str) -> None:
    assert check_quote(READY, quote).kind == "not_found"


@pytest.mark.parametrize("quote", ["University of Nowhere", "We describe a girl ... The authors declare"])
def test_sections_that_support_nothing_are_not_quoted(quote: str) -> None:
    assert check_quote(READY, quote).kind == "wrong_section"


def test_a_section_that_is_named_is_the_only_one() -> None:
    quote = "The drug was well tolerated in all of them"
    assert check_quote(READY, quote, section="Results").kind == "exact"
    assert check_quote(READY, quote, section="abstract").kind == "wrong_section"
    assert check_quote(READY, quote, section="no such").kind == "wrong_section"


@pytest.mark.parametrize("limit", ["only", "alone", "exclusively"])
def test_a_quote_does_not_end_in_front_of_its_limit(limit: str) -> None:
    text = f"Dupilumab relieved itch in adults {limit}. It was well tolerated by all."
    source = record(("abstract", text, True))
    assert not check_quote(source, "Dupilumab relieved itch in adults").stands
    assert check_quote(source, f"Dupilumab relieved itch in adults {limit}").stands


def test_another_records_words_are_not_found() -> None:
    assert check_quote(READY, "The trial enrolled forty adults with asthma in Norway").kind == "not_found"


def test_the_range_counts_in_the_prose() -> None:
    verdict = check_quote(READY, IGE.replace("therapy", "ther-\napy"))
    assert normal(ABSTRACT).text[verdict.start : verdict.end] == IGE


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_quote_gets_an_answer(quote: str) -> None:
    assert check_quote(READY, quote) == check_quote(record(), quote)


SIGNS = [
    "not ",
    "5",
    "-",
    " ",
    "...",
    "[",
    "]",
    "(",
    "skin",
    "\n",
    "<i>",
    "&lt;",
    "é",
    "\u0301",
    "10⁵",
    "c.2201+3A>G",
]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(SIGNS), max_size=30).map("".join), st.lists(st.sampled_from(SIGNS), max_size=60)
)
def test_any_record_gets_an_answer(quote: str, pieces: list[str]) -> None:
    text = "".join(pieces)
    check_quote(record(("abstract", text, True)), quote)
    check_quote(record(("abstract", text, True)), text)


@pytest.mark.parametrize(
    "piece", ["1,", "1 ", "[1", "(1), ", "… ", "not ", "-", "a-\n", "c.1", "<i>", "5 mg ", "'", "a. "]
)
def test_long_texts_take_little_time(piece: str) -> None:
    text = piece * 3000
    check_quote(record(("abstract", text, True)), piece * 200 + "end")
    check_quote(record(("abstract", text, True)), text)


@pytest.mark.parametrize("section", [None, "abstract", "title"])
@pytest.mark.parametrize(
    "quote",
    [
        IGE,
        IGE.replace("2140", "2141"),
        "ige",
        "Total serum IgE ... following therapy",
        "Words of another text",
    ],
)
def test_the_answer_alone_is_that_of_the_verdict(quote: str, section: str | None) -> None:
    assert quote_stands(READY, quote, section=section) == check_quote(READY, quote, section=section).stands
    assert quote_stands(record(), quote, section=section) == quote_stands(READY, quote, section=section)

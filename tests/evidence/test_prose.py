"""Layout is undone, wording is kept, and every character knows where it stood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lekti.evidence.prose import normal

SENTENCE = "Impaired skin barrier function raised total IgE to 55.8 IU/mL in 2 of 10 children."
SIGNS = "skin|-\n|  |<i>|</i>|<sup>|</sup>|&amp;|&lt;i&gt;|\u00ad|\ufb02|e\u0301|\u0301|5|−|<p>|&|<|>|µ|."
PIECES = st.sampled_from([*SIGNS.split("|"), " ", "\n", "\u200b", "\u00a0", "<xref ref-type='bibr'>"])


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE.replace(" ", "\n      "),
        SENTENCE.replace("barrier", "<i>barrier</i>").replace("IgE", "<b class='x'>IgE</b>"),
        SENTENCE.replace(" ", "\u00a0"),
        SENTENCE.replace("barrier", "bar\u00adrier").replace("children", "chil\u00ad\n  dren"),
        SENTENCE.replace("skin", "s\u200bkin"),
        "<p>" + SENTENCE.replace(" to ", " &#116;o ") + "</p>\n",
        f"\ufeff  {SENTENCE}\r\n",
    ],
)
def test_any_layout_gives_the_same_prose(text: str) -> None:
    assert normal(text).text == SENTENCE


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("Kazal-\ntype 5", "Kazal-type 5"),
        ("c.1302-\n5G>C", "c.1302-5G>C"),
        ("in\ufb02ammation", "inflammation"),
        ("e\u0301ruption", "éruption"),
        ("10<sup>-5</sup> m<sup>2</sup>", "10⁻⁵ m²"),
        ("log<sub>10</sub>", "log₁₀"),
        ("barrier<xref ref-type='bibr'>12</xref>", "barrier¹²"),
        ("P < 0.05 and x > 3", "P < 0.05 and x > 3"),
        ("P &lt; 0.05", "P < 0.05"),
        ("&lt;i&gt;SPINK5&lt;/i&gt;", "SPINK5"),
        ("one<br/>two", "one two"),
    ],
)
def test_layout_becomes_plain_words(text: str, prose: str) -> None:
    assert normal(text).text == prose


@given(st.lists(PIECES, max_size=25).map("".join))
def test_prose_has_no_prose_of_its_own_and_offsets_rise(text: str) -> None:
    prose = normal(text)
    assert len(prose.offsets) == len(prose.text) + 1
    assert list(prose.offsets) == sorted(prose.offsets)
    assert prose.offsets[-1] <= len(text)
    assert "  " not in prose.text
    assert prose.text == prose.text.strip()


@given(st.text(max_size=200))
def test_any_text_has_a_prose(text: str) -> None:
    prose = normal(text)
    assert len(prose.offsets) == len(prose.text) + 1


def test_words_are_shown_as_they_are_printed() -> None:
    prose = normal("the skin\n  <i>bar\u00adrier</i> fails")
    start = prose.text.index("skin")
    end = prose.text.index("barrier") + len("barrier")
    assert prose.words_as_printed(start, end) == "skin\n  <i>bar\u00adrier</i>"


def test_a_thousand_open_brackets_take_no_time() -> None:
    assert normal("<" * 20_000 + "&" * 20_000 + "-" * 20_000 + " \n" * 20_000).text


@given(st.lists(PIECES, max_size=25).map("".join))
def test_offsets_lead_to_the_same_words(text: str) -> None:
    prose = normal(text)
    words = prose.text.split(" ") if prose.text else []
    place = 0
    for word in words:
        start = prose.text.index(word, place)
        place = start + len(word)
        printed = normal(prose.words_as_printed(start, place)).text
        assert len(printed) >= len(word) or "<" in text or "&" in text

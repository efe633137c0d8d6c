"""Every character that was decoded twice is recognised, and no honest one is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lekti.evidence.mojibake import find_garbled

SIGNS = "©®°±µ×é€–—’“”…≥≤αβγκ→−²³¼ßøÅ\u00a0\u00ad\u2009"


def twice(text: str, times: int = 1) -> str:
    """Decode a text wrongly, as programs do that take UTF-8 for Windows-1252."""
    for _ in range(times):
        content = text.encode("utf-8")
        text = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in content)
    return text


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("sign", SIGNS)
def test_each_sign_is_recognised(sign: str, times: int):
    garbled = twice(sign, times)
    (found,) = find_garbled(f"before {garbled} after")
    assert (found.found, found.meant, found.start) == (garbled, sign, 7)


@settings(deadline=None)
@given(st.lists(st.sampled_from(SIGNS), max_size=20))
def test_a_sound_text_has_none(signs: list[str]):
    assert list(find_garbled(" x".join(signs))) == []


@settings(deadline=None)
@given(st.lists(st.sampled_from(SIGNS), max_size=6))
def test_every_one_of_several_is_found(signs: list[str]):
    assert [found.meant for found in find_garbled(twice(" x ".join(signs)))] == signs


@pytest.mark.parametrize(
    "text",
    ["Ménage à trois", "≥ 5 µg/mL", "naïve “quoted” – fine…", "TNF-α, IL-1β", "Straße", "2 Å\u00a0apart"],
)
def test_honest_letters_are_left_alone(text: str):
    assert list(find_garbled(text)) == []

"""The colours can be read and told apart; every ratio is computed again."""

from __future__ import annotations

import pytest

from lekti.outputs.tokens import (
    COLOUR_VISION,
    DARK,
    LIGHT,
    Palette,
    band_colours,
    blend,
    closest_pair,
    contrast,
    css_variables,
)

PALETTES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


@PALETTES
@pytest.mark.parametrize("token", ["ink", "ink2", "ink3", "model", "alt", "drug", "note"])
def test_text_stands_out_from_the_paper(palette: Palette, token: str) -> None:
    assert contrast(palette[token], palette["paper"]) >= 4.5


@PALETTES
def test_lines_and_borders_stand_out_from_the_paper(palette: Palette) -> None:
    assert contrast(palette["edge"], palette["paper"]) >= 3


@PALETTES
def test_words_stand_out_from_their_own_ground(palette: Palette) -> None:
    assert contrast(palette["drugtext"], palette["drugbg"]) >= 4.5
    assert contrast(palette["note"], palette["notebg"]) >= 4.5
    for token in ("ink", "ink2", "model"):
        assert contrast(palette[token], palette["panel"]) >= 4.5


@PALETTES
def test_the_median_stands_out_from_its_dark_band(palette: Palette) -> None:
    _, inner = band_colours(palette)
    assert contrast(palette["model"], inner) >= 3


@PALETTES
def test_ink_can_be_read_on_both_bands_and_second_ink_on_the_light_one(palette: Palette) -> None:
    outer, inner = band_colours(palette)
    assert contrast(palette["ink"], inner) >= 4.5
    assert contrast(palette["ink"], outer) >= 4.5
    assert contrast(palette["ink2"], outer) >= 4.5


def test_axis_ink_is_too_faint_for_the_light_band() -> None:
    outer, _ = band_colours(LIGHT)
    assert contrast(LIGHT["ink3"], outer) < 4.5


@PALETTES
@pytest.mark.parametrize("vision", sorted(COLOUR_VISION))
def test_the_three_hues_can_be_told_apart(palette: Palette, vision: str) -> None:
    assert closest_pair(palette, vision) >= 10


@pytest.mark.parametrize(
    ("palette", "token", "ratio"),
    [
        (LIGHT, "ink", 16.5),
        (LIGHT, "model", 5.0),
        (LIGHT, "drug", 9.1),
        (DARK, "ink", 15.3),
        (DARK, "model", 10.1),
    ],
)
def test_the_ratios_are_those_of_the_design(palette: Palette, token: str, ratio: float) -> None:
    assert contrast(palette[token], palette["paper"]) == pytest.approx(ratio, abs=0.06)


def test_contrast_does_not_depend_on_order() -> None:
    assert contrast("#123456", "#FEDCBA") == contrast("#FEDCBA", "#123456")


def test_a_blend_ends_at_its_two_colours() -> None:
    assert blend("#2A72B5", 1.0, "#FFFFFF") == "#2A72B5"
    assert blend("#2A72B5", 0.0, "#FFFFFF") == "#FFFFFF"


def test_css_variables_name_every_token() -> None:
    text = css_variables(LIGHT)
    assert all(f"--{token}:{value};" in text for token, value in LIGHT.colours.items())
    assert "--band90:0.13;" in text
    assert css_variables(LIGHT, important=True).count("!important") == len(LIGHT.colours) + 4

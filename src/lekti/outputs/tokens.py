"""The colours, type and sizes every page and figure uses, and the sums that prove they can be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

SERIF = 'Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif'
SANS = (
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", '
    "Arial, sans-serif"
)
MONO = 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace'

SPARE = 1.08  # fonts differ: a label box is 8 % wider than its text
HUES = ("model", "alt", "drug")


@dataclass(frozen=True)
class Palette:
    """Token names to hex colours, and the opacities of the two bands."""

    name: str
    colours: Mapping[str, str]
    band90: float
    band50: float
    healthy: float

    def __getitem__(self, token: str) -> str:
        return self.colours[token]


LIGHT = Palette(
    "light",
    {
        "paper": "#FFFFFF",
        "panel": "#F4F6F8",
        "rule": "#D8DEE4",
        "edge": "#7D8894",
        "ink": "#16202A",
        "ink2": "#46525E",
        "ink3": "#616D79",
        "model": "#2A72B5",
        "alt": "#BC4B00",
        "drug": "#00533F",
        "drugbg": "#DDF0E9",
        "drugtext": "#00533F",
        "note": "#7A5200",
        "notebg": "#FFF5DC",
    },
    band90=0.13,
    band50=0.24,
    healthy=0.09,
)

DARK = Palette(
    "dark",
    {
        "paper": "#11171D",
        "panel": "#1A222A",
        "rule": "#323D48",
        "edge": "#74818E",
        "ink": "#E9EDF1",
        "ink2": "#B7C1CB",
        "ink3": "#93A0AC",
        "model": "#94C7F7",
        "alt": "#FFB870",
        "drug": "#38A07D",
        "drugbg": "#12362C",
        "drugtext": "#86DDBE",
        "note": "#E9C46A",
        "notebg": "#2E2710",
    },
    band90=0.16,
    band50=0.28,
    healthy=0.12,
)

# Machado, Oliveira and Fernandes 2009, table 1, severity 1.0; acts on linear RGB.
COLOUR_VISION: Mapping[str, tuple[tuple[float, float, float], ...]] = {
    "typical": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}

# Ottosson 2020, "A perceptual color space for image processing": linear sRGB to OKLab.
_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def linear_rgb(colour: str) -> np.ndarray:
    """Return the linear-light RGB of a hex colour (WCAG 2.2, relative luminance)."""
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    """Return the relative luminance of a hex colour, 0 to 1 (WCAG 2.2)."""
    return float(linear_rgb(colour) @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two hex colours, 1 to 21 (WCAG 2.2).

    >>> round(contrast("#000000", "#FFFFFF"), 1)
    21.0
    """
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def blend(colour: str, opacity: float, ground: str) -> str:
    """Return the hex colour seen when `colour` lies with `opacity` on `ground`.

    >>> blend("#000000", 0.5, "#FFFFFF")
    '#808080'
    """
    mixed = [
        round(opacity * int(colour[i : i + 2], 16) + (1 - opacity) * int(ground[i : i + 2], 16))
        for i in (1, 3, 5)
    ]
    return "#" + "".join(f"{channel:02X}" for channel in mixed)


def band_colours(palette: Palette) -> tuple[str, str]:
    """Return what the eye sees of the 90 % band and of the 50 % band that lies on it."""
    outer = blend(palette["model"], palette.band90, palette["paper"])
    return outer, blend(palette["model"], palette.band50, outer)


def closest_pair(palette: Palette, vision: str) -> float:
    """Return the smallest OKLab distance × 100 between the three hues, for one kind of colour vision."""
    matrix = np.array(COLOUR_VISION[vision])
    seen = [_oklab(np.clip(matrix @ linear_rgb(palette[hue]), 0, 1)) for hue in HUES]
    pairs = [(0, 1), (0, 2), (1, 2)]
    return float(min(np.linalg.norm(seen[a] - seen[b]) for a, b in pairs) * 100)


def css_variables(palette: Palette, *, important: bool = False) -> str:
    """Return the palette as CSS custom properties, one declaration after another."""
    last = " !important;" if important else ";"
    numbers = {"band90": palette.band90, "band50": palette.band50, "healthy": palette.healthy}
    pairs = list(palette.colours.items()) + [(name, f"{value:g}") for name, value in numbers.items()]
    return "".join(f"--{name}:{value}{last}" for name, value in pairs) + f"color-scheme:{palette.name}{last}"


def _oklab(rgb: np.ndarray) -> np.ndarray:
    return _TO_LAB @ np.cbrt(_TO_LMS @ rgb)

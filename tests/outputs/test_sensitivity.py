"""Sensitivity in words, as an object and as a figure."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from lekti.outputs.sensitivity import sensitivity_object, sensitivity_text
from lekti.outputs.sensitivity_figure import in_words, sensitivity_figure, standalone_svg
from lekti.patients.library import load_case
from lekti.population.sensitivity import READOUTS, Answer, Index, Sensitivity, Settings


@pytest.fixture
def found():
    indices = (Index("tewl_healthy", 0.4, 0.05, 0.6, 0.1), Index("all others", -0.02, 0.05, 0.3, 0.1))
    answers = tuple(
        Answer(plan, readout, indices, (1.0, 9.0))
        for plan in ("untreated", "the course")
        for readout in READOUTS
    )
    return Sensitivity(
        load_case("index"), 2556.75, Settings(4, 1, 64, 1), {"tewl_healthy": 2.0}, answers, 256, 1
    )


def test_the_text_names_each_readout_with_its_factors(found):
    text = sensitivity_text(found)
    for name in ("IgE, untreated", "itch, the course", "water loss, untreated", "infections, the course"):
        assert name in text
    assert "tewl_healthy" in text
    assert "1 of 256 people could not be followed" in text


def test_a_negative_share_is_shown_as_none_and_kept_in_the_object(found):
    assert "alone 0" in sensitivity_text(found)
    told = json.loads(json.dumps(sensitivity_object(found), allow_nan=False))
    assert told["answers"][0]["indices"][1]["alone"] == -0.02
    assert told["use"]


def test_the_figure_is_whole_and_says_in_words_what_it_shows(found):
    svg = standalone_svg(found)
    root = ElementTree.fromstring(svg)
    assert root.tag.endswith("svg")
    assert "tewl_healthy 60" in in_words(found.answers)
    drawing = sensitivity_figure(found)
    assert all(text.box.left >= 0 and text.box.right <= drawing.width for text in drawing.texts())
    texts = drawing.texts()
    assert not [
        (a.text, b.text) for i, a in enumerate(texts) for b in texts[i + 1 :] if a.box.overlaps(b.box)
    ]

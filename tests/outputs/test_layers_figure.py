"""The study of layers as text, data and figure."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import numpy as np

from lekti.base.provenance import USE
from lekti.outputs.layers_figure import layers_figure, layers_object, layers_svg, layers_text
from lekti.outputs.svg import Box
from lekti.population.layers import LayerStudy

STUDY = LayerStudy(
    (4, 6, 24),
    (0.0, 0.1, 0.2, 0.3, 0.5, 1.0),
    np.array([[42, 37, 28, 13, 11, 9.8], [42, 36, 24, 13, 11, 9.8], [41, 34, 20, 13, 11, 9.8]]),
)


def test_the_text_marks_the_shipped_number_and_the_largest_difference() -> None:
    (row,) = [line for line in layers_text(STUDY).splitlines() if "(shipped)" in line]
    assert row.split()[0] == "6"
    assert "20.0 %" in row
    assert USE in layers_text(STUDY)


def test_the_data_have_a_row_for_each_number() -> None:
    told = layers_object(STUDY)
    assert [row["layers"] for row in told["rows"]] == [4, 6, 24]  # type: ignore[index, union-attr]
    assert told["use"] == USE


def test_the_figure_has_a_line_for_each_number_and_its_labels_do_not_touch() -> None:
    drawing = layers_figure(STUDY)
    root = ET.fromstring(layers_svg(STUDY))
    paths = [one for one in root.iter() if one.tag.endswith("path")]
    assert len(paths) == 3
    boxes = [text.box for text in drawing.texts()]
    whole = Box(0, 0, drawing.width, drawing.height)
    assert all(box.within(whole) for box in boxes)
    assert not [1 for at, box in enumerate(boxes) for other in boxes[at + 1 :] if box.overlaps(other)]

"""A figure can leave the page and take its colours along."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from lekti.outputs.course_figure import course_figure
from lekti.outputs.figure_style import FIGURE_CSS, standalone_style
from lekti.outputs.layout import WIDE
from lekti.outputs.svg import Drawing, Group, Node, Shape, Text
from lekti.population.result import Result


def css_classes(nodes: tuple[Node, ...]) -> set[str]:
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, Group):
            found |= css_classes(tuple(node.nodes))
        elif isinstance(node, Text):
            found |= {node.role}
        elif isinstance(node, Shape):
            found |= set(str(node.attributes["class"]).split())
    return found


def test_every_class_of_a_figure_has_a_style(result: Result) -> None:
    drawing: Drawing = course_figure(result, WIDE)
    styled = set(re.findall(r"\.([a-z][\w-]*)", FIGURE_CSS)) | {"ink2", "foot"}
    assert css_classes(drawing.nodes) <= styled


def test_colours_are_variables_only(result: Result) -> None:
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b", FIGURE_CSS + course_figure(result, WIDE).svg())


def test_a_figure_outside_the_page_brings_its_own_style(result: Result) -> None:
    root = ET.fromstring(course_figure(result, WIDE).svg(style=standalone_style()))
    style = root.find("{http://www.w3.org/2000/svg}style")
    assert style is not None
    assert "--paper:#FFFFFF" in (style.text or "")
    assert "prefers-color-scheme:dark" in (style.text or "")

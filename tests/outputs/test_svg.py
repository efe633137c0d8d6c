"""The writer escapes what it is given and knows where its words lie."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from lekti.outputs.svg import Box, Drawing, Group, Text, fit, line, number, path, shape, text_width, wrap

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=30)


def drawing(*nodes: object, title: str = "A title", description: str = "A description") -> Drawing:
    return Drawing("test", 100, 50, title, description, nodes)  # type: ignore[arg-type]


@given(WORDS)
def test_any_words_come_back_unchanged_from_the_svg(words: str) -> None:
    root = ET.fromstring(drawing(Text(1, 2, words), title=words).svg())
    texts = [node.text or "" for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == [words]
    assert root[0].text == (words or None)


def test_hostile_words_stay_words() -> None:
    attack = '"><script>alert(1)</script>&'
    text = drawing(Text(0, 0, attack, tail=attack), shape("rect", attack, x=attack), title=attack).svg()
    assert "<script" not in text
    assert len(list(ET.fromstring(text).iter())) == 6


def test_a_drawing_names_its_title_and_description() -> None:
    root = ET.fromstring(drawing(line("grid", 0, 0, 1, 1)).svg())
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == "test-title test-desc"


def test_texts_are_found_inside_groups() -> None:
    inner = Text(5, 5, "inner")
    assert drawing(Group("a", [Group("b", [inner])]), Text(0, 0, "outer")).texts() == (
        inner,
        Text(0, 0, "outer"),
    )


def test_the_box_of_a_text_follows_its_anchor() -> None:
    left, middle, right = (Text(50, 20, "word", anchor=a).box for a in ("start", "middle", "end"))
    assert left.left == 50
    assert middle.left + middle.width / 2 == 50
    assert right.right == 50


def test_boxes_that_share_an_edge_do_not_overlap() -> None:
    assert not Box(0, 0, 10, 10).overlaps(Box(10, 0, 10, 10))
    assert Box(0, 0, 10, 10).overlaps(Box(9, 9, 10, 10))
    assert Box(1, 1, 2, 2).within(Box(0, 0, 10, 10))


@given(WORDS, st.floats(min_value=20, max_value=200))
def test_a_fitted_text_is_never_wider_than_its_place(words: str, width: float) -> None:
    assert text_width(fit(words, 12, width), 12) <= max(width, text_width("…", 12))


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=8), min_size=1, max_size=12))
def test_wrapping_keeps_every_word_in_order(words: list[str]) -> None:
    assert " ".join(wrap(" ".join(words), 12, 90)).split(" ") == words


def test_bold_words_are_wider() -> None:
    assert text_width("IgE", 12, bold=True) > text_width("IgE", 12)


def test_coordinates_are_short() -> None:
    assert [number(x) for x in (100.0, 0.1234, -0.001, 12.50)] == ["100", "0.12", "0", "12.5"]
    assert path([(0, 0), (1.25, 2)], closed=True) == "M0.0,0.0 1.2,2.0Z"

"""No label lies on another, and none leaves its figure."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from lekti.outputs.labels import Ground, around, block, boxes, place
from lekti.outputs.svg import Box, Text

BOUNDS = Box(0, 0, 400, 120)
PLACES = st.tuples(st.floats(10, 380), st.floats(10, 110))
WORD = Text(0, 0, "1,078", bold=True)


@given(st.lists(PLACES, max_size=15))
def test_labels_never_touch_marks_or_each_other(places: list[tuple[float, float]]) -> None:
    marks = [Box(x - 6, y - 6, 12, 12) for x, y in places]
    ground = Ground(BOUNDS, tuple(marks))
    placed: list[Box] = []
    for mark in marks:
        found = place(around([WORD], mark), ground)
        if found is not None:
            placed += boxes(found)
            ground = ground.with_taken(boxes(found))
    assert not any(a.overlaps(b) for a, b in combinations(placed, 2))
    assert not any(label.overlaps(mark) for label in placed for mark in marks)
    assert all(label.within(BOUNDS) for label in placed)


def test_a_free_place_is_preferred_to_one_on_a_line() -> None:
    candidates = [block([WORD], x, 50, "start") for x in (100, 200)]
    line = Box(110, 0, 2, 120)
    assert place(candidates, Ground(BOUNDS, busy=(line,))) == candidates[1]


def test_a_place_on_a_line_is_better_than_none() -> None:
    candidates = [block([WORD], 100, 50, "start")]
    assert place(candidates, Ground(BOUNDS, busy=(Box(110, 0, 2, 120),))) == candidates[0]


def test_a_full_ground_has_no_place() -> None:
    assert place(around([WORD], Box(50, 50, 10, 10)), Ground(BOUNDS, (BOUNDS,))) is None


def test_the_lines_of_a_block_do_not_overlap() -> None:
    first, second = boxes(block([WORD, Text(0, 0, "second line")], 100, 50, "end"))
    assert not first.overlaps(second)
    assert first.right == second.right == 100

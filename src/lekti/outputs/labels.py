"""Where words go on a figure: each label takes the first free place, and none lies on another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lekti.outputs.svg import Box, Text

Block = tuple[Text, ...]
AIR = 4.0  # px left and right of a label, so that two of them never read as one


@dataclass(frozen=True)
class Ground:
    """What is taken already: `taken` is never covered, `busy` only if there is no better place."""

    bounds: Box
    taken: tuple[Box, ...] = ()
    busy: tuple[Box, ...] = ()

    def with_taken(self, boxes: Iterable[Box]) -> Ground:
        """Return the ground with more boxes that no label may cover."""
        return replace(self, taken=(*self.taken, *boxes))


def place(candidates: Sequence[Block], ground: Ground) -> Block | None:
    """Return the candidate that is free and covers the least of what is busy; None when no one is free."""
    free = [block for block in candidates if _free(block, ground)]
    if not free:
        return None
    return min(free, key=lambda block: _covered(block, ground))


def boxes(block: Block) -> tuple[Box, ...]:
    """Return the boxes of a block's lines."""
    return tuple(text.box for text in block)


def block(lines: Sequence[Text], x: float, y: float, anchor: str) -> Block:
    """Return the lines moved so that the first baseline lies at (x, y), each line one step lower."""
    leading = 0.0
    moved: list[Text] = []
    for text in lines:
        moved.append(replace(text, x=x, y=y + leading, anchor=anchor))
        leading += 1.25 * text.size
    return tuple(moved)


def around(lines: Sequence[Text], mark: Box) -> list[Block]:
    """Return the places around a mark, best first: right, left, above, below, then further away."""
    height = 1.25 * sum(text.size for text in lines)
    size = lines[0].size
    middle = mark.top + mark.height / 2 - height / 2 + 0.95 * size
    centre = mark.left + mark.width / 2
    found: list[Block] = []
    for far in (0.0, 12.0, 26.0):
        above, below = mark.top - 4 - far - height + size, mark.bottom + 2 + far + size
        found += [
            block(lines, mark.right + 5, middle - far, "start"),
            block(lines, mark.left - 5, middle - far, "end"),
            block(lines, mark.right, above, "end"),
            block(lines, centre, above, "middle"),
            block(lines, mark.left, above, "start"),
            block(lines, mark.right, below, "end"),
            block(lines, centre, below, "middle"),
            block(lines, mark.left, below, "start"),
        ]
        if far:
            found += [
                block(lines, mark.right + 5, middle + far, "start"),
                block(lines, mark.left - 5, middle + far, "end"),
            ]
    return found


def _free(block: Block, ground: Ground) -> bool:
    return all(
        box.within(ground.bounds) and not any(_with_air(box).overlaps(other) for other in ground.taken)
        for box in boxes(block)
    )


def _with_air(box: Box) -> Box:
    return Box(box.left - AIR, box.top, box.width + 2 * AIR, box.height)


def _covered(block: Block, ground: Ground) -> int:
    return sum(box.overlaps(other) for box in boxes(block) for other in ground.busy)

"""A property made once is worked out at its first use and kept with its object alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from lekti.base.made_once import made_once


@dataclass(frozen=True)
class _Square:
    side: float
    asked: list[float] = field(default_factory=list[float])

    @made_once
    def area(self) -> float:
        """The area."""
        self.asked.append(self.side)
        return self.side**2


def test_it_is_worked_out_once_for_each_object() -> None:
    small, large = _Square(2.0), _Square(3.0)
    assert [small.area, small.area, large.area, small.area] == [4.0, 4.0, 9.0, 4.0]
    assert (small.asked, large.asked) == ([2.0], [3.0])


def test_the_class_shows_its_docstring_and_works_nothing_out() -> None:
    assert _Square.area.__doc__ == "The area."

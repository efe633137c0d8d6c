"""A writer on the numbers of one lane: its rows, its outputs, and the slots of the task."""

from __future__ import annotations

from lekti.engine.layout import TASK_PLACE, Layout
from lekti.engine.llvm_text import Writer

REAL, WHOLE = "double", "i64"


class Lane(Writer):
    """A writer on plain numbers that knows the rows of the lane `%lane` and the slots of `%task`."""

    def __init__(self, layout: Layout) -> None:
        super().__init__(1)
        self.layout = layout
        self.rows, self.plain = layout.rows, layout.plain

    def place(self, row: str, i: str | int = 0) -> str:
        """Return the place in memory of entry i of a stretch, for this lane."""
        below = self.let(f"add {WHOLE} {i}, {self.rows[row]}")
        return self.let(f"add {WHOLE} {self.let(f'mul {WHOLE} {below}, {self.layout.lanes}')}, %lane")

    def get(self, row: str, i: str | int = 0, of: str = REAL) -> str:
        """Return entry i of a stretch as a double, or as a count."""
        kind = self.layout.real_of(row) if of == REAL else of
        value = self.load("%work", self.place(row, i), kind)
        return self.let(f"fpext float {value} to double") if kind == "float" else value

    def put(self, value: str, row: str, i: str | int = 0, of: str = REAL) -> None:
        """Set entry i of a stretch."""
        kind = self.layout.real_of(row) if of == REAL else of
        if kind == "float":
            value = self.let(f"fptrunc double {value} to float")
        self.store(value, "%work", self.place(row, i), kind)

    def count(self, row: str) -> str:
        return self.get(row, of=WHOLE)

    def set_count(self, value: int | str, row: str, i: str | int = 0) -> None:
        self.put(str(value), row, i, of=WHOLE)

    def task(self, name: str, of: str = "ptr") -> str:
        return self.load("%task", TASK_PLACE[name], of)

    def of_plain(self, name: str) -> str:
        return self.at("%work", self.plain[name], REAL)

    def lane(self, function: str) -> None:
        """Write a call of a function on this lane."""
        self.do(f"call void @{function}(ptr %task, ptr %work, {WHOLE} %lane)")

    def is_set(self, row: str) -> str:
        return self.let(f"icmp ne {WHOLE} {self.count(row)}, 0")

    def within(self, i: str, s: str) -> str:
        """Return state i at the part s of the step, from what `polynomial` has found.

        A state that does not move keeps every bit, and the end of the step is the new state.
        """
        rest = self.sub(self.number(1.0), s)
        dense = [self.load(self.of_plain(f"dense{r}"), i, REAL) for r in range(3)]
        inner = self.add(dense[1], self.mul(s, dense[2]))
        inner = self.add(dense[0], self.mul(s, inner))
        new, old = self.get("new", i), self.get("y", i)
        change = self.add(self.sub(new, old), self.mul(rest, inner))
        inside = self.add(old, self.mul(s, change))
        return self.choose(self.compare("oge", s, self.number(1.0)), new, inside)

    def is_below(self, a: str, b: str) -> str:
        return self.let(f"icmp slt {WHOLE} {a}, {b}")

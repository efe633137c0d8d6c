"""Where the kernel keeps its numbers: named stretches of one block of memory per thread, and of the task."""

from __future__ import annotations

from dataclasses import dataclass

LANE_ROWS = (  # one value per lane: the state of the step control of one patient
    "time",
    "step",  # the length of the step being tried
    "wish",  # the length the control asks for
    "stop",  # the next time to step onto: a dose or the last output
    "last",  # the length of the last accepted step since a dose, 0 for none
    "last_error",
    "after_dose",  # a good first length after a dose, 0 while unknown
    "patient",
    "active",
    "next_stop",
    "end_stop",
    "next_output",
    "accepted",
    "rejected",
    "landing",  # 1 when the step being tried ends on the stop
    "fresh",  # 1 when no step has been accepted since the last dose
    "grown",  # the logarithm of the growth of errors since the last dose or event
    "doubt",  # its largest value so far
)

STEP_ROWS = (  # one value per lane: what a step finds about itself
    "error",  # in units of the tolerance, within what the control can use
    "growth",  # the factor for the next step that the error alone asks for
    "trend",  # the fifth root of last error / error^2
    "gain",  # how many times larger the filter has made the error
)

TASK = (  # 8 bytes each: an address, a count, or a number
    "parameters",
    "parameter_count",
    "patients",
    "next_patient",
    "times",
    "time_count",
    "stop_starts",
    "stop_time",
    "stop_target",
    "stop_jump",
    "stop_inflow",
    "outputs",
    "output_count",
    "values",
    "status",
    "accepted",
    "rejected",
    "day",
    "doubt",
    "relative",
    "absolute",
    "most_steps",
    "halt",
    "stepped",  # 1 to step to each output, 0 to read it off the polynomial
    "seed",
    "keys",
    "log_room",
    "log_count",
    "log_time",
    "log_event",
)
TASK_PLACE = {name: place for place, name in enumerate(TASK)}

SOLVED, OUT_OF_STEPS, STEP_TOO_SMALL, BAD_START, NOT_REACHED = 0, 1, 2, 3, 4
BAD_DELAY, WAITS_TWICE, ENDLESS = 5, 6, 7

GUARD_ROWS = (  # one value per lane, only where a system has events
    "root",  # the moment at which a trigger turned, else the end of the step
    "turned",  # 1 when there is such a moment
    "aim",  # a moment found within a step that is done again to end there, infinity for none
    "aimed",  # 1 on the way to an aim, 2 in the step after
    "low",  # the search for the moment: the last time before,
    "up",  # the first time after,
    "high",  # and the end of the part that is searched
    "differs",
    "trouble",  # what the kernel cannot hold of the patient's events, 0 for nothing
    "chosen",
    "rank",
    "tied",  # how many more events have that rank
    "ties",  # how often the order was drawn
    "share",  # the last draw
)


@dataclass(frozen=True)
class Layout:
    """The sizes of one system's kernel, and the first row of each stretch; a row holds one value per lane.

    Rows of the state and of the step control hold doubles. The others, which a step works on, hold numbers of
    type `real`; they follow, and count in their own width. In pure double precision `point` is the state
    itself and `fixed` the constants themselves.
    """

    lanes: int
    states: int
    constants: int
    assignments: int
    entries: int
    clock: int = 0
    events: int = 0
    changes: int = 0
    real: str = "double"

    @property
    def guard_rows(self) -> dict[str, int]:
        """Return the stretches that events need, with their lengths."""
        if not self.events:
            return {}
        each = dict.fromkeys(("truth", "before", "rises", "due", "drawn"), self.events)
        return each | {"held": self.changes} | dict.fromkeys(GUARD_ROWS, 1)

    @property
    def aside_rows(self) -> dict[str, int]:
        """Return the stretches that keep a step while its lane steps aside to an output."""
        kept = {f"kept_{name}": 1 for name in STEP_ROWS}
        return {"kept": self.states, **kept, "whole": 1, "aside": 1}

    @property
    def _wide(self) -> dict[str, int]:
        """Return the lengths of the stretches of doubles."""
        lengths = dict.fromkeys(("y", "new"), self.states) | {"constants": self.constants}
        return lengths | dict.fromkeys(LANE_ROWS, 1) | self.aside_rows | self.guard_rows

    @property
    def _narrow(self) -> dict[str, int]:
        """Return the lengths of the stretches of type `real`."""
        n = self.states
        lengths = {} if self.real == "double" else {"point": n, "fixed": self.constants}
        lengths |= dict.fromkeys(("inner", "inflow", "by_time", "first", "slack", "change", "top", "left"), n)
        lengths |= {f"u{i}": n for i in range(8)}
        return lengths | {"lu": self.entries, "clock": self.clock, "sum": 8} | dict.fromkeys(STEP_ROWS, 1)

    @property
    def rows(self) -> dict[str, int]:
        """Return the first row of each stretch, and the number of rows as `end`, each in its own width."""
        places: dict[str, int] = {}
        place = 0
        for name, length in self._wide.items():
            places[name] = place
            place += length
        place *= 8 // self._size
        for name, length in self._narrow.items():
            places[name] = place
            place += length
        aliases = {} if "point" in places else {"point": places["y"], "fixed": places["constants"]}
        return places | aliases | {"end": place}

    def real_of(self, row: str) -> str:
        """Return the type of the numbers in a row."""
        return "double" if row in self._wide else self.real

    @property
    def _size(self) -> int:
        return 4 if self.real == "float" else 8

    @property
    def plain(self) -> dict[str, int]:
        """Return the first double of each stretch that is not laid out in lanes; they follow the rows."""
        start = -(-self.rows["end"] * self.lanes * self._size // 8)
        n = self.states
        seen = start + 3 * n  # states, time, assignments: what outputs are picked from
        end = seen + n + 1 + self.assignments
        places = {"dense0": start, "dense1": start + n, "dense2": start + 2 * n, "seen": seen}
        if self.events:  # states at a moment, and what formulas of events say there
            lengths = {"there": n, "found": self.events, "numbers": self.events}
            for name, length in (lengths | {"values": self.changes, "factors": self.changes}).items():
                places[name] = end
                end += length
        return places | {"end": end}

    @property
    def doubles(self) -> int:
        """Return how many doubles one thread needs."""
        return self.plain["end"]

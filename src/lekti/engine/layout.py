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
    "error",
    "patient",
    "active",
    "next_stop",
    "end_stop",
    "next_output",
    "accepted",
    "rejected",
    "landing",  # 1 when the step being tried ends on the stop
    "fresh",  # 1 when no step has been accepted since the last dose
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
    "relative",
    "absolute",
    "most_steps",
    "halt",
)
TASK_PLACE = {name: place for place, name in enumerate(TASK)}

SOLVED, OUT_OF_STEPS, STEP_TOO_SMALL, BAD_START, NOT_REACHED = 0, 1, 2, 3, 4


@dataclass(frozen=True)
class Layout:
    """The sizes of one system's kernel, and the first row of each stretch; a row holds one value per lane."""

    lanes: int
    states: int
    constants: int
    assignments: int
    entries: int

    @property
    def rows(self) -> dict[str, int]:
        """Return the first row of each stretch, and the number of rows as `end`."""
        n = self.states
        stretches = dict.fromkeys(("y", "new", "inner", "inflow", "by_time", "top", "left"), n)
        stretches |= {f"u{i}": n for i in range(8)}
        stretches |= {"lu": self.entries, "constants": self.constants, "sum": 4}
        stretches |= dict.fromkeys(LANE_ROWS, 1)
        places: dict[str, int] = {}
        place = 0
        for name, length in stretches.items():
            places[name] = place
            place += length
        return places | {"end": place}

    @property
    def plain(self) -> dict[str, int]:
        """Return the first double of each stretch that is not laid out in lanes; they follow the rows."""
        start = self.rows["end"] * self.lanes
        n = self.states
        seen = start + 3 * n  # states, time, assignments: what outputs are picked from
        end = seen + n + 1 + self.assignments
        return {"dense0": start, "dense1": start + n, "dense2": start + 2 * n, "seen": seen, "end": end}

    @property
    def doubles(self) -> int:
        """Return how many doubles one thread needs."""
        return self.plain["end"]

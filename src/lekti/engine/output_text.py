"""The outputs of one lane: states within a step from its polynomial, and what is written for the user."""

from __future__ import annotations

from lekti.engine.lane_text import REAL, WHOLE, Lane
from lekti.engine.layout import Layout
from lekti.engine.rodas5p import dense_weights


def emit_text(layout: Layout) -> str:
    """Write the outputs of one patient at time %t from its states in `seen`, and step on to the next time."""
    w = Lane(layout)
    seen = w.of_plain("seen")
    w.store("%t", seen, layout.states, REAL)
    w.do(f"call void @observe({REAL} %t, ptr {seen}, ptr {w.at('%work', w.place('constants'), REAL)})")
    output, count = w.count("next_output"), w.task("output_count", WHOLE)
    times = w.task("time_count", WHOLE)
    before = w.let(f"mul {WHOLE} {w.count('patient')}, {times}")
    row = w.let(f"add {WHOLE} {before}, {output}")
    start, values, outputs = w.let(f"mul {WHOLE} {row}, {count}"), w.task("values"), w.task("outputs")
    with w.loop(count) as j:
        value = w.load(seen, w.load(outputs, j, WHOLE), REAL)
        w.store(value, values, w.let(f"add {WHOLE} {start}, {j}"), REAL)
    w.set_count(w.let(f"add {WHOLE} {output}, 1"), "next_output")
    return w.function("emit", f"ptr %task, ptr %work, {WHOLE} %lane, {REAL} %t")


def polynomial_text(layout: Layout) -> str:
    """Write the polynomial of the step for the %count states listed at %places; `@every` lists all."""
    w = Lane(layout)
    weights = dense_weights()
    with w.loop("%count") as j:
        i = w.load("%places", j, WHOLE)
        parts = [w.get(f"u{k}", i) for k in range(8)]
        for r in range(3):
            total = w.mul(parts[0], w.number(weights[r][0]))
            for weight, part in zip(weights[r][1:], parts[1:], strict=True):
                total = w.add(total, w.mul(part, w.number(weight)))
            w.store(total, w.of_plain(f"dense{r}"), i, REAL)
    every = ", ".join(f"{WHOLE} {i}" for i in range(layout.states))
    table = f"@every = internal constant [{layout.states} x {WHOLE}] [{every}]\n"
    return table + w.function("polynomial", f"ptr %work, {WHOLE} %lane, ptr %places, {WHOLE} %count")


def first_output(w: Lane) -> None:
    """Write the output at time 0, if it is asked for."""
    first = w.load(w.task("times"), 0, REAL)
    with w.when(w.compare("ole", first, w.number(0.0))):
        _show_state(w, w.number(0.0))


def _show_state(w: Lane, t: str) -> None:
    """Write the outputs at time t from the states as they are."""
    seen = w.of_plain("seen")
    with w.loop(w.layout.states) as i:
        w.store(w.get("y", i), seen, i, REAL)
    w.do(f"call void @emit(ptr %task, ptr %work, {WHOLE} %lane, {REAL} {t})")


def outputs_within(w: Lane, then: str) -> None:
    """Write every output between the present time and the end of the step, from the dense output.

    With events the step ends at its `root`, and an output at the very end waits for what happens there.
    """
    times, count = w.task("times"), w.task("time_count", WHOLE)
    now, step, seen = w.get("time"), w.get("step"), w.of_plain("seen")
    late, until = ("oge", w.get("root")) if w.layout.events else ("ogt", then)
    first = w.count("next_output")  # below count while the patient is active
    with w.when(w.compare("ole", w.load(times, first, REAL), until)):
        w.do(f"call void @polynomial(ptr %work, {WHOLE} %lane, ptr @every, {WHOLE} {w.layout.states})")
        with w.repeat() as done:
            place = w.count("next_output")
            w.leave(w.let(f"icmp sge {WHOLE} {place}, {count}"), done)
            t = w.load(times, place, REAL)
            w.leave(w.compare(late, t, until), done)
            s = w.div(w.sub(t, now), step)
            with w.loop(w.layout.states) as i:
                w.store(w.within(i, s), seen, i, REAL)
            w.do(f"call void @emit(ptr %task, ptr %work, {WHOLE} %lane, {REAL} {t})")


def outputs_now(w: Lane) -> None:
    """Write every output that is due at the present time from the states as they are."""
    with w.repeat() as done:
        place = w.count("next_output")
        w.leave(w.let(f"icmp sge {WHOLE} {place}, {w.task('time_count', WHOLE)}"), done)
        t = w.load(w.task("times"), place, REAL)
        w.leave(w.compare("ogt", t, w.get("time")), done)
        _show_state(w, t)

"""Outputs within a step, found by a step aside: from the start of the step, exactly to the output.

The polynomial of a step is of order 4 and its error 2 to 30 times that of the step, so it alone would
decide how tight a tolerance must be. Stepping aside costs one step per output and leaves the course as
it is: the end of the step is kept and taken up again, so values do not depend on how often one looks.
"""

from __future__ import annotations

from lekti.engine.lane_text import REAL, WHOLE, Lane
from lekti.engine.layout import STEP_ROWS


def write_aside(w: Lane, then: str) -> None:
    """Write what follows a good step with an output before its end: keep it and step to the output."""
    t = w.load(w.task("times"), w.count("next_output"), REAL)
    wanted = w.let(f"icmp ne {WHOLE} {w.task('stepped', WHOLE)}, 0")
    inside = w.let(f"and i1 {wanted}, {w.compare('olt', t, then)}")
    away, onward = w.fresh("away"), w.fresh("onward")
    w.do(f"br i1 {inside}, label %{away}, label %{onward}")
    w.label(away)
    with w.loop(w.layout.states) as i:
        w.put(w.get("new", i), "kept", i)
    for name in STEP_ROWS:
        w.put(w.get(name), f"kept_{name}")
    w.put(w.get("step"), "whole")
    w.put(w.sub(t, w.get("time")), "step")
    w.set_count(1, "aside")
    w.do("br label %idle")
    w.label(onward)


def write_return(w: Lane) -> None:
    """Write what follows a step aside: the output, then the next one within the step, else the kept step.

    Should a step aside fail, which is shorter than one that was good, the course goes on from there.
    """
    w.do(f"br i1 {w.is_set('aside')}, label %aside, label %straight")
    w.label("aside")
    w.do(f"br i1 {w.compare('ole', w.get('error'), w.number(1.0))}, label %reached, label %missed")
    w.label("missed")
    w.set_count(0, "aside")
    w.do("br label %reject")
    w.label("reached")
    seen = w.of_plain("seen")
    with w.loop(w.layout.states) as i:
        w.store(w.get("new", i), seen, i, REAL)
    times = w.task("times")
    t = w.load(times, w.count("next_output"), REAL)
    w.do(f"call void @emit(ptr %task, ptr %work, {WHOLE} %lane, {REAL} {t})")
    now, whole = w.get("time"), w.get("whole")
    then = w.choose(w.is_set("landing"), w.get("stop"), w.add(now, whole))
    following = w.load(times, w.count("next_output"), REAL)  # the last one is at the end of a step
    w.put(w.sub(following, now), "step")
    w.leave(w.compare("olt", following, then), "idle")
    with w.loop(w.layout.states) as i:
        w.put(w.get("kept", i), "new", i)
    for name in STEP_ROWS:
        w.put(w.get(f"kept_{name}"), name)
    w.put(whole, "step")
    w.set_count(0, "aside")
    w.do("br label %accept")
    w.label("straight")

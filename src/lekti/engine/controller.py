"""What happens between steps, for one lane: accept or reject, outputs, doses, and the next patient.

The step control, and how a dose restarts it, follow lekti's own solver studies: safety 0.85, a predictive
factor after Gustafsson, a step clipped by a stop does not shrink the next.
"""

from __future__ import annotations

from lekti.engine.aside_text import write_aside, write_return
from lekti.engine.lane_text import REAL, WHOLE, Lane
from lekti.engine.layout import (
    BAD_START,
    LANE_ROWS,
    OUT_OF_STEPS,
    SOLVED,
    STEP_TOO_SMALL,
    Layout,
)
from lekti.engine.output_text import emit_text, first_output, outputs_now, outputs_within, polynomial_text
from lekti.engine.rodas5p import GAMMA
from lekti.engine.step_text import SAFETY

FIRST_STEP = 1e-3  # days
FIRST_STEP_AFTER_DOSE = 0.3  # days, when no dose has taught a better one
LEAST_FACTOR, MOST_FACTOR = 0.15, 8.0


def controller_text(layout: Layout) -> str:
    """Return the functions `run`, `fetch`, `control` and what they call."""
    return "\n".join(
        [
            emit_text(layout),
            polynomial_text(layout),
            _jumps(layout),
            _plan(layout),
            _fetch(layout),
            _control(layout),
            _run(layout),
        ]
    )


def _jumps(layout: Layout) -> str:
    """Write what the stops at the present time change, and that the lane is fresh if there was one."""
    w = Lane(layout)
    now, end = w.get("time"), w.count("end_stop")
    with w.repeat() as done:
        stop = w.count("next_stop")
        w.leave(w.let(f"icmp sge {WHOLE} {stop}, {end}"), done)
        w.leave(w.compare("ogt", w.load(w.task("stop_time"), stop, REAL), now), done)
        target = w.load(w.task("stop_target"), stop, WHOLE)
        jump = w.load(w.task("stop_jump"), stop, REAL)
        w.put(w.add(w.get("y", target), jump), "y", target)
        w.put(w.load(w.task("stop_inflow"), stop, REAL), "inflow", target)
        w.set_count(w.let(f"add {WHOLE} {stop}, 1"), "next_stop")
        w.set_count(1, "fresh")
    return w.function("jumps", f"ptr %task, ptr %work, {WHOLE} %lane")


def _plan(layout: Layout) -> str:
    """Write the next stop and the step towards it: onto it when near, half the way when close to near."""
    w = Lane(layout)
    last = w.let(f"sub {WHOLE} {w.task('time_count', WHOLE)}, 1")
    end, stop = w.load(w.task("times"), last, REAL), w.count("next_stop")
    w.put(end, "stop")
    with w.when(w.is_below(stop, w.count("end_stop"))):
        w.put(w.smaller(end, w.load(w.task("stop_time"), stop, REAL)), "stop")
    if layout.events:
        nearest = w.smaller(w.get("stop"), w.get("aim"))
        for g in range(layout.events):
            nearest = w.smaller(nearest, w.get("due", g))
        w.put(nearest, "stop")
    wish = w.get("wish")
    left = w.sub(w.get("stop"), w.get("time"))
    lands = w.compare("ole", left, w.mul(wish, w.number(1.0001)))
    near = w.compare("olt", left, w.mul(wish, w.number(2.0)))
    short = w.choose(near, w.mul(left, w.number(0.5)), wish)
    w.put(w.choose(lands, left, short), "step")
    w.set_count(w.let(f"zext i1 {lands} to {WHOLE}"), "landing")
    return w.function("plan", f"ptr %task, ptr %work, {WHOLE} %lane")


def _fetch(layout: Layout) -> str:
    """Write the start of the next patient whose start is finite, or that the lane is idle."""
    w = Lane(layout)
    with w.repeat() as done:
        patient = w.let(f"atomicrmw add ptr {w.task('next_patient')}, {WHOLE} 1 monotonic")
        w.set_count(0, "active")
        w.put(w.number(1.0), "step")
        w.leave(w.let(f"icmp sge {WHOLE} {patient}, {w.task('patients', WHOLE)}"), done)
        _begin(w, patient)
        if layout.events:
            w.lane("guards_begin")
            w.lane("settle")
        first_output(w)
        w.lane("jumps")
        if layout.events:
            w.lane("settle")
        w.set_count(0, "fresh")
        more = w.is_below(w.count("next_output"), w.task("time_count", WHOLE))
        good = w.compare("oeq", w.get("error"), w.number(0.0))
        status = w.let(f"select i1 {good}, {WHOLE} {SOLVED}, {WHOLE} {BAD_START}")
        goes = w.let(f"and i1 {more}, {good}")
        if layout.events:
            status = w.let(f"select i1 {w.is_set('trouble')}, {WHOLE} {w.count('trouble')}, {WHOLE} {status}")
            calm = w.let(f"xor i1 {w.is_set('trouble')}, true")
            goes = w.let(f"and i1 {goes}, {calm}")
        w.store(status, w.task("status"), patient, WHOLE)
        w.set_count(w.let(f"zext i1 {goes} to {WHOLE}"), "active")
        w.do(f"call void @plan(ptr %task, ptr %work, {WHOLE} %lane)")
        w.leave(goes, done)
    return w.function("fetch", f"ptr %task, ptr %work, {WHOLE} %lane")


def _begin(w: Lane, patient: str) -> None:
    """Write the start of a new patient and of its step control; `error` is 0 if all states are finite."""
    row = w.let(f"mul {WHOLE} {patient}, {w.task('parameter_count', WHOLE)}")
    parameters = w.at(w.task("parameters"), row, REAL)
    for name, target in (("constants", "constants"), ("initial", "y")):
        w.do(f"call void @{name}(ptr {parameters}, ptr {w.at('%work', w.place(target), REAL)})")
    if w.layout.real == "float":
        with w.loop(w.layout.constants) as i:
            w.put(w.get("constants", i), "fixed", i)
    starts = w.task("stop_starts")
    following = w.let(f"add {WHOLE} {patient}, 1")
    zero = w.number(0.0)
    w.put(zero, "error")
    for name in LANE_ROWS:
        w.set_count(0, name)  # the same bits as 0.0
    w.put(w.number(FIRST_STEP), "wish")
    w.put(w.number(1.0), "last_error")
    w.set_count(0, "aside")
    w.set_count(patient, "patient")
    w.set_count(w.load(starts, patient, WHOLE), "next_stop")
    w.set_count(w.load(starts, following, WHOLE), "end_stop")
    with w.loop(w.layout.states) as i:
        size = w.intrinsic("fabs", w.get("y", i))
        w.put(zero, "top", i)  # a step begins with it
        w.put(zero, "inflow", i)
        w.put(w.add(w.get("error"), w.mul(size, zero)), "error")  # infinity and NaN times 0 are NaN


def _control(layout: Layout) -> str:
    """Write the judgement of the step just tried."""
    w = Lane(layout)
    w.leave(w.let(f"icmp eq {WHOLE} {w.count('active')}, 0"), "idle")
    if not layout.events:
        write_return(w)
    good = w.compare("ole", w.get("error"), w.number(1.0))
    w.do(f"br i1 {good}, label %accept, label %reject")
    w.label("accept")
    _accept(w)
    w.do("br label %judged")
    w.label("reject")
    _reject(w)
    w.do("br label %judged")
    w.label("judged")
    _finish(w)
    w.do("br label %idle")
    w.label("idle")
    return w.function("control", f"ptr %task, ptr %work, {WHOLE} %lane")


def _clamped(w: Lane, factor: str) -> str:
    return w.larger(w.smaller(factor, w.number(MOST_FACTOR)), w.number(LEAST_FACTOR))


def _accept(w: Lane) -> None:
    """Write the outputs within the step, take the new state, and wish for the next step."""
    lands = w.is_set("landing")
    then = w.choose(lands, w.get("stop"), w.add(w.get("time"), w.get("step")))
    if w.layout.events:
        _find_turn(w, then)
    else:
        write_aside(w, then)
    w.set_count(w.let(f"add {WHOLE} {w.count('accepted')}, 1"), "accepted")
    outputs_within(w, then)
    if w.layout.events:
        then = w.get("root")
        lands = w.let(f"and i1 {lands}, {w.compare('oeq', then, w.get('stop'))}")
    _take(w, then)
    _wish(w, w.get("error"), w.get("growth"))
    w.put(then, "time")
    if w.layout.events:
        _settle(w, lands)
    with w.when(lands):
        w.lane("jumps")
        if w.layout.events:
            with w.when(w.is_set("fresh")):
                w.lane("settle")
    with w.when(w.is_set("fresh")):
        _restart(w)


def _find_turn(w: Lane, then: str) -> None:
    """Write the search for an event; a step in which one is found is done again so that it ends there."""
    w.do(f"call void @turn(ptr %task, ptr %work, {WHOLE} %lane, {REAL} {then})")
    early = w.let(f"and i1 {w.is_set('turned')}, {w.compare('olt', w.get('root'), then)}")
    first = w.let(f"icmp eq {WHOLE} {w.count('aimed')}, 0")
    again, onward = w.fresh("again"), w.fresh("onward")
    w.do(f"br i1 {w.let(f'and i1 {early}, {first}')}, label %{again}, label %{onward}")
    w.label(again)
    for g in range(w.layout.events):
        w.set_count(w.get("before", g, WHOLE), "truth", g)
    w.put(w.get("root"), "aim")
    w.set_count(1, "aimed")
    w.set_count(w.let(f"add {WHOLE} {w.count('rejected')}, 1"), "rejected")
    w.do("br label %judged")
    w.label(onward)


def _take(w: Lane, then: str) -> None:
    """Write the state at the end of the step, or at the event within it."""
    if w.layout.events:
        with w.when(w.is_set("turned")):
            w.do(f"call void @polynomial(ptr %work, {WHOLE} %lane, ptr @every, {WHOLE} {w.layout.states})")
            s = w.div(w.sub(then, w.get("time")), w.get("step"))
            with w.loop(w.layout.states) as i:
                w.put(w.within(i, s), "new", i)
    with w.loop(w.layout.states) as i:
        new = w.get("new", i)
        w.put(new, "y", i)


def _wish(w: Lane, error: str, plain: str) -> None:
    """Write the length of the next step."""
    step, wish, last = w.get("step"), w.get("wish"), w.get("last")
    predicted = w.mul(w.div(step, w.larger(last, w.number(1e-300))), w.get("trend"))
    known = w.compare("ogt", last, w.number(0.0))
    careful = w.choose(known, w.smaller(plain, w.mul(predicted, w.number(SAFETY))), plain)
    following = w.mul(step, _clamped(w, careful))
    clipped = w.let(f"and i1 {w.compare('olt', step, wish)}, {w.compare('oge', following, step)}")
    w.put(w.choose(clipped, w.larger(following, wish), following), "wish")
    with w.when(w.is_set("fresh")):
        w.put(w.mul(step, w.smaller(plain, w.number(4.0))), "after_dose")
        w.set_count(0, "fresh")
    w.put(step, "last")
    w.put(w.larger(error, w.number(1e-2)), "last_error")
    _doubt(w)


def _doubt(w: Lane) -> None:
    """Write by how much errors have grown since the last dose or event, as a logarithm, and the most so far.

    Where a positive eigenvalue s rules the error, the filter makes it (1 - h gamma s) ** -2 times as large.
    """
    gain = w.get("gain")
    with w.when(w.compare("ogt", gain, w.number(1.0))):
        shrinks = w.div(w.number(1.0), w.intrinsic("sqrt", gain))
        grown = w.add(w.get("grown"), w.mul(w.sub(w.number(1.0), shrinks), w.number(1.0 / GAMMA)))
        w.put(grown, "grown")
        w.put(w.larger(w.get("doubt"), grown), "doubt")


def _settle(w: Lane, lands: str) -> None:
    """Write what happens where a trigger turned or a stop is reached, then the outputs of that moment."""
    with w.when(w.let(f"or i1 {lands}, {w.is_set('turned')}")):
        w.lane("settle")
        outputs_now(w)
    reached, aimed = w.compare("oge", w.get("time"), w.get("aim")), w.count("aimed")
    over = w.let(f"or i1 {w.is_set('turned')}, {w.let(f'icmp eq {WHOLE} {aimed}, 2')}")
    following = w.let(f"select i1 {reached}, {WHOLE} 2, {WHOLE} {aimed}")
    w.set_count(w.let(f"select i1 {over}, {WHOLE} 0, {WHOLE} {following}"), "aimed")
    with w.when(w.let(f"or i1 {reached}, {over}")):
        w.put(w.number(float("inf")), "aim")


def _restart(w: Lane) -> None:
    """Write the wish after a dose: what the last dose taught, and no memory of earlier steps."""
    taught = w.get("after_dose")
    guess = w.smaller(w.get("wish"), w.number(FIRST_STEP_AFTER_DOSE))
    known = w.compare("ogt", taught, w.number(0.0))
    w.put(w.choose(known, w.mul(taught, w.number(0.8)), guess), "wish")
    w.put(w.number(0.0), "last")
    w.put(w.number(0.0), "grown")
    w.put(w.number(1.0), "last_error")


def _reject(w: Lane) -> None:
    """Write a shorter wish."""
    w.set_count(w.let(f"add {WHOLE} {w.count('rejected')}, 1"), "rejected")
    w.put(w.mul(w.get("step"), _clamped(w, w.get("growth"))), "wish")


def _finish(w: Lane) -> None:
    """Write the end of a patient that is done or has failed, else the plan of its next step."""
    patient, accepted, rejected = (w.count(name) for name in ("patient", "accepted", "rejected"))
    tried = w.let(f"add {WHOLE} {accepted}, {rejected}")
    done = w.let(f"icmp sge {WHOLE} {w.count('next_output')}, {w.task('time_count', WHOLE)}")
    long = w.let(f"icmp sge {WHOLE} {tried}, {w.task('most_steps', WHOLE)}")
    now, wish = w.get("time"), w.get("wish")
    moves = w.compare("ogt", w.add(now, w.mul(wish, w.number(0.1))), now)
    stuck = w.let(f"xor i1 {moves}, true")
    failed = w.let(f"select i1 {stuck}, {WHOLE} {STEP_TOO_SMALL}, {WHOLE} {OUT_OF_STEPS}")
    status = w.let(f"select i1 {done}, {WHOLE} {SOLVED}, {WHOLE} {failed}")
    over = w.let(f"or i1 {done}, {w.let(f'or i1 {long}, {stuck}')}")
    if w.layout.events:
        status = w.let(f"select i1 {w.is_set('trouble')}, {WHOLE} {w.count('trouble')}, {WHOLE} {status}")
        over = w.let(f"or i1 {over}, {w.is_set('trouble')}")
    w.do(f"br i1 {over}, label %over, label %onward")
    w.label("over")
    w.store(status, w.task("status"), patient, WHOLE)
    w.store(accepted, w.task("accepted"), patient, WHOLE)
    w.store(rejected, w.task("rejected"), patient, WHOLE)
    w.store(now, w.task("day"), patient, REAL)
    w.store(w.get("doubt"), w.task("doubt"), patient, REAL)
    w.do(f"call void @fetch(ptr %task, ptr %work, {WHOLE} %lane)")
    w.do("br label %idle")
    w.label("onward")
    w.do(f"call void @plan(ptr %task, ptr %work, {WHOLE} %lane)")


def _run(layout: Layout) -> str:
    """Write the loop: one step of all lanes, then each lane's control, until every lane is idle."""
    w = Lane(layout)
    lanes = layout.lanes
    relative, absolute, halt = w.task("relative", REAL), w.task("absolute", REAL), w.task("halt")
    with w.loop(lanes) as lane:
        w.do(f"call void @fetch(ptr %task, ptr %work, {WHOLE} {lane})")
    active = w.at("%work", layout.rows["active"] * lanes, WHOLE)
    with w.repeat() as done:
        flags = [w.load(active, lane, WHOLE) for lane in range(lanes)]
        some = flags[0]
        for flag in flags[1:]:
            some = w.let(f"or {WHOLE} {some}, {flag}")
        w.leave(w.let(f"icmp eq {WHOLE} {some}, 0"), done)
        halted = w.let(f"load atomic {WHOLE}, ptr {halt} monotonic, align 8")
        w.leave(w.let(f"icmp ne {WHOLE} {halted}, 0"), done)
        w.do(f"call void @step(ptr %work, {REAL} {relative}, {REAL} {absolute})")
        with w.loop(lanes) as lane:
            w.do(f"call void @control(ptr %task, ptr %work, {WHOLE} {lane})")
    return w.function("run", "ptr %task, ptr %work", public=True)

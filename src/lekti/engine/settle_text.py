"""What happens at one moment of one lane, in the kernel: the event queue of the reference, in machine code.

What is waiting is kept once per event; a second one is left to the reference.
"""

from __future__ import annotations

from lekti.engine.event_queue import MOST_AT_ONCE, SAME_MOMENT
from lekti.engine.guard_formulas import GuardFormulas
from lekti.engine.guards import Guard
from lekti.engine.lane_text import REAL, WHOLE, Lane
from lekti.engine.layout import BAD_DELAY, ENDLESS, WAITS_TWICE, Layout
from lekti.engine.llvm_math import logarithm
from lekti.engine.luck import ORDER

INFINITY = "0x7FF0000000000000"
LANE = f"ptr %task, ptr %work, {WHOLE} %lane"


def settle_text(formulas: GuardFormulas, layout: Layout) -> str:
    """Return the function `settle`, and those it calls."""
    return "\n".join(
        [
            _update(formulas, layout),
            _first_due(formulas, layout),
            *(_happen(formulas, layout, g) for g in range(len(formulas.guards))),
            _settle(formulas, layout),
        ]
    )


def call_formulas(w: Lane, name: str, t: str, out: str) -> None:
    """Write into a plain stretch one kind of formulas of the guards, at time t and the states in `there`."""
    row = w.let(f"mul {WHOLE} {w.count('patient')}, {w.task('parameter_count', WHOLE)}")
    parameters = w.at(w.task("parameters"), row, REAL)
    w.do(f"call void @{name}({REAL} {t}, ptr {w.of_plain('there')}, ptr {parameters}, ptr {w.of_plain(out)})")


def holds(w: Lane, g: int) -> str:
    """Return 1 if trigger g was found to hold, else 0; one that is not a number does not."""
    true = w.compare("one", w.load(w.of_plain("found"), g, REAL), w.number(0.0))
    return w.let(f"zext i1 {true} to {WHOLE}")


def as_real(w: Lane, whole: int | str) -> str:
    """Return a whole number as a real one."""
    return w.let(f"sitofp {WHOLE} {whole} to {REAL}")


def next_draw(w: Lane, g: int, guard: Guard) -> None:
    """Write the next draw on top of what a countdown has left."""
    drawn = w.get("drawn", g, WHOLE)
    waiting = w.neg(logarithm(w, _share(w, guard.digest, drawn)))
    left = w.add(w.get("y", guard.left), waiting)
    w.put(left, "y", guard.left)
    w.store(left, w.of_plain("there"), guard.left, REAL)
    w.set_count(w.let(f"add {WHOLE} {drawn}, 1"), "drawn", g)


def _share(w: Lane, digest: int, drawn: str) -> str:
    """Return a draw between 0 and 1 from the luck of the patient."""
    names = f"{WHOLE} {w.task('seed', WHOLE)}, {WHOLE} {w.load(w.task('keys'), w.count('patient'), WHOLE)}"
    out = w.at("%work", w.place("share"), REAL)
    w.do(f"call void @share(ptr {out}, {names}, {WHOLE} {digest}, {WHOLE} {drawn})")
    return w.get("share")


def _update(formulas: GuardFormulas, layout: Layout) -> str:
    """Write the triggers at the present: what turned true waits, what turned false is called off."""
    w = Lane(layout)
    call_formulas(w, "triggers", w.get("time"), "found")
    some = "0"
    for g, guard in enumerate(formulas.guards):
        now, before = holds(w, g), w.get("truth", g, WHOLE)
        if not guard.event.persistent:
            with w.when(w.let(f"icmp eq {WHOLE} {now}, 0")):
                w.put(INFINITY, "due", g)
        rises = w.let(f"and {WHOLE} {now}, {w.let(f'xor {WHOLE} {before}, 1')}")
        w.set_count(rises, "rises", g)
        w.set_count(now, "truth", g)
        some = w.let(f"or {WHOLE} {some}, {rises}")
    w.leave(w.let(f"icmp eq {WHOLE} {some}, 0"), "out")
    call_formulas(w, "delays", w.get("time"), "numbers")
    call_formulas(w, "new_values", w.get("time"), "values")
    for g in range(len(formulas.guards)):
        with w.when(w.let(f"icmp ne {WHOLE} {w.get('rises', g, WHOLE)}, 0")):
            _wait(w, formulas, g)
    w.do("br label %out")
    w.label("out")
    return w.function("update", LANE)


def _wait(w: Lane, formulas: GuardFormulas, g: int) -> None:
    """Write that an event was triggered now, with its new values if they are from the trigger."""
    delay = w.load(w.of_plain("numbers"), g, REAL)
    with w.when(w.let(f"xor i1 {w.compare('oge', delay, w.number(0.0))}, true")):
        w.set_count(BAD_DELAY, "trouble")
    with w.when(w.compare("olt", w.get("due", g), INFINITY)):
        w.set_count(WAITS_TWICE, "trouble")
    w.put(w.add(w.get("time"), delay), "due", g)
    if formulas.guards[g].event.at_trigger:
        for m, change in enumerate(formulas.changes):
            if change[0] == g:
                w.put(w.load(w.of_plain("values"), m, REAL), "held", m)


def _first_due(formulas: GuardFormulas, layout: Layout) -> str:
    """Write into `chosen` the event that is due and goes first, -1 for none."""
    w = Lane(layout)
    now = w.get("time")
    limit = w.add(now, w.mul(w.intrinsic("fabs", now), w.number(SAME_MOMENT)))
    never = w.number(float("-inf"))
    w.set_count(-1, "chosen")
    w.put(never, "rank")
    w.set_count(0, "tied")
    call_formulas(w, "priorities", now, "numbers")
    for g in range(len(formulas.guards)):
        with w.when(w.compare("ole", w.get("due", g), limit)):
            raw, best = w.load(w.of_plain("numbers"), g, REAL), w.get("rank")
            rank = w.choose(w.compare("ord", raw, raw), raw, never)
            none = w.is_below(w.count("chosen"), "0")
            with w.when(w.let(f"or i1 {none}, {w.compare('ogt', rank, best)}")):
                w.set_count(g, "chosen")
                w.set_count(0, "tied")
                w.put(rank, "rank")
            draw = w.let(f"and i1 {w.compare('oeq', rank, best)}, {w.compare('ogt', rank, never)}")
            with w.when(draw):
                w.set_count(w.let(f"add {WHOLE} {w.count('tied')}, 1"), "tied")
    with w.when(w.let(f"icmp sgt {WHOLE} {w.count('tied')}, 0")):
        _draw_lots(w, formulas, limit)
    return w.function("first_due", LANE)


def _draw_lots(w: Lane, formulas: GuardFormulas, limit: str) -> None:
    """Write into `chosen` one of those due with the highest priority, by the luck of the patient."""
    ties, many = w.count("ties"), w.let(f"add {WHOLE} {w.count('tied')}, 1")
    lot = w.mul(_share(w, ORDER, ties), as_real(w, many))
    w.set_count(w.let(f"fptosi {REAL} {lot} to {WHOLE}"), "tied")
    w.set_count(w.let(f"add {WHOLE} {ties}, 1"), "ties")
    for g in range(len(formulas.guards)):
        same = w.compare("oeq", w.load(w.of_plain("numbers"), g, REAL), w.get("rank"))
        with w.when(w.let(f"and i1 {same}, {w.compare('ole', w.get('due', g), limit)}")):
            with w.when(w.let(f"icmp eq {WHOLE} {w.count('tied')}, 0")):
                w.set_count(g, "chosen")
            w.set_count(w.let(f"sub {WHOLE} {w.count('tied')}, 1"), "tied")


def _happen(formulas: GuardFormulas, layout: Layout, g: int) -> str:
    """Write what one event changes; a factor counts as it is just before."""
    w = Lane(layout)
    guard, there, now = formulas.guards[g], w.of_plain("there"), w.get("time")
    own = [(m, change) for m, change in enumerate(formulas.changes) if change[0] == g]
    if not guard.event.at_trigger:
        call_formulas(w, "new_values", now, "values")
    if own:
        call_formulas(w, "factors", now, "factors")
    for m, (_, state, _, _) in own:
        value = w.get("held", m) if guard.event.at_trigger else w.load(w.of_plain("values"), m, REAL)
        new = w.mul(value, w.load(w.of_plain("factors"), m, REAL))
        w.put(new, "y", state)
        w.store(new, there, state, REAL)
    w.put(INFINITY, "due", g)
    w.set_count(1, "fresh")
    if guard.is_random:
        next_draw(w, g, guard)
        w.set_count(0, "truth", g)
        _record(w, formulas.chances.index(g))
    for state in (*(state for _, (_, state, _, _) in own), *([guard.left] if guard.is_random else [])):
        w.put(w.larger(w.get("top", state), w.intrinsic("fabs", w.get("y", state))), "top", state)
    return w.function(f"happen{g}", LANE)


def _record(w: Lane, chance: int) -> None:
    """Write a happening into the table of events, if there is room; all are counted."""
    patient, room = w.count("patient"), w.task("log_room", WHOLE)
    counts = w.task("log_count")
    count = w.load(counts, patient, WHOLE)
    with w.when(w.is_below(count, room)):
        place = w.let(f"add {WHOLE} {w.let(f'mul {WHOLE} {patient}, {room}')}, {count}")
        w.store(w.get("time"), w.task("log_time"), place, REAL)
        w.store(str(chance), w.task("log_event"), place, WHOLE)
    w.store(w.let(f"add {WHOLE} {count}, 1"), counts, patient, WHOLE)


def _settle(formulas: GuardFormulas, layout: Layout) -> str:
    """Write all that happens at the present moment, with what it sets off; the lane is fresh if anything."""
    w = Lane(layout)
    there = w.of_plain("there")
    with w.loop(layout.states) as i:
        w.store(w.get("y", i), there, i, REAL)
    with w.loop(MOST_AT_ONCE):
        w.do(f"call void @update({LANE})")
        w.do(f"call void @first_due({LANE})")
        w.leave(w.let(f"icmp ne {WHOLE} {w.count('trouble')}, 0"), "out")
        chosen = w.count("chosen")
        w.leave(w.is_below(chosen, "0"), "out")
        for g in range(len(formulas.guards)):
            with w.when(w.let(f"icmp eq {WHOLE} {chosen}, {g}")):
                w.do(f"call void @happen{g}({LANE})")
    w.set_count(ENDLESS, "trouble")
    w.do("br label %out")
    w.label("out")
    return w.function("settle", LANE)

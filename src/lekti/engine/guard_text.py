"""Guards in the kernel: after each step of a lane, look whether a trigger turned within it.

The rules are those of `event_course`; what happens then is written in `settle_text`.
"""

from __future__ import annotations

from collections.abc import Sequence

from lekti.engine.event_course import LOOKS
from lekti.engine.guard_formulas import GuardFormulas
from lekti.engine.lane_text import REAL, WHOLE, Lane
from lekti.engine.layout import Layout
from lekti.engine.llvm_printer import Formulas, Loader
from lekti.engine.llvm_text import Writer
from lekti.engine.luck_text import luck_text
from lekti.engine.settle_text import INFINITY, LANE, as_real, call_formulas, holds, next_draw, settle_text
from lekti.model.expression import Expr


def guard_text(formulas: GuardFormulas, layout: Layout) -> str:
    """Return the functions `guards_begin`, `turn` and `settle`, with what they call; empty for no guard."""
    if not formulas.guards:
        return ""
    watched = ", ".join(f"{WHOLE} {place}" for place in formulas.watched)
    return "\n".join(
        [
            f"@watched = internal constant [{len(formulas.watched)} x {WHOLE}] [{watched}]\n",
            _numbers("triggers", formulas, formulas.triggers),
            _numbers("delays", formulas, formulas.delays),
            _numbers("priorities", formulas, formulas.priorities),
            _numbers("new_values", formulas, [value for _, _, value, _ in formulas.changes]),
            _numbers("factors", formulas, [factor for _, _, _, factor in formulas.changes]),
            luck_text(),
            _begin(formulas, layout),
            _look(formulas, layout),
            _turn(formulas, layout),
            settle_text(formulas, layout),
        ]
    )


def _numbers(name: str, formulas: GuardFormulas, roots: Sequence[Expr]) -> str:
    """Write a function that computes one number per formula from time, states and parameters."""
    w = Writer(1)
    known: dict[str, Loader] = {"time": lambda: "%t"}
    for base, names in (("%y", formulas.states), ("%p", formulas.parameters)):
        known |= {one: _loader(w, base, i) for i, one in enumerate(names)}
    values = Formulas(w, known)
    for i, root in enumerate(roots):
        w.store(values.value(root), "%out", i)
    return w.function(name, "double %t, ptr %y, ptr %p, ptr noalias %out")


def _loader(w: Writer, base: str, place: int) -> Loader:
    return lambda: w.load(base, place)


def _begin(formulas: GuardFormulas, layout: Layout) -> str:
    """Write the start of all guards of a new patient, every one of their rows anew."""
    w = Lane(layout)
    for row, length in layout.guard_rows.items():
        for i in range(length):
            w.set_count(0, row, i)
    for g, guard in enumerate(formulas.guards):
        w.set_count(int(guard.event.initial), "truth", g)
        w.put(INFINITY, "due", g)
        if guard.is_random:
            next_draw(w, g, guard)
    w.put(INFINITY, "aim")
    return w.function("guards_begin", LANE)


def _look(formulas: GuardFormulas, layout: Layout) -> str:
    """Write into `found` which triggers hold at time %t within the step, and whether that `differs`."""
    w = Lane(layout)
    s = w.div(w.sub("%t", w.get("time")), w.get("step"))
    with w.loop(len(formulas.watched)) as j:
        place = w.load("@watched", j, WHOLE)
        w.store(w.within(place, s), w.of_plain("there"), place, REAL)
    call_formulas(w, "triggers", "%t", "found")
    differs = "0"
    for g in range(len(formulas.guards)):
        other = w.let(f"icmp ne {WHOLE} {holds(w, g)}, {w.get('truth', g, WHOLE)}")
        differs = w.let(f"or {WHOLE} {differs}, {w.let(f'zext i1 {other} to {WHOLE}')}")
    w.set_count(differs, "differs")
    return w.function("look", f"{LANE}, {REAL} %t")


def _turn(formulas: GuardFormulas, layout: Layout) -> str:
    """Write into `root` the first moment of the step, up to %then, at which events must be settled.

    `turned` says whether there is one. Countdowns only fall: alone, they need a look only where one ran out.
    """
    w = Lane(layout)
    now = w.get("time")
    w.put("%then", "root")
    for g in range(len(formulas.guards)):
        w.set_count(w.get("truth", g, WHOLE), "before", g)
    w.set_count(0, "turned")
    looks: int | str = 1
    if len(formulas.chances) == len(formulas.guards):
        lowest = INFINITY
        for guard in formulas.guards:
            lowest = w.smaller(w.get("new", guard.left), lowest)
        w.leave(w.compare("ogt", lowest, w.number(0.0)), "out")
    else:
        last = w.let(f"sub {WHOLE} {w.task('time_count', WHOLE)}, 1")
        course = w.load(w.task("times"), last, REAL)
        share = w.div(w.mul(w.sub("%then", now), w.number(LOOKS)), course)
        whole = w.let(f"fptosi {REAL} {w.intrinsic('ceil', share)} to {WHOLE}")
        looks = w.let(f"select i1 {w.is_below(whole, '1')}, {WHOLE} 1, {WHOLE} {whole}")
    w.do(f"call void @polynomial(ptr %work, {WHOLE} %lane, ptr @watched, {WHOLE} {len(formulas.watched)})")
    w.put(now, "low")
    with w.loop(looks) as i:
        following = w.let(f"add {WHOLE} {i}, 1")
        part = w.div(as_real(w, following), as_real(w, looks))
        inner = w.add(now, w.mul(w.sub("%then", now), part))
        w.put(w.choose(w.is_below(following, str(looks)), inner, "%then"), "high")
        _turns_before(w, formulas)
        w.put(w.get("high"), "low")
    w.do("br label %out")
    w.label("turn")
    w.put(w.get("low"), "root")
    w.set_count(1, "turned")
    w.do("br label %out")
    w.label("out")
    return w.function("turn", f"{LANE}, {REAL} %then")


def _turns_before(w: Lane, formulas: GuardFormulas) -> None:
    """Write the search between `low` and `high`; go to `turn` with `low` at a moment that matters."""
    high = w.get("high")
    with w.repeat() as quiet:
        _look_at(w, high)
        w.leave(w.let(f"icmp eq {WHOLE} {w.count('differs')}, 0"), quiet)
        w.put(high, "up")
        with w.repeat() as found:
            low, up = w.get("low"), w.get("up")
            middle = w.mul(w.number(0.5), w.add(low, up))
            inside = w.let(f"and i1 {w.compare('olt', low, middle)}, {w.compare('olt', middle, up)}")
            w.leave(w.let(f"xor i1 {inside}, true"), found)
            _look_at(w, middle)
            differs = w.let(f"icmp ne {WHOLE} {w.count('differs')}, 0")
            w.put(w.choose(differs, low, middle), "low")
            w.put(w.choose(differs, middle, up), "up")
        w.put(w.get("up"), "low")
        _look_at(w, w.get("low"))
        w.leave(_matters(w, formulas), "turn")
        for g in range(len(formulas.guards)):
            w.set_count(holds(w, g), "truth", g)


def _look_at(w: Lane, t: str) -> None:
    w.do(f"call void @look(ptr %task, ptr %work, {WHOLE} %lane, {REAL} {t})")


def _matters(w: Lane, formulas: GuardFormulas) -> str:
    """Return whether the triggers found start an event or call one off."""
    result = "false"
    for g, guard in enumerate(formulas.guards):
        now, before = (w.let(f"icmp ne {WHOLE} {one}, 0") for one in (holds(w, g), w.get("truth", g, WHOLE)))
        rises = w.let(f"and i1 {now}, {w.let(f'xor i1 {before}, true')}")
        result = w.let(f"or i1 {result}, {rises}")
        if not guard.event.persistent:
            waits = w.compare("olt", w.get("due", g), INFINITY)
            fallen = w.let(f"xor i1 {now}, true")
            result = w.let(f"or i1 {result}, {w.let(f'and i1 {waits}, {fallen}')}")
    return result

"""One step of Rodas5P as LLVM IR, for every lane at once: stages, new state, filtered error, growth factors.

State and time are doubles; all else is of the type `real` of the layout. The stages are written for V_i (see
`rodas5p`), because in the usual form float32 would be of no use.
"""

from __future__ import annotations

from collections.abc import Sequence

from lekti.engine.layout import Layout
from lekti.engine.llvm_math import exponential, logarithm
from lekti.engine.llvm_text import Writer
from lekti.engine.rodas5p import C_SLOPE, C_TIME, COUPLING, GAMMA, STAGE, over_first, shares

LAST = len(STAGE) - 1  # the stage whose increment the following stages only add to
STATE_FLOOR = 0.03  # the part of a state's largest value so far that counts towards its error scale
# The part of the unfiltered error that always counts. Without it, states that follow others at once may be
# wrong by 200 times the tolerance in a transient; with it by 1 to 10 times, for 1 to 10 % more steps.
RAW_SHARE = 0.1
SAFETY = 0.85
WORST_ERROR = 1e10  # what NaN counts as
LEAST_ERROR = 1e-9


def step_text(layout: Layout, *, by_time: bool, by_clock: bool) -> str:
    """Write one step for every lane, from `time` and `step` to `new`, `error`, `growth` and `trend`.

    `by_time` says that derivatives change with time itself, `by_clock` that they need its parts.
    """
    w = Writer(layout.lanes, layout.real)
    row = {name: w.at("%work", place, _kind(w, layout, name)) for name, place in layout.rows.items()}
    time, step = w.load(row["time"], 0, w.wide), w.load(row["step"], 0, w.wide)
    h = w.narrowed(step)
    inverse = w.div(w.number(1.0), h)
    rate = w.mul(inverse, w.number(1.0 / GAMMA))
    _first_stage(w, layout, row, (time, h, rate))
    for stage in range(1, 8):
        slope = C_SLOPE[stage] - shares()[stage] * C_SLOPE[0]
        weight = w.mul(h, w.number(slope)) if by_time else ""
        with w.loop(layout.states) as i:
            _stage(w, row, stage, i, (inverse, weight))
        if by_clock and C_TIME[stage] != C_TIME[stage - 1]:
            then = w.add(time, w.mul(step, w.number(C_TIME[stage], w.wide), w.wide), w.wide)
            w.do(f"call void @clock({w.wide} {then}, ptr {row['constants']}, ptr {row['clock']})")
        right = row[f"u{stage}"]
        rows = ", ".join(f"ptr {one}" for one in (row["inner"], row["clock"], row["fixed"], right))
        w.do(f"call void @slopes({rows})")
        w.do(f"call void @solve(ptr {row['lu']}, ptr {right})")
    with w.loop(layout.states) as i:
        error = w.load(row["u7"], i)
        change = w.add(w.load(row["change"], i), error)
        w.store(change, row["change"], i)
        new = w.add(w.load(row["y"], i, w.wide), w.widened(change), w.wide)
        w.store(new, row["new"], i, w.wide)
        w.store(w.mul(error, rate), row["left"], i)
    _filter(w, layout, row, rate)
    _error(w, layout, row)
    return w.function("step", "ptr noalias %work, double %relative, double %absolute")


def _kind(w: Writer, layout: Layout, row: str) -> str:
    return w.wide if layout.real_of(row) == "double" else w.vector


def _first_stage(w: Writer, layout: Layout, row: dict[str, str], given: tuple[str, str, str]) -> None:
    """Write the largest value of each state so far, the factors, U_1, and `slack` = f_1 - U_1/(gamma h)."""
    time, h, rate = given
    with w.loop(layout.states) as i:
        point = w.narrowed(w.load(row["y"], i, w.wide))
        if layout.real == "float":
            w.store(point, row["point"], i)
        w.store(w.larger(w.load(row["top"], i), w.intrinsic("fabs", point)), row["top"], i)
    w.do(f"call void @whole_clock({w.wide} {time}, ptr {row['constants']}, ptr {row['clock']})")
    names = ("point", "clock", "fixed", "inflow", "by_time", "first", "u0", "lu")
    rows = ", ".join(f"ptr {row[name]}" for name in names)
    w.do(f"call void @factor({w.vector} {h}, {w.vector} {rate}, {rows})")
    w.do(f"call void @solve(ptr {row['lu']}, ptr {row['u0']})")
    with w.loop(layout.states) as i:
        slope = w.add(w.load(row["first"], i), w.load(row["inflow"], i))
        w.store(w.sub(slope, w.mul(w.load(row["u0"], i), rate)), row["slack"], i)


def _stage(w: Writer, row: dict[str, str], stage: int, i: str, factors: tuple[str, str]) -> None:
    """Write where a stage is evaluated, and all of its right side but the derivatives, for state i."""
    inverse, weight = factors
    before = [w.load(row[f"u{j}"], i) for j in range(1, stage)]
    if stage <= LAST:
        first, *others = over_first(STAGE[stage])
        start = w.mul(w.load(row["u0"], i), w.number(first))
        change = _combined(w, others, before, start)
    else:
        change = w.add(w.load(row["change"], i), before[-1])
    if stage >= LAST:
        w.store(change, row["change"], i)
    w.store(w.add(w.load(row["point"], i), change), row["inner"], i)
    slack = w.mul(w.load(row["slack"], i), w.number(1.0 - shares()[stage]))
    right = w.sub(slack, w.load(row["first"], i))
    if before:
        start = w.mul(before[0], w.number(COUPLING[stage][1]))
        coupled = _combined(w, COUPLING[stage][2:], before[1:], start)
        right = w.add(right, w.mul(coupled, inverse))
    if weight:
        right = w.add(right, w.mul(weight, w.load(row["by_time"], i)))
    w.store(right, row[f"u{stage}"], i)


def _combined(w: Writer, weights: Sequence[float], terms: Sequence[str], start: str) -> str:
    for weight, term in zip(weights, terms, strict=True):
        start = w.add(start, w.mul(term, w.number(weight)))
    return start


def _filter(w: Writer, layout: Layout, row: dict[str, str], rate: str) -> None:
    """Write the error times (I - h gamma J) to the power -2: stiff errors that the next step forgets go."""
    w.do(f"call void @solve(ptr {row['lu']}, ptr {row['left']})")
    with w.loop(layout.states) as i:
        w.store(w.mul(w.load(row["left"], i), rate), row["left"], i)
    w.do(f"call void @solve(ptr {row['lu']}, ptr {row['left']})")


def _error(w: Writer, layout: Layout, row: dict[str, str]) -> None:
    """Write the root mean square of the error in units of its tolerance, in four running sums."""
    relative, absolute = (w.spread(_scalar(w, name)) for name in ("%relative", "%absolute"))
    for j in range(8):
        w.store(w.number(0.0), row["sum"], j)
    with w.loop(layout.states) as i:
        point = w.load(row["point"], i)
        new = w.add(point, w.load(row["change"], i))
        size = w.larger(w.intrinsic("fabs", point), w.intrinsic("fabs", new))
        size = w.add(size, w.mul(w.load(row["top"], i), w.number(STATE_FLOOR)))
        raw = w.mul(w.intrinsic("fabs", w.load(row["u7"], i)), w.number(RAW_SHARE))
        error = w.larger(w.intrinsic("fabs", w.load(row["left"], i)), raw)
        allowed = w.add(w.mul(size, relative), absolute)
        which = w.let(f"and i64 {i}, 3")
        _add_square(w, row, which, w.div(error, allowed))
        _add_square(w, row, w.let(f"or i64 {which}, 4"), w.div(raw, allowed))
    total, unfiltered = (_added(w, row, first) for first in (0, 4))
    mean = w.mul(total, w.number(1.0 / layout.states))
    raw = w.mul(unfiltered, w.number(RAW_SHARE**-2))
    w.store(w.intrinsic("sqrt", w.div(total, w.add(raw, w.number(LEAST_ERROR)))), row["gain"], 0)
    _growth(w, row, w.intrinsic("sqrt", mean))


def _add_square(w: Writer, row: dict[str, str], which: str, share: str) -> None:
    w.store(w.add(w.load(row["sum"], which), w.mul(share, share)), row["sum"], which)


def _added(w: Writer, row: dict[str, str], first: int) -> str:
    one, two, three, four = (w.load(row["sum"], first + j) for j in range(4))
    return w.add(w.add(one, two), w.add(three, four))


def _growth(w: Writer, row: dict[str, str], raw: str) -> None:
    """Write the error within bounds, and the fifth roots that the step control needs of it."""
    error = w.choose(w.compare("ole", raw, w.number(WORST_ERROR)), raw, w.number(WORST_ERROR))
    error = w.larger(error, w.number(LEAST_ERROR))
    w.store(error, row["error"], 0)
    size = logarithm(w, error)
    w.store(w.mul(w.number(SAFETY), exponential(w, w.mul(w.number(-0.2), size))), row["growth"], 0)
    last = logarithm(w, w.narrowed(w.load(row["last_error"], 0, w.wide)))
    fall = w.sub(last, w.mul(w.number(2.0), size))
    w.store(exponential(w, w.mul(w.number(0.2), fall)), row["trend"], 0)


def _scalar(w: Writer, double: str) -> str:
    """Return a double as one number of the type `real`."""
    return double if w.real == "double" else w.let(f"fptrunc double {double} to float")

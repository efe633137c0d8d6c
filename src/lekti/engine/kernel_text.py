"""The kernel of one system as LLVM IR: formulas, factorisation, solution, and one step of Rodas5P."""

from __future__ import annotations

from collections.abc import Sequence

from lekti.engine.controller import controller_text
from lekti.engine.layout import Layout
from lekti.engine.llvm_math import BY_LANE, symbol_of
from lekti.engine.llvm_printer import Formulas, Loader
from lekti.engine.llvm_text import Writer
from lekti.engine.rodas5p import C_SLOPE, C_TIME, COUPLING, GAMMA, STAGE
from lekti.engine.sparse_lu import Pattern
from lekti.engine.statements import Statements
from lekti.model.expression import Expr

BLOCK = 1000  # lines of LLVM text after which a new basic block starts
STATE_FLOOR = 0.03  # the part of a state's largest value so far that counts towards its error scale
# The part of the unfiltered error that always counts. Without it, states that follow others at once may be
# wrong by 200 times the tolerance in a transient; with it by 1 to 10 times, for 1 to 10 % more steps.
RAW_SHARE = 0.1


def kernel_text(formulas: Statements, pattern: Pattern, layout: Layout) -> str:
    """Return the module; its function `run(task, work)` follows patients until none is left."""
    parts = [
        _declarations(layout.lanes),
        _over_parameters("constants", formulas, [expr for _, expr in formulas.constants], layout.lanes),
        _over_parameters("initial", formulas, formulas.initial, layout.lanes),
        _observe(formulas, layout),
        _slopes(formulas, layout),
        _factor(formulas, pattern, layout),
        _solve(pattern, layout),
        _step(formulas, layout),
        controller_text(layout),
        'attributes #0 = { nounwind "no-trapping-math"="true" }\n!0 = !{}\n',
    ]
    return "\n".join(parts)


def _declarations(lanes: int) -> str:
    kinds = {"f64": "double", f"v{lanes}f64": f"<{lanes} x double>"} if lanes > 1 else {"f64": "double"}
    unary = [
        f"declare {kind} @llvm.{name}.{suffix}({kind})"
        for suffix, kind in kinds.items()
        for name in ("fabs", "sqrt", "floor", "ceil")
    ]
    return "\n".join([*unary, *(f"declare double @{symbol_of(name)}(double)" for name in BY_LANE.values())])


def _from(w: Writer, base: str, place: int, of: str = "") -> Loader:
    return lambda: w.load(base, place, of, fixed=True)


def _given(value: str) -> Loader:
    return lambda: value


def _over_parameters(name: str, formulas: Statements, roots: Sequence[Expr], lanes: int) -> str:
    """Write a function that fills one lane of rows from the parameters of one patient."""
    w = Writer(1)
    symbols = {one: _from(w, "%p", i) for i, one in enumerate(formulas.parameters)}
    values = Formulas(w, symbols)
    for i, root in enumerate(roots):
        w.store(values.value(root), "%out", i * lanes)
    return w.function(name, "ptr noalias %p, ptr noalias %out")


def _observe(formulas: Statements, layout: Layout) -> str:
    """Write the assignments of one patient after its states and the time in `seen`."""
    w = Writer(1)
    symbols = {name: _from(w, "%seen", i) for i, name in enumerate(formulas.states)}
    symbols["time"] = _given("%t")
    symbols |= {name: _from(w, "%c", i * layout.lanes) for i, (name, _) in enumerate(formulas.constants)}
    values = Formulas(w, symbols)
    for i, (_, expr) in enumerate(formulas.assignments):
        w.store(values.value(expr), "%seen", layout.states + 1 + i)
    return w.function("observe", "double %t, ptr %seen, ptr %c")


def _formulas(w: Writer, formulas: Statements) -> Formulas:
    symbols = {name: _from(w, "%y", i) for i, name in enumerate(formulas.states)}
    symbols["time"] = _given("%t")
    symbols |= {name: _from(w, "%c", i) for i, (name, _) in enumerate(formulas.constants)}
    return Formulas(w, symbols)


def _slopes(formulas: Statements, layout: Layout) -> str:
    """Write a function that adds the derivatives to `right`."""
    w = Writer(layout.lanes)
    values = _formulas(w, formulas)
    for i, expr in enumerate(formulas.derivatives):
        slope = values.value(expr)
        w.store(w.add(w.load("%right", i), slope), "%right", i)
        w.split(BLOCK, "%right")
    return w.function("slopes", f"{w.vector} %t, ptr %y, ptr %c, ptr noalias %right")


def _factor(formulas: Statements, pattern: Pattern, layout: Layout) -> str:
    """Write the right side of stage 1, df/dt, and the factors of A = rate I - J, row by row."""
    w = Writer(layout.lanes)
    values = _formulas(w, formulas)
    by_time = dict(formulas.time_slopes)
    weight = w.mul("%h", w.number(C_SLOPE[0]))
    for i, expr in enumerate(formulas.derivatives):
        right = w.add(values.value(expr), w.load("%inflow", i))
        if i in by_time:
            slope = values.value(by_time[i])
            w.store(slope, "%by_time", i)
            right = w.add(right, w.mul(weight, slope))
        w.store(right, "%right", i)
        w.split(BLOCK, "%lu")
    slopes = {(row, column): expr for row, column, expr in formulas.jacobian}
    places = _places(pattern)
    for i, row in enumerate(pattern.order):
        given = {
            j: slopes[row, pattern.order[j]]
            for j in (*pattern.lower[i], i, *pattern.upper[i])
            if (row, pattern.order[j]) in slopes
        }
        parts = {j: values.value(expr) for j, expr in given.items()}
        entries = {j: w.neg(value) for j, value in parts.items() if j != i}
        entries[i] = w.sub("%rate", parts[i]) if i in parts else "%rate"
        _eliminate(w, pattern, places, i, entries)
        w.split(BLOCK, "%lu")
    arguments = f"{w.vector} %t, {w.vector} %h, {w.vector} %rate, ptr %y, ptr %c, ptr %inflow"
    return w.function("factor", f"{arguments}, ptr noalias %by_time, ptr noalias %right, ptr noalias %lu")


def _eliminate(
    w: Writer, pattern: Pattern, places: dict[tuple[int, int], int], i: int, row: dict[int, str]
) -> None:
    """Write row i of the factors from its entries by column; the diagonal keeps the inverse of the pivot."""
    for k in pattern.lower[i]:
        factor = w.mul(row[k], w.load("%lu", places[k, k]))
        w.store(factor, "%lu", places[i, k])
        for j in pattern.upper[k]:
            product = w.mul(factor, w.load("%lu", places[k, j]))
            row[j] = w.sub(row[j], product) if j in row else w.neg(product)
    w.store(w.div(w.number(1.0), row[i]), "%lu", places[i, i])
    for j in pattern.upper[i]:
        w.store(row[j], "%lu", places[i, j])


def _places(pattern: Pattern) -> dict[tuple[int, int], int]:
    """Return where the entry of each (row, column) stands among the factors."""
    rows = zip(pattern.lower, pattern.upper, strict=True)
    entries = [(i, j) for i, (below, above) in enumerate(rows) for j in (*below, i, *above)]
    return {entry: place for place, entry in enumerate(entries)}


def _solve(pattern: Pattern, layout: Layout) -> str:
    """Write a function that replaces `x` by the solution of A x = x."""
    w = Writer(layout.lanes)
    places = _places(pattern)
    found: dict[int, str] = {}
    for i, row in enumerate(pattern.order):
        value = w.load("%x", row)
        for k in pattern.lower[i]:
            value = w.sub(value, w.mul(w.load("%lu", places[i, k], fixed=True), found[k]))
        found[i] = value
    for i in reversed(range(layout.states)):
        value = found[i]
        for j in pattern.upper[i]:
            value = w.sub(value, w.mul(w.load("%lu", places[i, j], fixed=True), found[j]))
        found[i] = w.mul(value, w.load("%lu", places[i, i], fixed=True))
        w.store(found[i], "%x", pattern.order[i])
    return w.function("solve", "ptr noalias %lu, ptr noalias %x")


def _step(formulas: Statements, layout: Layout) -> str:
    """Write one step of Rodas5P for every lane, from `time` and `step` to `new` and `error`."""
    w = Writer(layout.lanes)
    row = {name: w.at("%work", place) for name, place in layout.rows.items() if name != "end"}
    t, h = w.load(row["time"], 0), w.load(row["step"], 0)
    inverse = w.div(w.number(1.0), h)
    rate = w.mul(inverse, w.number(1.0 / GAMMA))
    v = w.vector
    rows = ", ".join(f"ptr {row[name]}" for name in ("y", "constants", "inflow", "by_time", "u0", "lu"))
    w.do(f"call void @factor({v} {t}, {v} {h}, {v} {rate}, {rows})")
    w.do(f"call void @solve(ptr {row['lu']}, ptr {row['u0']})")
    for stage in range(1, 8):
        weight = w.mul(h, w.number(C_SLOPE[stage])) if formulas.time_slopes and C_SLOPE[stage] else ""
        with w.loop(layout.states) as i:
            _stage(w, row, stage, i, (inverse, weight))
        then = w.add(t, w.mul(h, w.number(C_TIME[stage])))
        right = row[f"u{stage}"]
        w.do(f"call void @slopes({v} {then}, ptr {row['inner']}, ptr {row['constants']}, ptr {right})")
        w.do(f"call void @solve(ptr {row['lu']}, ptr {right})")
    with w.loop(layout.states) as i:
        error = w.load(row["u7"], i)
        w.store(w.add(w.load(row["inner"], i), error), row["new"], i)
        w.store(w.mul(error, rate), row["left"], i)
    _filter(w, layout, row, rate)
    _error(w, layout, row)
    return w.function("step", "ptr noalias %work, double %relative, double %absolute")


def _stage(w: Writer, row: dict[str, str], stage: int, i: str, factors: tuple[str, str]) -> None:
    """Write where a stage is evaluated, and all of its right side but the derivatives, for state i."""
    inverse, weight = factors
    before = [w.load(row[f"u{j}"], i) for j in range(stage)]
    if stage < len(STAGE):
        inner = _combined(w, STAGE[stage], before, w.load(row["y"], i))
    else:
        inner = w.add(w.load(row["inner"], i), before[-1])
    w.store(inner, row["inner"], i)
    coupled = _combined(w, COUPLING[stage][1:], before[1:], w.mul(before[0], w.number(COUPLING[stage][0])))
    right = w.add(w.load(row["inflow"], i), w.mul(coupled, inverse))
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
    relative, absolute = (_spread(w, name) for name in ("%relative", "%absolute"))
    for j in range(4):
        w.store(w.number(0.0), row["sum"], j)
    with w.loop(layout.states) as i:
        size = w.larger(w.intrinsic("fabs", w.load(row["y"], i)), w.intrinsic("fabs", w.load(row["new"], i)))
        size = w.add(size, w.mul(w.load(row["top"], i), w.number(STATE_FLOOR)))
        raw = w.mul(w.intrinsic("fabs", w.load(row["u7"], i)), w.number(RAW_SHARE))
        error = w.larger(w.intrinsic("fabs", w.load(row["left"], i)), raw)
        share = w.div(error, w.add(w.mul(size, relative), absolute))
        which = w.let(f"and i64 {i}, 3")
        w.store(w.add(w.load(row["sum"], which), w.mul(share, share)), row["sum"], which)
    one, two, three, four = (w.load(row["sum"], j) for j in range(4))
    total = w.add(w.add(one, two), w.add(three, four))
    mean = w.mul(total, w.number(1.0 / layout.states))
    w.store(w.intrinsic("sqrt", mean), row["error"], 0)


def _spread(w: Writer, scalar: str) -> str:
    """Return a scalar in every lane."""
    if w.vector == "double":
        return scalar
    result = "undef"
    for lane in range(w.lanes):
        result = w.let(f"insertelement {w.vector} {result}, double {scalar}, i32 {lane}")
    return result

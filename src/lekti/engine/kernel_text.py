"""The kernel of one system as LLVM IR: formulas, factorisation, solution; then step and control."""

from __future__ import annotations

from collections.abc import Sequence

from lekti.engine.clock import Clocked
from lekti.engine.controller import controller_text
from lekti.engine.layout import Layout
from lekti.engine.llvm_math import BY_LANE, symbol_of
from lekti.engine.llvm_printer import Formulas, Loader
from lekti.engine.llvm_text import Writer
from lekti.engine.rodas5p import C_SLOPE
from lekti.engine.sparse_lu import Pattern
from lekti.engine.statements import Statements
from lekti.engine.step_text import step_text
from lekti.model.expression import Expr

BLOCK = 1000  # lines of LLVM text after which a new basic block starts


def kernel_text(program: Clocked, pattern: Pattern, layout: Layout) -> str:
    """Return the module; its function `run(task, work)` follows patients until none is left."""
    formulas = program.formulas
    parts = [
        _declarations(layout),
        _over_parameters("constants", formulas, [expr for _, expr in formulas.constants], layout.lanes),
        _over_parameters("initial", formulas, formulas.initial, layout.lanes),
        _observe(formulas, layout),
        _clock("clock", program, layout, program.running),
        _clock("whole_clock", program, layout, len(program.clock)),
        _slopes(program, layout),
        _factor(program, pattern, layout),
        _solve(pattern, layout),
        step_text(layout, by_time=bool(formulas.time_slopes), by_clock=program.running > 0),
        controller_text(layout),
        'attributes #0 = { nounwind "no-trapping-math"="true" }\n!0 = !{}\n',
    ]
    return "\n".join(parts)


def _declarations(layout: Layout) -> str:
    kinds = {"f64": "double"}
    for lanes, real in ((layout.lanes, layout.real), (1, layout.real)):
        size = "f32" if real == "float" else "f64"
        kinds |= {f"v{lanes}{size}": f"<{lanes} x {real}>"} if lanes > 1 else {size: real}
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


def _clock(name: str, program: Clocked, layout: Layout, count: int) -> str:
    """Write a function that sets the first parts of the clock, in doubles whatever the stages are."""
    w = Writer(layout.lanes)
    narrow = Writer(layout.lanes, layout.real)
    symbols = {"time": _given("%t")}
    symbols |= {name: _from(w, "%c", i) for i, (name, _) in enumerate(program.formulas.constants)}
    values = Formulas(w, symbols)
    for i, (_, expr) in enumerate(program.clock[:count]):
        value = values.value(expr)
        if narrow.vector != w.vector:
            value = w.let(f"fptrunc {w.vector} {value} to {narrow.vector}")
        w.store(value, "%clock", i, narrow.vector)
    return w.function(name, f"{w.vector} %t, ptr %c, ptr noalias %clock")


def _formulas(w: Writer, program: Clocked) -> Formulas:
    symbols = {name: _from(w, "%y", i) for i, name in enumerate(program.formulas.states)}
    symbols |= {name: _from(w, "%clock", i) for i, (name, _) in enumerate(program.clock)}
    symbols |= {name: _from(w, "%c", i) for i, (name, _) in enumerate(program.formulas.constants)}
    return Formulas(w, symbols)


def _slopes(program: Clocked, layout: Layout) -> str:
    """Write a function that adds the derivatives to `right`."""
    w = Writer(layout.lanes, layout.real)
    values = _formulas(w, program)
    for i, expr in enumerate(program.formulas.derivatives):
        slope = values.value(expr)
        w.store(w.add(w.load("%right", i), slope), "%right", i)
        w.split(BLOCK, "%right")
    return w.function("slopes", "ptr %y, ptr %clock, ptr %c, ptr noalias %right")


def _factor(program: Clocked, pattern: Pattern, layout: Layout) -> str:
    """Write derivatives, the right side of stage 1, df/dt, and the factors of A = rate I - J, row by row."""
    w = Writer(layout.lanes, layout.real)
    formulas = program.formulas
    values = _formulas(w, program)
    by_time = dict(formulas.time_slopes)
    weight = w.mul("%h", w.number(C_SLOPE[0]))
    for i, expr in enumerate(formulas.derivatives):
        first = values.value(expr)
        w.store(first, "%first", i)
        right = w.add(first, w.load("%inflow", i))
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
        diagonal = "%rate" if row < layout.states else w.number(1.0)
        entries[i] = w.sub(diagonal, parts[i]) if i in parts else diagonal
        _eliminate(w, pattern, places, i, entries)
        w.split(BLOCK, "%lu")
    arguments = f"{w.vector} %h, {w.vector} %rate, ptr %y, ptr %clock, ptr %c, ptr %inflow"
    results = ", ".join(f"ptr noalias %{name}" for name in ("by_time", "first", "right", "lu"))
    return w.function("factor", f"{arguments}, {results}")


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
    """Write a function that replaces `x` by the solution of A x = x; of intermediates the right side is 0."""
    w = Writer(layout.lanes, layout.real)
    places = _places(pattern)

    def less(value: str, i: int, columns: Sequence[int], found: dict[int, str]) -> str:
        for k in columns:
            if found[k]:
                product = w.mul(w.load("%lu", places[i, k], fixed=True), found[k])
                value = w.sub(value, product) if value else w.neg(product)
        return value

    found: dict[int, str] = {}  # empty where it is 0 for certain
    for i, row in enumerate(pattern.order):
        found[i] = less(w.load("%x", row) if row < layout.states else "", i, pattern.lower[i], found)
    for i in reversed(range(len(pattern.order))):
        value = less(found[i], i, pattern.upper[i], found)
        found[i] = w.mul(value, w.load("%lu", places[i, i], fixed=True)) if value else ""
        if pattern.order[i] < layout.states:
            w.store(found[i], "%x", pattern.order[i])
    return w.function("solve", "ptr noalias %lu, ptr noalias %x")

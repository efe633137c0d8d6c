"""The formulas of a system as C and as JAX, for peers that bring a solver but no reader of SBML.

What depends on parameters alone is hoisted out and common parts are shared, as for lekti's own kernel.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from lekti.engine.statements import statements
from lekti.model.expression import Expr, symbol, walk
from lekti.model.system import System

MOST_FACTORS = 8
_INFIX = {"add": "+", "sub": "-", "mul": "*", "div": "/", "lt": "<", "le": "<=", "gt": ">", "ge": ">=",
          "eq": "==", "ne": "!="}  # fmt: skip
_C = {"select": "({0} ? {1} : {2})", "and": "({0} && {1})", "or": "({0} || {1})", "not": "(!{0})",
      "ln": "log({0})", "abs": "fabs({0})", "min": "fmin({0}, {1})", "max": "fmax({0}, {1})"}  # fmt: skip
_JAX = {"select": "jnp.where({0}, {1}, {2})", "and": "({0} & {1})", "or": "({0} | {1})", "not": "(~{0})",
        "ln": "jnp.log({0})", "min": "jnp.minimum({0}, {1})", "max": "jnp.maximum({0}, {1})"}  # fmt: skip

Names = Mapping[Expr, str]


def c_text(system: System, outputs: Sequence[str]) -> str:
    """Return C of `constants(p, c)`, `initial(p, y)`, `slopes(t, y, dy, c)`, `jacobian` and `observe`."""
    formulas = statements(system)
    constants = [expr for _, expr in formulas.constants]
    over_parameters = {symbol(name): f"p[{i}]" for i, name in enumerate(formulas.parameters)}
    over_states = _over_states(formulas.states, [name for name, _ in formulas.constants])
    n, entries = len(formulas.states), formulas.jacobian
    seen = [_meaning(name, dict(formulas.assignments)) for name in outputs]
    functions = [
        ("constants(const double *p, double *c)", constants, over_parameters, "c[{0}]"),
        ("initial(const double *p, double *y)", list(formulas.initial), over_parameters, "y[{0}]"),
        ("slopes(double t, const double *y, double *dy, const double *c)", list(formulas.derivatives),
         over_states, "dy[{0}]"),
        ("observe(double t, const double *y, const double *c, double *out)", seen, over_states, "out[{0}]"),
    ]  # fmt: skip
    parts = [_c_function(*function) for function in functions]
    places = [f"j[{row * n + column}]" for row, column, _ in entries]
    head = "jacobian(double t, const double *y, const double *c, double *j)"
    parts.append(_c_function(head, [slope for _, _, slope in entries], over_states, places))
    sizes = f"const int states = {n}, constant_count = {max(1, len(constants))};\n"
    return "#include <math.h>\n" + sizes + "\n".join(parts)


def jax_text(system: System, outputs: Sequence[str]) -> str:
    """Return Python on JAX arrays: `constants(p)`, `initial(p)`, `slopes(t, y, c)`, `observe(t, y, c)`."""
    formulas = statements(system)
    over_parameters = {symbol(name): f"p[{i}]" for i, name in enumerate(formulas.parameters)}
    over_states = _over_states(formulas.states, [name for name, _ in formulas.constants])
    seen = [_meaning(name, dict(formulas.assignments)) for name in outputs]
    return "import jax.numpy as jnp\n" + "\n".join(
        [
            _jax_function("constants(p)", [expr for _, expr in formulas.constants], over_parameters),
            _jax_function("initial(p)", formulas.initial, over_parameters),
            _jax_function("slopes(t, y, c)", formulas.derivatives, over_states),
            _jax_function("observe(t, y, c)", seen, over_states),
        ]
    )


def _meaning(name: str, assignments: Mapping[str, Expr]) -> Expr:
    return assignments.get(name, symbol(name))


def _over_states(states: Sequence[str], constants: Sequence[str]) -> dict[Expr, str]:
    names = {symbol(name): f"c[{i}]" for i, name in enumerate(constants)}
    return names | {symbol(name): f"y[{i}]" for i, name in enumerate(states)} | {symbol("time"): "t"}


def _c_function(head: str, roots: Sequence[Expr], names: Names, places: str | Sequence[str]) -> str:
    lines, known = _lines(roots, names, _c_formula, "const double {0} = {1};")
    for i, root in enumerate(roots):
        place = places.format(i) if isinstance(places, str) else places[i]
        lines.append(f"{place} = {known[root]};")
    return "void " + head + " {\n  " + "\n  ".join(lines) + "\n}\n"


def _jax_function(head: str, roots: Sequence[Expr], names: Names) -> str:
    lines, known = _lines(roots, names, _jax_formula, "{0} = {1}")
    inside = ", ".join(f"{known[root]} * 1.0" for root in roots)
    return f"def {head}:\n    " + "\n    ".join([*lines, f"return jnp.stack([{inside}])"]) + "\n"


def _lines(
    roots: Sequence[Expr], names: Names, formula: Callable[[Expr, list[str]], str], line: str
) -> tuple[list[str], dict[Expr, str]]:
    """Return one line per formula that is used more than once; the others stand inside what uses them."""
    uses = Counter(arg for node in walk(roots) for arg in node.args)
    uses.update(roots)
    lines, known = list[str](), dict(names)
    for node in walk(roots):
        if node in known:
            continue
        if node.op == "number":
            known[node] = repr(node.value) if node.value >= 0 else f"({node.value!r})"
            continue
        text = formula(node, [known[arg] for arg in node.args])
        if uses[node] > 1 or len(text) > 400:
            known[node] = f"v{len(lines)}"
            lines.append(line.format(known[node], text))
        else:
            known[node] = text
    return lines, known


def _c_formula(node: Expr, args: list[str]) -> str:
    return _formula(node, args, _C, "{0}({1})")


def _jax_formula(node: Expr, args: list[str]) -> str:
    return _formula(node, args, _JAX, "jnp.{0}({1})")


def _formula(node: Expr, args: list[str], table: Mapping[str, str], call: str) -> str:
    if node.op in _INFIX:
        return f"({args[0]} {_INFIX[node.op]} {args[1]})"
    if node.op == "neg":
        return f"(-{args[0]})"
    if node.op == "xor":
        return f"(({args[0]} != 0) != ({args[1]} != 0))"
    if node.op in table:
        return table[node.op].format(*args)
    if node.op == "pow":
        return _power(node, args, call)
    return call.format(node.op, ", ".join(args))


def _power(node: Expr, args: list[str], call: str) -> str:
    exponent = node.args[1]
    whole = exponent.op == "number" and exponent.value == int(exponent.value)
    simple = args[0].replace("[", "").replace("]", "").isalnum()
    if whole and simple and 1 <= exponent.value <= MOST_FACTORS:
        return "(" + " * ".join([args[0]] * int(exponent.value)) + ")"
    return call.format("power" if "jnp" in call else "pow", ", ".join(args))

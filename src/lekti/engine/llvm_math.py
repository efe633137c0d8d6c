"""Exponential, logarithm and power on whole vectors, written in LLVM IR; other functions lane by lane.

Written in place, so that they need no C library and give the same bits in every lane. Relative error below
2e-16 (float32: 2e-7) for exp and ln, and about |b ln a| times that for a ** b.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from lekti.engine.llvm_text import Writer


@dataclass(frozen=True)
class Format:
    """What exp and ln need to know of a floating-point format; `magic` is 1.5 * 2 ** (bits of the mantissa).

    Adding `magic` rounds to a whole number, held in the low bits. ln 2 comes in two parts; it and the minimax
    series of the logarithm are those of FDLIBM (Sun Microsystems 1993), for float32 of its `logf`.
    """

    whole: str
    mantissa: int
    magic: float
    magic_bits: int
    ln2: tuple[float, float]
    series: tuple[float, ...]
    exp_degree: int
    exp_range: tuple[float, float]
    smallest_normal: float
    sqrt_half_bits: int


DOUBLE = Format(
    whole="i64",
    mantissa=52,
    magic=6755399441055744.0,
    magic_bits=0x4338000000000000,
    ln2=(6.93147180369123816490e-01, 1.90821492927058770002e-10),
    series=(
        6.666666666666735130e-01,
        3.999999999940941908e-01,
        2.857142874366239149e-01,
        2.222219843214978396e-01,
        1.818357216161805012e-01,
        1.531383769920937332e-01,
        1.479819860511658591e-01,
    ),
    exp_degree=13,
    exp_range=(-708.3964185322641, 709.782712893384),
    smallest_normal=2.2250738585072014e-308,
    sqrt_half_bits=0x3FE6A09E667F3BCD,
)
FLOAT = Format(
    whole="i32",
    mantissa=23,
    magic=12582912.0,
    magic_bits=0x4B400000,
    ln2=(6.9313812256e-01, 9.0580006145e-06),
    series=(0.66666662693, 0.40000972152, 0.28498786688, 0.24279078841),
    exp_degree=7,
    exp_range=(-87.33654022216797, 88.7228317260742),
    smallest_normal=1.1754943508222875e-38,
    sqrt_half_bits=0x3F3504F3,
)

TANH = (  # x (x^6 + 378 x^4 + ...) / (28 x^6 + ...), the seventh convergent
    (1.0, 378.0, 17325.0, 135135.0),
    (28.0, 3150.0, 62370.0, 135135.0),
)

BY_LANE = {  # operation -> name in the C mathematics library
    "sin": "sin",
    "cos": "cos",
    "tan": "tan",
    "asin": "asin",
    "acos": "acos",
    "atan": "atan",
    "sinh": "sinh",
    "cosh": "cosh",
    "asinh": "asinh",
    "acosh": "acosh",
    "atanh": "atanh",
}


def symbol_of(function: str) -> str:
    """Return the name under which a function of the C library is linked."""
    return f"lekti_{function}"


def by_lane(w: Writer, function: str, x: str) -> str:
    """Call a function of the C library, which takes doubles, on each lane."""
    name = symbol_of(function)
    if w.lanes == 1:
        return w.narrowed(w.let(f"call double @{name}(double {w.widened(x)})"))
    result, wide = "undef", w.widened(x)
    for lane in range(w.lanes):
        one = w.let(f"extractelement {w.wide} {wide}, i32 {lane}")
        value = w.let(f"call double @{name}(double {one})")
        result = w.let(f"insertelement {w.wide} {result}, double {value}, i32 {lane}")
    return w.narrowed(result)


def exponential(w: Writer, x: str) -> str:
    """Return e ** x: x = n ln 2 + r, a polynomial in r, and n added to the exponent bits."""
    form = _format(w)
    magic = w.number(form.magic)
    shifted = w.add(w.mul(x, w.number(1.0 / math.log(2.0))), magic)
    n = w.sub(shifted, magic)
    r = w.sub(x, w.mul(n, w.number(form.ln2[0])))
    r = w.sub(r, w.mul(n, w.number(form.ln2[1])))
    p = w.number(1.0 / math.factorial(form.exp_degree))
    for k in range(form.exp_degree - 1, -1, -1):
        p = w.add(w.mul(p, r), w.number(1.0 / math.factorial(k)))
    power_of_two = _whole(w, "shl", _bits(w, shifted), form.mantissa)
    scaled = _floats(w, w.let(f"add {_wholes(w)} {_bits(w, p)}, {power_of_two}"))
    least, most = form.exp_range
    small = w.choose(w.compare("oge", x, w.number(least)), scaled, w.number(0.0))
    large = w.choose(w.compare("ole", x, w.number(most)), small, w.number(math.inf))
    return w.choose(w.compare("uno", x, x), x, large)


def logarithm(w: Writer, x: str) -> str:
    """Return ln x: x = 2 ** e * (1 + f) with 1 + f near 1, as in FDLIBM; below 0 it is NaN."""
    form = _format(w)
    bits = _bits(w, x)
    above = w.let(f"sub {_wholes(w)} {bits}, {_constant(w, form.sqrt_half_bits)}")
    e = _whole(w, "ashr", above, form.mantissa)
    mantissa = w.let(f"sub {_wholes(w)} {bits}, {_whole(w, 'shl', e, form.mantissa)}")
    f = w.sub(_floats(w, mantissa), w.number(1.0))
    magic = w.let(f"add {_wholes(w)} {e}, {_constant(w, form.magic_bits)}")
    exponent = w.sub(_floats(w, magic), w.number(form.magic))
    s = w.div(f, w.add(f, w.number(2.0)))
    z = w.mul(s, s)
    series = w.number(form.series[-1])
    for coefficient in reversed(form.series[:-1]):
        series = w.add(w.mul(series, z), w.number(coefficient))
    tail = w.mul(s, w.sub(f, w.mul(series, z)))
    low = w.sub(w.sub(tail, w.mul(exponent, w.number(form.ln2[1]))), f)
    value = w.sub(w.mul(exponent, w.number(form.ln2[0])), low)
    below = w.choose(w.compare("olt", x, w.number(0.0)), w.number(math.nan), w.number(-math.inf))
    positive = w.choose(w.compare("olt", x, w.number(form.smallest_normal)), below, value)
    return w.choose(w.compare("ueq", x, w.number(math.inf)), x, positive)  # infinity and NaN stay


def hyperbolic_tangent(w: Writer, x: str) -> str:
    """Return tanh x: Lambert's continued fraction below 0.6, from e ** 2x above."""
    size, square = w.intrinsic("fabs", x), w.mul(x, x)
    above, below = w.number(TANH[0][0]), w.number(TANH[1][0])
    for a, b in zip(TANH[0][1:], TANH[1][1:], strict=True):
        above = w.add(w.mul(above, square), w.number(a))
        below = w.add(w.mul(below, square), w.number(b))
    one, two = w.number(1.0), w.number(2.0)
    far = w.sub(one, w.div(two, w.add(exponential(w, w.mul(size, two)), one)))
    signed = w.choose(w.compare("olt", x, w.number(0.0)), w.neg(far), far)
    near = w.mul(x, w.div(above, below))
    return w.choose(w.compare("olt", size, w.number(0.6)), near, signed)


def whole_power(w: Writer, a: str, exponent: int) -> str:
    """Return a ** n for a small whole n by multiplication."""
    result, square, n = "", a, abs(exponent)
    while n:
        if n & 1:
            result = w.mul(result, square) if result else square
        n >>= 1
        square = w.mul(square, square) if n else square
    return result if exponent > 0 else w.div(w.number(1.0), result)


def power(w: Writer, a: str, b: str) -> str:
    """Return a ** b; a negative base counts as 0 unless b is whole."""
    zero, magic = w.number(0.0), w.number(_format(w).magic)
    negative = w.compare("olt", a, zero)
    whole = w.compare("oeq", w.sub(w.add(b, magic), magic), b)
    half = w.mul(b, w.number(0.5))
    even = w.compare("oeq", w.sub(w.add(half, magic), magic), half)
    base = w.choose(negative, w.choose(whole, w.neg(a), zero), a)
    size = exponential(w, w.mul(b, logarithm(w, base)))
    signed = w.choose(even, size, w.choose(whole, w.neg(size), size))
    value = w.choose(negative, signed, size)
    return w.choose(w.compare("oeq", b, zero), w.number(1.0), value)


def positive_power(w: Writer, a: str, exponent: float) -> str:
    """Return a ** b for a broken number b; a negative base counts as 0."""
    zero = w.number(0.0)
    base = w.choose(w.compare("olt", a, zero), zero, a)
    if exponent == 0.5:
        return w.intrinsic("sqrt", base)
    return exponential(w, w.mul(w.number(exponent), logarithm(w, base)))


def _format(w: Writer) -> Format:
    return FLOAT if w.real == "float" else DOUBLE


def _wholes(w: Writer) -> str:
    return f"<{w.lanes} x {_format(w).whole}>" if w.lanes > 1 else _format(w).whole


def _constant(w: Writer, value: int) -> str:
    return "<" + ", ".join([f"{_format(w).whole} {value}"] * w.lanes) + ">" if w.lanes > 1 else str(value)


def _whole(w: Writer, op: str, a: str, b: int) -> str:
    return w.let(f"{op} {_wholes(w)} {a}, {_constant(w, b)}")


def _bits(w: Writer, x: str) -> str:
    return w.let(f"bitcast {w.vector} {x} to {_wholes(w)}")


def _floats(w: Writer, x: str) -> str:
    return w.let(f"bitcast {_wholes(w)} {x} to {w.vector}")

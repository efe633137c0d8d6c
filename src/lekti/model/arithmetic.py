"""Arithmetic on floats that never raises: infinities and NaN come out as IEEE 754 says.

Every engine computes these same operations. Truth is 1.0 and falsehood 0.0. One rule is lekti's own: a power
with a negative base and a broken exponent takes the base as 0, because a state may dip to -1e-19 in a solver.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping


def divide(a: float, b: float) -> float:
    """Return a / b; x / 0 is an infinity, 0 / 0 is NaN."""
    if b != 0.0:
        return a / b
    if a == 0.0 or math.isnan(a):
        return math.nan
    return math.copysign(math.inf, a) * math.copysign(1.0, b)


def power(a: float, b: float) -> float:
    """Return a ** b, with a negative base taken as 0 when the exponent is not a whole number.

    >>> power(-1e-19, 0.5), power(-2.0, 3.0)
    (0.0, -8.0)
    """
    if a < 0.0 and b != math.floor(b) and math.isfinite(b):
        a = 0.0
    try:
        return math.pow(a, b)
    except OverflowError:
        return -math.inf if a < 0.0 and b % 2.0 == 1.0 else math.inf
    except ValueError:  # 0 to a negative power, or NaN
        return math.inf if a == 0.0 else math.nan


def exponential(a: float) -> float:
    """Return e ** a, infinity when it is too large."""
    try:
        return math.exp(a)
    except OverflowError:
        return math.inf


def logarithm(a: float) -> float:
    """Return the natural logarithm; minus infinity at 0 and NaN below."""
    if a > 0.0:
        return math.log(a)
    return -math.inf if a == 0.0 else math.nan


def decimal_logarithm(a: float) -> float:
    """Return the logarithm to base 10; minus infinity at 0 and NaN below."""
    if a > 0.0:
        return math.log10(a)
    return -math.inf if a == 0.0 else math.nan


def select(condition: float, yes: float, no: float) -> float:
    """Return `yes` where the condition is not 0, else `no`."""
    return yes if condition != 0.0 else no


def smaller(a: float, b: float) -> float:
    """Return a where a <= b, else b."""
    return a if a <= b else b


def larger(a: float, b: float) -> float:
    """Return a where a >= b, else b."""
    return a if a >= b else b


def floor(a: float) -> float:
    """Return the largest whole number not above a; infinities and NaN stay."""
    return float(math.floor(a)) if math.isfinite(a) else a


def ceiling(a: float) -> float:
    """Return the smallest whole number not below a; infinities and NaN stay."""
    return float(math.ceil(a)) if math.isfinite(a) else a


def factorial(a: float) -> float:
    """Return 1 · 2 · ... · a; NaN for what is no whole number from 0 on, infinity above 170."""
    if not (a >= 0.0 and a == floor(a)):
        return math.nan
    return float(math.factorial(int(a))) if a <= 170.0 else math.inf


def _guarded(function: Callable[[float], float]) -> Callable[[float], float]:
    def guarded(a: float) -> float:
        try:
            return function(a)
        except OverflowError:
            return math.copysign(math.inf, a) if function is math.sinh else math.inf
        except ValueError:
            return math.nan

    return guarded


def _truth(test: Callable[..., bool]) -> Callable[..., float]:
    def truth(*args: float) -> float:
        return float(test(*args))

    return truth


def _both(a: float, b: float) -> bool:
    return a != 0.0 and b != 0.0


def _either(a: float, b: float) -> bool:
    return a != 0.0 or b != 0.0


def _only_one(a: float, b: float) -> bool:
    return (a != 0.0) != (b != 0.0)


def _neither(a: float) -> bool:
    return a == 0.0


square_root = _guarded(math.sqrt)

OPERATIONS: Mapping[str, Callable[..., float]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": divide,
    "neg": operator.neg,
    "pow": power,
    "exp": exponential,
    "ln": logarithm,
    "log10": decimal_logarithm,
    "sqrt": square_root,
    "abs": abs,
    "floor": floor,
    "ceil": ceiling,
    "factorial": factorial,
    "min": smaller,
    "max": larger,
    "sin": _guarded(math.sin),
    "cos": _guarded(math.cos),
    "tan": _guarded(math.tan),
    "asin": _guarded(math.asin),
    "acos": _guarded(math.acos),
    "atan": math.atan,
    "sinh": _guarded(math.sinh),
    "cosh": _guarded(math.cosh),
    "tanh": math.tanh,
    "asinh": math.asinh,
    "acosh": _guarded(math.acosh),
    "atanh": _guarded(math.atanh),
    "lt": _truth(operator.lt),
    "le": _truth(operator.le),
    "gt": _truth(operator.gt),
    "ge": _truth(operator.ge),
    "eq": _truth(operator.eq),
    "ne": _truth(operator.ne),
    "and": _truth(_both),
    "or": _truth(_either),
    "xor": _truth(_only_one),
    "not": _truth(_neither),
    "select": select,
}

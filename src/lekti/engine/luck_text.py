"""The draws of `luck` as LLVM IR, the same to the last bit."""

from __future__ import annotations

from lekti.engine.llvm_text import Writer
from lekti.engine.luck import BUMPS, MANTISSA, MULTIPLIERS, ROUNDS, WORD

WHOLE = "i64"


def luck_text() -> str:
    """Return the function `share(out, seed, patient, event, number)`; it sets `out` to a draw."""
    w = Writer(1)
    counter = [_low(w, "%number"), "%event", _low(w, "%patient"), _high(w, "%patient")]
    key = [_low(w, "%seed"), _high(w, "%seed")]
    for _ in range(ROUNDS):
        counter = _round(w, counter, key)
        key = [_low(w, _op(w, "add", k, bump)) for k, bump in zip(key, BUMPS, strict=True)]
    high, low = counter[:2]
    mantissa = _op(w, "or", _op(w, "shl", high, MANTISSA - 32), _op(w, "lshr", low, 64 - MANTISSA))
    middle = w.add(w.let(f"uitofp {WHOLE} {mantissa} to double"), w.number(0.5))
    w.store(w.mul(middle, w.number(2.0**-MANTISSA)), "%out", 0)
    names = ", ".join(f"{WHOLE} %{name}" for name in ("seed", "patient", "event", "number"))
    return w.function("share", f"ptr %out, {names}")


def _round(w: Writer, counter: list[str], key: list[str]) -> list[str]:
    a, b, c, d = counter
    first, second = _op(w, "mul", a, MULTIPLIERS[0]), _op(w, "mul", c, MULTIPLIERS[1])
    new = _op(w, "xor", _op(w, "xor", _high(w, second), b), key[0])
    other = _op(w, "xor", _op(w, "xor", _high(w, first), d), key[1])
    return [new, _low(w, second), other, _low(w, first)]


def _op(w: Writer, name: str, a: str, b: str | int) -> str:
    return w.let(f"{name} {WHOLE} {a}, {b}")


def _low(w: Writer, value: str) -> str:
    return _op(w, "and", value, WORD)


def _high(w: Writer, value: str) -> str:
    return _op(w, "lshr", value, 32)

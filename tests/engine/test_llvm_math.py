"""The functions of the kernel in float32, against doubles, straight from machine code."""

from __future__ import annotations

import ctypes
from collections.abc import Callable

import numpy as np
import pytest

from lekti.engine import compiled, llvm_math
from lekti.engine.llvm_text import Writer

LANES = 8


def computed(write: Callable[[Writer, str], str], x: np.ndarray) -> np.ndarray:
    """Return what the machine code of `write` makes of float32 numbers, `LANES` at a time."""
    w = Writer(LANES, "float")
    w.store(write(w, w.load("%x", 0)), "%out", 0)
    vector = f"<{LANES} x float>"
    declared = [f"declare {vector} @llvm.{name}.v{LANES}f32({vector})" for name in ("sqrt", "fabs")]
    function = w.function("f", "ptr %x, ptr %out", public=True)
    text = "\n".join([*declared, function, "attributes #0 = { nounwind }", "!0 = !{}", ""])
    llvm = compiled._binding()
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), compiled._target())
    engine.add_object_file(llvm.ObjectFileRef.from_data(compiled._machine_code(text)))
    engine.finalize_object()
    run = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)(engine.get_function_address("f"))
    padded = np.resize(x.astype(np.float32), -(-len(x) // LANES) * LANES)
    memory = np.zeros(4 * LANES, dtype=np.float32)
    start = -memory.ctypes.data % (4 * LANES) // 4
    given, out = memory[start : start + LANES], memory[start + LANES : start + 2 * LANES]
    found = np.empty_like(padded)
    for place in range(0, len(padded), LANES):
        given[:] = padded[place : place + LANES]
        run(given.ctypes.data, out.ctypes.data)
        found[place : place + LANES] = out
    return found[: len(x)]


X = np.concatenate([np.linspace(-80.0, 80.0, 4001), np.geomspace(1e-30, 1e30, 2001)]).astype(np.float32)


def test_exp_is_right_to_two_units_in_the_last_place() -> None:
    x = X[np.abs(X) < 80.0].astype(np.float64)
    np.testing.assert_allclose(computed(llvm_math.exponential, x), np.exp(x), rtol=2e-7)


def test_ln_is_right_to_two_units_in_the_last_place() -> None:
    x = X[X > 0.0].astype(np.float64)
    np.testing.assert_allclose(computed(llvm_math.logarithm, x), np.log(x), rtol=2e-7, atol=1e-9)


def test_ends_of_the_range_are_kept() -> None:
    ends = np.array([0.0, -1.0, np.inf, np.nan, -np.inf, 89.0, -104.0, 1.0])
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        np.testing.assert_array_equal(computed(llvm_math.logarithm, ends)[:5], np.log(ends)[:5])
        found = computed(llvm_math.exponential, ends)
    np.testing.assert_array_equal(found[2:7], [np.inf, np.nan, 0.0, np.inf, 0.0])
    assert found[0] == 1.0


def test_tanh_is_right_to_four_units_in_the_last_place() -> None:
    x = np.concatenate([np.linspace(-12.0, 12.0, 2001), np.geomspace(1e-20, 1.0, 500)]).astype(np.float32)
    found = computed(llvm_math.hyperbolic_tangent, x)
    np.testing.assert_allclose(found, np.tanh(x.astype(np.float64)), rtol=5e-7)


@pytest.mark.parametrize("exponent", [0.5, 1.7, 2.3, -0.4])
def test_powers_are_as_exact_as_their_logarithm_allows(exponent: float) -> None:
    a = np.geomspace(1e-6, 1e6, 1001).astype(np.float32).astype(np.float64)
    found = computed(lambda w, x: llvm_math.positive_power(w, x, exponent), a)
    allowed = 2e-7 * (2.0 + np.abs(exponent * np.log(a)))
    assert (np.abs(found / a**exponent - 1.0) <= allowed).all()


def test_a_negative_base_counts_as_zero_unless_the_exponent_is_whole() -> None:
    a = np.array([-2.0, -2.0, 0.0, 3.0, 0.0, 0.0, 0.0, 0.0])
    assert computed(lambda w, x: llvm_math.power(w, x, w.number(1.5)), a)[0] == 0.0
    np.testing.assert_allclose(
        computed(lambda w, x: llvm_math.power(w, x, w.number(3.0)), a)[0], -8.0, rtol=1e-6
    )

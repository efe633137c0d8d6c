"""The C text of a problem as a shared library, for the programs that take a compiled right-hand side."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np


class Compiled:
    """The functions of `model.c`, on float64 arrays."""

    def __init__(self, folder: Path) -> None:
        library = folder / "model.so"
        compiler = shutil.which("cc")
        if compiler is None:
            raise RuntimeError("no C compiler (cc)")
        flags = ["-O2", "-march=native", "-fno-math-errno", "-fPIC", "-shared"]
        if not library.exists():
            made = library.with_suffix(".part")
            subprocess.run([compiler, *flags, str(folder / "model.c"), "-o", str(made), "-lm"], check=True)
            made.rename(library)
        self.library = ctypes.CDLL(str(library))
        self.states = ctypes.c_int.in_dll(self.library, "states").value
        self.constant_count = ctypes.c_int.in_dll(self.library, "constant_count").value
        for name in ("slopes", "jacobian", "observe"):
            getattr(self.library, name).argtypes = [ctypes.c_double, *([ctypes.c_void_p] * 3)]
            getattr(self.library, name).restype = None

    def constants(self, parameters: Any) -> Any:
        """Return what depends on the parameters alone."""
        row = np.ascontiguousarray(parameters)
        found = np.zeros(self.constant_count)
        self.library.constants(ctypes.c_void_p(row.ctypes.data), ctypes.c_void_p(found.ctypes.data))
        return found

    def initial(self, parameters: Any) -> Any:
        """Return the states at time 0."""
        row = np.ascontiguousarray(parameters)
        found = np.zeros(self.states)
        self.library.initial(ctypes.c_void_p(row.ctypes.data), ctypes.c_void_p(found.ctypes.data))
        return found

    def observe(self, times: Any, rows: Any, constants: Any, outputs: int) -> Any:
        """Return the outputs [times, outputs] of states [times, states]."""
        rows = np.ascontiguousarray(rows)
        found = np.zeros((len(times), outputs))
        for i, time in enumerate(times):
            place = found.ctypes.data + i * outputs * 8
            self.library.observe(time, rows.ctypes.data + i * self.states * 8, constants.ctypes.data, place)
        return found

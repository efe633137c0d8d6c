"""LLVM text to machine code, kept on disk so that a model is compiled once per machine."""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import sys
import threading
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from lekti.engine.bordered import bordered
from lekti.engine.clock import clocked
from lekti.engine.guard_formulas import guard_formulas
from lekti.engine.guard_text import guard_text
from lekti.engine.kernel_text import kernel_text
from lekti.engine.layout import Layout
from lekti.engine.llvm_math import BY_LANE, symbol_of
from lekti.engine.precision import DOUBLE, Precision
from lekti.engine.statements import statements
from lekti.model.system import System

MOST_PRODUCTS = 150_000  # of one factorisation; beyond it straight-line code no longer pays
MOST_LANES = 8
MOST_LINKED = 32  # kernels ready to run in this process
_C_LIBRARIES = {"darwin": "libSystem.dylib", "win32": "ucrtbase.dll"}


class TooLargeError(Exception):
    """The system is too large for straight-line code."""


@dataclass(frozen=True, eq=False)
class _Source:
    """A system that equals another when their equations are the same."""

    system: System

    def __hash__(self) -> int:
        return hash(self.system.checksum)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Source) and other.system.checksum == self.system.checksum


@dataclass(frozen=True, eq=False)
class Machine:
    """The running code of one system's kernel; `engine` owns the memory that `run` stands in."""

    layout: Layout
    run: Any
    engine: Any


def compile_system(system: System, *, lanes: int, precision: Precision = DOUBLE) -> Machine:
    """Return the kernel of a system, from this process or from the disk when it was compiled before."""
    return _machine(_Source(system), lanes, precision.real, processor(), _cache_folder())


@lru_cache(maxsize=MOST_LINKED)
def _machine(
    source: _Source, lanes: int, real: str, processor: tuple[str, str], folder: Path | None
) -> Machine:
    path = None if folder is None else folder / f"{_key(source.system, lanes, real)}.kernel"
    stored = None if path is None else _read(path)
    if stored is None:
        layout, text = _text(source.system, lanes, real)
        stored = layout, _machine_code(text)
        if path is not None:
            _write(path, *stored)
    layout, code = stored
    return _linked(layout, code)


def default_lanes(precision: Precision = DOUBLE) -> int:
    """Return how many patients this machine steps at once: as many as fill its widest vectors, but at most 8.

    16 float32 lanes are no faster per patient than 8 on models that leave the cache, and need more patients.
    """
    features = processor()[1].split(",")
    size = 64 if "+avx512f" in features else 32 if "+avx2" in features else 16
    return min(size // precision.size, MOST_LANES)


def _text(system: System, lanes: int, real: str) -> tuple[Layout, str]:
    program = clocked(statements(system, bordered))
    formulas = program.formulas
    guards = guard_formulas(system)
    pattern = formulas.pattern()
    if pattern.products > MOST_PRODUCTS:
        raise TooLargeError
    layout = Layout(
        lanes=lanes,
        states=len(formulas.states),
        constants=len(formulas.constants),
        assignments=len(formulas.assignments),
        entries=pattern.entries,
        clock=len(program.clock),
        events=len(guards.guards),
        changes=len(guards.changes),
        real=real,
    )
    return layout, kernel_text(program, pattern, layout) + guard_text(guards, layout)


@cache
def _binding() -> Any:
    """Return llvmlite, ready for this machine, with the functions of the C library known to it."""
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    library = ctypes.CDLL(_C_LIBRARIES.get(sys.platform, "libm.so.6"))
    for name in BY_LANE.values():
        address = ctypes.cast(getattr(library, name), ctypes.c_void_p).value
        llvm.add_symbol(symbol_of(name), address)
    return llvm


@cache
def processor() -> tuple[str, str]:
    """Return the name and the features of the processor that code is made for."""
    llvm = _binding()
    return llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten()


def _target() -> Any:
    cpu, features = processor()
    return (
        _binding()
        .Target.from_default_triple()
        .create_target_machine(
            cpu=cpu,
            features=features,
            opt=2,
            reloc="default",
            codemodel="jitdefault",
        )
    )


def _machine_code(text: str) -> bytes:
    llvm = _binding()
    module = llvm.parse_assembly(text)
    module.triple = llvm.get_process_triple()
    return _target().emit_object(module)


def _linked(layout: Layout, code: bytes) -> Machine:
    llvm = _binding()
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), _target())
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    address = engine.get_function_address("run")
    run = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)(address)
    return Machine(layout, run, engine)


def _cache_folder() -> Path | None:
    """Return where compiled code is kept; None for a user who has no home, as in some containers."""
    said = os.environ.get("LEKTI_CACHE")
    try:
        return Path(said) if said else Path.home() / ".cache" / "lekti"
    except RuntimeError:
        return None


def _key(system: System, lanes: int, real: str) -> str:
    """Return a key of everything that machine code depends on: equations, this code, LLVM, processor."""
    parts = [
        system.checksum,
        _code_version(),
        str(_binding().llvm_version_info),
        *processor(),
        str(lanes),
        real,
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:40]


@cache
def _code_version() -> str:
    """Return a digest of the source of the engine and of the expressions it prints."""
    here = Path(__file__).parent
    files = sorted([*here.glob("*.py"), *(here.parent / "model").glob("*.py")])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _read(path: Path) -> tuple[Layout, bytes] | None:
    try:
        digest, _, content = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if digest.decode("ascii", "replace") != hashlib.sha256(content).hexdigest():
        return None
    layout, _, code = content.partition(b"\n")
    return Layout(**json.loads(layout)), code


def _write(path: Path, layout: Layout, code: bytes) -> None:
    """Keep the code; a folder that cannot be written only means that the next run compiles again."""
    content = json.dumps(asdict(layout)).encode() + b"\n" + code
    digest = hashlib.sha256(content).hexdigest().encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")
        try:
            part.write_bytes(digest + b"\n" + content)
            part.replace(path)  # one step, so that readers never see half a file
        finally:
            part.unlink(missing_ok=True)
    except OSError:
        return

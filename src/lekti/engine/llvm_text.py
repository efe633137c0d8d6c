"""A writer of LLVM IR text: numbered values, memory rows, loops and conditions."""

from __future__ import annotations

import math
import struct
from collections.abc import Generator
from contextlib import contextmanager


class Writer:
    """Writes the body of one function on vectors of `lanes` numbers of type `real` (1 lane: plain numbers).

    `wide` is the type of as many doubles. Values are names of LLVM values; every method returns the name of
    what it computed. Mutable variables live in memory, so no value is assigned twice.
    """

    def __init__(self, lanes: int, real: str = "double") -> None:
        self.lanes = lanes
        self.real = real
        self.vector = f"<{lanes} x {real}>" if lanes > 1 else real
        self.wide = f"<{lanes} x double>" if lanes > 1 else "double"
        self.mask = f"<{lanes} x i1>" if lanes > 1 else "i1"
        self.lines: list[str] = []
        self.here = "entry"
        self._count = 0
        self._split_at = 0

    def let(self, text: str) -> str:
        """Write an instruction with a result and return its name."""
        self._count += 1
        name = f"%v{self._count}"
        self.lines.append(f"  {name} = {text}")
        return name

    def do(self, text: str) -> None:
        """Write an instruction without a result."""
        self.lines.append(f"  {text}")

    def function(self, name: str, arguments: str, *, public: bool = False) -> str:
        """Return the whole text of a function that returns nothing."""
        linkage = "" if public else "internal "
        body = "\n".join(["entry:", *self.lines, "  ret void"])
        return f"define {linkage}void @{name}({arguments}) #0 {{\n{body}\n}}\n"

    # Arithmetic on vectors (`of` names another type, as "double").

    def number(self, value: float, of: str = "") -> str:
        """Return a constant."""
        kind = of or self.vector
        real = "float" if "float" in kind else "double"
        (bits,) = struct.unpack("<Q", struct.pack("<d", rounded(value) if real == "float" else value))
        one = f"0x{bits:016X}"  # LLVM writes a float as the double of the same value
        return "<" + ", ".join([f"{real} {one}"] * self.lanes) + ">" if kind.startswith("<") else one

    def op(self, name: str, a: str, b: str, of: str = "") -> str:
        """Return a op b; products and sums may fuse where the machine can."""
        return self.let(f"{name} contract {of or self.vector} {a}, {b}")

    def add(self, a: str, b: str, of: str = "") -> str:
        """Return a + b."""
        return self.op("fadd", a, b, of)

    def sub(self, a: str, b: str, of: str = "") -> str:
        """Return a - b."""
        return self.op("fsub", a, b, of)

    def mul(self, a: str, b: str, of: str = "") -> str:
        """Return a * b."""
        return self.op("fmul", a, b, of)

    def div(self, a: str, b: str, of: str = "") -> str:
        """Return a / b."""
        return self.op("fdiv", a, b, of)

    def neg(self, a: str, of: str = "") -> str:
        """Return -a."""
        return self.let(f"fneg {of or self.vector} {a}")

    def compare(self, how: str, a: str, b: str, of: str = "") -> str:
        """Return the truth of a comparison such as "ole" (ordered, less or equal)."""
        return self.let(f"fcmp {how} {of or self.vector} {a}, {b}")

    def choose(self, condition: str, yes: str, no: str, of: str = "") -> str:
        """Return yes where the condition holds, else no."""
        kind = of or self.vector
        mask = self.mask if kind in (self.vector, self.wide) else "i1"
        return self.let(f"select {mask} {condition}, {kind} {yes}, {kind} {no}")

    def smaller(self, a: str, b: str, of: str = "") -> str:
        """Return a where a <= b, else b."""
        return self.choose(self.compare("ole", a, b, of), a, b, of)

    def larger(self, a: str, b: str, of: str = "") -> str:
        """Return a where a >= b, else b."""
        return self.choose(self.compare("oge", a, b, of), a, b, of)

    def intrinsic(self, name: str, *args: str, of: str = "") -> str:
        """Return an LLVM intrinsic of floats, such as fabs or sqrt."""
        kind = of or self.vector
        real = "f32" if "float" in kind else "f64"
        suffix = f"v{self.lanes}{real}" if kind.startswith("<") else real
        return self.let(f"call {kind} @llvm.{name}.{suffix}({', '.join(f'{kind} {a}' for a in args)})")

    def widened(self, a: str) -> str:
        """Return a value of type `real` as doubles."""
        return a if self.real == "double" else self.let(f"fpext {self.vector} {a} to {self.wide}")

    def narrowed(self, a: str) -> str:
        """Return doubles rounded to type `real`."""
        return a if self.real == "double" else self.let(f"fptrunc {self.wide} {a} to {self.vector}")

    def spread(self, scalar: str) -> str:
        """Return one number of type `real` in every lane."""
        if self.lanes == 1:
            return scalar
        result = "undef"
        for lane in range(self.lanes):
            result = self.let(f"insertelement {self.vector} {result}, {self.real} {scalar}, i32 {lane}")
        return result

    # Memory: a row is one vector; `place` is a number or an i64 value.

    def at(self, base: str, place: int | str, of: str = "") -> str:
        """Return the address of an entry of an array."""
        return self.let(f"getelementptr inbounds {of or self.vector}, ptr {base}, i64 {place}")

    def load(self, base: str, place: int | str, of: str = "", *, fixed: bool = False) -> str:
        """Return an entry of an array; `fixed` says that it stays the same during the function."""
        kind = of or self.vector
        note = ", !invariant.load !0" if fixed else ""
        return self.let(f"load {kind}, ptr {self.at(base, place, kind)}, align {self._align(kind)}{note}")

    def store(self, value: str, base: str, place: int | str, of: str = "") -> None:
        """Set an entry of an array."""
        kind = of or self.vector
        self.do(f"store {kind} {value}, ptr {self.at(base, place, kind)}, align {self._align(kind)}")

    def _align(self, kind: str) -> int:
        size = 4 if "float" in kind else 8
        return size * self.lanes if kind.startswith("<") else size

    # Control.

    def label(self, name: str) -> None:
        """Start a new basic block."""
        self.lines.append(f"{name}:")
        self.here = name

    def fresh(self, stem: str) -> str:
        """Return a label that is not yet used."""
        self._count += 1
        return f"{stem}{self._count}"

    @contextmanager
    def loop(self, count: int | str, start: int | str = 0) -> Generator[str]:
        """Repeat what is written inside for an index that runs from start to count - 1."""
        head, body, again, done = (self.fresh(stem) for stem in ("head", "body", "again", "done"))
        before, index, following = self.here, f"%{head}.i", f"%{head}.n"
        self.do(f"br label %{head}")
        self.label(head)
        self.do(f"{index} = phi i64 [ {start}, %{before} ], [ {following}, %{again} ]")
        goes_on = self.let(f"icmp slt i64 {index}, {count}")
        self.do(f"br i1 {goes_on}, label %{body}, label %{done}")
        self.label(body)
        yield index
        self.do(f"br label %{again}")
        self.label(again)
        self.do(f"{following} = add i64 {index}, 1")
        self.do(f"br label %{head}")
        self.label(done)

    @contextmanager
    def repeat(self) -> Generator[str]:
        """Repeat what is written inside for ever; branch to the yielded label to leave."""
        head, done = self.fresh("head"), self.fresh("done")
        self.do(f"br label %{head}")
        self.label(head)
        yield done
        self.do(f"br label %{head}")
        self.label(done)

    @contextmanager
    def when(self, condition: str) -> Generator[None]:
        """Run what is written inside only where the condition holds."""
        then, end = self.fresh("then"), self.fresh("end")
        self.do(f"br i1 {condition}, label %{then}, label %{end}")
        self.label(then)
        yield
        self.do(f"br label %{end}")
        self.label(end)

    def split(self, most: int, known: str) -> None:
        """Start a new block once the present one has `most` lines: LLVM takes far longer for long blocks.

        `known` is an address that is never null, which LLVM cannot know.
        """
        if len(self.lines) - self._split_at < most:
            return
        self._split_at = len(self.lines)
        following, never = self.fresh("part"), self.fresh("never")
        null = self.let(f"icmp eq ptr {known}, null")
        self.do(f"br i1 {null}, label %{never}, label %{following}")
        self.label(never)
        self.do("ret void")
        self.label(following)

    def leave(self, condition: str, target: str) -> None:
        """Go to a label where the condition holds, else on."""
        following = self.fresh("next")
        self.do(f"br i1 {condition}, label %{target}, label %{following}")
        self.label(following)


def rounded(value: float) -> float:
    """Return the float32 nearest to a number; beyond its range, infinity.

    >>> rounded(0.1)
    0.10000000149011612
    """
    try:
        (near,) = struct.unpack("<f", struct.pack("<f", value))
    except OverflowError:
        return math.copysign(math.inf, value)
    return near

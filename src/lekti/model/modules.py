"""Module pages: Antimony text in which a line with {i} stands for every layer of the stratum corneum."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lekti.base.errors import ModelError
from lekti.base.tables import knowledge_text
from lekti.model.parameters import MODULES

LAYERS = 6
"""Layers of the stratum corneum; `lekti model layers` measures what the number changes."""


@dataclass(frozen=True)
class Module:
    """One page of the model: its name, its first comment line, and its statements, written out per layer."""

    name: str
    purpose: str
    statements: tuple[str, ...]

    @property
    def text(self) -> str:
        """The module as Antimony statements under its heading."""
        lines = [f"  // {self.name}: {self.purpose}"]
        return "\n".join(lines + [f"  {statement};" for statement in self.statements])


def load_module(name: str, *, layers: int = LAYERS) -> Module:
    """Read `knowledge/model/<name>.ant` and write out its layers.

    `{i}` is the layer (1 deep … n surface), `{i-1}` the one below, `{x}` the depth of its middle, `{n}` the
    number of layers, `SUM{...}` the sum of an expression over the layers.
    """
    text = knowledge_text(f"model/{name}.ant")
    purpose = text.splitlines()[0].removeprefix("//").strip().split(":", 1)[-1].strip()
    written = [line for one in statements_of(text) for line in _written_out(one, layers, name)]
    return Module(name, purpose, tuple(written))


def statements_of(text: str) -> tuple[str, ...]:
    """Return the statements of a page, without comments, each on one line."""
    bare = re.sub(r"//[^\n]*", "", text)
    return tuple(statement for raw in bare.split(";") if (statement := " ".join(raw.split())))


def load_modules(*, layers: int = LAYERS) -> tuple[Module, ...]:
    """Return all modules in their order."""
    return tuple(load_module(name, layers=layers) for name in MODULES)


def _written_out(statement: str, layers: int, name: str) -> list[str]:
    summed = re.sub(r"SUM\{((?:[^{}]|\{[^{}]*\})*)\}", lambda match: _sum(match[1], layers), statement)
    summed = summed.replace("{n}", str(layers))
    if "{" not in summed:
        return [summed]
    written = [_layer(summed, layer, layers) for layer in range(1, layers + 1)]
    if any("{" in line for line in written):
        raise ModelError(f"a placeholder is not understood in '{summed}'", where=f"{name}.ant")
    return written


def _sum(expression: str, layers: int) -> str:
    return "(" + " + ".join(f"({_layer(expression, layer, layers)})" for layer in range(1, layers + 1)) + ")"


def _layer(text: str, layer: int, layers: int) -> str:
    depth = repr((layer - 0.5) / layers)
    return text.replace("{i-1}", str(layer - 1)).replace("{i}", str(layer)).replace("{x}", depth)

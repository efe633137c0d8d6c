"""JSON text as a document, refused with file and line when it is broken, ambiguous or endless."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any, NoReturn, cast

from lekti.base.errors import InputError, shown

_MAX_DEPTH = 40
_SNAKE = re.compile(r"_([a-z0-9])")


def read_json(text: str, *, name: str) -> dict[str, Any]:
    """Return the object in a JSON text; field names in snake_case become camelCase.

    Raises `InputError` with `name`:line for broken or truncated JSON, repeated fields, deep nesting,
    and numbers that are not finite.
    """
    hooks = _Hooks(text, name)
    try:
        document = json.loads(
            text,
            parse_constant=hooks.refuse_number,
            parse_float=hooks.number,
            parse_int=hooks.number,
            object_pairs_hook=hooks.fields,
        )
    except json.JSONDecodeError as error:
        cut = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
        told = "the file ends too early" if cut else error.msg
        where = f"{name}:{error.lineno}"
        raise InputError(f"Broken JSON: {told}", where=where, expected="valid JSON") from error
    except RecursionError as error:
        raise _too_deep(name) from error
    if not isinstance(document, dict):
        raise InputError("The file holds no JSON object", where=f"{name}:1", expected="a phenopacket")
    _refuse_depth(document, name)
    return cast("dict[str, Any]", document)


def line_of(text: str, written: str, name: str) -> str:
    """Return file:line of the first place where a piece of text stands, or the file alone."""
    position = text.find(written)
    return f"{name}:{text.count(chr(10), 0, position) + 1}" if position >= 0 else name


@dataclass(frozen=True)
class _Hooks:
    """What the JSON parser calls for numbers and objects."""

    text: str
    name: str

    def refuse_number(self, written: str) -> NoReturn:
        where = line_of(self.text, written, self.name)
        raise InputError(f"{written[:20]} is not a finite number", where=where, expected="a number")

    def number(self, written: str) -> float:
        number = float(written)
        if not math.isfinite(number):
            self.refuse_number(written)
        return number

    def fields(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            camel = _SNAKE.sub(lambda match: match[1].upper(), key)
            if camel in found:
                where = line_of(self.text, f'"{key}"', self.name)
                raise InputError(
                    f"Field '{shown(camel, 40)}' stands twice", where=where, expected="each field once"
                )
            found[camel] = value
        return found


def _refuse_depth(document: Any, name: str) -> None:
    level: list[Any] = [document]
    for _ in range(_MAX_DEPTH):
        level = [inner for value in level for inner in _inside(value)]
        if not level:
            return
    raise _too_deep(name)


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(cast("dict[str, Any]", value).values())
    return cast("list[Any]", value) if isinstance(value, list) else []


def _too_deep(name: str) -> InputError:
    return InputError("The file is nested too deeply", where=name, expected="a phenopacket")

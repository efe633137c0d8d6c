"""A JSON document that remembers which of its fields were read, so that the rest can be listed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from lekti.base.errors import InputError
from lekti.patients.strict_json import line_of, read_json

Step = str | int
Path = tuple[Step, ...]


@dataclass(frozen=True)
class Packet:
    """The text of a JSON file, its name, and the paths of the leaves that were read."""

    text: str
    name: str
    taken: set[Path] = field(default_factory=set[Path])

    def where(self, value: object) -> str:
        """Return file:line of the first place where a value stands."""
        written = json.dumps(value, ensure_ascii=False)
        return line_of(self.text, written if written in self.text else json.dumps(value), self.name)


@dataclass(frozen=True)
class Part:
    """One value inside a packet."""

    value: Any
    path: Path
    packet: Packet

    def find(self, key: str) -> Part | None:
        """Return the mapping under a key, or None when it is absent; anything else is refused."""
        child = self._child(key)
        if child is None or isinstance(child.value, dict):
            return child
        raise self._unfit(child, "an object")

    def items(self, key: str) -> Iterator[Part]:
        """Yield the mappings in the list under a key, none when it is absent."""
        child = self._child(key)
        if child is None:
            return
        if not isinstance(child.value, list):
            raise self._unfit(child, "a list")
        for number, value in enumerate(cast("list[Any]", child.value)):
            item = Part(value, (*child.path, number), self.packet)
            if not isinstance(value, dict):
                raise self._unfit(item, "an object")
            yield item

    def text(self, key: str) -> str | None:
        """Return the text under a key and remember that it was read."""
        child = self._child(key)
        if child is None:
            return None
        if not isinstance(child.value, str):
            raise self._unfit(child, "text")
        child.take()
        return child.value

    def peek(self, key: str) -> str:
        """Return the text under a key without counting it as read, or nothing if there is no text."""
        value = self.value.get(key)
        return value if isinstance(value, str) else ""

    def number(self, key: str) -> float | None:
        """Return the number under a key and remember that it was read."""
        child = self._child(key)
        if child is None:
            return None
        if isinstance(child.value, bool) or not isinstance(child.value, int | float):
            raise self._unfit(child, "a number")
        child.take()
        return float(child.value)

    def flag(self, key: str) -> bool:
        """Return the truth value under a key, false when it is absent."""
        child = self._child(key)
        if child is None:
            return False
        if not isinstance(child.value, bool):
            raise self._unfit(child, "true or false")
        child.take()
        return child.value

    def take(self) -> None:
        """Remember that this part was read, with all that is in it."""
        self.packet.taken.update(path for path, _ in _leaves(self.value, self.path))

    def where(self, value: object) -> str:
        """Return file:line of a value."""
        return self.packet.where(value)

    def unread(self) -> tuple[str, ...]:
        """Return the patterns of the leaves that were not read, such as `.subject.id`, each once."""
        patterns = (
            _pattern(path) for path, _ in _leaves(self.value, self.path) if path not in self.packet.taken
        )
        return tuple(dict.fromkeys(patterns))

    def _child(self, key: str) -> Part | None:
        value = self.value.get(key)
        return None if value is None else Part(value, (*self.path, key), self.packet)

    def _unfit(self, child: Part, expected: str) -> InputError:
        return InputError(
            f"{_pattern(child.path)} has another form", where=self.where(child.path[-1]), expected=expected
        )


def read_packet(text: str, *, name: str) -> Part:
    """Read JSON text with one object at its top; field names may be camelCase or snake_case.

    Raises `InputError` with `name`:line for JSON that cannot be read.
    """
    return Part(read_json(text, name=name), (), Packet(text, name))


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, dict):
        for key, inner in cast("dict[str, Any]", value).items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(cast("list[Any]", value)):
            yield from _leaves(inner, (*path, number))
    elif value is not None:
        yield path, value


def _pattern(path: Path) -> str:
    return "".join("[]" if isinstance(step, int) else f".{step}" for step in path)

"""YAML text as a tree that knows its lines; it refuses whatever could hide, repeat or explode."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from lekti.base.errors import InputError, shown

DATE_REFUSED = "A calendar date is refused: a case file holds ages and no dates"
_MAX_DEPTH = 12
_MAX_NODES = 20_000
_NUMBER = re.compile(r"[-+]?(0|[1-9]\d{0,17})(\.\d*)?([eE][-+]?\d+)?|[-+]?\.\d+([eE][-+]?\d+)?")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BOOLEANS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_DATE_TAG = "tag:yaml.org,2002:timestamp"
_NUMBER_TAGS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")

Plain = str | int | float | bool | None


@dataclass(frozen=True)
class Leaf:
    """One scalar: its value, the text as written, and its line."""

    value: Plain
    text: str
    line: int


@dataclass(frozen=True)
class Listing:
    """A sequence of nodes."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True)
class Branch:
    """A mapping: nodes by key, and the line of each key."""

    entries: Mapping[str, Node]
    key_lines: Mapping[str, int]
    line: int


Node = Leaf | Listing | Branch


def read_tree(text: str, *, name: str, noun: str = "case file") -> Node:
    """Read one YAML document without anchors, aliases, tags or repeated keys.

    `noun` names the file in messages. Raises `InputError` with `name`:line for broken YAML and for each
    of these.
    """
    events = _events(text, name)
    try:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                break
        tree = _node(next(events), events, _Budget(name, noun), 0)
        next(events)
        _refuse_second_document(next(events), name, noun)
    except StopIteration as error:
        raise InputError(f"{name} holds no content", expected=f"a {noun}") from error
    return tree


def plain(node: Node) -> object:
    """Return the tree as dictionaries, lists and scalars."""
    if isinstance(node, Branch):
        return {key: plain(child) for key, child in node.entries.items()}
    if isinstance(node, Listing):
        return [plain(child) for child in node.items]
    return node.value


def line_of(node: Node, path: Iterator[str | int]) -> int:
    """Return the line of the key (or list item) at the end of a path."""
    line = node.line
    for step in path:
        if isinstance(node, Branch) and isinstance(step, str):
            line, node = node.key_lines[step], node.entries[step]
        elif isinstance(node, Listing) and isinstance(step, int):
            node = node.items[step]
            line = node.line
    return line


def leaves(node: Node) -> Iterator[Leaf]:
    """Yield every scalar value of the tree."""
    if isinstance(node, Leaf):
        yield node
        return
    for child in node.entries.values() if isinstance(node, Branch) else node.items:
        yield from leaves(child)


def keys(node: Node) -> Iterator[tuple[str, int]]:
    """Yield every key of the tree with its line."""
    if isinstance(node, Branch):
        yield from node.key_lines.items()
    if not isinstance(node, Leaf):
        for child in node.entries.values() if isinstance(node, Branch) else node.items:
            yield from keys(child)


class _Budget:
    """Counts nodes, so that a small file cannot cost much time."""

    def __init__(self, name: str, noun: str) -> None:
        self.name = name
        self.noun = noun
        self.nodes = 0

    def spend(self, event: yaml.Event, depth: int) -> None:
        self.nodes += 1
        if depth > _MAX_DEPTH:
            raise InputError(
                "The file is nested too deeply", where=_where(self.name, event), expected=f"a {self.noun}"
            )
        if self.nodes > _MAX_NODES:
            raise InputError(
                "The file holds too many entries", where=_where(self.name, event), expected=f"one {self.noun}"
            )


def _events(text: str, name: str) -> Iterator[yaml.Event]:
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            _refuse_reference(event, name)
            yield event
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        raise InputError(
            "A character that is no text", where=f"{name}:{line}", expected="plain text"
        ) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{name}:{mark.line + 1}" if mark else name
        raise InputError(f"Broken YAML: {error.problem}", where=where, expected="valid YAML") from error
    except (ValueError, OverflowError) as error:
        raise InputError("Broken YAML: an escape that is no character", where=name) from error


def _refuse_reference(event: yaml.Event, name: str) -> None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise InputError(
            "YAML anchors and aliases (& and *) are not accepted",
            where=_where(name, event),
            expected="every value written out",
        )
    if getattr(event, "tag", None):
        raise InputError(
            "YAML tags (!) are not accepted", where=_where(name, event), expected="a plain value"
        )


def _refuse_second_document(event: yaml.Event, name: str, noun: str) -> None:
    if isinstance(event, yaml.DocumentStartEvent):
        raise InputError("A second document starts here", where=_where(name, event), expected=f"one {noun}")


def _node(event: yaml.Event, events: Iterator[yaml.Event], budget: _Budget, depth: int) -> Node:
    budget.spend(event, depth)
    line = _line(event)
    if isinstance(event, yaml.ScalarEvent):
        return _leaf(event, budget, line)
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Node] = []
        while not isinstance(child := next(events), yaml.SequenceEndEvent):
            items.append(_node(child, events, budget, depth + 1))
        return Listing(tuple(items), line)
    return _branch(events, budget, depth, line)


def _branch(events: Iterator[yaml.Event], budget: _Budget, depth: int, line: int) -> Branch:
    entries: dict[str, Node] = {}
    key_lines: dict[str, int] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        where = _where(budget.name, event)
        if not isinstance(event, yaml.ScalarEvent):
            raise InputError("A key that is no word", where=where, expected="key: value")
        key = event.value
        if _UNPRINTABLE.search(key):
            raise InputError("A character that is no text", where=where, expected="plain text")
        if key in entries:
            raise InputError(f"Key '{shown(key)}' stands twice", where=where, expected="each key once")
        entries[key] = _node(next(events), events, budget, depth + 1)
        key_lines[key] = _line(event)
    return Branch(entries, key_lines, line)


def _leaf(event: yaml.ScalarEvent, budget: _Budget, line: int) -> Leaf:
    text: str = event.value
    if _UNPRINTABLE.search(text):
        raise InputError("A character that is no text", where=f"{budget.name}:{line}", expected="plain text")
    if not event.implicit[0]:
        return Leaf(text, text, line)
    return Leaf(_plain_value(text, f"{budget.name}:{line}", budget.noun), text, line)


def _plain_value(text: str, where: str, noun: str) -> Plain:
    if text.lower() in ("", "~", "null"):
        return None
    if text.lower() in _BOOLEANS:
        return _BOOLEANS[text.lower()]
    if _NUMBER.fullmatch(text):
        number = float(text)
        if not math.isfinite(number):
            raise InputError(f"{shown(text, 40)} is too large", where=where, expected="a finite number")
        return int(text) if re.fullmatch(r"[-+]?\d+", text) else number
    tag = yaml.resolver.Resolver().resolve(yaml.ScalarNode, text, (True, False))
    if tag == _DATE_TAG:
        told = DATE_REFUSED.replace("case file", noun)
        raise InputError(told, where=where, expected="an age such as 6 years")
    if tag in _NUMBER_TAGS:
        raise InputError(
            f"{shown(text, 40)} is not a finite decimal number", where=where, expected="a number such as 55.8"
        )
    return text


def _where(name: str, event: yaml.Event) -> str:
    return f"{name}:{_line(event)}"


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1

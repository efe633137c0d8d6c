"""The YAML head of a Markdown record: every key is kept, and nothing in it can cost much or run."""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Mapping
from typing import Any

import yaml

from lekti.base.errors import InputError, shown

_FastLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 8
MOST_NODES = 20_000
LONGEST = 2_000_000
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)


def split_front_matter(text: str, *, name: str) -> tuple[str, str, int]:
    """Return the YAML head, the body below it, and the line on which the body begins.

    The head ends at the first line that holds `---` and nothing else, so the same signs inside a title do
    no harm. Raises `InputError` if there is no second such line.
    """
    first = _FENCE.match(text)
    second = _FENCE.search(text, first.end()) if first else None
    if first is None or second is None:
        raise InputError(
            "The front matter has no end",
            where=f"{name}:1",
            expected="a line of three hyphens below the keys",
        )
    head = text[first.end() + 1 : second.start()]
    body = text[second.end() + 1 :]
    return head, body, text.count("\n", 0, second.end()) + 2


def read_front_matter(head: str, *, name: str) -> dict[str, object]:
    """Return the keys of a YAML head with their values as text, numbers, truth values, lists and mappings.

    A date stays text. Raises `InputError` for broken YAML, anchors and aliases, tags, doubled keys, and for
    a head that is too deep or too long.
    """
    if len(head) > LONGEST:
        raise InputError("The front matter is too long", where=f"{name}:1", expected="the keys of one record")
    try:
        _refuse_costly(head, name)
        value = yaml.load(head, Loader=_Loader)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except yaml.reader.ReaderError as error:
        raise InputError(
            "The front matter holds a character that is no text", where=f"{name}:1", expected="plain text"
        ) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 1
        raise InputError(
            f"The front matter is broken YAML: {shown(str(error.problem))}",
            where=f"{name}:{line}",
            expected="key: value",
            fix="Put a title with a colon into quotation marks.",
        ) from error
    except (ValueError, TypeError, OverflowError) as error:
        raise InputError(
            "The front matter holds a value that cannot be read", where=f"{name}:1", expected="plain values"
        ) from error
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise InputError("The front matter is no list of keys", where=f"{name}:1", expected="key: value")
    return value


def write_front_matter(keys: Mapping[str, object]) -> str:
    """Return keys as YAML that `read_front_matter` reads back to equal values."""
    return yaml.dump(dict(keys), Dumper=yaml.SafeDumper, sort_keys=False, allow_unicode=True, width=LONGEST)


class _Loader(_FastLoader):
    """Reads plain values; a date stays the text it is, and a key stands once."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _signs in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ("~", "n", "N", "")),
    ("int", r"[-+]?(?:0|[1-9][0-9]{0,14})", "-+0123456789"),
    ("float", r"[-+]?[0-9]{1,15}\.[0-9]{1,15}", "-+0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), [*_signs])


def _mapping_with_single_keys(loader: _Loader, node: yaml.MappingNode) -> dict[Hashable, Any]:
    keys = [child.value for child, _ in node.value if isinstance(child, yaml.ScalarNode)]
    doubled = next((key for key in keys if keys.count(key) > 1), None) if len(keys) < 500 else None
    if doubled is not None or len(keys) != len(set(keys)) or len(keys) != len(node.value):
        problem = (
            f"the key '{shown(str(doubled), 30)}' stands twice" if doubled else "a key that is no single word"
        )
        raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark)
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping_with_single_keys)


def _refuse_costly(head: str, name: str) -> None:
    depth = 0
    for nodes, event in enumerate(yaml.parse(head, Loader=_FastLoader)):
        line = (event.start_mark.line if event.start_mark else 0) + 2
        opens = isinstance(event, yaml.CollectionStartEvent)
        depth += opens - isinstance(event, yaml.CollectionEndEvent)
        if (
            isinstance(event, yaml.AliasEvent)
            or getattr(event, "anchor", None)
            or getattr(event, "tag", None)
        ):
            raise InputError(
                "YAML anchors, aliases and tags (&, *, !) are not accepted in the front matter",
                where=f"{name}:{line}",
                expected="every value written out",
            )
        if depth > DEEPEST or nodes > MOST_NODES:
            raise InputError(
                "The front matter is nested too deeply or too long",
                where=f"{name}:{line}",
                expected="the keys of one record",
            )

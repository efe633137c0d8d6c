"""The published JSON Schema of the case file, and its findings in plain sentences with file and line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from lekti.base.errors import InputError, shown
from lekti.base.tables import knowledge_text
from lekti.patients.nearest import did_you_mean
from lekti.patients.yaml_tree import Node, line_of, plain

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

_STRUCTURE = ("additionalProperties", "required", "type", "enum", "const", "minItems", "maxItems")
_HEAD = (("id",), ("records",))  # other parts refer to these, so their form is checked first
_NEVER_SHOWN = ("id", "records", "source")  # a name could stand there by mistake
_KINDS = {
    dict: "a mapping", list: "a list", str: "text", bool: "true or false", int: "a number", float: "a number",
}  # fmt: skip


@dataclass(frozen=True)
class _Finding:
    """One departure from the schema: the rule, its value, what was found, the subschema and the path."""

    validator: str
    validator_value: Any
    instance: Any
    schema: dict[str, Any]
    path: tuple[str | int, ...]


def case_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the case file."""
    return json.loads(knowledge_text("schema/case.schema.json"))


def check_structure(tree: Node, *, name: str) -> None:
    """Raise `InputError` for the first key, kind or word that the schema does not know."""
    found = [error for error in _errors(tree) if error.validator in _STRUCTURE or error.path[:1] in _HEAD]
    _raise_first(tree, name, found)


def check_all(tree: Node, *, name: str) -> None:
    """Raise `InputError` for the first departure from the schema of any kind."""
    _raise_first(tree, name, _errors(tree))


@cache
def _validator() -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(case_schema())


def _errors(tree: Node) -> list[_Finding]:
    document: Any = plain(tree)
    return [_finding(error) for error in _validator().iter_errors(document)]


def _finding(error: ValidationError) -> _Finding:
    schema: Any = error.schema
    return _Finding(
        str(error.validator), error.validator_value, error.instance, schema, tuple(error.absolute_path)
    )


def _raise_first(tree: Node, name: str, errors: list[_Finding]) -> None:
    placed = [
        (error.validator != "additionalProperties", _line(tree, error), number, error)
        for number, error in enumerate(errors)
    ]
    if placed:
        _, line, _, error = min(placed, key=lambda place: place[:3])
        raise _worded(error, f"{name}:{line}")


def _line(tree: Node, error: _Finding) -> int:
    path = list(error.path)
    if error.validator == "additionalProperties":
        path.append(_unknown_keys(error)[0])
    return line_of(tree, iter(path))


def _worded(error: _Finding, where: str) -> InputError:
    place = next((step for step in reversed(error.path) if isinstance(step, str)), "the file")
    description = str(error.schema.get("description", ""))
    if error.validator == "additionalProperties":
        return _unknown_key(error, where)
    if error.validator == "required":
        missing = next(key for key in error.validator_value if key not in error.instance)
        expected = _description(error.schema.get("properties", {}).get(missing, {})) or description
        return InputError(f"Key '{missing}' is missing in {place}", where=where, expected=expected)
    if error.validator == "enum":
        known = [str(word) for word in error.validator_value]
        return InputError(
            f"{place} '{_shown(error.instance)}' is not known",
            where=where,
            expected=" or ".join(known) if len(known) < 3 else f"one of {', '.join(known)}",
            fix=did_you_mean(str(error.instance), known),
        )
    if error.validator in ("minItems", "maxItems", "uniqueItems"):
        return InputError(f"{place} has {_entries(error)}", where=where, expected=description)
    if error.validator == "pattern" and place in _NEVER_SHOWN:
        return InputError(f"{place} has another form", where=where, expected=description)
    return InputError(f"{place} is {_shown(error.instance)}", where=where, expected=description)


def _entries(error: _Finding) -> str:
    if error.validator == "uniqueItems":
        return "an entry twice"
    return "1 entry" if len(error.instance) == 1 else f"{len(error.instance)} entries"


def _description(schema: dict[str, Any]) -> str:
    if "description" in schema or "$ref" not in schema:
        return str(schema.get("description", ""))
    return str(case_schema()["$defs"][schema["$ref"].rsplit("/", 1)[-1]].get("description", ""))


def _unknown_key(error: _Finding, where: str) -> InputError:
    unknown = _unknown_keys(error)[0]
    known = list(error.schema["properties"])
    return InputError(
        f"Key '{shown(unknown)}' is not known here",
        where=where,
        expected=f"one of {', '.join(known)}",
        fix=did_you_mean(unknown, known),
    )


def _unknown_keys(error: _Finding) -> list[str]:
    known = error.schema["properties"]
    return [key for key in error.instance if key not in known]


def _shown(value: object) -> str:
    if value is None:
        return "empty"
    if isinstance(value, dict | list):
        return _KINDS[type(value)]
    return str(value).lower() if isinstance(value, bool) else str(value)[:60]

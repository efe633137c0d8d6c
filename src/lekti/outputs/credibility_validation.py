"""A validation read back from what `lekti validate --json` printed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lekti.base.errors import InputError
from lekti.base.files import read_user_text
from lekti.population.target_words import ROLES
from lekti.population.targets import shipped_targets
from lekti.population.validate import validation_key

LIMIT_BYTES = 5_000_000
_NUMBERS = ("median", "low", "high")
_WORDS = ("id", "role", "label", "readout")
EXPECTED = "the output of lekti validate --json"


def read_validation(path: Path) -> Mapping[str, Any]:
    """Return a validation; raise `InputError` for anything else, and for one of another model."""
    text = read_user_text(path, limit_bytes=LIMIT_BYTES, noun="validation")
    try:
        found = json.loads(text, parse_constant=_refuse)
        good = all(_is_row(row) for row in found["rows"]) and _is_summary(found)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"{path} holds no validation", expected=EXPECTED) from error
    if not good or not found["rows"]:
        raise InputError(f"{path} holds no validation", expected=EXPECTED)
    told = {row["id"] for row in found["rows"]}
    targets = [one for one in shipped_targets() if one.id in told]
    if found["sha256"] != validation_key(targets):
        raise InputError(
            f"{path} validates another version of the model or other targets",
            expected="those that ship",
            fix="Run lekti validate --json again",
        )
    return found


def _is_row(row: Mapping[str, Any]) -> bool:
    words = all(isinstance(row[name], str) for name in _WORDS) and row["role"] in ROLES
    numbers = [row[name] for name in _NUMBERS]
    behaviour = row["readout"] == "behaviour"
    complete = behaviour or (isinstance(row["unit"], str) and (_is_observed(row["observed"])))
    told = behaviour or all(one is None for one in numbers) or all(_is_number(one) for one in numbers)
    return words and complete and told and row["inside"] in (True, False, None)


def _is_observed(value: object) -> bool:
    if isinstance(value, list):
        return len(value) == 2 and all(_is_number(one) for one in value)
    return _is_number(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_summary(found: Mapping[str, Any]) -> bool:
    coverage, naive = found["coverage"], found["naive"]
    numbers = [coverage["inside"], coverage["rows"], coverage["low"], coverage["high"]]
    scores = [_is_score(one["model"]) and _is_score(one["naive"]) for one in naive.values()]
    return all(_is_number(one) for one in numbers) and isinstance(coverage["silent"], list) and all(scores)


def _is_score(score: Mapping[str, Any]) -> bool:
    return _is_number(score["rows"]) and (score["crps"] is None or _is_number(score["crps"]))


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is no number")

"""The check of any YAML file in which a `reference` stands beside a `snippet`, as in dismech."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import yaml

from lekti.base.errors import InputError, shown
from lekti.evidence.quote import Prepared, check_quote, prepare
from lekti.evidence.record import Record
from lekti.evidence.solid import fingerprint
from lekti.evidence.verdict import Conflict, Verdict

LIMIT_BYTES = 20_000_000
REFERENCES = ("reference", "reference_id")
SNIPPETS = ("snippet", "supporting_text")
TITLES = ("reference_title",)
FindRecord = Callable[[str], Record | None]


@dataclass(frozen=True)
class Pair:
    """A reference and its snippet, with the line of the snippet; one of them may be missing."""

    reference: str
    snippet: str
    title: str
    where: str


@dataclass(frozen=True)
class CheckedPair:
    """The verdict on one pair."""

    pair: Pair
    verdict: Verdict

    @property
    def outcome(self) -> str:
        """One of passed, failed, missing (no record at hand) and no snippet."""
        return self.verdict.outcome("no snippet")


@dataclass(frozen=True)
class YamlCheck:
    """The verdicts on all pairs of a file, in its order."""

    checked: tuple[CheckedPair, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """The counts, each outcome apart; checked is passed and failed together."""
        found = [one.outcome for one in self.checked]
        passed, failed = found.count("passed"), found.count("failed")
        missing, bare = found.count("missing"), found.count("no snippet")
        return {
            "checked": passed + failed,
            "passed": passed,
            "failed": failed,
            "record_missing": missing,
            "no_snippet": bare,
        }

    @property
    def is_good(self) -> bool:
        """Whether something was checked, nothing failed and no record was missing."""
        counts = self.counts
        return counts["checked"] > 0 and not counts["failed"] and not counts["record_missing"]


def check_yaml(text: str, find: FindRecord, *, name: str) -> YamlCheck:
    """Check every pair of a YAML text; raise `InputError` with file and line for what is no YAML."""
    ready: dict[str, Prepared | None] = {}
    checked: list[CheckedPair] = []
    for pair in pairs_in(text, name=name):
        if pair.reference not in ready:
            record = find(pair.reference) if pair.reference else None
            ready[pair.reference] = prepare(record) if record else None
        checked.append(CheckedPair(pair, _verdict(pair, ready[pair.reference])))
    return YamlCheck(tuple(checked))


def _verdict(pair: Pair, record: Prepared | None) -> Verdict:
    if not pair.snippet.strip():
        return Verdict("not_anchored", f"{shown(pair.reference)} is cited without a snippet")
    if record is None:
        named = shown(pair.reference) if pair.reference else "A record for a snippet without a reference"
        return Verdict("record_missing", f"{named} is not at hand")
    verdict = check_quote(record, pair.snippet)
    title = record.record.title
    if verdict.stands and pair.title and title and _plain(pair.title) != _plain(title):
        conflict = Conflict("word", pair.title[:80], title[:80])
        return Verdict(
            "token_conflict", f"The title of the record is '{shown(title, 200)}'", conflicts=(conflict,)
        )
    return verdict


def _plain(title: str) -> str:
    return fingerprint(title.strip().rstrip(".").casefold())


def pairs_in(text: str, *, name: str) -> tuple[Pair, ...]:
    """Return the pairs of a YAML text in its order, wherever they stand in the tree."""
    try:
        found = [
            pair for node in yaml.compose_all(text, Loader=yaml.SafeLoader) for pair in _pairs(node, name)
        ]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"{name}:{mark.line + 1}" if mark else name
        raise InputError(f"The YAML cannot be read: {error.problem}", where=where, expected="YAML") from error
    except yaml.YAMLError as error:
        raise InputError("The YAML cannot be read", where=name, expected="YAML in plain text") from error
    except RecursionError as error:
        raise InputError(
            "The YAML is nested too deep", where=name, expected="a tree of a few levels"
        ) from error
    return tuple(found)


def _pairs(root: yaml.Node, name: str) -> Iterator[Pair]:
    """Yield the pairs below a node; a node that is used several times is read once."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting.extend(reversed(node.value))
        if isinstance(node, yaml.MappingNode):
            pair = _pair(node, name)
            if pair:
                yield pair
            waiting.extend(value for _, value in reversed(node.value))


def _pair(node: yaml.MappingNode, name: str) -> Pair | None:
    cells = {key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)}
    snippet, line = _scalar(cells, SNIPPETS)
    reference, own_line = _scalar(cells, REFERENCES)
    if not snippet and not reference:
        return None
    return Pair(reference, snippet, _scalar(cells, TITLES)[0], f"{name}:{line or own_line}")


def _scalar(cells: Mapping[str, yaml.Node], names: tuple[str, ...]) -> tuple[str, int]:
    """Return the first of the named values that is text, and its line from 1, or nothing and 0."""
    for key in names:
        value = cells.get(key)
        if isinstance(value, yaml.ScalarNode) and value.tag != "tag:yaml.org,2002:null":
            return str(value.value), value.start_mark.line + 1
    return "", 0

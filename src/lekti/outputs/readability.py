"""How hard a text is to read: the Flesch-Kincaid grade with the true syllables of medical words.

Every word counts, numbers and names included, as they are spoken. The grade is
0.39 words per sentence + 11.8 syllables per word - 15.59 (Kincaid 1975).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from lekti.base.tables import knowledge_table

WORD = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|°C|[^\W\d_]+(?:[-'’]?[^\W_]+)*")
_STOP = re.compile(r"[.?!]+(?=\s|$)")
_ONES = (2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2)
"""Syllables of zero to nineteen."""
_TENS = (0, 0, 2, 2, 2, 2, 2, 3, 2, 2)
"""Syllables of twenty to ninety."""


@dataclass(frozen=True)
class Reading:
    """Counts of a text and its grade; `hard` are its words of four or more syllables."""

    words: int
    sentences: int
    syllables: int
    hard: tuple[str, ...]

    @property
    def grade(self) -> float:
        """The Flesch-Kincaid grade: about the years at school that the text asks for."""
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


def reading(text: str) -> Reading:
    """Count the words, sentences and syllables of a text; a sentence ends with a stop before a blank."""
    words = WORD.findall(text)
    counts = [syllables(word) for word in words]
    hard = tuple(dict.fromkeys(word for word, count in zip(words, counts, strict=True) if count > 3))
    return Reading(len(words), max(1, len(_STOP.findall(text))), sum(counts), hard)


def syllables(word: str) -> int:
    """Return how many syllables a word has when it is spoken.

    >>> syllables("dupilumab"), syllables("SPINK5"), syllables("200,000"), syllables("itches")
    (4, 2, 5, 2)
    """
    if word[0].isdigit() and not word[-1].isalpha():
        return spoken_number(word)
    known = dictionary()
    key = word.lower().replace("’", "'")
    for form in (key, key.removesuffix("'s"), key.removesuffix("s")):
        if form in known:
            return known[form]
    if "-" in key:
        return sum(syllables(part) for part in key.split("-") if part)
    return len(word) if word.isupper() and len(word) <= 4 else _by_rule(key)


@cache
def dictionary() -> Mapping[str, int]:
    """Return the true syllables of medical words, names, and words that the rule gets wrong."""
    return {row["word"].lower(): int(row["syllables"]) for row in knowledge_table("explain/syllables.tsv")}


def spoken_number(text: str) -> int:
    """Return the syllables of a number as it is spoken, up to 999,999; digits after a point one by one."""
    whole, _, part = text.replace(",", "").partition(".")
    count = _below_a_million(int(whole))
    return count + (1 + sum(_ONES[int(digit)] for digit in part) if part else 0)


def _below_a_million(number: int) -> int:
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10] + (_ONES[number % 10] if number % 10 else 0)
    if number < 1000:
        return _ONES[number // 100] + 2 + (_below_a_million(number % 100) if number % 100 else 0)
    return _below_a_million(number // 1000) + 2 + (_below_a_million(number % 1000) if number % 1000 else 0)


def _by_rule(word: str) -> int:
    """Return the groups of vowels, `io` as two, less an end that is not heard: -e, -es, -ed."""
    groups = len(re.findall(r"[aeiouy]+", word)) + len(re.findall(r"(?<=[^tscgxaeiou])i(?=[aou])", word))
    silent = re.search(r"[^aeiouy](?:e|es|ed)$", word)
    heard = re.search(r"(?:[^aeiouy]le|[td]ed|(?:[sxz]|ch|sh|[cg])es)$", word)
    return max(1, groups - (1 if silent and not heard else 0))

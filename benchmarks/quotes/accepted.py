"""Accepted quotes, chosen by rule and seed: whole sentences, clauses, neighbours, and sentences with a gap.

A quote is cut at a clause only where what is cut away neither negates nor hedges. A gap holds no semicolon,
colon or end of a sentence, and what follows it does not start with "with": the rest would say something else.
"""

from __future__ import annotations

import random
import re
from itertools import pairwise

from benchmarks.quotes.words import cues

FEWEST_WORDS = 5
LONGEST_GAP = 40
_SENTENCE = re.compile(r"(?<=[.?!])(?<![ (][A-Z]\.) (?=[A-Z‘“\[0-9α-ω]|c\.\d|δ)")
_JOINT = re.compile(r"[;:]|[.?!](?=\s|$)")
_CLAUSE = re.compile(r"(?<=[,;:]) |(?= (?:and|but|whereas|while|because|although|so that|with) )")


def sentences(text: str) -> list[str]:
    """Return the sentences of a section as they stand; the label of a paragraph stays with the first."""
    return [one.strip() for one in _SENTENCE.split(text) if one.strip()]


def accepted(text: str, count: int, chance: random.Random) -> list[str]:
    """Return up to `count` quotes of a section: about half whole sentences, the rest cut or elided."""
    whole = [one for one in sentences(text) if _enough(one)]
    cut = [piece for one in whole for piece in _clauses(one)]
    gaps = [piece for one in whole for piece in _gaps(one)]
    doubles = [f"{one} {two}" for one, two in pairwise(sentences(text)) if _enough(one) and _enough(two)]
    chosen: list[str] = []
    for pool, share in ((whole, 0.5), (cut, 0.2), (gaps, 0.2), (doubles, 0.1)):
        left = [one for one in pool if one not in chosen]
        chosen += chance.sample(left, min(len(left), max(1, round(count * share))))
    return chosen[:count]


def _enough(text: str) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", text)) >= FEWEST_WORDS and _balanced(text)


def _balanced(text: str) -> bool:
    return all(text.count(one) == text.count(two) for one, two in ("()", "[]", "“”"))


def _clauses(sentence: str) -> list[str]:
    """Return the start and the end of a sentence, cut at each clause where the rest holds no cue."""
    found: list[str] = []
    for place in _CLAUSE.finditer(sentence):
        left, right = sentence[: place.start()].rstrip(" ,;:"), sentence[place.end() :].strip()
        found += [left] if _enough(left) and not cues(right) else []
        found += [right] if _enough(right) and not cues(left) else []
    return found


def _gaps(sentence: str) -> list[str]:
    """Return a sentence with one inner clause left out, where that clause holds no cue."""
    places = [0, *(found.end() for found in _CLAUSE.finditer(sentence)), len(sentence)]
    pieces = [sentence[start:end].strip() for start, end in pairwise(places)]
    found: list[str] = []
    for i in range(1, len(pieces) - 1):
        before, gap, after = " ".join(pieces[:i]), pieces[i], " ".join(pieces[i + 1 :])
        gap = before[-1:] + " " + gap if before[-1:] in ";:" else gap
        parts = (
            not after.startswith("with ")
            and _wordy(before)
            and _wordy(after)
            and _balanced(before)
            and _balanced(after)
        )
        if parts and not cues(gap) and not _JOINT.search(gap) and len(gap.split()) <= LONGEST_GAP:
            found.append(f"{before.rstrip(' ,;:')} ... {after}")
    return found


def _wordy(text: str) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", text)) >= 3

"""Wrong quotes by their words: negation, hedge, direction, names, people, order, splices."""

from __future__ import annotations

import random
import re

from benchmarks.quotes.pieces import replaced, swapped, swaps

VERBS = "was|were|is|are|may|might|can|could|should|will|has|have|had|did|does|do|must"
INSERTED = ("only", "strongly", "all", "significantly", "always", "fatal", "mild", "human", "twice", "new")


def negation_inserted(quote: str) -> list[str]:
    """Return quotes that deny what the record says, also with the denial in brackets."""
    made: list[str] = []
    for one in re.finditer(rf"\b(?:{VERBS})\b(?! not\b| no\b)", quote):
        made += [replaced(quote, one, f"{one[0]} {no}") for no in ("not", "[not]", "never")]
    starts = re.match(r"[A-Z][a-z]+ (?=[a-z])", quote)
    return made + ([f"No {quote[0].lower()}{quote[1:]}"] if starts else [])


def negation_removed(quote: str) -> list[str]:
    """Return quotes that claim what the record denies."""
    return [_tidy(one, quote) for one in swapped(quote, swaps("negated"))]


def hedge_removed(quote: str) -> list[str]:
    """Return quotes that are surer than the record."""
    return [_tidy(one, quote) for one in swapped(quote, swaps("hedged"))]


def direction_flip(quote: str) -> list[str]:
    """Return quotes in which what rose has fallen."""
    return swapped(quote, swaps("direction"))


def name_swapped(quote: str) -> list[str]:
    """Return quotes about another gene, protein, microbe or drug."""
    return [_tidy(one, quote) for one in swapped(quote, swaps("name"))]


def people_swapped(quote: str) -> list[str]:
    """Return quotes about other people than those of the record."""
    return swapped(quote, swaps("person"))


def number_word_swapped(quote: str) -> list[str]:
    """Return quotes in which a number in letters is another one."""
    return swapped(quote, swaps("number word"))


def quantifier_swapped(quote: str) -> list[str]:
    """Return quotes about more or fewer of those the record speaks of."""
    return [_tidy(one, quote) for one in swapped(quote, swaps("quantifier"))]


def joint_swapped(quote: str) -> list[str]:
    """Return quotes in which a small word between two others is another one."""
    return swapped(quote, swaps("joint"))


def order_swap(quote: str) -> list[str]:
    """Return quotes whose elided parts come in the wrong order, or whose clauses have changed places."""
    parts = quote.split(" ... ")
    if len(parts) == 2:
        first, second = parts
        return [f"{second} ... {first}", f"{second} {first}"]
    words = quote.rstrip(".").split(" ")
    made: list[str] = []
    for place in (len(words) // 3, len(words) // 2, 2 * len(words) // 3):
        first, second = " ".join(words[:place]), " ".join(words[place:])
        made += [f"{second} ... {first}", f"{second} … {first}", f"{second} {first}"]
    return made


def word_splice(quote: str) -> list[str]:
    """Return quotes in which inner words are missing without an ellipsis."""
    words = quote.split(" ")
    made: list[str] = []
    for length in (1, 2, 4):
        for start in range(2, len(words) - length - 1):
            gone = words[start : start + length]
            plain = all(any(sign.isalpha() for sign in word) and "..." not in word for word in gone)
            if plain and not set("[]()") & set("".join(gone)):
                made.append(" ".join(words[:start] + words[start + length :]))
    return made


def word_inserted(quote: str) -> list[str]:
    """Return quotes with a word that the record does not have there."""
    words = quote.split(" ")
    chance = random.Random(quote)
    made: list[str] = []
    for new in INSERTED:
        place = chance.randrange(1, len(words))
        made.append(" ".join([*words[:place], new, *words[place:]]))
    return made


def in_word_cut(quote: str) -> list[str]:
    """Return quotes that start or end inside a word or a number."""
    made: list[str] = []
    start = re.match(r"\w{4,}", quote)
    end = re.search(r"[^\W\d_]{4,}(?=[.]?$)", quote)
    made += [quote[i:] for i in range(1, len(start[0]) - 1)] if start else []
    made += [quote[: end.end() - i] for i in range(1, len(end[0]) - 1)] if end else []
    inner = re.search(r"(?<=\s)[^\W\d_]{5,}(?=\s)", quote)
    return made + ([replaced(quote, inner, inner[0][:-2])] if inner else [])


def _tidy(text: str, quote: str) -> str:
    """Return the text without doubled blanks, with a capital where the quote has one."""
    text = re.sub(r" {2,}", " ", text).strip()
    return text[0].upper() + text[1:] if text and quote[0].isupper() else text

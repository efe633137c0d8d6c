"""Quotes over the edges of sections, with no words, and cuts that stand word by word and yet mislead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from benchmarks.quotes.accepted import sentences

EMPTY = ("", "   ", "...", "!!!", "[...]", "…", "—", ".", "()", "[12]", "e", "x", "[not]")
_DENIED = re.compile(r"\b(?:not|no|never|cannot|nor|neither|without|none of)\s+")
_LIMITED = re.compile(r"\s+(?:only|alone|at most|if|unless)\b")
_HEDGED = re.compile(r"\b(?:may|might|could|probably|suggests? that|possible that|likely that)\s+")


def joined(sections: Mapping[str, str], quotes: list[str]) -> Iterator[str]:
    """Yield a quote followed by the start of another section, with an ellipsis between them."""
    for quote in quotes:
        start = " ".join(quote.split()[:6])
        for text in sections.values():
            if quote not in text:
                end = " ".join(text.split()[:6])
                yield f"{start} ... {end}"
                yield f"{end} … {start}"
                break


def cuts(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield kind and quote: the words behind a denial or a hedge, a denial lost in an ellipsis, a lost limit.

    Their exact words stand in the section, so the rule leaves them out of the count; they are shown apart.
    """
    for text in texts:
        for sentence in sentences(text):
            for kind, pattern in (("starts behind a denial", _DENIED), ("starts behind a hedge", _HEDGED)):
                found = pattern.search(sentence)
                if found and len(sentence[found.end() :].split()) >= 4:
                    yield kind, sentence[found.end() :]
            found = _DENIED.search(sentence)
            if (
                found
                and len(sentence[: found.start()].split()) >= 3
                and len(sentence[found.end() :].split()) >= 3
            ):
                yield (
                    "a denial lost in an ellipsis",
                    f"{sentence[: found.start()].rstrip()} ... {sentence[found.end() :]}",
                )
            found = _LIMITED.search(sentence)
            if found and len(sentence[: found.start()].split()) >= 4:
                yield "ends before a limit", sentence[: found.start()]

"""The parts of a page that a tool writes, from `<!-- from the X: NAME -->` to `<!-- end -->`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

BLOCK = re.compile(r"(<!-- from (?:the|a) \w+: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def rewritten(text: str, parts: Mapping[str, Callable[[], str]]) -> str:
    """Return a page with its parts written anew, by name; the words around them stay."""
    return BLOCK.sub(lambda match: f"{match[1]}\n{parts[match[2]]()}\n\n{match[3]}", text)

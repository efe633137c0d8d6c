"""SpliceAI scores that the user brings; lekti ships and runs no such model."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lekti.base.errors import InputError, shown

NAMES = ("DS_AG", "DS_AL", "DS_DG", "DS_DL")
_WORDS = {
    "DS_AG": "acceptor gained",
    "DS_AL": "acceptor lost",
    "DS_DG": "donor gained",
    "DS_DL": "donor lost",
}


@dataclass(frozen=True)
class SpliceScores:
    """SpliceAI delta scores, 0 to 1, by name; "max" where only the largest was given."""

    scores: tuple[tuple[str, float], ...]

    @property
    def largest(self) -> float:
        """Return the largest delta score, the one that the rules use."""
        return max(score for _, score in self.scores)

    def text(self) -> str:
        """Return the largest score in words."""
        name, score = max(self.scores, key=lambda one: one[1])
        return f"SpliceAI {score:g}" + (f" ({_WORDS[name]})" if name in _WORDS else "")


def read_splice_scores(text: str, *, where: str = "--spliceai") -> SpliceScores:
    """Read SpliceAI scores: one number, `DS_AG=0.01,DS_AL=0,DS_DG=0,DS_DL=0.91`, or the INFO text of a VCF.

    Raises `InputError` for anything else and for a score outside 0 to 1.

    >>> read_splice_scores("C|SPINK5|0.00|0.01|0.02|0.91|-5|3|1|-5").largest
    0.91
    """
    plain = text.strip().removeprefix("SpliceAI=")
    if "|" in plain:
        parts = plain.split("|")
        if len(parts) not in (6, 10) or parts[1] != "SPINK5":
            raise _unreadable(text, where)
        pairs = list(zip(NAMES, parts[2:6], strict=True))
    elif "=" in plain:
        told = re.findall(r"(\w+)=([^,;\s]+)", plain)
        pairs = [(name.upper(), value) for name, value in told if not name.upper().startswith("DP_")]
        if not pairs or {name for name, _ in pairs} - set(NAMES):
            raise _unreadable(text, where)
    else:
        pairs = [("max", plain)]
    return SpliceScores(tuple((name, _score(value, text, where)) for name, value in pairs))


def _score(value: str, text: str, where: str) -> float:
    if not re.fullmatch(r"\d?\.?\d{1,6}", value) or not 0 <= float(value) <= 1:
        raise _unreadable(text, where)
    return float(value)


def _unreadable(text: str, where: str) -> InputError:
    return InputError(
        f"{where} '{shown(text)}'",
        expected="one score from 0 to 1, DS_AG=..,DS_AL=..,DS_DG=..,DS_DL=.., or the SpliceAI text of a VCF",
    )

"""Sentences with gaps, kept as text in `knowledge/wording/sentences.tsv`."""

from __future__ import annotations

from lekti.base.tables import knowledge_table
from lekti.outputs.numbers import THIN


def say(sentence: str, **words: object) -> str:
    """Return the sentence of that id with its gaps filled; a space before % never breaks a line.

    >>> say("lead_most", time="9 months")
    'by 9 months'
    """
    text = {row["id"]: row["text"] for row in knowledge_table("wording/sentences.tsv")}[sentence]
    return text.replace(" %", f"{THIN}%").format(**words)

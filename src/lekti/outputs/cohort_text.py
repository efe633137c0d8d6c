"""A cohort summary on the terminal: 80 columns, no boxes, every share with its denominator."""

from __future__ import annotations

import textwrap

from lekti.base.provenance import USE
from lekti.outputs.cohort_words import (
    cohort_say,
    counted_line,
    finding,
    interval,
    of,
    people_line,
    percent,
    rule_line,
)
from lekti.outputs.numbers import THIN
from lekti.population.cohort import CohortSummary
from lekti.population.duplicates import Pair

WIDTH = 80
MOST_VARIANTS, MOST_SIGNS, MOST_REFUSED = 10, 15, 10
_RULE = "─" * WIDTH


def cohort_text(summary: CohortSummary) -> str:
    """Return the lines of the summary, none wider than 80 columns."""
    lines = [*_wrapped(f"{finding(summary)}."), *_wrapped(people_line(summary))]
    lines += _wrapped(f"Genotypes: {counted_line(summary.zygosity)}.")
    lines += _wrapped(f"By effect: {counted_line(summary.genotype_groups)}.")
    lines += ["", *_variants(summary), "", *_signs(summary), "", *_duplicates(summary.duplicates)]
    lines += _refused(summary)
    for note in ("counted", "interval", "reporting"):
        lines += _wrapped(cohort_say(note))
    lines += _wrapped(f"Use: {USE}.")
    return "\n".join(line.replace(THIN, " ").rstrip() for line in lines)


def _variants(summary: CohortSummary) -> list[str]:
    lines = [f"{'Variant':<26}{'alleles':>8}{'people':>8}{'hom.':>6}  effect", _RULE]
    for each in summary.variants[:MOST_VARIANTS]:
        counts = f"{each.alleles:>8}{each.people:>8}{each.homozygous:>6}"
        lines.append(f"{_cut(each.label, 25):<26}{counts}  {_cut(each.effect, 30)}")
    return [*lines, _RULE, *_more(len(summary.variants) - MOST_VARIANTS, "variants")]


def _signs(summary: CohortSummary) -> list[str]:
    lines = [f"{'Sign':<41}{'observed':>10}{'share':>7}{'95 %':>12}{'untold':>9}", _RULE]
    for each in summary.features[:MOST_SIGNS]:
        share = each.share
        numbers = f"{of(share):>10}{percent(share.value):>7}{interval(share):>12}{each.not_mentioned:>9}"
        lines.append(f"{_cut(each.label, 40):<41}{numbers}")
    return [*lines, _RULE, *_more(len(summary.features) - MOST_SIGNS, "signs")]


def _duplicates(pairs: tuple[Pair, ...]) -> list[str]:
    if not pairs:
        return [*_wrapped(cohort_say("no_duplicates")), *_wrapped(rule_line())]
    lines: list[str] = []
    for pair in pairs:
        word = "probably" if pair.likely else "possibly"
        lines += _wrapped(f"{pair.first} and {pair.second}: {word} one person. {'; '.join(pair.reasons)}.")
    return [*lines, *_wrapped(rule_line())]


def _refused(summary: CohortSummary) -> list[str]:
    refused = summary.cohort.refused
    if not refused:
        return []
    count = len(refused)
    lines = ["", f"{count} {'file is' if count == 1 else 'files are'} not in these counts:"]
    for _, sentence in refused[:MOST_REFUSED]:
        lines += [f" {line}" for line in textwrap.wrap(sentence, WIDTH - 1)]
    return [*lines, *_more(count - MOST_REFUSED, "files"), ""]


def _more(count: int, noun: str) -> list[str]:
    return [f"{count} more {noun}: --json or --out lists them all"] if count > 0 else []


def _wrapped(words: str) -> list[str]:
    text = words.replace(THIN, "\u00a0")
    found = textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)
    return [line.replace("\u00a0", " ") for line in found]


def _cut(words: str, width: int) -> str:
    return words if len(words) <= width else words[: width - 1] + "…"

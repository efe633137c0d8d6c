"""The whole set: records in every layout, accepted quotes, wrong ones and right ones, from one seed."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.quotes import across, right, wrong_numbers, wrong_words
from benchmarks.quotes.accepted import accepted
from benchmarks.quotes.layouts import ABSTRACTS, FULL_TEXT, PAGE, Layout
from benchmarks.quotes.paper import NOT_QUOTABLE, Paper, plain, read_papers
from benchmarks.quotes.words import stands, trail

SEED = 5
QUOTES_PER_RECORD = 7
LAYOUTS_PER_ABSTRACT = 2
EACH_WRONG = 3
EACH_RIGHT = 2
MORE_RIGHT = {"ellipsis signs": 6, "superscripts, subscripts": 4, "brackets": 4, "dashes, minus signs": 4}
ROOT = Path(__file__).resolve().parents[2]

WRONG: tuple[tuple[str, Callable[[str], list[str]]], ...] = (
    ("sign flip", wrong_numbers.sign_flip),
    ("intron offset", wrong_numbers.intron_offset),
    ("variant changed", wrong_numbers.variant_change),
    ("digit dropped", wrong_numbers.digit_drop),
    ("digit changed", wrong_numbers.digit_change),
    ("decimal shift", wrong_numbers.decimal_shift),
    ("numbers swapped", wrong_numbers.numbers_swapped),
    ("unit swap", wrong_numbers.unit_swap),
    ("comparator flip", wrong_numbers.comparator_flip),
    ("negation inserted", wrong_words.negation_inserted),
    ("negation removed", wrong_words.negation_removed),
    ("hedge removed", wrong_words.hedge_removed),
    ("direction flip", wrong_words.direction_flip),
    ("gene or name swapped", wrong_words.name_swapped),
    ("people swapped", wrong_words.people_swapped),
    ("number word swapped", wrong_words.number_word_swapped),
    ("quantifier swapped", wrong_words.quantifier_swapped),
    ("small word swapped", wrong_words.joint_swapped),
    ("order swap", wrong_words.order_swap),
    ("word splice", wrong_words.word_splice),
    ("word inserted", wrong_words.word_inserted),
    ("cut inside a word", wrong_words.in_word_cut),
)
RIGHT: tuple[tuple[str, Callable[[str, random.Random], list[str]]], ...] = (
    ("ellipsis signs", right.ellipsis_signs),
    ("NFC and NFD", right.composed),
    ("micro and mu", right.micro_signs),
    ("superscripts, subscripts", right.raised),
    ("ligatures", right.ligatures),
    ("soft hyphens", right.soft_hyphens),
    ("line-end hyphens", right.line_end_hyphens),
    ("tags, entities", right.tags),
    ("citation numbers", right.citations),
    ("brackets", right.brackets),
    ("dashes, minus signs", right.dashes),
    ("white space", right.spaces),
    ("quotation marks", right.quotation_marks),
    ("signs of comparison", right.comparison_signs),
    ("end of the sentence", right.end_of_sentence),
    ("invisible signs", right.invisible_signs),
    ("points, wide digits, x", right.points_and_digits),
    ("numeric entities", right.numeric_entities),
)
AS_WRITTEN = "as written"
DOCUMENT = "a document"
"""The layout of the two documents: one of the seven, written by others."""


@dataclass(frozen=True)
class Source:
    """A record as a file: its name, its bytes, and its sections in plain words (`quotable` by name)."""

    name: str
    layout: str
    content: bytes
    sections: dict[str, str]

    def quotable(self) -> dict[str, str]:
        """Return the sections that say something about the disease."""
        return {name: text for name, text in self.sections.items() if name not in NOT_QUOTABLE}


@dataclass(frozen=True)
class Case:
    """One quote to check against one record; `section` is named when the claim names one."""

    source: int
    quote: str
    kind: str
    right: bool
    section: str | None = None


@dataclass
class QuoteSet:
    """All cases, and per kind how many the rule left out; `cuts` stand word by word, yet mislead."""

    sources: list[Source]
    cases: list[Case] = field(default_factory=list[Case])
    left_out: Counter[str] = field(default_factory=Counter[str])
    cuts: list[Case] = field(default_factory=list[Case])

    def share_left_out(self) -> float:
        """Return the share of wrong quotes that were made and left out."""
        made = sum(not case.right for case in self.cases)
        gone = self.left_out.total()
        return gone / (made + gone) if made + gone else 0.0


def make_set(*, seed: int = SEED, every: int = 1, documents: bool = True) -> QuoteSet:
    """Return the set for a seed; `every` keeps each n-th record, for a quick look."""
    sources = _sources()[::every] + (_documents() if documents else [])
    made = QuoteSet(sources)
    pool = [(i, quote) for i, source in enumerate(sources) for _, quote in _accepted(source, seed)]
    for i, source in enumerate(sources):
        chance = random.Random(f"{seed} {source.name}")
        quotes = _accepted(source, seed)
        for section, quote in quotes:
            _add_right(made, i, section, quote, chance)
            _add_wrong(made, i, section, quote, chance)
            _add_section_swaps(made, i, section, quote)
        others = [quote for j, quote in pool if _paper_of(sources[j]) != _paper_of(source)]
        _add_across(made, i, quotes, chance.sample(others, min(len(others), 2 * len(quotes))))
        made.cuts += [Case(i, cut, kind, False) for kind, cut in across.cuts(source.quotable().values())]
    return made


def _accepted(source: Source, seed: int) -> list[tuple[str, str]]:
    chance = random.Random(f"{seed} {source.name} accepted")
    sections = {name: text for name, text in source.quotable().items() if name != "title"}
    each = max(3, QUOTES_PER_RECORD // len(sections))
    return [(name, quote) for name, text in sections.items() for quote in accepted(text, each, chance)]


def _add_right(made: QuoteSet, i: int, section: str, quote: str, chance: random.Random) -> None:
    made.cases.append(Case(i, quote, AS_WRITTEN, True))
    made.cases.append(Case(i, quote, "as written, section named", True, section))
    for kind, vary in RIGHT:
        varied = dict.fromkeys(one for one in vary(quote, chance) if one != quote or kind == "brackets")
        picked = chance.sample(list(varied), min(MORE_RIGHT.get(kind, EACH_RIGHT), len(varied)))
        made.cases += [Case(i, one, kind, True) for one in picked]


def _add_wrong(made: QuoteSet, i: int, section: str, quote: str, chance: random.Random) -> None:
    text = trail(made.sources[i].sections[section])
    for kind, mutate in WRONG:
        mutants = [one for one in dict.fromkeys(mutate(quote)) if one != quote]
        picked = chance.sample(mutants, min(EACH_WRONG, len(mutants)))
        for one in picked:
            _add(made, Case(i, one, kind, False), [text])


def _add_section_swaps(made: QuoteSet, i: int, section: str, quote: str) -> None:
    """Add the quote under each other section of its record."""
    for name, text in made.sources[i].sections.items():
        if name not in (section, "short answer"):
            _add(made, Case(i, quote, "section swap", False, name), [trail(text)])


def _add_across(made: QuoteSet, i: int, quotes: list[tuple[str, str]], others: list[str]) -> None:
    """Add quotes of other records, of parts that say nothing, over two sections, and with no words."""
    source = made.sources[i]
    texts = [trail(text) for text in source.quotable().values()]
    for other in others:
        _add(made, Case(i, other, "another record's quote", False), texts)
    for quote in across.joined(source.sections, [quote for _, quote in quotes]):
        _add(made, Case(i, quote, "joined over sections", False), texts)
    for name in sorted(NOT_QUOTABLE & source.sections.keys()):
        _add(made, Case(i, source.sections[name], "quote of no statement", False), texts)
    for quote in across.EMPTY:
        _add(made, Case(i, quote, "no words", False), texts)


def _add(made: QuoteSet, case: Case, texts: list[str]) -> None:
    """Add a wrong quote, unless its exact words stand in the section (the only rule)."""
    if any(stands(case.quote, text) for text in texts):
        made.left_out[case.kind] += 1
    else:
        made.cases.append(case)


def _sources() -> list[Source]:
    made: list[Source] = []
    for number, paper in enumerate(read_papers()):
        made += [_source(paper, layout) for layout in _layouts(paper, number)]
    return made


def _layouts(paper: Paper, number: int) -> list[Layout]:
    if paper.kind == "page":
        return [PAGE]
    turned = [ABSTRACTS[(number + 2 * i) % len(ABSTRACTS)] for i in range(LAYOUTS_PER_ABSTRACT)]
    return [FULL_TEXT, turned[0]] if paper.kind == "full" else turned


def _source(paper: Paper, layout: Layout) -> Source:
    parts = {part.name: part.plain for part in paper.parts}
    if layout in ABSTRACTS:
        parts = {name: text for name, text in parts.items() if name == "abstract" or name in NOT_QUOTABLE}
    if layout.name == "markdown, prose":
        parts = {"abstract": parts["abstract"]}
    if paper.kind == "page":
        parts["short answer"] = plain(paper.parts[0].paragraphs[0])
    elif layout is not PAGE:
        parts["title"] = paper.head["title"]
    name = f"{paper.key}-{layout.name.replace(' ', '-').replace(',', '')}{layout.ending}"
    return Source(name, layout.name, layout.write(paper).encode(), parts)


def _paper_of(source: Source) -> str:
    return "-".join(source.name.split("-")[: 2 if source.name.startswith("page") else 1])


def _documents() -> list[Source]:
    """Return the two documents the project started from, where they are at hand."""
    folder = Path(os.environ.get("LEKTI_SHARED", ROOT.parent / "shared")) / "documents"
    made: list[Source] = []
    for path in sorted(folder.glob("*.txt")):
        content = path.read_bytes()
        text = content.decode()
        if text.startswith("---"):
            after = text.split("Saudi Arabia.\n\n")[-1]
            sections = {"abstract": " ".join(after.split("\n\n")[0].split())}
            made.append(Source(path.name, DOCUMENT, content, sections))
            continue
        lines = [line for line in text.splitlines() if line.strip() and not line.endswith(":")]
        made.append(Source(path.name, DOCUMENT, content, {"answer": " ".join(lines[3:-1])}))
    return made

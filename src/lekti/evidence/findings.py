"""What is wrong with a record: found and said, never repaired."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from lekti.base.errors import shown
from lekti.base.tables import knowledge_table
from lekti.evidence.mojibake import find_garbled
from lekti.evidence.record import Finding, Record, Section
from lekti.evidence.same_patient import papers_of

_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#x[0-9A-Fa-f]{2,5});")
_LOST = re.compile(r"[^\n]{0,20}\ufffd[^\n]{0,20}")
_ITEM = re.compile(r"\s*(?:[-*•◦–·]|\d{1,2}[.)]|[a-z][.)]|\([a-z0-9]\))\s*\S")
_CUT = re.compile(
    r"(?:\(ABSTRACT TRUNCATED[^)]{0,60}\)|\[(?:truncated|cut|\.\.\.|…)\]|(?<!\.)\.\.\.|…)\s*$", re.IGNORECASE
)
_GLUED = re.compile(
    r"^(?:Abstract|Summary|Background|Introduction|Objectives?|Purpose)(?=[A-Z][a-z])\S*(?: \S+)?"
)
_RAISED = re.compile(r"(\S{0,12}10)<(?:sup|SUP)>\s*([-+−]?\d{1,2})\s*</(?:sup|SUP)>")
_QUESTION = re.compile(r"(?<=[.!?] )[A-Z][^.?!\n]{3,150}\?")
_SOURCE = re.compile(r"https?://|\bdoi\b|\bpmid\b|\[\d+\]|et al\b|\breferences\b", re.IGNORECASE)
_NOTICES = (
    (re.compile(r"Retraction ?in|retracted-article", re.IGNORECASE), "retracted"),
    (re.compile(r"Expression ?of ?concern ?in|object-of-concern", re.IGNORECASE), "concern"),
    (re.compile(r"Erratum ?in|corrected-article|CorrectedandRepublishedIn", re.IGNORECASE), "corrected"),
)
_TAGS = {"retracted": ("RIN",), "concern": ("ECI",), "corrected": ("EIN", "CRI")}
_LEAST_WORDS = 8


def findings(record: Record) -> tuple[Finding, ...]:
    """Return everything that is wrong with a record, in the order of its sections."""
    found = [finding for section in record.sections for finding in _in_section(section)]
    for look in _LOOKS:
        found += look(record)
    said = {finding.sentence for finding in found}
    found += [finding for finding in _in_head(record) if finding.sentence not in said]
    return tuple(dict.fromkeys(found))


def _say(code: str, where: str, **words: object) -> Finding:
    plain = {key: shown(" ".join(str(value).split()), 160) for key, value in words.items()}
    return Finding(code, _sentences()[code].format(**plain), where)


def _in_section(section: Section) -> Iterator[Finding]:
    for garbled in find_garbled(section.text):
        yield _say("mojibake", section.name, found=garbled.found, meant=_visible(garbled.meant))
    for lost in _LOST.finditer(section.text):
        yield _say("lost_character", section.name, found=lost[0])
    for entity in dict.fromkeys(_ENTITY.findall(section.text)):
        if (meant := html.unescape(entity)) != entity:
            yield _say("entity", section.name, found=entity, meant=_visible(meant))
    if not section.quotable:
        return
    if glued := _GLUED.match(section.text.lstrip()):
        yield _say("glued_heading", section.name, found=glued[0])
    if cut := _CUT.search(section.text):
        yield _say("truncated_text", section.name, found=cut[0])
    yield from _cut_lists(section)


def _in_head(record: Record) -> Iterator[Finding]:
    """Yield what is garbled in the head, such as a name; what a section tells already is left to it."""
    for key, value in record.front_matter.items():
        for text in _listed(value):
            for garbled in find_garbled(text):
                yield _say("mojibake", f"head, {key}", found=garbled.found, meant=_visible(garbled.meant))


def _cut_lists(section: Section) -> Iterator[Finding]:
    """Yield the last words of each paragraph that ends with a colon and is followed by no list."""
    blocks = [block for block in re.split(r"\n\s*\n", section.text) if block.strip()]
    for number, block in enumerate(blocks):
        last = block.strip()
        follows = blocks[number + 1] if number + 1 < len(blocks) else ""
        listed = _ITEM.match(follows) or (follows.strip()[:1].islower())
        if (
            last.endswith(":")
            and len(last.split()) > 2
            and not listed
            and not section.name.startswith("table")
        ):
            yield _say("truncated_list", section.name, found=" ".join(last.split()[-8:]))


def _duplicates(record: Record) -> Iterator[Finding]:
    """Yield the passages of eight words and more that stand twice in one section, from first to last."""
    for section in record.sections:
        if not section.quotable:
            continue
        sentences = [" ".join(each.split()) for each in re.split(r"(?<=[.!?])\s+", section.text)]
        counts = Counter(each for each in sentences if len(each.split()) >= _LEAST_WORDS)
        repeated = [each for each, times in counts.items() if times > 1]
        if repeated:
            begin, end = repeated[0].split()[:8], repeated[-1].split()[-4:]
            passage = f"{' '.join(begin)} … {' '.join(end)}"
            yield _say("duplicate", section.name, found=passage, times=counts[repeated[0]])


def _page(record: Record) -> Iterator[Finding]:
    if record.content != "page":
        return
    keys = record.front_matter
    if keys.get("medically_reviewed") and not keys.get("reviewer"):
        yield _say("missing_reviewer", "header")
    if keys.get("medically_reviewed") and not keys.get("reviewed_on"):
        yield _say("missing_review_date", "header")
    if not any(keys.get(key) for key in ("last_updated", "reviewed_on", "year")):
        yield _say("missing_date", "header")
    short = record.section("short answer")
    for question in _QUESTION.findall(short.text if short else ""):
        yield _say("glued_question", "short answer", found=question)
    text = " ".join(section.text for section in record.sections)
    if not _SOURCE.search(text):
        yield _say("no_source", "answer")


def _paper(record: Record) -> Iterator[Finding]:
    if record.content == "page":
        return
    if not record.year:
        yield _say("missing_year", "head")
    if not record.authors:
        yield _say("missing_authors", "head")
    if record.content == "metadata_only":
        yield _say("missing_abstract", "abstract")
    title = record.section("title")
    if title and record.title and _letters(title.text) != _letters(record.title):
        yield _say("title_conflict", "title")


def _ids(record: Record) -> Iterator[Finding]:
    """Yield identifiers of one kind that differ within a record."""
    for prefix in ("PMID", "PMCID", "DOI"):
        same = [each for each in record.ids if each.startswith(prefix + ":")]
        if len(same) > 1:
            yield _say("id_conflict", "identifiers", found=same[0], meant=", ".join(same[1:]))


def _raised(record: Record) -> Iterator[Finding]:
    """Yield the powers of ten that the XML raises and the text layouts of PubMed do not."""
    if record.form in ("pubmed_xml", "jats"):
        abstract = record.section("abstract")
        for number, power in dict.fromkeys(_RAISED.findall(record.raw)):
            if abstract and number + power in abstract.text:
                yield _say("raised_number", "abstract", found=number + power, meant=f"{number}^{power}")


def _notices(record: Record) -> Iterator[Finding]:
    """Yield what was published about the paper later: retraction, concern, correction."""
    for code, tags in _TAGS.items():
        for tag in tags:
            for value in _listed(record.front_matter.get(tag)):
                yield _say(code, "head", found=value)
    kinds = [*_listed(record.front_matter.get("publication_types")), *_listed(record.front_matter.get("PT"))]
    if "Retracted Publication" in kinds:
        yield _say("retracted", "head", found="Retracted Publication")
    told = [*_listed(record.front_matter.get("corrections")), *_listed(record.front_matter.get("related"))]
    told += [section.text for section in record.sections if section.name.startswith("notes")]
    for text in told:
        if code := next((code for pattern, code in _NOTICES if pattern.match(text)), ""):
            yield _say(code, "notes", found=text)


def _listed(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)] if value else []


def _group(record: Record) -> Iterator[Finding]:
    others = [each for each in papers_of(record.group) if each not in record.ids]
    if others:
        yield _say("same_patient", "identifiers", found=", ".join(others))


_LOOKS: tuple[Callable[[Record], Iterator[Finding]], ...] = (
    _duplicates,
    _page,
    _paper,
    _ids,
    _raised,
    _notices,
    _group,
)


def _visible(meant: str) -> str:
    return meant if meant.isprintable() and not meant.isspace() else f"U+{ord(meant[0]):04X}"


def _letters(text: str) -> str:
    plain = html.unescape(re.sub(r"</?[A-Za-z]{1,9}>", "", text))
    return "".join(sign for sign in plain.lower() if sign.isalnum())


@cache
def _sentences() -> Mapping[str, str]:
    return {row["code"]: row["sentence"] for row in knowledge_table("records/findings.tsv")}

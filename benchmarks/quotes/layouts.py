"""The layouts a record comes in, written from an invented paper as PubMed, a journal or a page does."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from benchmarks.quotes.paper import Paper, plain

_POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+")
_LABEL = re.compile(r"^([A-Z]{6,}): ")


@dataclass(frozen=True)
class Layout:
    """A way of writing a record: its name, the ending of its files, and who writes it."""

    name: str
    ending: str
    write: Callable[[Paper], str]


def markdown_numbered(paper: Paper) -> str:
    """Write Markdown with front matter and a quoted id, the numbered PubMed text inside."""
    front = f'---\nreference_id: "PMID:{paper.key}"\ntitle: "{paper.head["title"]}."\nauthors:\n'
    front += "".join(f"- {name}\n" for name in _authors(paper))
    front += f"journal: {paper.head['journal']}\nyear: '{paper.head['year']}'\n"
    front += f"doi: {_doi(paper)}\ncontent_type: abstract_only\n---\n\n"
    return front + _top(paper) + pubmed_text(paper)


def markdown_prose(paper: Paper) -> str:
    """Write Markdown with front matter, a bare id, more keys, and the abstract as prose on one line."""
    front = f'---\nreference_id: PMID:{paper.key}\ntitle: "{paper.head["title"]}."\nauthors:\n'
    front += "".join(f"- {name}\n" for name in _authors(paper))
    front += f"journal: {paper.head['journal']}\nyear: '{paper.head['year']}'\ndoi: {_doi(paper)}\n"
    front += "publication_types:\n- Journal Article\ncontent_type: abstract_only\nis_preprint: false\n---\n\n"
    return front + _top(paper) + "\n\n".join(plain(one) for one in _abstract(paper)) + "\n"


def pubmed_text(paper: Paper) -> str:
    """Write the abstract text of PubMed, wrapped with a blank at the line's end."""
    head = paper.head
    names = ", ".join(f"{name}(1)" for name in _authors(paper))
    parts = [
        _wrapped(f"1. {head['journal']}. {head['year']} Mar;4(2):101-109. doi: {_doi(paper)}.", 80),
        _wrapped(head["title"] + ".", 80),
        _wrapped(names + ".", 80),
        "Author information:\n" + _wrapped("(1)" + _affiliation(paper), 80),
        *(_wrapped(plain(one), 80) for one in _abstract(paper)),
        *(_wrapped(plain(one), 80) for one in _texts(paper, "copyright")),
        f"DOI: {_doi(paper)}\nPMID: {paper.key}",
        *(_wrapped("Conflict of interest statement: " + plain(one), 80) for one in _interest(paper)),
    ]
    return "\n\n".join(parts) + "\n"


def nbib(paper: Paper) -> str:
    """Write MEDLINE with tags; in NFD, as some exports do."""
    head = paper.head
    lines = [("PMID", paper.key), ("OWN", "NLM"), ("STAT", "MEDLINE"), ("DP", f"{head['year']} Mar")]
    lines += [("TI", head["title"] + "."), ("LID", _doi(paper) + " [doi]")]
    lines += [("AB", " ".join(plain(one) for one in _abstract(paper)))]
    lines += [("CI", plain(one)) for one in _texts(paper, "copyright")]
    lines += [("AU", name) for name in _authors(paper)] + [("AD", _affiliation(paper)), ("LA", "eng")]
    lines += [("PT", "Journal Article"), ("TA", head["journal"])]
    lines += [("COIS", plain(one)) for one in _interest(paper)] + [("AID", _doi(paper) + " [doi]")]
    lines += [("PST", "ppublish"), ("SO", f"{head['journal']}. {head['year']} Mar;4(2):101-109.")]
    text = "\n".join(f"{tag:<4}- " + _wrapped(words, 82, "      ") for tag, words in lines)
    return unicodedata.normalize("NFD", "\n" + text + "\n")


def pubmed_xml(paper: Paper) -> str:
    """Write a PubMed article set; labelled paragraphs become labelled parts of the abstract."""
    head, authors = paper.head, "".join(_pubmed_author(name, paper) for name in _authors(paper))
    article = (
        f"<Journal><JournalIssue><Volume>4</Volume><PubDate><Year>{head['year']}</Year></PubDate></JournalIssue>"
        f"<ISOAbbreviation>{head['journal']}</ISOAbbreviation></Journal>"
        f"<ArticleTitle>{_xml(head['title'], 'i')}.</ArticleTitle>"
        f"<Abstract>{''.join(_abstract_text(one) for one in _abstract(paper))}"
        + "".join(
            f"<CopyrightInformation>{_xml(one, 'i')}</CopyrightInformation>"
            for one in _texts(paper, "copyright")
        )
        + f'</Abstract><AuthorList CompleteYN="Y">{authors}</AuthorList><Language>eng</Language>'
    )
    interest = "".join(f"<CoiStatement>{_xml(one, 'i')}</CoiStatement>" for one in _interest(paper))
    ids = (
        f'<ArticleId IdType="pubmed">{paper.key}</ArticleId><ArticleId IdType="doi">{_doi(paper)}</ArticleId>'
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<PubmedArticleSet><PubmedArticle><MedlineCitation>'
        f'<PMID Version="1">{paper.key}</PMID><Article>{article}</Article>{interest}</MedlineCitation>'
        f"<PubmedData><ArticleIdList>{ids}</ArticleIdList></PubmedData></PubmedArticle></PubmedArticleSet>\n"
    )


def jats(paper: Paper) -> str:
    """Write JATS: italics, powers and citations are elements."""
    names = ("introduction", "methods", "results", "discussion")
    body = "".join(_jats_section(paper, name) for name in names if paper.part(name))
    notes = "".join(f'<fn fn-type="COI-statement">{_jats_paragraph(one)}</fn>' for one in _interest(paper))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<article xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'article-type="research-article" xml:lang="en"><front>{_jats_front(paper)}</front>'
        f"<body>{body}</body><back><fn-group>{notes}</fn-group></back></article>\n"
    )


def _jats_front(paper: Paper) -> str:
    head = paper.head
    rights = "".join(
        f"<permissions><copyright-statement>{_xml(one, 'italic')}</copyright-statement></permissions>"
        for one in _texts(paper, "copyright")
    )
    journal = f"<journal-title-group><journal-title>{head['journal']}</journal-title></journal-title-group>"
    title = f"<title-group><article-title>{_xml(head['title'], 'italic')}</article-title></title-group>"
    return (
        f"<journal-meta>{journal}</journal-meta>"
        f'<article-meta><article-id pub-id-type="pmid">{paper.key}</article-id>'
        f'<article-id pub-id-type="doi">{_doi(paper)}</article-id>{title}'
        f"<contrib-group>{''.join(_jats_author(name) for name in _authors(paper))}</contrib-group>"
        f'<aff id="a1">{escape(_affiliation(paper))}</aff>'
        f"<pub-date><year>{head['year']}</year></pub-date>{rights}"
        f"<abstract>{''.join(_jats_paragraph(one) for one in _abstract(paper))}</abstract></article-meta>"
    )


def _jats_section(paper: Paper, name: str) -> str:
    words = "".join(_jats_paragraph(one) for one in _texts(paper, name))
    return f"<sec><title>{name.capitalize()}</title>{words}</sec>"


def answer_page(paper: Paper) -> str:
    """Write a page of answers without their questions, the short answer first."""
    answers = [plain(one) for one in _texts(paper, "answer")]
    short = f"TL;DR: {answers[0]} {paper.head['title']}"
    lines = [
        f"Short answer · Last updated: {paper.head['updated']}",
        short,
        *answers,
        *_texts(paper, "disclaimer"),
    ]
    return "\n".join(lines) + "\n"


ABSTRACTS = (
    Layout("markdown, numbered", ".md", markdown_numbered),
    Layout("markdown, prose", ".md", markdown_prose),
    Layout("PubMed XML", ".xml", pubmed_xml),
    Layout("nbib", ".nbib", nbib),
    Layout("PubMed text", ".txt", pubmed_text),
)
FULL_TEXT = Layout("JATS", ".xml", jats)
PAGE = Layout("answer page", ".txt", answer_page)


def _authors(paper: Paper) -> list[str]:
    return paper.head["authors"].split("; ")


def _doi(paper: Paper) -> str:
    return f"10.5555/invented.{paper.key}"


def _texts(paper: Paper, name: str) -> tuple[str, ...]:
    part = paper.part(name)
    return part.paragraphs if part else ()


def _abstract(paper: Paper) -> tuple[str, ...]:
    return _texts(paper, "abstract")


def _interest(paper: Paper) -> tuple[str, ...]:
    return _texts(paper, "conflict of interest")


def _affiliation(paper: Paper) -> str:
    return (_texts(paper, "affiliations") or ("Invented University, Invented Town.",))[0]


def _top(paper: Paper) -> str:
    head, doi = paper.head, _doi(paper)
    return (
        f"# {head['title']}.\n**Authors:** {', '.join(_authors(paper))}\n"
        f"**Journal:** {head['journal']} ({head['year']})\n"
        f"**DOI:** [{doi}](https://doi.org/{doi})\n\n## Content\n\n"
    )


def _wrapped(text: str, width: int, indent: str = "") -> str:
    lines = textwrap.wrap(
        text, width, break_long_words=False, break_on_hyphens=False, subsequent_indent=indent
    )
    return " \n".join(lines) if not indent else "\n".join(lines)


def _xml(text: str, italic: str) -> str:
    text = re.sub(r"\*([^*\n]+)\*", f"\x01{italic}\x02\\1\x01/{italic}\x02", text)
    text = re.sub(r"~([^~\n]+)~", "\x01sub\x02\\1\x01/sub\x02", text)
    return escape(plain(text), quote=False).replace("\x01", "<").replace("\x02", ">")


def _abstract_text(paragraph: str) -> str:
    label = _LABEL.match(paragraph)
    if not label:
        return f"<AbstractText>{_xml(paragraph, 'i')}</AbstractText>"
    return f'<AbstractText Label="{label[1]}">{_xml(paragraph[label.end() :], "i")}</AbstractText>'


def _pubmed_author(name: str, paper: Paper) -> str:
    last, initials = name.rsplit(" ", 1)
    where = f"<AffiliationInfo><Affiliation>{escape(_affiliation(paper))}</Affiliation></AffiliationInfo>"
    return f"<Author><LastName>{last}</LastName><Initials>{initials}</Initials>{where}</Author>"


def _jats_author(name: str) -> str:
    last, initials = name.rsplit(" ", 1)
    who = f"<surname>{last}</surname><given-names>{initials}</given-names>"
    return f'<contrib contrib-type="author"><name>{who}</name></contrib>'


def _jats_paragraph(text: str) -> str:
    cited = re.compile(r" \[@([\d,@–]+)\]")
    text = cited.sub(lambda found: " \x03" + found[1].replace("@", "") + "\x04", text)
    words = _xml(text, "italic")
    words = _RAISED.sub(lambda found: f"<sup>{found[0].translate(_POWERS)}</sup>", words)
    words = re.sub("\x03([^\x04]*)\x04", _citation, words)
    return f"<p>{words}</p>"


def _citation(found: re.Match[str]) -> str:
    links = [f'<xref ref-type="bibr" rid="b{one}">{one}</xref>' for one in found[1].split(",")]
    return "[" + ",".join(links) + "]"

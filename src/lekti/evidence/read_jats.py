"""JATS full text, as PMC and Europe PMC give it."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from lekti.base.errors import InputError
from lekti.evidence.identifiers import find_id, in_order
from lekti.evidence.jats_text import blocks, table_text
from lekti.evidence.read_pubmed_text import one_line
from lekti.evidence.read_pubmed_xml import labelled
from lekti.evidence.record import Content, Record
from lekti.evidence.safe_xml import flat
from lekti.evidence.section_names import numbered, section_name

_LABEL = re.compile(
    r"(?:(?:supplementary|suppl?\.?)\s+)?(table|fig(?:ure)?s?\.?)\s*\.?\s*(\S+?)[.:]?", re.IGNORECASE
)
_INTERESTS = ("COI-statement", "conflict")


def find_article(root: Element) -> Element | None:
    """Return the one article of a JATS file, or None."""
    if root.tag == "article":
        return root
    articles = list(root.iter("article"))
    return articles[0] if len(articles) == 1 else None


def read_jats(root: Element, raw: str, *, name: str) -> Record:
    """Return the record of one full text; its tables and figures are sections of their own.

    Raises `InputError` if the file does not hold exactly one article with a title.
    """
    article = find_article(root)
    meta = article.find("./front/article-meta") if article is not None else None
    title = meta.find("./title-group/article-title") if meta is not None else None
    if article is None or meta is None or title is None:
        raise InputError("The XML holds no article with a title", where=name, expected="one JATS article")
    sections = numbered([*_front_parts(meta, flat(title)), *_body_parts(article), *_back_parts(article)])
    ids = in_order(_ids(meta), raw)
    return Record(
        id=ids[0],
        ids=ids,
        title=one_line(flat(title)),
        authors=_authors(meta),
        journal=_journal(article),
        year=_year(meta),
        content=_content(article, {section.name for section in sections}),
        sections=sections,
        front_matter=_keys(article, meta),
        form="jats",
        raw=raw,
    )


def _front_parts(meta: Element, title: str) -> list[tuple[str, str]]:
    parts = [("title", title)]
    for abstract in meta.findall("abstract"):
        label = "other abstract" if abstract.get("abstract-type") else "abstract"
        parts.append((label, abstract_text(abstract)))
    parts += [("other abstract", abstract_text(each)) for each in meta.findall("trans-abstract")]
    copyright_lines = [flat(each) for each in meta.findall("./permissions//copyright-statement")]
    licences = [" ".join(flat(each).split()) for each in meta.findall("./permissions/license")]
    parts.append(("copyright", "\n".join([*copyright_lines, *licences])))
    parts.append(("authors", ", ".join(_authors(meta))))
    parts.append(("affiliations", "\n".join(one_line(flat(each)) for each in meta.iter("aff"))))
    parts.append(("keywords", "\n".join(flat(each) for each in meta.iter("kwd"))))
    ids = [f"{each.get('pub-id-type', '')}: {flat(each)}" for each in meta.findall("article-id")]
    notes = [
        ("conflict of interest", "\n\n".join(blocks(each))) for each in meta.findall("./author-notes/fn")
    ]
    return [*parts, ("identifiers", "\n".join(ids)), *notes]


def abstract_text(abstract: Element) -> str:
    """Return an abstract as PubMed prints it: the title of a part becomes its label, tags are dropped."""
    texts: list[str] = []
    for child in abstract:
        if child.tag == "sec":
            words = [one_line(flat(each)) for each in child.iter("p")]
            texts.append(labelled(flat(child.find("title")).strip().rstrip(":."), "\n\n".join(words)))
        elif child.tag != "title":
            texts.append(flat(child))
    return "\n\n".join(text for text in texts if text.strip())


def _body_parts(article: Element) -> list[tuple[str, str]]:
    body = article.find("body")
    parts: list[tuple[str, str]] = []
    loose: list[str] = []
    for child in body if body is not None else ():
        if child.tag == "sec":
            parts.append((section_name(flat(child.find("title"))), "\n\n".join(_without_title(child))))
        else:
            loose += blocks(_wrapped(child))
    if loose:
        parts.insert(0, ("full text", "\n\n".join(loose)))
    floats = [each for each in article.iter() if each.tag in ("table-wrap", "fig")]
    return parts + [(_float_name(each), table_text(each)) for each in floats]


def _back_parts(article: Element) -> list[tuple[str, str]]:
    back = article.find("back")
    parts: list[tuple[str, str]] = []
    for child in back if back is not None else ():
        if child.tag == "ref-list":
            parts.append(("references", "\n".join(one_line(flat(each)) for each in child.iter("ref"))))
        elif child.tag == "sec":
            parts.append((section_name(flat(child.find("title"))), "\n\n".join(_without_title(child))))
        elif child.tag == "fn-group":
            for note in child.iter("fn"):
                label = "conflict of interest" if note.get("fn-type") in _INTERESTS else "notes"
                parts.append((label, "\n\n".join(blocks(note))))
        elif child.tag in ("app-group", "app"):
            parts.append(("appendix", "\n\n".join(blocks(child))))
        else:
            parts.append(("notes", "\n\n".join(blocks(child))))
    return parts


def _without_title(section: Element) -> list[str]:
    title = section.find("title")
    texts = blocks(section)
    return texts[1:] if title is not None and texts and flat(title).strip() == texts[0] else texts


def _wrapped(child: Element) -> Element:
    """Return an element that holds the child alone, so that a table at the top is left out like any other."""
    holder = Element("body")
    holder.append(child)
    return holder


def _float_name(element: Element) -> str:
    kind = "table" if element.tag == "table-wrap" else "figure"
    label = one_line(flat(element.find("label")))
    match = _LABEL.fullmatch(label)
    return f"{kind} {match[2].lower()}" if match else kind


def _content(article: Element, names: set[str]) -> Content:
    if article.find("body") is not None:
        return "full_text"
    return "abstract_only" if "abstract" in names else "metadata_only"


def _ids(meta: Element) -> list[str | None]:
    prefixes = {
        "pmid": "PMID:",
        "doi": "DOI:",
        "pmc": "PMCID:",
        "pmcid": "PMCID:",
        "pmc-aid": "",
        "pmcaid": "",
    }
    found: list[str | None] = []
    for each in meta.findall("article-id"):
        kind = each.get("pub-id-type", "")
        if prefix := prefixes.get(kind):
            found.append(find_id(prefix + flat(each).strip()))
    return found


def _authors(meta: Element) -> tuple[str, ...]:
    names: list[str] = []
    for person in meta.findall("./contrib-group/contrib"):
        if person.get("contrib-type", "author") != "author":
            continue
        name = (
            person.find("name")
            if person.find("name") is not None
            else person.find("./name-alternatives/name")
        )
        given = flat(name.find("given-names")) if name is not None else ""
        initials = "".join(part[0] for part in re.split(r"[\s.-]+", given) if part)
        surname = flat(name.find("surname")) if name is not None else flat(person.find("collab"))
        names.append(one_line(f"{surname} {initials}"))
    return tuple(each for each in names if each)


def _journal(article: Element) -> str:
    ids = article.findall("./front/journal-meta/journal-id")
    short = [flat(each) for each in ids if each.get("journal-id-type") in ("iso-abbrev", "nlm-ta")]
    return one_line(short[0] if short else flat(article.find("./front/journal-meta//journal-title")))


def _year(meta: Element) -> str:
    years = [one_line(flat(each.find("year"))) for each in meta.findall("pub-date")]
    return min((year for year in years if year.isdecimal()), default="")


def _keys(article: Element, meta: Element) -> dict[str, object]:
    keys: dict[str, object] = {}
    if kind := article.get("article-type"):
        keys["article_type"] = kind
    if words := [flat(each) for each in meta.iter("kwd")]:
        keys["keywords"] = words
    related = [
        f"{each.get('related-article-type', '')}: {each.get('xlink:href') or one_line(flat(each))}"
        for each in meta.findall("related-article")
    ]
    return keys | ({"related": related} if related else {})

"""PubMed XML: one citation of a `PubmedArticleSet`."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from lekti.base.errors import InputError
from lekti.evidence.identifiers import find_id, in_order
from lekti.evidence.read_pubmed_text import one_line
from lekti.evidence.record import Record
from lekti.evidence.safe_xml import flat
from lekti.evidence.section_names import numbered

SET = "PubmedArticleSet"
ARTICLES = ("PubmedArticle", "PubmedBookArticle")


def read_pubmed_xml(root: Element, raw: str, *, name: str) -> Record:
    """Return the record of the one citation in a set.

    Raises `InputError` for a set with none, with several, or with a citation that has no title.
    """
    articles = [root] if root.tag in ARTICLES else [each for each in root if each.tag in ARTICLES]
    if len(articles) != 1:
        raise InputError(f"The set holds {len(articles)} citations", where=name, expected="one citation")
    article = articles[0]
    title = article.find(".//ArticleTitle")
    title = article.find(".//BookTitle") if title is None else title
    if title is None:
        raise InputError("The citation has no title", where=name, expected="an element ArticleTitle")
    abstract = _abstract(article)
    ids = in_order(_ids(article), raw)
    return Record(
        id=ids[0],
        ids=ids,
        title=one_line(flat(title)),
        authors=_authors(article),
        journal=_first(
            article, ".//Journal/ISOAbbreviation", ".//MedlineJournalInfo/MedlineTA", ".//Journal/Title"
        ),
        year=_year(article),
        content="abstract_only" if abstract.strip() else "metadata_only",
        sections=numbered(_parts(article, flat(title), abstract)),
        front_matter=_keys(article),
        form="pubmed_xml",
        raw=raw,
    )


def labelled(label: str, text: str) -> str:
    """Return a part of an abstract with its label, as PubMed prints it in its other layouts."""
    return f"{label.strip().upper()}: {text.strip()}" if label.strip() else text


def _parts(article: Element, title: str, abstract: str) -> list[tuple[str, str]]:
    others = [
        "\n\n".join(flat(text) for text in other.iter("AbstractText"))
        for other in article.iter("OtherAbstract")
    ]
    return [
        ("title", title),
        ("abstract", abstract),
        *(("other abstract", other) for other in others),
        ("copyright", "\n".join(flat(each) for each in article.findall(".//Abstract/CopyrightInformation"))),
        ("authors", ", ".join(_authors(article))),
        ("affiliations", "\n".join(dict.fromkeys(flat(each) for each in article.iter("Affiliation")))),
        ("conflict of interest", "\n".join(flat(each) for each in article.iter("CoiStatement"))),
        ("keywords", "\n".join(flat(each) for each in article.iter("Keyword"))),
        ("identifiers", "\n".join(f"{each.get('IdType', '')}: {flat(each)}" for each in _own_ids(article))),
        ("references", "\n".join(flat(each) for each in article.iter("Citation"))),
    ]


def _abstract(article: Element) -> str:
    abstract = article.find(".//Abstract")
    if abstract is None:
        return ""
    return "\n\n".join(
        labelled(each.get("Label", ""), flat(each)) for each in abstract.findall("AbstractText")
    )


def _authors(article: Element) -> tuple[str, ...]:
    names: list[str] = []
    people = article.find(".//AuthorList")
    for author in people if people is not None else ():
        last, initials = flat(author.find("LastName")), flat(author.find("Initials"))
        suffix, group = flat(author.find("Suffix")), flat(author.find("CollectiveName"))
        names.append(one_line(" ".join(part for part in (last, initials, suffix) if part) or group))
    return tuple(name for name in names if name)


def _own_ids(article: Element) -> list[Element]:
    """Return the identifiers of the paper itself, not those of the papers it cites."""
    return article.findall("./PubmedData/ArticleIdList/ArticleId") + article.findall(
        "./PubmedBookData/ArticleIdList/ArticleId"
    )


def _ids(article: Element) -> list[str | None]:
    ids = [find_id(f"PMID:{_first(article, './MedlineCitation/PMID', './BookDocument/PMID')}")]
    prefixes = {"pubmed": "PMID:", "doi": "DOI:", "pmc": "", "pmcid": ""}
    ids += [
        find_id(prefixes[kind] + flat(each))
        for each in _own_ids(article)
        if (kind := each.get("IdType")) in prefixes
    ]
    locations = article.findall(".//Article/ELocationID")
    return ids + [find_id(f"DOI:{flat(each)}") for each in locations if each.get("EIdType") == "doi"]


def _keys(article: Element) -> dict[str, object]:
    lists = {
        "keywords": [flat(each) for each in article.iter("Keyword")],
        "publication_types": [flat(each) for each in article.iter("PublicationType")],
        "mesh": [flat(each) for each in article.findall(".//MeshHeading/DescriptorName")],
    }
    corrections = [
        f"{each.get('RefType', '')}: {one_line(flat(each))}" for each in article.iter("CommentsCorrections")
    ]
    keys: dict[str, object] = {key: values for key, values in lists.items() if values}
    return keys | ({"corrections": corrections} if corrections else {})


def _year(article: Element) -> str:
    date = _first(
        article, ".//JournalIssue/PubDate/Year", ".//JournalIssue/PubDate/MedlineDate", ".//Book/PubDate/Year"
    )
    return date[:4] if date[:4].isdecimal() else ""


def _first(article: Element, *paths: str) -> str:
    for path in paths:
        if (found := article.find(path)) is not None:
            return one_line(flat(found))
    return ""

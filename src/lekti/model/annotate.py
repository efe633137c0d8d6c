"""MIRIAM annotation: what the model is about and where each parameter comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

from lekti.model.parameters import Parameter

ABOUT = (
    "http://identifiers.org/mondo/MONDO:0009735",
    "http://identifiers.org/hgnc/HGNC:15464",
    "http://identifiers.org/taxonomy/9606",
)
"""Netherton syndrome, SPINK5, Homo sapiens."""


def annotate(model: Any, parameters: Iterable[Parameter]) -> None:
    """Write where each parameter comes from into a libSBML model.

    Notes hold the value at source, its provenance, locator and reason; `isDescribedBy` holds DOI and PMID.
    """
    import libsbml

    _link(model, libsbml.BQB_HAS_PROPERTY, ABOUT)
    for parameter in parameters:
        element = model.getParameter(parameter.id)
        element.setNotes(_notes(parameter))
        links = identifiers(parameter.source)
        if links:
            _link(element, libsbml.BQB_IS_DESCRIBED_BY, links)


def identifiers(source: str) -> tuple[str, ...]:
    """Return identifiers.org addresses for the DOIs and PMIDs named in a source.

    >>> identifiers("PMID:17096680 (Hayashi 2007)")
    ('http://identifiers.org/pubmed/17096680',)
    """
    pubmed = [f"http://identifiers.org/pubmed/{found}" for found in re.findall(r"PMID:(\d+)", source)]
    doi = [f"http://identifiers.org/doi/{found}" for found in re.findall(r"DOI:(10\.[^\s;,()]+)", source)]
    return (*pubmed, *doi)


def _notes(parameter: Parameter) -> str:
    text = f"{parameter.reason}. {parameter.provenance}: {parameter.source_value}"
    if parameter.source != "-":
        text += f"; {parameter.source}; {parameter.locator}"
    return f'<body xmlns="http://www.w3.org/1999/xhtml"><p>{escape(text)}.</p></body>'


def _link(element: Any, qualifier: int, addresses: Iterable[str]) -> None:
    import libsbml

    if not element.isSetMetaId():
        element.setMetaId(f"meta_{element.getId()}")
    term: Any = libsbml.CVTerm()
    term.setQualifierType(libsbml.BIOLOGICAL_QUALIFIER)
    term.setBiologicalQualifierType(qualifier)
    for address in addresses:
        term.addResource(address)
    element.addCVTerm(term)

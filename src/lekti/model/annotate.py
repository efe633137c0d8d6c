"""MIRIAM annotation: what the model is about, and the records behind its numbers and equations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from lekti.evidence.claim import Claim, Claims
from lekti.evidence.read_claims import load_claims, load_words
from lekti.model.cited import rule_name
from lekti.model.parameters import MODULES, Parameter

ABOUT = (
    "https://identifiers.org/MONDO:0009735",
    "https://identifiers.org/hgnc:15464",
    "https://identifiers.org/taxonomy:9606",
)
"""Netherton syndrome, SPINK5, Homo sapiens."""


@dataclass(frozen=True)
class Qualifier:
    """A MIRIAM qualifier: its family (model or biological) and its word, as libSBML numbers them."""

    family: int
    word: int


def annotate(model: Any, parameters: Iterable[Parameter], claims: Claims | None = None) -> None:
    """Write where each number and each equation comes from into a libSBML model.

    Notes of a parameter hold the value at source, its provenance, locator and reason. `isDescribedBy` holds
    the web addresses of the records behind it, through the claims it rests on: as a biological qualifier on
    parameters and rules, as a model qualifier on the model. A withdrawn claim gives none.
    """
    import libsbml

    known = claims or load_claims()
    _link(
        model,
        f"meta_{model.getId()}",
        Qualifier(libsbml.BIOLOGICAL_QUALIFIER, libsbml.BQB_HAS_PROPERTY),
        ABOUT,
    )
    described = Qualifier(libsbml.BIOLOGICAL_QUALIFIER, libsbml.BQB_IS_DESCRIBED_BY)
    for parameter in parameters:
        element = model.getParameter(parameter.id)
        element.setNotes(_notes(parameter))
        claims_of = known.behind("parameter", parameter.id)
        _link(element, f"meta_{parameter.id}", described, addresses(claims_of))
    for index in range(model.getNumRules()):
        rule = model.getRule(index)
        claims_of = known.behind("rule", rule_name(rule.getVariable()))
        _link(rule, f"meta_rule_{rule.getVariable()}", described, addresses(claims_of))
    whole = tuple(claim for module in MODULES for claim in known.behind("module", module))
    by_model = Qualifier(libsbml.MODEL_QUALIFIER, libsbml.BQM_IS_DESCRIBED_BY)
    _link(model, f"meta_{model.getId()}", by_model, addresses(whole))


def addresses(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Return the web addresses of the records behind claims, each once."""
    words = load_words()
    found = (words.address(record) for claim in claims for record in claim.records)
    return tuple(dict.fromkeys(address for address in found if address))


def _notes(parameter: Parameter) -> str:
    text = f"{parameter.reason}. {parameter.provenance}: {parameter.source_value}"
    if parameter.source != "-":
        text += f"; {parameter.source}; {parameter.locator}"
    return f'<body xmlns="http://www.w3.org/1999/xhtml"><p>{escape(text)}.</p></body>'


def _link(element: Any, meta_id: str, qualifier: Qualifier, resources: Iterable[str]) -> None:
    """Add one annotation to an element; without an address nothing is added."""
    import libsbml

    found = tuple(resources)
    if not found:
        return
    if not element.isSetMetaId():
        element.setMetaId(meta_id)
    term: Any = libsbml.CVTerm()
    term.setQualifierType(qualifier.family)
    if qualifier.family == libsbml.MODEL_QUALIFIER:
        term.setModelQualifierType(qualifier.word)
    else:
        term.setBiologicalQualifierType(qualifier.word)
    for address in found:
        term.addResource(address)
    element.addCVTerm(term)

"""SBML text to a libSBML document: hostile and broken text is stopped here, and so is what lekti lacks."""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

import libsbml

from lekti.base.errors import ModelError, shown

MOST_BYTES = 10_000_000
MOST_DEPTH = 1000
REFUSED = ("delay", "algebraic rules", "fast reactions", "comp", "fbc")
"""What SBML has and lekti does not hold."""

_NAMESPACES = {
    "http://www.sbml.org/sbml/level2": ("2", "1"),
    "http://www.sbml.org/sbml/level2/version2": ("2", "2"),
    "http://www.sbml.org/sbml/level2/version3": ("2", "3"),
    "http://www.sbml.org/sbml/level2/version4": ("2", "4"),
    "http://www.sbml.org/sbml/level2/version5": ("2", "5"),
    "http://www.sbml.org/sbml/level3/version1/core": ("3", "1"),
    "http://www.sbml.org/sbml/level3/version2/core": ("3", "2"),
}
"""Namespace of the root element, and the level and version it must state; libSBML ends the process else."""

_HARMLESS = ("l3v2extendedmath", "layout", "render", "groups")  # drawings and names, or read as core


class NotHeldError(ModelError):
    """The model uses a construct of SBML that lekti does not hold; `construct` names it."""

    def __init__(self, construct: str, *, where: str) -> None:
        self.construct = construct
        noun = "the SBML package " if construct in ("comp", "fbc") else ""
        super().__init__(f"The model uses {noun}{construct}, which lekti does not hold", where=where)


def sbml_document(text: str, name: str) -> Any:
    """Return the libSBML document of a text; it owns the model and must outlive it.

    Raises `ModelError` for text that is too large, nested too deeply, has a document type (entities), is not
    XML or not SBML of Level 2 or 3, and `NotHeldError` for what lekti refuses.
    """
    _check_xml(text, name)
    document: Any = libsbml.readSBMLFromString(text)
    _refuse_packages(document, name)
    for i in range(document.getNumErrors()):
        error = document.getError(i)
        if error.getSeverity() >= libsbml.LIBSBML_SEV_ERROR:
            what = " ".join(error.getShortMessage().split()) or "The file cannot be read"
            raise ModelError(what, where=f"{name}:{error.getLine()}", expected="valid SBML")
    if document.getModel() is None or document.getLevel() < 2:
        raise ModelError("The file holds no model of SBML Level 2 or 3", where=name)
    _refuse_constructs(document.getModel(), name)
    return document


def _check_xml(text: str, name: str) -> None:
    """Read the text once as plain XML, before libSBML builds anything from it."""
    content = text.encode("utf-8", errors="replace")
    if len(content) > MOST_BYTES:
        raise ModelError(
            f"The model has {len(content):,} bytes", where=name, expected=f"at most {MOST_BYTES / 1e6:g} MB"
        )
    parser = expat.ParserCreate("utf-8", " ")
    depth = 0

    def refuse_type(*_: object) -> None:
        raise ModelError(
            "The file declares a document type, which can hide entities",
            where=f"{name}:{parser.CurrentLineNumber}",
            expected="SBML without DOCTYPE",
        )

    def down(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth == 1:
            _check_root(tag, attributes, f"{name}:{parser.CurrentLineNumber}")
        if depth > MOST_DEPTH:
            where = f"{name}:{parser.CurrentLineNumber}"
            raise ModelError(f"Elements are nested more than {MOST_DEPTH} deep", where=where)

    def up(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = refuse_type
    parser.StartElementHandler, parser.EndElementHandler = down, up
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        what = f"The file is not XML: {expat.ErrorString(error.code)}"
        raise ModelError(what, where=f"{name}:{error.lineno}", expected="valid SBML") from error


def _check_root(tag: str, attributes: dict[str, str], where: str) -> None:
    namespace, _, element = tag.rpartition(" ")
    stated = (attributes.get("level", ""), attributes.get("version", ""))
    if element != "sbml" or _NAMESPACES.get(namespace) != stated:
        what = (
            f"The file is no SBML of Level 2 or 3: {shown(element)} of {shown(namespace) or 'no namespace'}"
        )
        raise ModelError(what, where=where, expected="a namespace that fits the level and version")


def _refuse_packages(document: Any, name: str) -> None:
    for i in range(document.getNumPlugins()):
        package = document.getPlugin(i).getPackageName()
        if package not in _HARMLESS and (package in REFUSED or document.getPackageRequired(package)):
            raise NotHeldError(package, where=name)


def _refuse_constructs(model: Any, name: str) -> None:
    fast = [r for r in model.getListOfReactions() if r.isSetFast() and r.getFast()]
    algebraic = [rule for rule in model.getListOfRules() if rule.isAlgebraic()]
    for construct, things in (("algebraic rules", algebraic), ("fast reactions", fast)):
        if things:
            raise NotHeldError(construct, where=f"{name}:{things[0].getLine()}")

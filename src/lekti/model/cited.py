"""Which records the model, or one of its modules, rests on, and for which of its numbers and equations."""

from __future__ import annotations

from collections.abc import Iterator

from lekti.evidence.citation import Reason
from lekti.evidence.claim import Claims, Link
from lekti.evidence.read_claims import load_claims
from lekti.model.modules import load_module
from lekti.model.parameters import MODULES, load_parameters

WORDS = {"parameter": "number", "correlation": "correlation", "rule": "equation of", "module": "module"}


def reasons_of_model(claims: Claims | None = None) -> tuple[tuple[str, Reason], ...]:
    """Return (record id, reason) for everything the model rests on."""
    return tuple(one for module in MODULES for one in reasons_of_module(module, claims))


def reasons_of_module(module: str, claims: Claims | None = None) -> tuple[tuple[str, Reason], ...]:
    """Return (record id, reason) for the numbers and equations of a module, and for the module itself.

    A withdrawn claim gives no reason.
    """
    known = claims or load_claims()
    found: list[tuple[str, Reason]] = []
    for link in _links_of(module, known):
        for claim in known.behind(link.kind, link.name):
            if claim.id == link.claim_id:
                reason = Reason(f"{WORDS[link.kind]} {link.name}", claim.id)
                found.extend((record, reason) for record in claim.records)
    return tuple(found)


def _links_of(module: str, claims: Claims) -> Iterator[Link]:
    numbers = {one.id for one in load_parameters() if one.module == module}
    rules = rule_names(module)
    for link in claims.links:
        first = link.name.partition("~")[0]
        belongs = {
            "parameter": link.name in numbers,
            "correlation": first in numbers,
            "rule": link.name in rules,
        }
        if belongs.get(link.kind, link.kind == "module" and link.name == module):
            yield link


def rule_names(module: str) -> frozenset[str]:
    """Return the variables a module has equations for, without the number of their layer."""
    return frozenset(rule_name(statement) for statement in load_module(module).statements)


def rule_name(statement: str) -> str:
    """Return the variable a statement or an SBML rule is about, without the number of its layer.

    >>> rule_name("klk5_3' = transit * klk5_2"), rule_name("par2 := 1")
    ('klk5', 'par2')
    """
    variable = statement.replace("'", " ").replace(":", " ").replace("=", " ").split()[0]
    stem, _, layer = variable.rpartition("_")
    return stem if stem and layer.isdecimal() else variable

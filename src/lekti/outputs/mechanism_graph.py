"""The claims as a signed graph: what acts on what, with every claim that says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lekti.evidence.claim import Claim, Thing
from lekti.evidence.read_claims import load_words

NOT_NODES = ("people", "treatment", "drug", "trial", "dataset", "measurement", "topic", "quantity", "test")
"""Kinds of things that are no step of the mechanism of the disease."""


@dataclass(frozen=True)
class Edge:
    """One arrow of the graph with its sign (+, -, 0 or ?) and the claims that state it."""

    subject: Thing
    object: Thing
    relation: str
    sign: str
    claims: tuple[Claim, ...]

    @property
    def link(self) -> str:
        """Whether the step is direct, in the word of DisMech."""
        return load_words().relations[self.relation].link


def signed_edges(claims: Iterable[Claim]) -> tuple[Edge, ...]:
    """Return the arrows that claims state, each once; claims that state the same arrow are joined.

    Only claims that stand count, and only steps of the mechanism: no treatment, no measurement, no person.
    """
    joined: dict[tuple[str, str, str, str], list[Claim]] = {}
    for claim in claims:
        if _is_step(claim) and claim.object is not None:
            key = (claim.subject.id, claim.object.id, claim.relation, claim.sign)
            joined.setdefault(key, []).append(claim)
    return tuple(_edge(said) for said in joined.values())


def _is_step(claim: Claim) -> bool:
    if not claim.active or claim.object is None or not load_words().relations[claim.relation].link:
        return False
    return claim.subject.kind not in NOT_NODES and claim.object.kind not in NOT_NODES


def _edge(said: list[Claim]) -> Edge:
    first = said[0]
    assert first.object is not None
    return Edge(first.subject, first.object, first.relation, first.sign, tuple(said))

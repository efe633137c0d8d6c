"""What a claim is: one statement about the disease or its measurement, and the evidence it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from lekti.base.errors import InputError, shown

AnchorState = Literal["anchored", "located", "unlocated"]
Status = Literal["active", "withdrawn"]
Shape = Literal["number", "change", "range", "share"]
LinkKind = Literal["parameter", "correlation", "rule", "module", "case"]


@dataclass(frozen=True)
class Thing:
    """Something claims speak about: a gene, a protein, a sign, a drug, a group of people.

    `ids` are ontology ids such as HGNC:15464; a thing without a certain id has none.
    """

    id: str
    label: str
    kind: str
    ids: tuple[str, ...]
    where: str


@dataclass(frozen=True)
class Relation:
    """A word that joins a subject to an object, and what a claim that uses it must have.

    `object`, `sign` and `quantity` are "needed", "none" or "either". `predicate` is its Biolink name, `link`
    says for a cause and its effect whether the step is direct, and is empty for everything else.
    """

    id: str
    meaning: str
    object: str
    sign: str
    quantity: str
    predicate: str
    link: str = ""


@dataclass(frozen=True)
class Quantity:
    """What a claim counts or measures, with the digits as printed.

    number: `55.8`, also `>2500`, `<=10` or `~0.4`. change: `1078 -> 55.8`. range: `20..50`.
    share: `23/43`. A unit of `1` is a plain number.
    """

    text: str
    shape: Shape
    comparator: str
    numbers: tuple[str, ...]
    unit: str

    @property
    def values(self) -> tuple[float, ...]:
        """The numbers as floats, in the order in which they are printed."""
        return tuple(float(number) for number in self.numbers)


@dataclass(frozen=True)
class Context:
    """Where a claim holds; an empty word says that the source does not restrict it."""

    species: str = ""
    tissue: str = ""
    genotype: str = ""
    age: str = ""
    treatment: str = ""

    def words(self) -> str:
        """Return the context on one line."""
        parts = (self.species, self.tissue, self.genotype, self.age, self.treatment)
        return "; ".join(part for part in parts if part)


@dataclass(frozen=True)
class Anchor:
    """How exactly a piece of evidence is tied to its record.

    anchored: someone held the record; `start` and `end` (exclusive) are places in the normal prose of
    `section`, and the two SHA-256 are of the quoted words and of that whole prose, both in normal form.
    located: a section or table is named but the words were never checked. unlocated: only the record is
    named.
    """

    state: AnchorState
    section: str = ""
    start: int = -1
    end: int = -1
    quote_sha256: str = ""
    prose_sha256: str = ""
    anchored_on: str = ""
    where: str = ""


@dataclass(frozen=True)
class Evidence:
    """One record that speaks for or against a claim, where in it, and how strong it is."""

    id: str
    claim_id: str
    record_id: str
    locator: str
    direction: str
    eco: str
    design: str
    n: int | None
    level: str
    anchor: Anchor
    note: str
    where: str


@dataclass(frozen=True)
class Comparison:
    """A second look at a claim whose record was not at hand: it agrees with the collected facts `against`.

    It is weaker than a check, for both may repeat the same mistake.
    """

    claim_id: str
    by: str
    on: str
    against: str
    where: str


@dataclass(frozen=True)
class Claim:
    """One statement in our own words: subject, relation, object, and all that is known about its support."""

    id: str
    topic: str
    subject: Thing
    relation: str
    object: Thing | None
    sign: str
    quantity: Quantity | None
    context: Context
    evidence: tuple[Evidence, ...]
    statement: str
    note: str
    entered_by: str
    entered_on: str
    checked_by: str
    checked_on: str
    status: Status
    where: str
    compared: Comparison | None = None

    @property
    def active(self) -> bool:
        """Whether the claim still stands; a withdrawn one is kept, and supports nothing."""
        return self.status == "active"

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of the records it rests on, each once."""
        return tuple(dict.fromkeys(one.record_id for one in self.evidence))


@dataclass(frozen=True)
class Link:
    """Something of the model or of a built-in case that rests on a claim; `how`: what was done to it."""

    kind: LinkKind
    name: str
    claim_id: str
    how: str
    where: str


@dataclass(frozen=True)
class Claims:
    """All claims and what rests on them. What withdrawn claims held up is not returned by any lookup."""

    claims: tuple[Claim, ...]
    links: tuple[Link, ...]

    def __iter__(self) -> Iterator[Claim]:
        return iter(self.claims)

    def __len__(self) -> int:
        return len(self.claims)

    def active(self, *, topic: str = "") -> tuple[Claim, ...]:
        """Return the claims that stand, of one topic or of all."""
        return tuple(one for one in self.claims if one.active and topic in ("", one.topic))

    def get(self, claim_id: str) -> Claim:
        """Return a claim by id, withdrawn or not; raise `InputError` for an id that names none."""
        found = next((one for one in self.claims if one.id == claim_id.upper()), None)
        if found is None:
            raise InputError(
                f"There is no claim {shown(claim_id)}",
                expected=f"an id from {self.claims[0].id} to {self.claims[-1].id}" if self.claims else "",
                fix="`lekti evidence list` prints them.",
            )
        return found

    def of_record(self, *record_ids: str) -> tuple[Claim, ...]:
        """Return the standing claims that rest on a record, given by any of its ids."""
        return tuple(one for one in self.active() if not set(one.records).isdisjoint(record_ids))

    def behind(self, kind: LinkKind, name: str) -> tuple[Claim, ...]:
        """Return the standing claims a parameter, correlation, rule, module or entry of a case rests on."""
        wanted = {link.claim_id for link in self.links if (link.kind, link.name) == (kind, name)}
        return tuple(one for one in self.active() if one.id in wanted)

    def resting_on(self, claim_id: str) -> tuple[Link, ...]:
        """Return what of the model rests on a claim; nothing rests on a withdrawn one."""
        standing = {one.id for one in self.active()}
        return tuple(link for link in self.links if link.claim_id == claim_id and claim_id in standing)

    def without(self, *claim_ids: str) -> Claims:
        """Return the same claims with these withdrawn."""
        return Claims(
            tuple(replace(one, status="withdrawn") if one.id in claim_ids else one for one in self.claims),
            self.links,
        )

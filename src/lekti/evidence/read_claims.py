"""Claims, their evidence and their anchors, read strictly from `knowledge/claims/`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache

from lekti.base.errors import ModelError, shown
from lekti.base.tables import Row, Table, knowledge_table
from lekti.evidence.claim import Claim, Claims, Context, Evidence, Relation, Status, Thing
from lekti.evidence.claim_words import Words, read_day, read_words, require_columns
from lekti.evidence.quantity import missing_numbers, read_quantity
from lekti.evidence.read_anchors import anchor_of, read_anchors
from lekti.evidence.read_comparisons import read_comparisons
from lekti.evidence.read_links import read_links

FOLDER = "claims"
LONGEST_STATEMENT = 320

TOPIC_COLUMNS = ("id", "first", "last", "label")
THING_COLUMNS = ("id", "label", "kind", "ids")
EVIDENCE_COLUMNS = ("id", "record", "locator", "direction", "eco", "design", "n", "level", "note")
CLAIM_COLUMNS = (
    "id", "subject", "relation", "object", "sign", "value", "unit", "species", "tissue", "genotype", "age",
    "treatment", "statement", "note", "entered_by", "entered_on", "checked_by", "checked_on", "status",
)  # fmt: skip

Source = Callable[[str], Table]
"""A table by its name in the folder of claims, such as `evidence.tsv`."""


@cache
def load_claims() -> Claims:
    """Return the claims that ship with lekti.

    Raises `ModelError` with one sentence, file and line for the first mistake in any of the tables.
    """
    return read_claims(shipped)


@cache
def load_words() -> Words:
    """Return the controlled words that claims may use."""
    return words_of(shipped)


def shipped(name: str) -> Table:
    """Return a table of the shipped claims."""
    return knowledge_table(f"{FOLDER}/{name}")


def words_of(source: Source) -> Words:
    """Read the controlled words of a folder of claims."""
    return read_words(source("words.tsv"), source("relations.tsv"), source("prefixes.tsv"))


def read_claims(source: Source) -> Claims:
    """Read all claims from the tables that `source` gives; raise `ModelError` for the first mistake."""
    words = words_of(source)
    things = _things(require_columns(source("things.tsv"), THING_COLUMNS), words)
    anchors = read_anchors(source("anchors.tsv"))
    evidence = _evidence(require_columns(source("evidence.tsv"), EVIDENCE_COLUMNS), anchors, words)
    compared = read_comparisons(source("compared.tsv"))
    claims: list[Claim] = []
    for topic in require_columns(source("topics.tsv"), TOPIC_COLUMNS):
        for row in require_columns(_topic_table(topic, source), CLAIM_COLUMNS):
            _in_topic(row, topic)
            claim = _claim(row, topic["id"], things, evidence, words)
            claims.append(replace(claim, compared=compared.get(claim.id)))
    _once(((one.id, one.where) for one in claims), "claim")
    known = {one.id for one in claims}
    _rest_on_known(evidence, known)
    for label in sorted(set(compared) - known):
        raise ModelError(f"A comparison of {shown(label)}, which is no claim", where=compared[label].where)
    return Claims(tuple(claims), read_links(source("rests_on.tsv"), known))


def _topic_table(topic: Row, source: Source) -> Table:
    try:
        return source(f"{topic['id']}.tsv")
    except (OSError, KeyError) as error:
        raise ModelError(f"There is no table {shown(topic['id'])}.tsv", where=topic.where) from error


def _things(table: Table, words: Words) -> dict[str, Thing]:
    _once(((row["id"], row.where) for row in table), "thing")
    return {row["id"]: _thing(row, words) for row in table}


def _thing(row: Row, words: Words) -> Thing:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", row["id"]):
        raise ModelError(f"thing '{shown(row['id'])}'", where=row.where, expected="small letters, digits, _")
    ids = tuple(part.strip() for part in row["ids"].split(";") if part.strip())
    for one in ids:
        words.check_id(one, where=row.where)
    return Thing(row["id"], row["label"], words.check("kind", row["kind"], where=row.where), ids, row.where)


def _evidence(table: Table, anchors: Mapping[str, Row], words: Words) -> dict[str, list[Evidence]]:
    _once(((row["id"], row.where) for row in table), "evidence")
    by_claim: dict[str, list[Evidence]] = {}
    for row in table:
        by_claim.setdefault(claim_id(row["id"]), []).append(_one_evidence(row, anchors, words))
    left = set(anchors) - {row["id"] for row in table}
    for label in sorted(left):
        raise ModelError(f"An anchor of {label}, which is no evidence", where=anchors[label].where)
    return by_claim


def claim_id(evidence_id: str) -> str:
    """Return the claim a piece of evidence belongs to.

    >>> claim_id("CL0101.2")
    'CL0101'
    """
    return evidence_id.partition(".")[0]


def _one_evidence(row: Row, anchors: Mapping[str, Row], words: Words) -> Evidence:
    where = row.where
    if not re.fullmatch(r"CL\d{4}\.[1-9]\d?", row["id"]):
        raise ModelError(f"evidence id '{shown(row['id'])}'", where=where, expected="such as CL0101.2")
    if row["n"] and not re.fullmatch(r"[1-9]\d*", row["n"]):
        raise ModelError(f"n '{shown(row['n'])}'", where=where, expected="a whole number above 0, or nothing")
    return Evidence(
        id=row["id"],
        claim_id=claim_id(row["id"]),
        record_id=words.check_id(row["record"], where=where),
        locator=row["locator"],
        direction=words.check("direction", row["direction"], where=where),
        eco=words.check("eco", row["eco"], where=where),
        design=words.check("design", row["design"], where=where),
        n=int(row["n"]) if row["n"] else None,
        level=words.check("level", row["level"], where=where),
        anchor=anchor_of(anchors.get(row["id"]), locator=row["locator"]),
        note=row["note"],
        where=where,
    )


def _claim(
    row: Row,
    topic: str,
    things: Mapping[str, Thing],
    evidence: Mapping[str, list[Evidence]],
    words: Words,
) -> Claim:
    relation = words.relations.get(row["relation"])
    if relation is None:
        raise ModelError(
            f"relation '{shown(row['relation'])}' is no word of relations.tsv",
            where=row.where,
            expected=", ".join(words.relations),
        )
    quantity = read_quantity(row["value"], row["unit"], where=row.where) if row["value"] else None
    status: Status = (
        "withdrawn" if words.check("status", row["status"], where=row.where) != "active" else "active"
    )
    claim = Claim(
        id=row["id"],
        topic=topic,
        subject=_known(things, row["subject"], row.where),
        relation=relation.id,
        object=_known(things, row["object"], row.where) if row["object"] else None,
        sign=words.check("sign", row["sign"], where=row.where) if row["sign"] else "",
        quantity=quantity,
        context=Context(*(row[name] for name in ("species", "tissue", "genotype", "age", "treatment"))),
        evidence=tuple(evidence.get(row["id"], ())),
        statement=row["statement"],
        note=row["note"],
        entered_by=row["entered_by"],
        entered_on=read_day(row, "entered_on"),
        checked_by=row["checked_by"],
        checked_on=read_day(row, "checked_on") if row["checked_by"] or row["checked_on"] else "",
        status=status,
        where=row.where,
    )
    _complete(claim, relation)
    return claim


def _known(things: Mapping[str, Thing], name: str, where: str) -> Thing:
    if name not in things:
        raise ModelError(f"'{shown(name)}' is no thing", where=where, expected="an id of things.tsv")
    return things[name]


def _complete(claim: Claim, relation: Relation) -> None:
    """Raise `ModelError` where a claim lacks what its relation needs, or says what it must not."""
    present = {"object": claim.object, "sign": claim.sign, "quantity": claim.quantity}
    for part, need in (("object", relation.object), ("sign", relation.sign), ("quantity", relation.quantity)):
        if need == "needed" and not present[part]:
            raise ModelError(
                f"{claim.id} has no {part}", where=claim.where, expected=f"{relation.id} needs one"
            )
        if need == "none" and present[part]:
            raise ModelError(
                f"{claim.id} has a {part}", where=claim.where, expected=f"{relation.id} has none"
            )
    if not claim.evidence:
        raise ModelError(f"{claim.id} rests on nothing", where=claim.where, expected="a row of evidence.tsv")
    if not claim.entered_by:
        raise ModelError(f"{claim.id} does not say who entered it", where=claim.where)
    if bool(claim.checked_by) != bool(claim.checked_on):
        raise ModelError(f"{claim.id} is half checked", where=claim.where, expected="a name and a day")
    if claim.status == "withdrawn" and not claim.note:
        raise ModelError(
            f"{claim.id} is withdrawn without a word", where=claim.where, expected="why, as note"
        )
    _statement(claim)


def _statement(claim: Claim) -> None:
    text = claim.statement
    if not text.endswith(".") or not text[0].isalnum() or len(text) > LONGEST_STATEMENT:
        raise ModelError(
            f"The statement of {claim.id} is '{shown(text)}'",
            where=claim.where,
            expected=f"one sentence in our own words, with a stop, at most {LONGEST_STATEMENT} signs",
        )
    if re.search(r"[\"“”„«»]", text):
        raise ModelError(f"The statement of {claim.id} holds a quotation mark", where=claim.where)
    missing = missing_numbers(claim.quantity, text) if claim.quantity else ()
    if missing:
        raise ModelError(
            f"The statement of {claim.id} does not print {', '.join(missing)}",
            where=claim.where,
            expected="every number of its value",
        )


def _in_topic(row: Row, topic: Row) -> None:
    if not re.fullmatch(r"CL\d{4}", row["id"]):
        raise ModelError(f"claim id '{shown(row['id'])}'", where=row.where, expected="CL and four digits")
    if not topic["first"] <= row["id"] <= topic["last"]:
        raise ModelError(
            f"{row['id']} is outside its topic",
            where=row.where,
            expected=f"{topic['first']} to {topic['last']}",
        )


def _rest_on_known(evidence: Mapping[str, list[Evidence]], known: set[str]) -> None:
    for claim_id, rows in evidence.items():
        if claim_id not in known:
            raise ModelError(f"Evidence for {shown(claim_id)}, which is no claim", where=rows[0].where)


def _once(labels: Iterable[tuple[str, str]], noun: str) -> None:
    seen: dict[str, str] = {}
    for label, where in labels:
        if label in seen:
            raise ModelError(f"The {noun} {shown(label)} stands twice", where=f"{where} and {seen[label]}")
        seen[label] = where

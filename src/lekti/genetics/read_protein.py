"""Protein names alone: three-letter or one-letter, matched to published changes, never guessed to a base."""

from __future__ import annotations

import re
from functools import cache

from lekti.base.errors import InputError, shown
from lekti.base.tables import Table, knowledge_table
from lekti.genetics.described import Described
from lekti.genetics.gene import gene
from lekti.genetics.hgvs import protein_text, read_variant
from lekti.genetics.other_names import normal_key

_ONE = r"[ARNDCQEGHILKMFPSTWYVX*]"
_LETTERS = re.compile(rf"(?:p\.)?\(?(?P<old>{_ONE})(?P<at>\d+)(?P<new>{_ONE}|fs(?:[X*](?P<stop>\d+))?|=)\)?")
_THREE = re.compile(r"(?:NP_\d+(?:\.\d+)?:)?(?:p\.)?\(?(?P<old>[A-Z][a-z]{2})(?P<at>\d+)(?P<rest>.*?)\)?")


def looks_protein(change: str) -> bool:
    """Say whether a description names residues: p., Glu420Lys or E420K."""
    if re.match(r"(?:NP_\d+(?:\.\d+)?:)?\(?p\.", change):
        return True
    three = _THREE.fullmatch(change)
    if three is not None and three["old"] in _names().values():
        return True
    one = _LETTERS.fullmatch(change)
    return one is not None and not (one["old"] in "ACGT" and one["new"] in tuple("ACGT"))


def read_protein(change: str, *, typed: str, where: str = "") -> Described:
    """Return the published change with this protein name, or the protein name alone.

    Raises `InputError` for a name that cannot be read, a residue past the end, and a residue that published
    names contradict.

    >>> read_protein("R350X", typed="R350X").label
    'c.1048C>T'
    """
    name = protein_text(in_three_letters(change), where=where) or ""
    check_residues(name, typed=typed, where=where)
    matches = {normal_key(row["hgvs_c"]) for row in _published() if _bare(row["hgvs_p"]) == _bare(name)}
    if len(matches) == 1:
        key = matches.pop()
        note = f"a protein name does not say which base changed; the published change with it is {key}"
        return Described(typed, variant=read_variant(f"{key} {name}"), notes=(note,))
    note = "a protein name does not say which base changed; no published change has this name"
    return Described(typed, protein=name, notes=(note,))


def in_three_letters(name: str) -> str:
    """Return a protein name with three-letter residues and its p. in front.

    >>> in_three_letters("E420K"), in_three_letters("p.Y126fsX3")
    ('p.Glu420Lys', 'p.Tyr126fsTer3')
    """
    told = _LETTERS.fullmatch(name)
    if told is not None:
        new = told["new"]
        if new.startswith("fs"):
            new = f"fsTer{told['stop']}" if told["stop"] else "fs"
        return f"p.{_names()[told['old']]}{told['at']}{_names().get(new, new)}"
    bare = name if re.match(r"(?:NP_\d+(?:\.\d+)?:)?\(?p\.", name) else f"p.{name}"
    bare = re.sub(r"fs(?:\*|X)(?=\d|\)?$)", "fsTer", bare)
    return re.sub(r"(?<=\d)(?:\*|X|Stop|stop)(?=\)?$)", "Ter", bare)


def check_residues(name: str, *, typed: str, where: str = "") -> None:
    """Refuse a residue past the end, one that is no residue, and one that published names contradict."""
    for residue, at in re.findall(r"([A-Z][a-z]{2})(\d+)", name.partition("fs")[0]):
        if residue not in _names().values():
            raise InputError(
                f"'{shown(typed)}': {residue} is no residue", where=where, expected="such as Arg"
            )
        if not 1 <= int(at[:6]) <= gene().residues or len(at) > 6:
            raise InputError(
                f"'{shown(typed)}' names residue {at[:12]}", where=where, expected=f"1 to {gene().residues}"
            )
        known = known_residues().get(int(at))
        if known is not None and known[0] != residue:
            raise InputError(
                f"'{shown(typed)}' has {residue} at residue {at}; "
                f"published names have {known[0]} there ({known[1]})",
                where=where,
                expected=f"{known[0]}{at}",
            )


@cache
def known_residues() -> dict[int, tuple[str, str]]:
    """Return the residues that published protein names tell, each with the change that tells it."""
    found: dict[int, tuple[str, str]] = {}
    for row in _published():
        told = re.match(r"p\.\(?([A-Z][a-z]{2})(\d+)", row["hgvs_p"])
        if told is not None:
            found.setdefault(int(told[2]), (told[1], row["hgvs_c"]))
    return found


def _published() -> Table:
    return knowledge_table("genetics/variants.tsv")


def _bare(name: str) -> str:
    return re.sub(r"[()]", "", name)


@cache
def _names() -> dict[str, str]:
    return {row["letter"]: row["name"] for row in knowledge_table("genetics/amino_acids.tsv")}

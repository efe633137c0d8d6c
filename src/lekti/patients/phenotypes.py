"""Labels of Human Phenotype Ontology terms that occur with Netherton syndrome."""

from __future__ import annotations

from functools import cache

from lekti.base.tables import knowledge_table


def feature_label(hpo: str) -> str | None:
    """Return the label of a term, or None if lekti does not know the term.

    >>> feature_label("HP:0000989")
    'Pruritus'
    """
    return _labels().get(hpo)


@cache
def _labels() -> dict[str, str]:
    return {row["id"]: row["label"] for row in knowledge_table("phenotypes/hpo.tsv")}

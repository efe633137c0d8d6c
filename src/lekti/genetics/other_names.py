"""Names under which a SPINK5 variant is also met, and the one description that stands for all of them."""

from __future__ import annotations

import re
from functools import cache

from lekti.base.tables import Row, knowledge_table
from lekti.genetics.hgvs import read_variant


@cache
def other_names() -> dict[str, Row]:
    """Return the rows of `other_names.tsv` by name, in small letters and without brackets."""
    return {plain_name(row["name"]): row for row in knowledge_table("genetics/other_names.tsv")}


def plain_name(name: str) -> str:
    """Return a name in the form under which it is looked up.

    >>> plain_name("p.(Glu420Lys)")
    'p.glu420lys'
    """
    return re.sub(r"[\s()]", "", name).casefold()


def normal_key(text: str) -> str:
    """Return the key that every known spelling of one change shares.

    >>> normal_key("NM_006846.4:c.238_239insG"), normal_key("c.1302+5G>C")
    ('c.238dup', 'c.1302+5G>C')
    """
    key = read_variant(text).key
    known = other_names().get(plain_name(key))
    return known["normal"] if known is not None and known["kind"] == "equal" else key

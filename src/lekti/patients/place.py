"""A node of a case file together with the line its key stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lekti.patients.yaml_tree import Branch, Leaf, Listing, Node, Plain


@dataclass(frozen=True)
class Place:
    """Where one value of a checked file stands: its node, the file name and the line of its key."""

    node: Node
    name: str
    line: int

    @property
    def where(self) -> str:
        """Return file:line."""
        return f"{self.name}:{self.line}"

    @property
    def value(self) -> Plain:
        """Return the scalar at this place; a mapping or list has none."""
        return self.node.value if isinstance(self.node, Leaf) else None

    @property
    def text(self) -> str:
        """Return the scalar as it is written in the file."""
        return self.node.text if isinstance(self.node, Leaf) else ""

    @property
    def is_mapping(self) -> bool:
        """Say whether a mapping stands here."""
        return isinstance(self.node, Branch)

    def find(self, key: str) -> Place | None:
        """Return the place under a key, or None when the key is absent."""
        if not isinstance(self.node, Branch) or key not in self.node.entries:
            return None
        return Place(self.node.entries[key], self.name, self.node.key_lines[key])

    def need(self, key: str) -> Place:
        """Return the place under a key the schema requires."""
        found = self.find(key)
        if found is None:
            raise KeyError(key)
        return found

    def word(self, key: str, default: str) -> str:
        """Return the text under a key, or the default when the key is absent."""
        found = self.find(key)
        return default if found is None else found.text

    def items(self, key: str) -> Iterator[Place]:
        """Yield the entries of the list under a key, none when the key is absent."""
        found = self.find(key)
        if found is not None and isinstance(found.node, Listing):
            for node in found.node.items:
                yield Place(node, self.name, node.line)

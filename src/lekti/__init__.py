"""Netherton syndrome as software that runs, cites and explains itself.

For research and education; not for decisions about a person.
"""

__version__ = "0.1.0"

"""Every error a user can meet, and how it is worded.

    LektiError                  exit 2, unless said otherwise
    ├── InputError              a file, option or value the user gave is wrong
    ├── ModelError              a model text, table or SBML file cannot be used
    ├── MachineError            a missing package, a full disk, a folder that exists
    ├── AnswerIsNo              exit 1: the command worked and the answer is no
    └── Stopped                 exit 130: Ctrl-C, and what was finished is kept

A message says what is wrong, where, what was expected and what to do, in that order.
"""

from __future__ import annotations


class LektiError(Exception):
    """Any error with a sentence for the user; never shown with a traceback."""

    exit_code = 2

    def __init__(self, what: str, *, where: str = "", expected: str = "", fix: str = "") -> None:
        self.what = what
        self.where = where
        self.expected = expected
        self.fix = fix
        super().__init__(self.sentence())

    def sentence(self) -> str:
        """Return the one line a user reads.

        >>> InputError("dose -300 mg", where="case.yaml:14", expected="a dose above 0").sentence()
        'dose -300 mg. case.yaml:14. Expected a dose above 0.'
        """
        parts = [self.what, self.where, f"Expected {self.expected}" if self.expected else "", self.fix]
        return " ".join(_with_stop(part) for part in parts if part)


class InputError(LektiError):
    """A file, option or value the user gave is wrong."""


class ModelError(LektiError):
    """A model text, a parameter table or an SBML file cannot be used."""


class MachineError(LektiError):
    """The machine lacks something: a package, space, or a free folder."""


class AnswerIsNo(LektiError):  # noqa: N818
    """The command did its work and the answer is no."""

    exit_code = 1


class Stopped(LektiError):  # noqa: N818
    """Ctrl-C during a command that keeps what it has finished."""

    exit_code = 130


def shown(text: str, length: int = 60) -> str:
    """Return the beginning of a text from a user's file, safe to show on one line.

    >>> shown("red\\x1b[31m\\nline")
    'red[31mline'
    """
    return "".join(sign for sign in text[:length] if sign.isprintable())


def _with_stop(part: str) -> str:
    return part if part.endswith((".", "!", "?")) else part + "."

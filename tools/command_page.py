"""Write docs/reference/commands.md from what `lekti --help` prints, for every command in turn.

The page is the program's own words, so it cannot promise an option that is not there.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "commands.md"
TOP = """# Commands

This page is what `lekti --help` and the help of each command print. `make docs` writes it.
"""
PROGRAM = "import sys; sys.argv[0] = 'lekti'; from lekti.cli.main import main; sys.exit(main())"
PLAIN = {"TYPER_USE_RICH": "0", "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}


def main() -> int:
    """Write the page and say where it is."""
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(command_page(), "utf-8")
    print(f"The command page: {PAGE}")
    return 0


def command_page() -> str:
    """Return the whole page: one heading and one block of help for each command, in the program's order."""
    blocks = [f"## {name}\n\n```text\n{text}\n```\n" for name, text in all_help()]
    return "\n".join([TOP, *blocks])


def all_help(words: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Return (command, help text) for `lekti` and every command under it."""
    text = _help(words)
    found = [(" ".join(("lekti", *words)), text)]
    for name in commands_in(text):
        found += all_help((*words, name))
    return found


def commands_in(text: str) -> list[str]:
    """Return the names listed under `Commands:` in a help text."""
    _, _, listing = text.partition("\nCommands:\n")
    return re.findall(r"^  ([a-z][a-z0-9-]*)(?=\s|$)", listing, flags=re.MULTILINE)


def entries_without_words(text: str) -> list[str]:
    """Return the arguments and options of a help text that do not say what they are."""
    entries = [entry for title in ("Arguments", "Options") for entry in _entries(text, title)]
    return [entry for entry in entries if not _words_of(entry)]


def _entries(text: str, title: str) -> list[str]:
    """Return the entries under a title, each on one line."""
    _, _, rest = text.partition(f"\n{title}:\n")
    block = rest.split("\n\n")[0]
    return [" ".join(entry.split()) for entry in re.split(r"\n(?=  \S)", "\n" + block) if entry.strip()]


def _words_of(entry: str) -> str:
    """Return an entry without its name, its flags, its kind of value and its notes in brackets."""
    bare = re.sub(r"\[[^\]]*\]|<[^>]*>|\b[A-Z][A-Z_]+\b|(?<!\w)-{1,2}[\w-]+|[,/]", " ", entry)
    words = bare.split()
    return " ".join(words if entry.startswith("-") else words[1:])


def _help(words: tuple[str, ...]) -> str:
    command = [sys.executable, "-c", PROGRAM, *words, "--help"]
    environment = {**os.environ, **PLAIN}
    answer = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True)
    return "\n".join(line.rstrip() for line in answer.stdout.strip().splitlines())


if __name__ == "__main__":
    sys.exit(main())

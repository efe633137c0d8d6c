"""Write textstat's grade of every section of the answer page into `knowledge/explain/textstat.tsv`.

textstat 0.7.4 works offline, and needs a package that newer Pythons lack: it gets an environment of its own.
Prints its grade beside ours; where they differ by more than one, the words that it counts otherwise.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

from lekti.base.provenance import checksum
from lekti.evidence.read_claims import load_claims
from lekti.outputs.answer_html import texts_of
from lekti.outputs.answer_page import answer_page
from lekti.outputs.readability import WORD, reading, syllables

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "src" / "lekti" / "knowledge" / "explain" / "textstat.tsv"
VERSION = "0.7.4"
PACKAGES = (f"textstat=={VERSION}", "setuptools<81")
HEAD = f"# The grade that textstat {VERSION} gives each section. text: start of the SHA-256 of its words."
MEASURE = """
import json, sys, textstat
texts, words = json.load(sys.stdin)
grades = {name: textstat.flesch_kincaid_grade(text) for name, text in texts.items()}
print(json.dumps([grades, {word: textstat.syllable_count(word) for word in words}]))
"""


def main() -> int:
    """Measure, print the two grades, and write the table."""
    texts = texts_of(answer_page(load_claims()))
    words = sorted({word for text in texts.values() for word in WORD.findall(text)})
    grades, counts = _measured(dict(texts), words)
    lines = [HEAD, "section\ttext\tgrade"]
    for name, text in texts.items():
        ours = reading(text).grade
        lines.append(f"{name}\t{checksum(text)[:12]}\t{grades[name]}")
        print(f"{name:<10} lekti {ours:5.1f}   textstat {grades[name]:5.1f}")
        if abs(ours - grades[name]) > 1:
            print(f"           {_why(text, counts)}")
    TABLE.write_text("\n".join(lines) + "\n", "utf-8")
    return 0


def _why(text: str, counts: dict[str, int]) -> str:
    other = {word: counts[word] for word in WORD.findall(text) if counts[word] != syllables(word)}
    return ", ".join(f"{word} {syllables(word)} (textstat {count})" for word, count in other.items())


def _measured(texts: dict[str, str], words: list[str]) -> Any:
    folder = ROOT / ".venv-textstat"
    if not (folder / "ready").exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        (folder / "ready").touch()
    command = [folder / "bin" / "python", "-W", "ignore", "-c", MEASURE]
    done = subprocess.run(
        command, input=json.dumps([texts, words]), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


if __name__ == "__main__":
    sys.exit(main())

"""Write what the pages under docs/science/modules tell from tables: equations, numbers, sources and figures.

The words of a page are written by hand; parts between `<!-- from the model: NAME -->` and `<!-- end -->` are
written here, so that they cannot drift.
"""

from __future__ import annotations

import re
import sys
from functools import partial
from pathlib import Path

from tools.page_blocks import rewritten

from lekti.base.tables import Row, knowledge_text, read_table
from lekti.evidence.read_claims import load_claims
from lekti.model.modules import load_modules
from lekti.model.parameters import MODULES, Parameter, load_parameters, load_units

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "science" / "modules"
FIGURES = ROOT / "docs" / "images" / "modules"


def main() -> int:
    """Write every page and figure, and say where they are."""
    from tools.module_figures import module_figure

    FIGURES.mkdir(parents=True, exist_ok=True)
    for row in figure_rows():
        (FIGURES / f"{row['module']}.svg").write_text(module_figure(row), "utf-8")
    for module in MODULES:
        path = PAGES / f"{module}.md"
        path.write_text(page_text(module, path.read_text("utf-8")), "utf-8")
    print(f"The module pages: {PAGES}")
    return 0


def figure_rows() -> list[Row]:
    """Return the lines of module_figures.tsv."""
    path = ROOT / "tools" / "module_figures.tsv"
    return list(read_table(path.read_text("utf-8"), name=path.name))


def page_text(module: str, text: str) -> str:
    """Return a page with its parts from the model written anew."""
    parts = {"equations": equations, "numbers": numbers, "links": links, "figure": figure}
    return rewritten(text, {name: partial(part, module) for name, part in parts.items()})


def equations(module: str) -> str:
    """Return the equations of a module as they stand in the model."""
    return f"```text\n{knowledge_text(f'model/{module}.ant').rstrip()}\n```"


def numbers(module: str) -> str:
    """Return the numbers of a module with prior, provenance and source."""
    rows = [_number(one) for one in load_parameters() if one.module == module]
    if not rows:
        return "This module has no numbers of its own."
    head = "| number | value | unit | prior | known | source and reason |\n|---|---|---|---|---|---|"
    return "\n".join([head, *rows])


def links(module: str) -> str:
    """Return what a module takes from others and what it gives to them."""
    names = {one.name: _names(one.statements) for one in load_modules()}
    owners = {name: one for one, (made, _) in names.items() for name in made}
    made, used = names[module]
    by_owner: dict[str, list[str]] = {}
    for name in sorted(used - made):
        if name in owners:
            by_owner.setdefault(owners[name], []).append(name)
    taken = [f"{_page(one)} ({', '.join(f'`{n}`' for n in some)})" for one, some in sorted(by_owner.items())]
    given = sorted(one for one, (_, uses) in names.items() if one != module and uses & made)
    told = [f"Takes from: {'; '.join(taken) or 'nothing but its own numbers'}."]
    told.append(f"Gives to: {', '.join(_page(one) for one in given) or 'nothing; it is read off'}.")
    behind = sorted(_claims(module))
    if behind:
        told.append(f"Rests on {len(behind)} claims: {', '.join(behind)}.")
    return "\n\n".join(told)


def figure(module: str) -> str:
    """Return the figure of a module with its title."""
    found = next((row for row in figure_rows() if row["module"] == module), None)
    if found is None:
        return "No figure: this module is seen through the others."
    return f"![{found['title']}](../../images/modules/{module}.svg)"


def _claims(module: str) -> set[str]:
    from lekti.model.cited import reasons_of_module

    return {reason.claim_id for _, reason in reasons_of_module(module, load_claims()) if reason.claim_id}


def _number(one: Parameter) -> str:
    source = (
        ""
        if one.source == "-"
        else f"{one.source}" + ("" if one.locator == "-" else f", {one.locator}") + ". "
    )
    unit = load_units()[one.unit].printed
    value = one.source_value.split(" ")[0]
    words = f"{source}{one.reason[:1].upper()}{one.reason[1:]}".replace("|", "\\|")
    return f"| `{one.id}` | {float(value):.6g} | {unit} | {_prior(one)} | {one.provenance} | {words} |"


def _prior(one: Parameter) -> str:
    numbers = ", ".join(f"{number:g}" for number in one.prior.numbers)
    return f"{one.prior.name} {numbers}".strip()


def _page(module: str) -> str:
    return f"[{module}]({module}.md)"


def _names(statements: tuple[str, ...]) -> tuple[set[str], set[str]]:
    """Return the variables a module makes, and all words of its equations, without numbers of layers."""
    made: set[str] = set()
    used: set[str] = set()
    for statement in statements:
        if " has " in statement or ("=" not in statement):
            continue
        left, right = re.split(r":?=", statement, maxsplit=1)
        made.add(_bare(left.strip().rstrip("'")))
        used |= {_bare(word) for word in re.findall(r"[A-Za-z_]\w*", right)}
    return made, used


def _bare(name: str) -> str:
    return re.sub(r"_\d+$", "", name)


if __name__ == "__main__":
    sys.exit(main())

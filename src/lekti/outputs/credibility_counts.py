"""What the credibility report counts, from the tables of lekti alone, so that it cannot drift from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lekti.base.errors import ModelError
from lekti.base.tables import knowledge_table, read_table
from lekti.evidence.claim import Claims
from lekti.evidence.read_claims import load_claims
from lekti.model.modules import LAYERS, load_modules
from lekti.model.parameters import PROVENANCES, Parameter, load_parameters
from lekti.population.shipped import TYPICAL_FILE, shipped_folder
from lekti.population.target_words import ROLES, readout_words
from lekti.population.targets import Target, shipped_targets
from lekti.population.typical import read_typical

FEW = 10
"""Below this many people an observation counts as one of few."""

SECOND_ENTRY = Path(__file__).resolve().parents[3] / "tests" / "second_entry"
"""The numbers typed in again; they are kept beside the tests and are no part of an installed package."""


@dataclass(frozen=True)
class ModuleRow:
    """A module of the model: its name, what it holds, and its numbers by provenance."""

    name: str
    purpose: str
    numbers: Mapping[str, int]

    @property
    def total(self) -> int:
        """Return how many numbers the module has."""
        return sum(self.numbers.values())


@dataclass(frozen=True)
class BehaviourRow:
    """A behaviour that must emerge from the equations, and its role."""

    id: str
    role: str
    label: str


def module_rows() -> tuple[ModuleRow, ...]:
    """Return every module in its order."""
    found = Counter((one.module, one.provenance) for one in load_parameters())
    return tuple(
        ModuleRow(one.name, one.purpose, {name: found[one.name, name] for name in PROVENANCES})
        for one in load_modules()
    )


def behaviour_rows() -> tuple[BehaviourRow, ...]:
    """Return every behaviour of `targets/behaviours.tsv`."""
    table = knowledge_table("targets/behaviours.tsv")
    return tuple(BehaviourRow(row["id"], row["role"], row["label"]) for row in table)


def role_counts(targets: tuple[Target, ...]) -> dict[str, int]:
    """Return how many observations have each role."""
    found = Counter(one.role for one in targets)
    return {role: found[role] for role in ROLES}


def entered_twice(folder: Path = SECOND_ENTRY) -> Mapping[str, int] | None:
    """Return how many numbers of the model and observations were typed in again; None without the tests."""
    if not (folder / "numbers.tsv").is_file():
        return None
    known = {
        "numbers": ("numbers.tsv", {one.id for one in load_parameters()}),
        "observations": ("targets.tsv", {one.id for one in shipped_targets()}),
    }
    return {
        part: len({row["id"] for row in read_table((folder / name).read_text("utf-8"), name=name)} & ids)
        for part, (name, ids) in known.items()
    }


def at_source(claims: Claims | None = None) -> tuple[str, ...]:
    """Return the numbers of the model for which a record was held and the words were found in it."""
    claims = load_claims() if claims is None else claims
    return tuple(one.id for one in load_parameters() if _is_anchored(claims, one))


def calibrated(folder: Path | None = None) -> Mapping[str, int] | None:
    """Return how many values were moved on how many rows by how many sets; None where nothing ships."""
    path = (shipped_folder() if folder is None else folder) / TYPICAL_FILE
    if not path.is_file():
        return None
    typical, about = read_typical(path)
    fit = about.get("fit")
    if not isinstance(fit, dict):
        raise ModelError(f"{path.name} does not say how it was made", fix="Run lekti calibrate again")
    told: Mapping[str, Any] = fit  # pyright: ignore[reportUnknownVariableType]
    return {
        "names": len(typical.names),
        "rows": len(told["targets"]),
        "sets": int(told["sets"]),
        "kept": len(typical.scores),
        "narrowed": int(told["narrowed"]),
    }


def counts() -> dict[str, int]:
    """Return the numbers that fill the gaps of the report's sentences."""
    parameters, targets, claims = load_parameters(), shipped_targets(), load_claims()
    provenance = Counter(one.provenance for one in parameters)
    held = at_source(claims)
    readouts = readout_words().values()
    behaviours = behaviour_rows()
    return {
        **{name: provenance[name] for name in PROVENANCES},
        **role_counts(targets),
        "modules": len(module_rows()),
        "layers": LAYERS,
        "parameters": len(parameters),
        "varying": sum(one.prior.varies for one in parameters),
        "at_source": len(held),
        "not_at_source": sum(one.provenance != "assumed" and one.id not in held for one in parameters),
        "targets": len(targets),
        "sources": len({one.source for one in targets}),
        "populations": len({one.population for one in targets}),
        "small": sum(one.n < FEW for one in targets),
        "few": FEW,
        "netherton_targets": sum("netherton" in one.population for one in targets),
        "behaviours": len(behaviours),
        "behaviours_test": sum(one.role == "test" for one in behaviours),
        "readouts": len(readouts),
        "silent_readouts": sum(not one.output for one in readouts),
        "claims": len(claims.active()),
        "records": len({record for one in claims.active() for record in one.records}),
    }


def _is_anchored(claims: Claims, parameter: Parameter) -> bool:
    behind = claims.behind("parameter", parameter.id)
    return any(one.anchor.state == "anchored" for claim in behind for one in claim.evidence)

"""The model as text: an overview of its modules, or one module with its equations and numbers."""

from __future__ import annotations

from lekti.base.errors import InputError
from lekti.base.provenance import USE
from lekti.base.tables import knowledge_text
from lekti.evidence.read_claims import load_claims
from lekti.model.modules import load_module
from lekti.model.netherton import model_checksum, netherton_system
from lekti.model.parameters import MODULES, Parameter, load_parameters, load_units
from lekti.population.draw import prior_table


def overview_text() -> str:
    """Return one line per module, and what the numbers rest on."""
    parameters, system = load_parameters(), netherton_system()
    lines = ["Netherton syndrome: from two alleles to a course", ""]
    for name in MODULES:
        count = sum(parameter.module == name for parameter in parameters)
        lines.append(f"{name:<12} {count:>3} numbers   {load_module(name).purpose}")
    known = ", ".join(f"{count} {name}" for name, count in prior_table(parameters).items())
    lines += [
        "",
        f"{len(system.states)} states, {len(system.assignments)} assignments, "
        f"{len(parameters)} parameters: {known}.",
        f"Model {model_checksum()[:12]}. For {USE}.",
        "One module: lekti model show barrier     All of it: lekti model export --antimony",
    ]
    return "\n".join(lines)


def module_text(name: str) -> str:
    """Return a module as it is written, and its numbers with their provenance."""
    parameters = _of_module(name)
    units = load_units()
    lines = [knowledge_text(f"model/{name}.ant").rstrip(), ""]
    for one in parameters:
        unit = units[one.unit].printed
        prior = one.prior.name + (
            f"({', '.join(f'{number:g}' for number in one.prior.numbers)})" if one.prior.numbers else ""
        )
        lines.append(f"{one.id} = {one.value:.6g} {unit}".rstrip() + f"   {prior}")
        source = "" if one.source == "-" else f" {one.source}, {one.locator}."
        claims = ", ".join(_claims(one))
        lines.append(f"    {one.provenance}: {one.reason}.{source}" + (f" {claims}." if claims else ""))
    return "\n".join(lines)


def model_object() -> dict[str, object]:
    """Return the overview as plain data."""
    parameters, system = load_parameters(), netherton_system()
    return {
        "model": system.name,
        "sha256": model_checksum(),
        "states": len(system.states),
        "assignments": len(system.assignments),
        "parameters": len(parameters),
        "numbers": dict(prior_table(parameters)),
        "modules": [{"id": name, "purpose": load_module(name).purpose} for name in MODULES],
        "use": USE,
    }


def module_object(name: str) -> dict[str, object]:
    """Return one module as plain data."""
    return {
        "module": name,
        "text": knowledge_text(f"model/{name}.ant"),
        "parameters": [_plain(parameter) for parameter in _of_module(name)],
        "use": USE,
    }


def _plain(one: Parameter) -> dict[str, object]:
    return {
        "id": one.id, "value": one.value, "unit": load_units()[one.unit].ucum, "at_source": one.source_value,
        "prior": {"name": one.prior.name, "numbers": list(one.prior.numbers)}, "provenance": one.provenance,
        "source": one.source, "locator": one.locator, "reason": one.reason, "file": one.where,
        "claims": list(_claims(one)),
    }  # fmt: skip


def _claims(one: Parameter) -> tuple[str, ...]:
    """Return the ids of the claims a number rests on."""
    return tuple(claim.id for claim in load_claims().behind("parameter", one.id))


def _of_module(name: str) -> list[Parameter]:
    if name not in MODULES:
        raise InputError(f"Module '{name}' is not known", expected=" or ".join(MODULES))
    return [parameter for parameter in load_parameters() if parameter.module == name]

"""The model as SBML with parameters that can keep what an output was at some moment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lekti.base.errors import ModelError
from lekti.model.assemble import assemble_sbml, check_document


def sbml_remembering(kept: Iterable[tuple[str, str]]) -> str:
    """Return the model with one more parameter for each (name, output), which nothing in the model reads.

    A parameter has the unit of its output (`time`: days) and the value 1 until somebody sets it. Raises
    `ModelError` for an output that the model does not have.
    """
    import libsbml

    document: Any = libsbml.readSBMLFromString(assemble_sbml())
    model: Any = document.getModel()
    for name, output in kept:
        known = model.getParameter(output)
        if known is None and output != "time":
            raise ModelError(f"The model has no output '{output}'", expected="a parameter of the SBML")
        added = model.createParameter()
        added.setId(name)
        added.setConstant(False)
        added.setValue(1.0)
        added.setUnits("day" if known is None else known.getUnits())
    problems = check_document(document)
    if problems:
        raise ModelError(f"The SBML has {len(problems)} problems, first: {problems[0]}")
    return str(libsbml.writeSBMLToString(document))

"""Antimony text to SBML text, by the Antimony library."""

from __future__ import annotations

import re

from lekti.base.errors import ModelError, shown


def sbml_of_antimony(text: str, *, name: str = "model.ant") -> str:
    """Return the SBML of the main model in an Antimony text.

    Raises `ModelError` with Antimony's complaint, and for `import`, because a model is one file here.
    """
    import antimony

    for line, content in enumerate(text.splitlines(), start=1):
        if re.match(r"\s*import\b", content):
            raise ModelError("The model imports another file", where=f"{name}:{line}", expected="one file")
    antimony.clearPreviousLoads()
    if antimony.loadAntimonyString(text) < 0:
        complaint = " ".join(str(antimony.getLastError()).split())
        raise ModelError(f"Antimony refuses the model: {shown(complaint, 300)}", where=name)
    return str(antimony.getSBMLString(antimony.getMainModuleName()))

"""The Netherton model itself, as SBML text and as a flat `System`."""

from __future__ import annotations

from functools import cache

from lekti.base.provenance import checksum
from lekti.model.assemble import assemble_sbml
from lekti.model.modules import LAYERS
from lekti.model.read_sbml import read_sbml
from lekti.model.system import System


@cache
def netherton_system(*, layers: int = LAYERS) -> System:
    """Return the model of Netherton syndrome, flat; time is in days and starts before birth."""
    return read_sbml(assemble_sbml(layers=layers), name="netherton.xml")


def model_checksum(*, layers: int = LAYERS) -> str:
    """Return the SHA-256 of the SBML text: it changes with any equation, number or note."""
    return checksum(assemble_sbml(layers=layers))

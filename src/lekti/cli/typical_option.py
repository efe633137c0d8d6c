"""The option that names where typical values come from, the same for every command that has it."""

from __future__ import annotations

from typing import Annotated

import typer

TypicalOption = Annotated[
    str, typer.Option(help='Typical values: "shipped", "prior", or the typical.parquet of lekti calibrate.')
]

"""Options of the commands that look into the user's own records."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
RecordDir = Annotated[
    Path | None,
    typer.Option(
        help="Folder of records [default: LEKTI_RECORDS, or the user's data folder].", show_default=False
    ),
]

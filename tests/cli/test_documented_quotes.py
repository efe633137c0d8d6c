"""The page on checking quotes shows what the program prints."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from lekti.cli.evidence_commands import app

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "tasks" / "check-quotes.md").read_text("utf-8")
PAPER = ROOT / "tests" / "material" / "records" / "paper_twin.md"
IGE = "The IgE in his serum went down from 1078 IU/mL to 55.8 IU/mL"


@pytest.mark.parametrize(
    "quote",
    [
        IGE,
        IGE.replace("55.8 IU/mL", "55.8 ng/mL"),
        "which of the two treatments helped",
        "University of Nowhere, Sampletown",
    ],
)
def test_the_page_shows_what_is_printed(quote: str):
    printed = CliRunner().invoke(app, ["check-quote", str(PAPER), quote]).output
    assert printed.splitlines()
    assert [line for line in printed.splitlines() if line not in PAGE] == []

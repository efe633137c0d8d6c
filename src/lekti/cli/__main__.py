"""`python -m lekti.cli` is the same command as `lekti`."""

from lekti.cli.main import main

main()

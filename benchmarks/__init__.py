"""Measurements of speed: lekti against itself (`make bench`) and against its peers (`make bench-peers`)."""

"""Measurements of speed (`make bench`, `make bench-peers`) and of the check of quotes."""

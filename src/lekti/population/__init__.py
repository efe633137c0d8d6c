"""Distributions in, virtual versions of a person out."""

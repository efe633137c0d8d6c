"""Case file or phenopacket in, `Patient` and `Course` out."""

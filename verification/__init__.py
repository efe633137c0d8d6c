"""Long proofs with stated limits; `docs/science/verification.md` gives the figures."""

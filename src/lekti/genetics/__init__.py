"""HGVS text in, effect on LEKTI out (a distribution); knows nothing of the model."""

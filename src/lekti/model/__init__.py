"""Model text and parameter tables in, one SBML document and a flat `System` out."""

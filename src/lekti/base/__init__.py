"""What lies under every room: errors, units, tables, seeds, provenance."""

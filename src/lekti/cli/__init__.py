"""The terminal's door over the same verbs as the library."""

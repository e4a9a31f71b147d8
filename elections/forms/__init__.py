"""Forms of the elections app."""

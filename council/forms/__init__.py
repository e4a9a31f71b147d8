"""Forms of the council app."""

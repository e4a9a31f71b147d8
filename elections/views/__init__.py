"""Pages of the elections app."""

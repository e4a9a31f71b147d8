"""Rows of `make bench`: each module has `rows()`, figures beside their ceilings and goals."""

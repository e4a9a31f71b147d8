"""Verbs of the elections app."""

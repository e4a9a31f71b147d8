"""Simulated papers: printed by us, marked by imagined hands, spoiled by imagined scanners.

Everything follows from a seed. The simulator is not the world: see docs/scanning-results.md.
"""

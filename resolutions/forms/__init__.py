"""Forms of the resolutions app."""

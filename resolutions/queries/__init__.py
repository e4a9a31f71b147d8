"""What the pages and services of the resolutions app read, one module a subject."""

"""What the pages of the elections app read, one module a subject."""

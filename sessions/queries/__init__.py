"""What the pages of the sessions app show, one module a subject."""

"""What the pages of the elections app show, prepared from forms and queries."""

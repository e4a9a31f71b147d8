"""PAdES signatures over finished bytes: no Django, no database; the clock is an argument."""

"""What is private is shown to nobody for whom it is not: canaries, crawled for."""

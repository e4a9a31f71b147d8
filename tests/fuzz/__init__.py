"""Odd requests to every address, as every role: no answer is the server's fault."""

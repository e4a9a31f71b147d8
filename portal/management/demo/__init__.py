"""The demo's three councils, told through the same services that people use."""

"""Forms of the sessions app: shape only; what is allowed is decided by the services."""

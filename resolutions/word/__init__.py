"""Word files as sources of text; read in the process with limits (`sessions.inspection`)."""

"""Hostile files made by our own scripts, and ordinary ones made by LibreOffice; all made up."""

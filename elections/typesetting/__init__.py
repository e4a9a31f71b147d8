"""From frozen data to PDF bytes: no database, no Django, no network, no clock."""

"""The portal's own words and shapes; no Django, no clock."""

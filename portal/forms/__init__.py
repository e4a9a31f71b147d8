"""Small forms of public pages; all of them GET."""

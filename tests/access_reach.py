"""Addresses by which pages are found and followed: sitemaps, linked data, letters."""

REACH = """
portal:robots                      GET,OPTIONS  public
portal:sitemap-index               GET,OPTIONS  public
portal:sitemap                     GET,OPTIONS  public
portal:resolution-jsonld           GET,OPTIONS  public
"""

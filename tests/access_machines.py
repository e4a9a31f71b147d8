"""Addresses that programs read; `OPTIONS` is what a browser asks before it reads from elsewhere."""

MACHINES = """
portal:api-root                    GET,OPTIONS  public
portal:api-openapi                 GET,OPTIONS  public
portal:api-councils                GET,OPTIONS  public
portal:api-council                 GET,OPTIONS  public
portal:api-terms                   GET,OPTIONS  public
portal:api-sessions                GET,OPTIONS  public
portal:api-session                 GET,OPTIONS  public
portal:api-agenda-items            GET,OPTIONS  public
portal:api-papers                  GET,OPTIONS  public
portal:api-polls                   GET,OPTIONS  public
portal:api-poll                    GET,OPTIONS  public
portal:api-resolutions             GET,OPTIONS  public
portal:api-resolution              GET,OPTIONS  public
portal:api-persons                 GET,OPTIONS  public
portal:api-person                  GET,OPTIONS  public
portal:api-delegates               GET,OPTIONS  public
portal:api-offices                 GET,OPTIONS  public
portal:api-tenures                 GET,OPTIONS  public
portal:api-indicators              GET,OPTIONS  public
portal:api-nowhere                 GET,OPTIONS  public
"""
NOWHERE = {"portal:api-nowhere": {404}}

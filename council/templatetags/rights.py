"""The permission table for menus: nobody is shown a way that would end at a closed gate."""

from django import template

from council.services import access

register = template.Library()


@register.filter
def may(roles: object, verb: str) -> bool:
    """Whether the roles of a gated request allow the verb; outside a council none does.

    Raises:
        LookupError: the verb is not in the permission table.
    """
    if verb not in access.PERMISSIONS:
        raise LookupError(verb)
    return isinstance(roles, frozenset) and access.may(roles, verb)

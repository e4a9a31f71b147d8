"""Administrators who decide on the rulebook at the same moment."""

from dataclasses import replace
from datetime import date

import pytest

from council.models import AuditEntry, RuleVersion, User
from council.rules.law import RULEBOOK
from council.services import audit, rulebook
from tests import cast as casting
from tests.cast import PASSWORD, Cast
from tests.concurrency.test_counting import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def proposed(cast: Cast, rule: str) -> RuleVersion:
    like = RULEBOOK.by_id(rule)
    row = replace(like, article="Điều 1 Luật mới", effective_from=date(2028, 1, 1))
    return rulebook.propose(row, like=like, by=cast.user["admin"])


def test_two_who_approve_one_proposal_at_once_approve_it_once() -> None:
    cast = casting.build()
    version = proposed(cast, "question")
    users = {name: User.objects.create_superuser(name, "", PASSWORD) for name in ("a", "b")}
    said = at_once(lambda name: rulebook.approve(version, by=users[name]), ("a", "b"))
    assert said == ["done", "rule.already_decided"]
    assert AuditEntry.objects.filter(verb="rule.approve").count() == 1


def test_two_proposals_approved_at_once_get_two_editions() -> None:
    cast = casting.build()
    versions = {"a": proposed(cast, "question"), "b": proposed(cast, "resolution.majority")}
    root = User.objects.create_superuser("root", "", PASSWORD)
    said = at_once(lambda name: rulebook.approve(versions[name], by=root), ("a", "b"))
    assert said == ["done", "done"]
    assert sorted(RuleVersion.objects.values_list("edition", flat=True)) == [1, 2]
    assert audit.first_broken() is None

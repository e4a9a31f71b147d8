"""Two administrators change the rulebook: proposed, approved by another, read by every process."""

from dataclasses import replace
from datetime import UTC, date, datetime
from unittest import mock

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from council.models import AuditEntry, Role, RuleVersion, User
from council.rules.law import RULEBOOK, Ending, Level, Mark
from council.rules.refusals import Refusal
from council.services import rulebook
from tests.cast import GRANTED, PASSWORD

DAY = date(2028, 1, 1)
SUBJECT = "resolution.majority"


@pytest.fixture
def first(cast):
    return cast.user["admin"]


@pytest.fixture
def second(cast) -> User:
    """An administrator of another council: the rulebook is one for all."""
    user = User.objects.create_user("quantri2", "", PASSWORD)
    Role.objects.create(
        user=user, council=cast.other_council, kind="administrator", granted_at=GRANTED
    )
    return user


def proposed(by: User, rule: str = SUBJECT, **changes: object) -> RuleVersion:
    like = RULEBOOK.by_id(rule)
    wanted = {"effective_from": DAY, "article": "Điều 1 Luật mới", **changes}
    return rulebook.propose(replace(like, **wanted), like=like, by=by)  # type: ignore[arg-type]


def code_of(verb, *args, **kwargs) -> str:
    with pytest.raises(Refusal) as refusal:
        verb(*args, **kwargs)
    return refusal.value.code


def test_an_approved_version_is_law_from_its_day(first, second, django_capture_on_commit_callbacks):
    version = proposed(first)
    assert (version.rule_id, version.state) == ("resolution.majority.v1", "proposed")
    assert RULEBOOK.find(SUBJECT, DAY, "province").id == SUBJECT, "a proposal is no law"
    with django_capture_on_commit_callbacks(execute=True):
        version = rulebook.approve(version, by=second)
    assert (version.state, version.edition, version.decided_by) == ("approved", 1, second)
    found = RULEBOOK.find(SUBJECT, DAY, "province")
    assert (found.id, found.article) == ("resolution.majority.v1", "Điều 1 Luật mới")
    assert found.threshold == RULEBOOK.by_id(SUBJECT).threshold
    assert RULEBOOK.find(SUBJECT, date(2027, 12, 31), "province").id == SUBJECT


@pytest.mark.parametrize(
    "rule",
    ["resolution.majority", "confidence.denominator", "approve.send", "session.quorum", "question"],
)
def test_a_version_comes_out_of_the_database_as_it_went_in(first, second, rule):
    version = proposed(first, rule, note="Ghi chú", mark=Mark.MEMORY, source="Công báo")
    rulebook.approve(version, by=second)
    rulebook.refresh()
    like = RULEBOOK.base.by_id(rule)
    stored = RULEBOOK.by_id(version.rule_id)
    assert stored == replace(
        like, id=version.rule_id, effective_from=DAY, article="Điều 1 Luật mới",
        note="Ghi chú", mark=Mark.MEMORY, source="Công báo",
    )  # fmt: skip


def test_another_process_reads_what_was_approved(first, second):
    rulebook.approve(proposed(first), by=second)
    assert RULEBOOK.find(SUBJECT, DAY, "province").id == SUBJECT, "this one has not read it yet"
    rulebook.refresh()
    assert RULEBOOK.find(SUBJECT, DAY, "province").id == "resolution.majority.v1"


def test_refreshing_costs_one_query_and_forgets_what_is_gone(
    first, second, django_assert_num_queries
):
    rulebook.approve(proposed(first), by=second)
    with django_assert_num_queries(1):
        rulebook.refresh()
    with django_assert_num_queries(1):
        rulebook.refresh()
    RuleVersion.objects.all().delete()  # as after restoring an older backup
    rulebook.refresh()
    assert RULEBOOK.editions == ()
    assert RULEBOOK.find(SUBJECT, DAY, "province").id == SUBJECT


def test_pages_read_again_only_after_a_while(db, settings, django_assert_num_queries):
    settings.RULEBOOK_REFRESH_SECONDS = 60
    with mock.patch.object(rulebook.Clock, "read_at", None):
        with django_assert_num_queries(1):
            rulebook.refresh_if_due()
        with django_assert_num_queries(0):
            rulebook.refresh_if_due()
        rulebook.Clock.read_at -= 61
        with django_assert_num_queries(1):
            rulebook.refresh_if_due()


def test_a_database_out_of_reach_does_not_stop_a_page_here(settings):
    settings.RULEBOOK_REFRESH_SECONDS = 60
    with (
        mock.patch.object(rulebook.Clock, "read_at", None),
        mock.patch.object(rulebook, "refresh", side_effect=DatabaseError),
    ):
        rulebook.refresh_if_due()


def test_the_first_page_of_a_process_goes_by_what_was_approved(first, second, settings, client):
    rulebook.approve(proposed(first), by=second)
    settings.RULEBOOK_REFRESH_SECONDS = 60
    with mock.patch.object(rulebook.Clock, "read_at", None):
        client.get("/dang-nhap/")
    assert RULEBOOK.editions == (1,)


def test_nobody_approves_what_he_or_she_proposed(first):
    version = proposed(first)
    assert code_of(rulebook.approve, version, by=first) == "rule.own_proposal"
    version.refresh_from_db()
    assert version.state == "proposed"


def test_only_administrators_touch_the_rulebook(cast, first):
    version = proposed(first)
    for name in ("clerk", "approver", "chair", "delegate"):
        user = cast.user[name]
        assert code_of(proposed, user, "question") == "access.not_administrator"
        assert code_of(rulebook.approve, version, by=user) == "access.not_administrator"
        assert code_of(rulebook.reject, version, reason="x", by=user) == "access.not_administrator"
        ending = Ending("question", DAY)
        refused = code_of(rulebook.propose_ending, ending, source="x", by=user)
        assert refused == "access.not_administrator"


def test_the_systems_administrator_may_decide_too_but_no_inactive_account(first, second):
    root = User.objects.create_superuser("root", "", PASSWORD)
    assert rulebook.approve(proposed(first), by=root).state == "approved"
    Role.objects.filter(user=second).update(revoked_at=timezone.now())
    assert code_of(proposed, second, "question") == "access.not_administrator"
    root.is_active = False
    root.save()
    assert code_of(proposed, root, "question") == "access.not_administrator"


def test_a_proposal_is_decided_once(first, second):
    version = proposed(first)
    stale = RuleVersion.objects.get(pk=version.pk)
    rulebook.approve(version, by=second)
    assert code_of(rulebook.approve, stale, by=second) == "rule.already_decided"
    assert code_of(rulebook.reject, stale, reason="x", by=second) == "rule.already_decided"


def test_it_is_sent_back_with_a_reason_and_may_be_proposed_again(first, second):
    version = proposed(first)
    assert code_of(rulebook.reject, version, reason="  ", by=second) == "rule.no_reason"
    version = rulebook.reject(version, reason="Sai số điều.", by=second)
    assert (version.state, version.reason, version.edition) == ("rejected", "Sai số điều.", None)
    rulebook.refresh()
    assert RULEBOOK.editions == ()
    assert proposed(first).rule_id == "resolution.majority.v2"


def test_whoever_proposed_it_may_withdraw_it(first):
    version = rulebook.reject(proposed(first), reason="Gõ nhầm.", by=first)
    assert version.state == "rejected"


def test_one_proposal_at_a_time_on_a_subject(first):
    proposed(first)
    assert code_of(proposed, first, effective_from=date(2029, 1, 1)) == "rule.waiting"
    ending = Ending(SUBJECT, DAY)
    assert code_of(rulebook.propose_ending, ending, source="x", by=first) == "rule.waiting"


def test_who_read_the_proposal_against_an_older_book_reads_it_again(first, second):
    mark = rulebook.edition_mark()
    version, other = proposed(first), proposed(first, "question")
    rulebook.approve(other, seen=mark, by=second)
    assert code_of(rulebook.approve, version, seen=mark, by=second) == "rule.book_changed"
    assert rulebook.approve(version, seen=rulebook.edition_mark(), by=second).edition == 2


def test_an_ending_is_decided_in_the_same_way(first, second):
    ending = Ending("confidence.commune", DAY)
    version = rulebook.propose_ending(ending, source="Nghị quyết mới", by=first)
    assert (version.kind, version.rule_id) == ("ending", "confidence.commune")
    rulebook.approve(version, by=second)
    rulebook.refresh()
    subject = "confidence.level_not_subject"
    assert RULEBOOK.find(subject, DAY, "commune") is not None
    assert RULEBOOK.find(subject, date(2028, 1, 2), "commune") is None
    again = code_of(rulebook.propose_ending, ending, source="x", by=first)
    assert again == "rule.already_ended"


def test_what_is_not_sound_is_not_even_proposed(first):
    assert code_of(proposed, first, source="") == "rule.no_source"
    assert not RuleVersion.objects.exists()


def test_what_is_not_sound_any_more_is_not_approved(first, second):
    ending = Ending("question", DAY)
    version = rulebook.propose_ending(ending, source="Luật mới", by=first)
    with mock.patch.object(RULEBOOK, "base", RULEBOOK.base.with_ending(ending)):
        RULEBOOK.take(())
        assert code_of(rulebook.approve, version, by=second) == "rule.already_ended"
    RULEBOOK.take(())


def test_each_step_is_in_the_audit_log(first, second):
    version = proposed(first)
    rulebook.reject(version, reason="Sai.", by=second)
    rulebook.approve(proposed(first), by=second)
    told = list(
        AuditEntry.objects.filter(object_type="council.ruleversion")
        .order_by("seq")
        .values_list("verb", "actor_label", "council")
    )
    assert [verb for verb, *_rest in told] == [
        "rule.propose", "rule.reject", "rule.propose", "rule.approve",
    ]  # fmt: skip
    assert all(council is None for *_rest, council in told), "the whole installation's"
    newest = AuditEntry.objects.latest("seq")
    assert "Điều 1 Luật mới" in newest.payload


def row(first: User, **changes: object) -> RuleVersion:
    version = RuleVersion(
        rule_id="x.v1", like_id="x", subject="x", text_vi="A.", text_en="A.",
        effective_from=DAY, levels=["province"], mark="text", source="S", proposed_by=first,
        proposed_at=datetime(2026, 11, 1, tzinfo=UTC),
    )  # fmt: skip
    for name, value in changes.items():
        setattr(version, name, value)
    return version


AT = datetime(2026, 11, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "other"},
        {"kind": "ending"},
        {"effective_to": date(2027, 1, 1)},
        {"state": "approved"},
        {"state": "approved", "decided_at": AT, "edition": 1},
        {"state": "rejected", "decided_at": AT},
        {"edition": 1},
        {"reason": "x"},
        {"state": "lost"},
    ],
)
def test_the_database_refuses_a_state_without_its_fields(first, changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        row(first, **changes).save()


def test_the_database_refuses_an_approval_by_the_proposer(first, second):
    decided = {"state": "approved", "decided_at": AT, "edition": 1}
    with pytest.raises(IntegrityError), transaction.atomic():
        row(first, decided_by=first, **decided).save()
    row(first, decided_by=second, **decided).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        row(first, rule_id="x.v2", decided_by=second, **decided).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        row(first).save()


def test_levels_are_those_of_the_version(first, second):
    version = proposed(first, levels=frozenset({Level.COMMUNE}))
    assert version.levels == ["commune"]
    rulebook.approve(version, by=second)
    rulebook.refresh()
    assert RULEBOOK.find(SUBJECT, DAY, "province").id == SUBJECT

"""Every address × every role: who gets in, who is told no, who is told nothing.

A new URL pattern fails here until it has its line in `ADDRESSES`; a new verb until it has its line
in `DOORS`. Both are written by hand on purpose: they are read against product.md section 5.
"""

import json

import pytest
from django.core.management import call_command

from portal.management.commands.show_urls import addresses
from tests.access_doors import DOORS
from tests.access_machines import MACHINES, NOWHERE
from tests.access_notices import NOTICES
from tests.access_papers import PAPERS
from tests.access_reach import REACH
from tests.access_register import REGISTER
from tests.access_session_texts import TEXTS
from tests.access_signing import SIGNING
from tests.access_stage import ACCOUNTS, Stage, answer, build

# address, methods, verb of its gate (or: public, signed_in, superuser, any_administrator)
ADDRESSES = """
healthz                            GET       public
readyz                             GET       public
council:login                      GET,POST  public
council:logout                     POST      public
council:home                       GET       signed_in
council:components                 GET       signed_in
council:permissions                GET       signed_in
council:council-add                GET,POST  superuser
council:rule-list                  GET       signed_in
council:rule-proposals             GET       signed_in
council:rule-proposal              GET       signed_in
council:rule-approve               POST      any_administrator
council:rule-reject                POST      any_administrator
council:rule-detail                GET       signed_in
council:rule-propose               GET,POST  any_administrator
council:rule-propose-ending        GET,POST  any_administrator
council:council-home               GET       work.read
council:jobs-seen                  POST      work.read
council:job-detail                 GET       work.read
council:audit-list                 GET       audit.read
council:people-list                GET       staff.read
council:person-add                 GET,POST  people.edit
council:people-import              GET,POST  people.import
council:people-import-sample       GET       people.import
council:people-import-confirm      POST      people.import
council:person-detail              GET       staff.read
council:person-edit                GET,POST  people.edit
council:seat-add                   POST      people.edit
council:seat-end                   POST      people.edit
council:seat-suspend               POST      people.edit
council:office-list                GET       staff.read
council:office-add                 GET,POST  office.edit
council:tenure-add                 GET,POST  office.edit
council:tenure-end                 GET,POST  office.edit
council:tenure-retirement          GET,POST  office.edit
council:tenure-approval            GET,POST  office.approval
council:structure                  GET       staff.read
council:term-add                   GET,POST  council.edit
council:group-add                  GET,POST  people.edit
council:committee-add              GET,POST  office.edit
council:regulation                 GET       staff.read
council:regulation-set             GET,POST  regulation.edit
council:regulation-end             POST      regulation.edit
council:account-list               GET       account.edit
council:account-invite             GET,POST  account.edit
council:role-grant                 GET,POST  account.edit
council:role-revoke                POST      account.edit
sessions:session-list              GET       staff.read
sessions:session-add               GET,POST  session.edit
sessions:session-detail            GET       staff.read
sessions:session-edit              GET,POST  session.edit
sessions:session-describe          POST      session.edit
sessions:session-submit            POST      session.submit
sessions:session-approve           POST      session.approve
sessions:session-send-back         POST      session.approve
sessions:session-convene           POST      session.convene
sessions:session-close             POST      session.close
sessions:notice-list               GET       staff.read
sessions:notice-resend             POST      session.convene
sessions:notice-print              GET       staff.read
sessions:note-list                 GET       staff.read
sessions:note-add                  POST      session.edit
sessions:note-edit                 GET,POST  session.edit
sessions:note-move                 POST      session.edit
sessions:note-remove               POST      session.edit
sessions:agenda-edit               GET       staff.read
sessions:agenda-print              GET       staff.read
sessions:agenda-item-add           GET,POST  agenda.edit
sessions:agenda-decide             POST      agenda.run
sessions:agenda-adopt              POST      agenda.run
sessions:agenda-change             POST      agenda.run
sessions:agenda-item-edit          GET,POST  agenda.edit
sessions:agenda-item-move          POST      agenda.edit
sessions:agenda-item-drop          POST      agenda.edit
sessions:agenda-item-start         POST      agenda.run
sessions:agenda-item-finish        POST      agenda.run
sessions:paper-list                GET       staff.read
sessions:paper-add                 GET,POST  paper.edit
sessions:uploads-save              POST      paper.edit
sessions:upload-begin              POST      paper.edit
sessions:upload-piece              GET,POST  paper.edit
sessions:upload-finish             POST      paper.edit
sessions:upload-discard            POST      paper.edit
sessions:paper-detail              GET       staff.read
sessions:paper-edit                GET,POST  paper.edit
sessions:paper-version-add         POST      paper.edit
sessions:paper-release             POST      paper.release
sessions:paper-withdraw            POST      staff.read
sessions:paper-file                GET       staff.read
sessions:delegate-home             GET       delegate.read
sessions:delegate-session          GET       delegate.read
sessions:delegate-paper            GET       delegate.read
sessions:delegate-calendar         GET       delegate.read
sessions:sitting-list              GET       staff.read
sessions:sitting-plan              POST      session.edit
sessions:sitting-open              POST      sitting.run
sessions:sitting-suspend           POST      sitting.run
sessions:sitting-resume            POST      sitting.run
sessions:sitting-close             POST      sitting.run
sessions:attendance-roll           GET,POST  staff.read
sessions:attendance-one            GET       staff.read
sessions:attendance-arrive         POST      attendance.edit
sessions:attendance-leave          POST      attendance.edit
sessions:attendance-excuse         POST      attendance.edit
sessions:attendance-undo-arrival   POST      attendance.edit
sessions:attendance-undo-leave     POST      attendance.edit
sessions:vote-list                 GET       staff.read
sessions:vote-take                 GET,POST  open_vote.edit
sessions:vote-detail               GET       staff.read
sessions:vote-close                GET,POST  open_vote.edit
sessions:indicator-list            GET       staff.read
sessions:indicator-add             GET,POST  indicator.edit
sessions:indicator-edit            GET,POST  indicator.edit
sessions:indicator-move            POST      indicator.edit
sessions:indicator-remove          POST      indicator.edit
council:tenure-appoint             GET,POST  office.edit
council:end-approval               GET,POST  office.approval
elections:no-confidence-prepare    GET,POST  poll.edit
elections:dismissal-prepare        GET,POST  poll.edit
elections:motion-add               GET,POST  poll.edit
elections:list-close               POST      poll.open
elections:subject-papers           GET,POST  poll.edit
elections:grounds                  GET       staff.read
elections:petition-add             GET,POST  poll.edit
elections:front-add                GET,POST  poll.edit
elections:petition-join            GET,POST  poll.edit
elections:follow-up-close          GET,POST  poll.edit
elections:resignation-add          GET,POST  poll.edit
elections:resignation-decide       GET,POST  poll.edit
elections:seat-release-add         GET,POST  poll.edit
elections:seat-release             GET,POST  poll.edit
elections:departure-record         GET,POST  office.edit
elections:polls                    GET       work.read
elections:confidence-prepare       GET,POST  poll.edit
elections:election-prepare         GET,POST  poll.edit
elections:committee                GET,POST  work.read
elections:committee-elect          POST      committee.edit
elections:committee-elect-by-vote  POST      committee.edit
elections:poll                     GET       work.read
elections:poll-discard             POST      poll.edit
elections:nominate                 GET,POST  poll.edit
elections:entry-withdraw           GET,POST  poll.edit
elections:list-approve             POST      poll.open
elections:list-approve-by-vote     POST      poll.open
elections:ballots-print            POST      poll.edit
elections:print-run-reprint        POST      poll.edit
elections:poll-open                POST      poll.open
elections:poll-close               POST      poll.close
elections:poll-annul               GET,POST  poll.annul
elections:poll-annul-by-vote       POST      poll.annul
elections:poll-annul-by-document   POST      poll.annul
elections:round-next               GET,POST  poll.edit
elections:poll-posts               GET,POST  poll.edit
elections:post-seats               POST      poll.edit
elections:post-remove              POST      poll.edit
elections:list-propose             GET,POST  poll.edit
elections:list-decide              POST      poll.open
elections:list-drop                POST      poll.edit
elections:poll-reelect             POST      poll.edit
elections:paper-repeat             POST      poll.edit
elections:tenure-reelect           GET,POST  staff.read
elections:poll-file                GET       outcome.read
elections:count-enter              GET,POST  count.enter
elections:count-check              POST      count.enter
elections:count-choose             GET,POST  count.enter
elections:paper-account            GET,POST  count.enter
elections:paper-account-check      POST      count.enter
elections:batch-list               GET       count.enter
elections:batch-open               POST      count.enter
elections:batch-start              POST      count.enter
elections:batch-read               GET,POST  count.enter
elections:batch-keep               POST      count.enter
elections:batch-submit             POST      count.enter
elections:batch-settle             GET,POST  count.reconcile
elections:batch-void               POST      count.reconcile
elections:count-compare            GET       count.reconcile
elections:count-resolve            POST      count.reconcile
elections:count-agree              POST      count.reconcile
elections:count-confirm            POST      count.confirm
elections:count-disagree           POST      count.confirm
elections:scan                     GET       count.enter
elections:scan-start               POST      count.enter
elections:scan-upload              POST      count.enter
elections:scan-pause               POST      count.enter
elections:scan-resume              POST      count.enter
elections:scan-finish              POST      count.enter
elections:scan-void                POST      count.enter
elections:scan-treat               POST      count.reconcile
elections:scan-pair                POST      count.reconcile
elections:scan-sample              POST      count.reconcile
elections:scan-row                 GET,POST  count.enter
elections:scan-decide              GET,POST  count.reconcile
elections:scan-row-picture         GET       count.enter
elections:scan-pair-picture        GET       count.reconcile
elections:scan-refused-picture     GET       count.reconcile
elections:hall-screen              GET       work.read
elections:poll-result              GET       outcome.read
elections:poll-counts              GET       outcome.read
resolutions:from-poll              POST      resolution.edit
resolutions:version-list           GET       staff.read
resolutions:version-compare        GET       staff.read
resolutions:version-restore        POST      resolution.edit
portal:home                        GET       public
portal:search                      GET       public
portal:search-feed                 GET       public
portal:opensearch                  GET       public
portal:council                     GET       public
portal:session-list                GET       public
portal:session                     GET       public
portal:agenda                      GET       public
portal:poll                        GET       public
portal:poll-counts                 GET       public
portal:resolution-list             GET       public
portal:resolution                  GET       public
portal:resolution-pdf              GET       public
portal:resolution-docx             GET       public
portal:resolution-xml              GET       public
portal:resolution-json             GET       public
portal:document                    GET       public
portal:delegate-list               GET       public
portal:office-list                 GET       public
portal:data                        GET       public
portal:feed                        GET       public
portal:calendar                    GET       public
"""
REDIRECT, FORBIDDEN, NOT_FOUND = 302, 403, 404
MORE_ANSWERS = {
    **NOWHERE,
    "council:login": {200, 302},
    "council:logout": {302},
    "readyz": {200, 503},
}
LETTERS = {
    "C": "clerk",
    "A": "approver",
    "H": "chair",
    "K": "ballot_committee",
    "D": "delegate",
    "Q": "administrator",
}
WHO_MAY = {
    verb: {LETTERS[letter] for letter in letters if letter != "."}
    for verb, *letters in (line.split() for line in DOORS.strip().splitlines())
}
TABLE = {
    name: (methods.split(","), gate)
    for name, methods, gate in (
        line.split()
        for table in (ADDRESSES, PAPERS, TEXTS, NOTICES, SIGNING, REGISTER, MACHINES, REACH)
        for line in table.strip().splitlines()
    )
}
FOUND = {address.name: address for address in addresses()}
GATED = [name for name, (_methods, gate) in TABLE.items() if gate in WHO_MAY]


def test_every_address_has_its_line_and_every_line_its_address():
    ours = {name for name, address in FOUND.items() if not name.startswith("admin:")}
    assert set(TABLE) == ours
    names = [address.name for address in addresses() if not address.name.startswith("admin:")]
    assert len(names) == len(ours), "two addresses share a name"


@pytest.mark.parametrize("name", TABLE)
def test_the_gate_and_the_methods_are_those_of_the_table(name):
    methods, gate = TABLE[name]
    address = FOUND[name]
    assert (address.gate, [m for m in address.methods if m != "HEAD"]) == (gate, methods)


def test_the_doors_are_those_of_the_permission_table():
    from council.services.access import PERMISSIONS

    assert {verb: set(PERMISSIONS[verb]) for verb in WHO_MAY} == WHO_MAY


@pytest.fixture
def stage(db) -> Stage:
    return build()


def gated(*, method: str | None = None):
    """Every address behind a verb, once for each of its methods."""
    for name in GATED:
        methods, gate = TABLE[name]
        for each in methods:
            if method in (None, each):
                yield name, each, gate


@pytest.mark.parametrize("who", ACCOUNTS)
def test_each_role_gets_in_where_its_verbs_say_and_nowhere_else(who, stage):
    wrong = {}
    for name, method, gate in gated():
        response = answer(stage, name, who, method)
        status = response.status_code
        if ACCOUNTS[who] & WHO_MAY[gate]:
            right = status in {200, 302, 400, 404, 409, 422}
        else:
            right = status == FORBIDDEN
        if not right:
            wrong[f"{method} {name}"] = f"{status} {response.reason_phrase}"
    assert wrong == {}


def test_who_is_not_signed_in_is_asked_to_sign_in(stage):
    wrong = {}
    for name, method, _gate in gated():
        response = answer(stage, name, None, method)
        if response.status_code != REDIRECT or not response.url.startswith("/dang-nhap/?next="):
            wrong[f"{method} {name}"] = response.status_code
    assert wrong == {}


def test_staff_of_another_council_learn_nothing(stage):
    found = {
        f"{method} {name}": answer(stage, name, "outsider", method).status_code
        for name, method, _gate in gated()
    }
    assert {where: status for where, status in found.items() if status != NOT_FOUND} == {}


def test_no_object_is_reached_through_another_council(stage):
    found = {
        f"{method} {name}": answer(
            stage, name, "outsider", method, slug=stage.other_slug
        ).status_code
        for name, method, _gate in gated()
        if "<int:pk>" in FOUND[name].pattern
    }
    assert {where: status for where, status in found.items() if status != NOT_FOUND} == {}


@pytest.mark.parametrize("who", [None, "delegate", "outsider"])
def test_public_pages_ask_nobody(who, stage):
    wrong = {}
    for name in [name for name, (_methods, gate) in TABLE.items() if gate == "public"]:
        response = answer(stage, name, who, TABLE[name][0][0])
        if response.status_code not in MORE_ANSWERS.get(name, {200}):
            wrong[name] = f"{response.status_code} {response.reason_phrase}"
    assert wrong == {}


def test_pages_for_everybody_with_an_account(stage):
    for name in [name for name, (_methods, gate) in TABLE.items() if gate == "signed_in"]:
        assert answer(stage, name, None, "GET").status_code == REDIRECT
        for who in [*ACCOUNTS, "outsider"]:
            assert answer(stage, name, who, "GET").status_code in {200, REDIRECT}, (name, who)


@pytest.mark.parametrize("who", [None, *ACCOUNTS, "outsider", "root"])
def test_the_rulebook_is_changed_by_administrators_of_any_council(who, stage):
    wrong = {}
    for name in [name for name, (_methods, gate) in TABLE.items() if gate == "any_administrator"]:
        for method in TABLE[name][0]:
            status = answer(stage, name, who, method).status_code
            if who is None:
                right = status == REDIRECT
            elif who in {"admin", "outsider", "root"}:
                right = status in {200, REDIRECT}
            else:
                right = status == FORBIDDEN
            if not right:
                wrong[f"{method} {name}"] = status
    assert wrong == {}


def test_show_urls_prints_every_pattern_as_json(capsys):
    call_command("show_urls", "--json")
    rows = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in rows] == [address.name for address in addresses()]
    count = next(row for row in rows if row["name"] == "elections:count-enter")
    assert count["roles"] == ["ballot_committee"]
    assert count["methods"] == ["GET", "POST"]
    assert all(row["methods"] and row["roles"] for row in rows)

"""Every rule of the collection of the law is a row of the rulebook; the table shows which.

Left: the row's id in the collection, section by section; right: the provisions that carry it. An
empty tuple says on purpose that no provision may carry it.
"""

from datetime import date
from pathlib import Path

import pytest

from council.rules.law import RULEBOOK, Level, Mark
from council.rules.majorities import Base

LAW_MD = Path(__file__).parents[3] / "shared" / "law.md"

CONFIDENCE = {
    "confidence.basis": ("confidence.basis", "confidence.power", "confidence.supervision"),
    "confidence.subjects": ("confidence.subjects",),
    "confidence.commune": ("confidence.commune",),
    "confidence.multi_post": (
        "confidence.multi_post", "no_confidence.multi_post", "old.multi_post",
    ),
    "confidence.exempt": ("confidence.exempt", "old.exempt"),
    "confidence.when": ("confidence.when",),
    "confidence.levels": ("confidence.levels",),
    "confidence.t_minus_45": ("confidence.t_minus_45",),
    "confidence.t_minus_30": ("confidence.t_minus_30", "old.t_minus_30"),
    "confidence.t_minus_25": ("confidence.t_minus_25",),
    "confidence.t_minus_20": ("confidence.t_minus_20", "old.t_minus_20"),
    "confidence.t_minus_15_10": ("old.t_minus_15", "old.t_minus_10"),
    "confidence.session_steps": ("confidence.session_steps",),
    "confidence.denominator": ("confidence.denominator",),
    "confidence.low_half_to_two_thirds": ("confidence.low_half_to_two_thirds",),
    "confidence.low_two_thirds": ("confidence.low_two_thirds",),
    "confidence.exact_half": (
        "confidence.low_half_to_two_thirds", "confidence.low_two_thirds",
    ),
    "confidence.use": ("confidence.use",),
    "confidence.publish": ("confidence.publish",),
    "no_confidence.triggers": ("no_confidence.triggers",),
    "no_confidence.delegate_right": ("no_confidence.delegate_right",),
    "no_confidence.steps": ("no_confidence.steps",),
    "no_confidence.result": ("no_confidence.result",),
    "confidence.then_dismissal": ("confidence.then_dismissal", "dismiss.approval"),
    "ballot.form": ("confidence.ballot_form",),
    "ballot.invalid": ("confidence.ballot_invalid",),
    "ballot.minutes": ("ballot.minutes",),
    "old.nq85": (
        "old.nq85", "old.low_half", "old.low_two_thirds", "old.petition", "old.no_conf",
        "old.levels", "old.t_minus_30", "old.t_minus_20", "old.t_minus_15", "old.t_minus_10",
    ),
}  # fmt: skip

ELECTIONS = {
    "election.nominate_hdnd": ("election.nominate_hdnd", "election.deputy_heads"),
    "election.nominate_ubnd": (
        "election.nominate_pc_chair", "election.nominate_pc_others", "election.pc_members_open",
    ),
    "election.extra_candidates": ("election.extra_candidates",),
    "election.majority": ("election.majority",),
    "election.secret": ("election.secret",),
    "election.second_round": ("election.second_round", "election.tie"),
    "election.ballot": ("election.ballot",),
    "election.result_resolution": ("election.result_resolution",),
    "election.takes_office": ("election.takes_office",),
    "approve.hdnd": ("approve.hdnd_province", "approve.hdnd_commune"),
    "approve.ubnd": ("approve.ubnd_province", "approve.ubnd_commune", "approve.not_needed"),
    "approve.send_days": ("approve.send",),
    "approve.decide_days": ("approve.decide",),
    "approve.dossier": ("approve.dossier", "law77.approve_dossier"),
    "dismiss.proposer": (
        "dismiss.propose_council", "dismiss.propose_pc_chair", "dismiss.propose_pc_others",
        "dismiss.approval",
    ),
    "dismiss.not_needed": ("dismiss.not_needed",),
    "resign": ("resign", "resign.transfer"),
    "delegate.remove": ("resolution.remove_delegate", "delegate.absent_year"),
    "delegate.suspend": (
        "delegate.suspend", "delegate.resign", "delegate.leaves_posts",
        "delegate.suspended_in_total",
    ),
    "term": ("term", "term.election_2026"),
    "khóa numbering": ("term.numbering",),
    "appoint.merger": ("appoint.merger",),
    "size": ("council.size_province", "council.size_commune"),
}  # fmt: skip

SESSIONS = {
    "session.first": ("session.first",),
    "session.ordinary": ("session.per_year",),
    "session.extra": ("session.extra_request",),
    "session.voters": ("session.voter_petition",),
    "session.convene_who": ("session.convene_who",),
    "session.convene_days": (
        "law77.convene_ordinary", "law77.convene_other",
        "session.convene_ordinary", "session.convene_other",
    ),
    "session.papers_days": ("session.papers_days",),
    "session.quorum": ("session.quorum",),
    "session.short_council": (
        "resolution.short_council", "council.short_two_thirds", "council.short_one_third",
        "council.by_election_months",
    ),
    "session.public": ("session.closed_request",),
    "session.chair": ("session.chair",),
    "session.absence": ("session.absence",),
    "session.agenda": ("session.agenda", "session.agenda_regulation"),
    "session.secretary": ("session.secretary",),
    "session.guests": ("law77.guests", "session.guests"),
    "question": ("question", "question.resolution", "question.time"),
    "voters": ("voters.petitions", "voters.supervision", "supervision.explain"),
    "minutes": ("law77.minutes",),
    "online": ("vote.forms",),
}  # fmt: skip

RESOLUTIONS = {
    "resolution.majority": ("law77.resolution_majority", "resolution.majority"),
    "resolution.remove_delegate": ("law77.remove_delegate", "resolution.remove_delegate"),
    "resolution.short_council": ("resolution.short_council",),
    "vote.options": ("law77.vote_options",),
    "vote.forms": ("law77.vote_forms", "vote.forms"),
    "resolution.sign": ("resolution.sign",),
    "resolution.send_up": ("law77.send_up", "resolution.send_up"),
    "resolution.close_formula": ("resolution.close_formula",),
    "number.individual": ("number.individual",),
    "number.qppl": ("number.qppl",),
    "number.who": ("number.who",),
    "qppl.effect": ("qppl.effect", "law80.effect_province", "law80.effect_local"),
    "qppl.commune": ("qppl.commune", "qppl.district_acts"),
    "qppl.publish": ("law80.publish",),
    "individual.effect": ("individual.effect",),
    "qppl.form": ("qppl.form", "individual.form"),
}

THRESHOLDS = {
    "resolution.majority": (
        "law77.resolution_majority", "law65.resolution_majority", "resolution.majority",
    ),
    "resolution.remove_delegate": (
        "law77.remove_delegate", "law65.remove_delegate", "resolution.remove_delegate",
    ),
    "resolution.short_council": ("resolution.short_council",),
    "election.majority": ("law77.election_majority", "election.majority"),
    "confidence.low_half_to_two_thirds": ("confidence.low_half_to_two_thirds",),
    "confidence.low_two_thirds": ("confidence.low_two_thirds",),
    "no_confidence.result": ("no_confidence.result",),
    "no_confidence.petition": ("no_confidence.triggers", "old.petition"),
    "old.low_half": ("old.low_half",),
    "old.low_two_thirds": ("old.low_two_thirds",),
    "old.no_conf": ("old.no_conf",),
    "session.extra_request": ("session.extra_request", "law77.extra_request"),
    "session.closed_request": ("session.closed_request",),
    "session.voter_petition (commune)": ("session.voter_petition", "law77.voter_petition"),
    "session.quorum": ("session.quorum",),
    "session.first": ("session.first",),
    "session.per_year": ("session.per_year",),
    "session.convene": ("session.convene_ordinary", "session.convene_other"),
    "approve.send": ("approve.send",),
    "approve.decide": ("approve.decide",),
    "confidence.t": (
        "confidence.t_minus_45", "confidence.t_minus_30", "confidence.t_minus_25",
        "confidence.t_minus_20",
    ),
    "qppl.effect": ("qppl.effect",),
    "info.publish": ("info.publish",),
    "supervision.explain": ("supervision.explain",),
}  # fmt: skip

ADDENDA = {
    "ballot_committee.setup (Ban kiểm phiếu)": (
        "ballot_committee.setup", "ballot_committee.size_province",
        "ballot_committee.size_district", "ballot_committee.size_commune",
    ),
    "ballot_committee.conflict": ("ballot_committee.conflict",),
    "ballot_committee.duties": ("ballot_committee.duties",),
    "session.commune_model": ("session.commune_model",),
    "council.collective": ("council.collective",),
    "law77.resolution_majority": ("law77.resolution_majority", "law77.remove_delegate"),
    "TRAP popular_vs_council": (),
    "format.percent_rounding": ("format.percent",),
    "ballot_committee.second_source": ("ballot_committee.size_province",),
}  # fmt: skip

YARDSTICK = {
    "law77.nominate_ubnd": ("law77.nominate_pc_chair", "law77.nominate_pc_others"),
    "law77.election_majority": ("law77.election_majority",),
    "law77.approve_ubnd": (
        "law77.approve_ubnd_district", "law77.approve_ubnd_commune", "law77.approve_not_needed",
    ),
    "law77.approve_days": (
        "law77.approve_send", "law77.approve_appraise_3", "law77.approve_appraise_5",
        "law77.approve_missing", "law77.approve_decide",
    ),
    "law77.sessions": ("law77.per_year", "law77.extra_request", "law77.public"),
    "law77.first_session": ("law77.first_session",),
    "law77.resolution": (
        "law77.resolution_majority", "law77.remove_delegate", "resolution.sign",
    ),
}  # fmt: skip

SECTIONS = {
    "1": CONFIDENCE,
    "2": ELECTIONS,
    "3": SESSIONS,
    "4": RESOLUTIONS,
    "7": THRESHOLDS,
    "10": ADDENDA,
    "11": YARDSTICK,
}
EVERY_ROW = [
    (section, rule, provisions)
    for section, rules in SECTIONS.items()
    for rule, provisions in rules.items()
]


@pytest.mark.parametrize(("section", "rule", "provisions"), EVERY_ROW)
def test_each_rule_of_the_collection_is_carried_by_rows_that_exist(section, rule, provisions):
    known = {row.id for row in RULEBOOK}
    assert set(provisions) <= known, (section, rule)
    assert provisions or rule == "TRAP popular_vs_council"


@pytest.mark.skipif(not LAW_MD.exists(), reason="the collection of the law is not beside us")
def test_the_table_has_the_very_rows_of_the_collection():
    found: dict[str, list[str]] = {}
    section = ""
    for line in LAW_MD.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            section = line[3:].split(".")[0]
        elif line.startswith("| ") and not line.startswith(("| id ", "| Quốc hiệu")):
            named = line.split("|")[1].replace("*", "").split(" / ")
            found.setdefault(section, []).extend(rule.strip() for rule in named)
    for wanted, rules in SECTIONS.items():
        assert sorted(found[wanted]) == sorted(rules), wanted


def test_the_popular_elections_rule_for_ties_is_nowhere_in_the_rulebook():
    for row in RULEBOOK:
        said = f"{row.article} {row.text_vi} {row.source}"
        assert "lớn tuổi" not in said, row.id
        assert "85/2015/QH13" not in said, row.id


def test_what_the_collection_marks_uncertain_is_nowhere_a_rule_of_law():
    uncertain = {
        "election.second_round", "election.tie", "session.convene_ordinary",
        "session.convene_other", "session.papers_days", "resolution.send_up",
        "delegate.suspended_in_total", "format.percent", "question.time", "session.guests",
    }  # fmt: skip
    for rule in uncertain:
        row = RULEBOOK.by_id(rule)
        assert row.mark is Mark.UNCERTAIN, rule
        assert row.setting, rule
        assert row.article == "", rule


@pytest.mark.parametrize("level", [Level.PROVINCE, Level.COMMUNE])
@pytest.mark.parametrize(
    ("delegates", "statutory", "is_short", "goes_on"),
    [(40, 60, False, True), (39, 60, True, True), (20, 60, True, True), (19, 60, True, False)],
)
def test_the_short_councils_numbers_are_data(level, delegates, statutory, is_short, goes_on):
    day = date(2025, 12, 1)
    enough = RULEBOOK.provision_on("council.short_two_thirds", day, level).needed_threshold
    floor = RULEBOOK.provision_on("council.short_one_third", day, level).needed_threshold
    months = RULEBOOK.provision_on("council.by_election_months", day, level).needed_number
    assert enough.base is floor.base is Base.STATUTORY
    assert enough.met(delegates, statutory) is not is_short
    assert floor.met(delegates, statutory) is goes_on
    assert months == 18


@pytest.mark.parametrize(("in_office", "needed"), [(30, 21), (31, 21), (32, 22), (33, 23)])
def test_a_short_council_decides_by_more_than_two_thirds_of_those_in_office(in_office, needed):
    rule = RULEBOOK.provision_on("resolution.short_council", date(2025, 12, 1), "commune")
    assert rule.needed_base is Base.IN_OFFICE
    assert rule.needed_threshold.votes_needed(in_office) == needed
    assert not rule.needed_threshold.met(needed - 1, in_office)

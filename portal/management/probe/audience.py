"""Who may read each text of the database: one line a field, read against product.md section 5.

A field is either typed (or read from what people bring), then its line names a verb of the
permission table; or made by the program (also as a copy of typed ones), and stands in `MADE`.
`public` means everybody; a verb with `*` means: everybody once the row is published (`PUBLISHED`),
before that those with the verb. `RELEASED` tells which rows more people may read. A new text field
without a line fails tests/leaks/test_audience.py.
"""

from typing import Final

from django.db.models import Q

from council.models import RuleVersion
from elections.models import public_result
from resolutions.models import ResolutionState
from sessions.models import PUBLIC_STATES, AgendaItem, Visibility

PUBLIC, SUPERUSER, SIGNED_IN, ADMINISTRATORS = "public", "superuser", "signed_in", "administrators"

HOUSE: Final = {"staff.read", "work.read"}
"""Verbs of those who prepare; `RELEASED` widens these."""

TYPED: Final = """
council.AuditEntry            actor_label object_label payload              audit.read
council.Council               unit_name seat parent_name notice             public
council.Council               contact_email                                 account.edit
council.CouncilSetting        source                                        staff.read
council.Job                   title step error                              work.read
council.Office                title                                         public
council.Tenure                approver decision                             outcome.read
council.Appointment           body decision                                 public
council.EndApproval           approver decision                             staff.read
council.Person                family_name middle_name given_name full_name occupation staff.read*
council.Person                email                                         staff.read
council.DelegateGroup         name                                          public
council.Mandate               end_decision                                  staff.read
council.MandateSuspension     reason                                        staff.read
council.Committee             name                                          public
council.RuleVersion           article text_vi text_en source note reason    signed_in
council.User                  full_name username                            work.read
council.User                  first_name last_name                          superuser
council.User                  email                                         account.edit
council_sessions.AgendaItem   title presenter                               staff.read*
council_sessions.AgendaItem   staff_note                                    staff.read
council_sessions.Document     title number issuer                           staff.read*
council_sessions.Document     withdrawn_reason                              delegate.read
council_sessions.DocumentVersion filename                                   staff.read*
council_sessions.DocumentVersion change_note                                staff.read
council_sessions.VersionText  pages                                         staff.read*
council_sessions.Indicator    name unit period note                         staff.read*
council_sessions.Indicator    source                                        staff.read*
council_sessions.PersonalDataFind text context reason                       staff.read
council_sessions.MaskedCopy   filename                                      staff.read*
council_sessions.MaskedCopy   texts                                         staff.read
council_sessions.Guest        full_name post organisation address           staff.read
council_sessions.PrintChoices invitation_number contact sender_address      staff.read
council_sessions.Session      place summary illustrative_note notice_number staff.read*
council_sessions.Session      send_back_reason                              staff.read
council_sessions.SessionNote  text                                          staff.read*
council_sessions.NoticeDelivery email error                                 staff.read
council_sessions.Excuse       reason                                        staff.read
council_sessions.PaperUpload  change_note filename mark                     staff.read
council_sessions.PaperUpload  guess refusal_sentence refusal_params         staff.read
council_sessions.OpenVote     subject                                       staff.read*
elections.Annulment           body document reason                          public
elections.Poll                title                                         work.read*
elections.Poll                annulled_reason                               work.read*
elections.PollEntry           post                                          work.read*
elections.PollEntry           withdrawn_reason                              work.read
elections.Exemption           post                                          work.read*
elections.Count               remarks                                       outcome.read
elections.Recount             reason                                        outcome.read
elections.FollowUp            closed_reason                                 staff.read
elections.ListChange          post reason                                   work.read
elections.Motion              reason                                        work.read
elections.Resignation         reason consent decision                       staff.read
elections.PaperAccount        remarks                                       outcome.read
elections.PaperBatch          void_reason                                   count.enter
elections.PaperDifference     reason                                        count.enter
elections.PrintRun            void_reason                                   work.read
elections.ScanRun             void_reason                                   count.enter
elections.ScanUpload          why                                           count.enter
elections.ScanSheet           why                                           count.enter
elections.ScanSample          seed                                          count.enter
elections.SeatRelease         document reason decision                      staff.read
elections.Trigger             document                                      staff.read
resolutions.ArchiveImport     title                                         staff.read*
resolutions.ArchiveImport     ignored                                       staff.read
resolutions.ArchiveFile       path text refusal                             staff.read
resolutions.ArchiveRow        symbol title signatory relations              staff.read
resolutions.ArchiveRow        session_label error doubt outcome             staff.read
resolutions.ArchiveSession    term_label place error doubt outcome          staff.read
resolutions.ArchivedResolution session_label symbol title signatory relations text public
resolutions.WorkingCopy       base content                                  resolution.edit
resolutions.Publication       frozen                                        staff.read*
resolutions.PublicationMail   email error                                   staff.read
resolutions.NumberEntry       title reason signatory recipients             staff.read
resolutions.Relation          outside target_words old_words new_words      staff.read*
resolutions.Notice            symbol reason signatory_post signatory_name   staff.read*
resolutions.Notice            sent_back_reason                              staff.read
resolutions.NoticeLine        target_words old_words new_words              staff.read*
resolutions.Resolution        title bases body                              staff.read*
resolutions.Resolution        closing recipients signatory_post signatory_name staff.read*
resolutions.Resolution        sent_back_reason                              staff.read
resolutions.TextVersion       content                                       staff.read
resolutions.SigningCopy       frozen                                        staff.read
resolutions.SessionText       content presiding                             staff.read
resolutions.SessionText       secretaries signed_presiding signed_secretary staff.read
resolutions.SessionText       public_text                                   staff.read*
resolutions.SessionText       sent_back_reason                              staff.read
resolutions.SessionTextVersion content                                      staff.read
resolutions.TrustedRoot       subject                                       administrators
resolutions.SigningCertificate subject issuer key_label                     staff.read
portal.Subscriber             email                                         superuser
admin.LogEntry                object_repr change_message                    superuser
auth.Group                    name                                          superuser
axes.AccessFailureLog         user_agent username http_accept path_info     superuser
axes.AccessAttempt            user_agent username http_accept path_info get_data post_data superuser
axes.AccessLog                user_agent username http_accept path_info     superuser
"""

MADE: Final = """
council.AuditHead             hash
council.AuditEntry            verb object_type object_id prev hash
council.Council               slug
council.Term                  label
council.CouncilSetting        value
council.Job                   name key args
council.Person                sort_key search_key slug
council.EndApproval           article
council.Appointment           legal_basis
council.RuleVersion           rule_id like_id subject levels share base
council.User                  password
council_sessions.AgendaDecision agenda_digest what
council_sessions.DocumentVersion storage_key media_type sha256
council_sessions.Bundle       digest included sha256
council_sessions.PersonalDataFind pages
council_sessions.MaskedCopy   digest storage_key media_type sha256
council_sessions.Guest        key
council_sessions.PrintedSheet content_digest sha256
council_sessions.Rendition    sha256
council_sessions.RenditionPage text
council_sessions.PaperUpload  key sha256 refusal_code
council_sessions.VersionText  folded
council_sessions.OpenVote     rule_id rule_article
elections.Poll                slug illustrative_note
elections.PollEntry           code
elections.Nomination          article
elections.Exemption           code reason article
elections.Count               records_digest
elections.CountLine           option
elections.Recount             cell
elections.FollowUp            article rule_id
elections.ListChange          article
elections.Motion              article
elections.Resignation         article
elections.Outcome             rule_id rule_article rule_mark rules
elections.Outcome             rule_text records_digest base digest
elections.OutcomeLine         votes percent verdict consequence article
elections.PollFile            content_digest sha256 box_map
elections.PaperBatch          papers
elections.PaperReading        papers
elections.PaperDifference     entry_code first second agreed
elections.ScanRun             template reader thresholds
elections.ScanUpload          key sha256 why_values
elections.ScanSheet           key code why_values sides marks rows signatures
elections.ScanPair            key
elections.ScanTask            key entry_code
elections.ScanAnswer          answer
elections.SeatRelease         article
elections.Trigger             rule_id article
resolutions.ArchiveFile       media_type sha256
resolutions.ArchiveRow        key kind
resolutions.ArchiveSession    kind
resolutions.ArchivedResolution kind slug media_type sha256
resolutions.Signature         text_digest method
resolutions.Publication       frozen_sha256 pdf_sha256
resolutions.PublishedFile     sha256
resolutions.NumberSeries      kind
resolutions.RegisterPrint     content_digest sha256
resolutions.Relation          target_key source_key
resolutions.Notice            slug sha256
resolutions.NoticeLine        target_key
resolutions.Resolution        illustrative_note symbol slug adopted_digest
resolutions.TextVersion       text_digest note
resolutions.Rendering         text_digest sha256
resolutions.SigningCopy       text_digest paper_digest code sha256
resolutions.Approval          text_digest pdf_sha256 voided_reason
resolutions.SessionText       digest facts_digest number
resolutions.SessionTextApproval digest voided_reason
resolutions.SessionTextFile   digest sha256
resolutions.SessionTextVersion what
resolutions.TrustedRoot       fingerprint
resolutions.SigningCertificate fingerprint
resolutions.SignedFile        sha256
portal.PublishedObject        key part digest
portal.DataRelease            digest
portal.DataFile               name table form sha256
portal.Subscriber             language key
portal.Subscription           topic key
portal.Letter                 language error
portal.SearchEntry            path status title summary symbol body title_folded body_folded
admin.LogEntry                object_id
auth.Permission               name codename
contenttypes.ContentType      app_label model
sessions.Session              session_key session_data
axes.AccessLog                session_hash
"""

_PUBLIC_PAPER = Q(
    visibility=Visibility.PUBLIC, withdrawn_at=None, council_session__state__in=PUBLIC_STATES
) & ~Q(item__state=AgendaItem.State.DROPPED)


def through(prefix: str, condition: Q) -> Q:
    """The condition of a row that the row points to."""
    moved = Q(_connector=condition.connector, _negated=condition.negated)
    for child in condition.children:
        if isinstance(child, Q):
            moved.children.append(through(prefix, child))
        elif isinstance(child, tuple):
            moved.children.append((f"{prefix}{child[0]}", child[1]))
    return moved


_IN_PUBLIC_SESSION = Q(council_session__state__in=PUBLIC_STATES)
_PUBLISHED_RESOLUTION = Q(state=ResolutionState.PUBLISHED, published_at__isnull=False)
PUBLISHED: Final[dict[str, Q]] = {
    "council.Person": Q(mandates__isnull=False)
    | Q(tenures__isnull=False)
    | through("poll_entries__poll__", public_result()),
    "council_sessions.AgendaItem": _IN_PUBLIC_SESSION & ~Q(state=AgendaItem.State.DROPPED),
    "council_sessions.Document": _PUBLIC_PAPER,
    "council_sessions.DocumentVersion": through("document__", _PUBLIC_PAPER),
    "council_sessions.VersionText": through("version__document__", _PUBLIC_PAPER),
    "council_sessions.MaskedCopy": through("version__document__", _PUBLIC_PAPER),
    "council_sessions.Indicator": _IN_PUBLIC_SESSION,
    "council_sessions.Session": Q(state__in=PUBLIC_STATES),
    "council_sessions.SessionNote": _IN_PUBLIC_SESSION,
    "council_sessions.OpenVote": _IN_PUBLIC_SESSION & Q(state="closed"),
    "elections.Poll": public_result(),
    "elections.PollEntry": through("poll__", public_result()),
    "elections.Exemption": through("poll__", public_result()),
    "resolutions.ArchiveImport": Q(state="done"),
    "resolutions.Publication": through("resolution__", _PUBLISHED_RESOLUTION),
    "resolutions.Relation": through("resolution__", _PUBLISHED_RESOLUTION),
    "resolutions.Notice": Q(state="published"),
    "resolutions.NoticeLine": Q(notice__state="published"),
    "resolutions.Resolution": _PUBLISHED_RESOLUTION,
    "resolutions.SessionText": ~Q(public_text=""),
}
_RELEASED_PAPER = Q(
    visibility__in=[Visibility.DELEGATES, Visibility.PUBLIC], withdrawn_at=None,
    council_session__state__in=PUBLIC_STATES,
)  # fmt: skip
_DELEGATES = "delegate.read"
RELEASED: Final[dict[str, tuple[Q, str]]] = {
    "council.User": (
        Q(pk__in=RuleVersion.objects.values("proposed_by"))
        | Q(pk__in=RuleVersion.objects.exclude(decided_by=None).values("decided_by")),
        SIGNED_IN,
    ),
    "council_sessions.AgendaItem": (_IN_PUBLIC_SESSION, _DELEGATES),
    "council_sessions.Document": (_RELEASED_PAPER, _DELEGATES),
    "council_sessions.DocumentVersion": (through("document__", _RELEASED_PAPER), _DELEGATES),
    "council_sessions.VersionText": (
        through("version__document__", _RELEASED_PAPER), _DELEGATES,
    ),
    "resolutions.SessionText": (Q(kind="minutes", state="signed"), _DELEGATES),
}  # fmt: skip
"""Rows that more than their verb may read: the condition, and who then. The rulebook is one for
all councils, so whoever has an account sees who proposed a change of it and who decided."""

"""Credit reports: entered under a consent, counted in the figures, taken back."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from accounts.models import User
from config import clock
from loans.lifecycle.erasing.retention import drop_pages
from loans.lifecycle.once import Once, once_only
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import ladder
from loans.lifecycle.reviewing.papers import clean_paper, keep_file
from loans.lifecycle.step import deed, follow_on
from loans.lifecycle.writing.messages import Attached
from loans.models import (
    Application,
    Consent,
    CreditBureau,
    CreditReport,
    Event,
    LenderKind,
    ScoreBand,
)
from loans.models.finding import Finding, key_of
from loans.paper_kinds import CREDIT_REPORT
from loans.sections import MOST_CENTS

CONSENT = "credit_check"  # of loans.sections.CONSENTS
DEBTS = key_of("budget", "debts", 0)  # the line of the ladder: what is paid on debts in a month
NO_SCORE = ""
MOST_DEBTS = 20


@dataclass(frozen=True)
class Debt:
    """One debt of a report: to whom (LenderKind), what is owed, what is paid in a month, whether payments are late."""

    lender: str
    balance_cents: int
    monthly_cents: int
    in_arrears: bool


def _report_of(event: Event) -> CreditReport:
    report: CreditReport = CreditReport.objects.get(event=event)
    return report


def _touched(event: Event) -> CreditReport:
    report: CreditReport = CreditReport.objects.get(pk=event.detail["report"])
    return report


@once_only(_report_of)
def enter_report(
    application: Application,
    *,
    by: User,
    bureau: str,
    reported_on: date,
    band: str,
    debts: Sequence[Debt],
    file: Attached,
    once: Once | None = None,
) -> CreditReport:
    """Enter a report of a bureau (its code) with its file; `band` is the code of a ScoreBand, NO_SCORE when there is
    no score yet. What its debts ask for in a month stands in the ladder of figures as seen on this paper; a report
    without debts says nothing there, since no bureau knows every debt.

    Raises Refused: no_credit_consent, report_before_consent, in_the_future, unknown_bureau, not_listed, not_a_sum,
    too_many_debts, no_report_file, report_here_already, and what `clean_paper` raises.
    """
    consent_for(application, reported_on)  # before the file is even opened
    _check(reported_on, band, debts)
    if not file.data:
        raise Refused("no_report_file")
    cleaned = clean_paper(file.data, CREDIT_REPORT)
    detail = {"bureau": bureau, "on": reported_on.isoformat()}
    with deed(application.enter_credit_report, by=by, once=once, detail=detail) as case:
        maker = CreditBureau.objects.current().filter(code=bureau).first()
        if maker is None:
            raise Refused("unknown_bureau")
        if case.credit_reports.filter(taken_back=None, bureau=maker, reported_on=reported_on).exists():
            raise Refused("report_here_already")
        report: CreditReport = CreditReport.objects.create(
            application=case,
            event=case.event,
            consent=consent_for(case, reported_on),
            bureau=maker,
            reported_on=reported_on,
            told={"band": band, "debts": [asdict(debt) for debt in debts]},
            document=keep_file(case, CREDIT_REPORT, cleaned, name=file.name, by=by),
        )
        if debts:
            shown = {"cents": report.monthly_cents, "document": report.document_id}
            follow_on(ladder.note_paper, case, by=by, line=DEBTS, **shown)
    return report


@once_only(_touched)
def take_back_report(
    application: Application, *, by: User, report: int, note: str, once: Once | None = None
) -> CreditReport:
    """A report that should not be here (somebody else's, an old one) goes: file, score and debts at once, its figure
    counts no more. That it was here, and why it went (`note`), stays. Raises Refused: empty_note, report_gone.
    """
    if not note.strip():
        raise Refused("empty_note")
    with deed(
        application.take_back_credit_report, by=by, note=note.strip(), once=once, detail={"report": report}
    ) as case:
        found: CreditReport | None = case.credit_reports.standing().filter(pk=report).first()
        if found is None:
            raise Refused("report_gone")
        found.taken_back = case.event
        found.save(update_fields=["taken_back"])
        found.forget()
        drop_pages(found.document, clock.today())
        found.document.save(update_fields=["erased_on", "page_hashes"])
        if _counts(case, found):
            follow_on(ladder.take_back, case, by=by, line=DEBTS, rung=Finding.Rung.PAPER.value)
    return found


def consent_for(case: Application, reported_on: date | None = None) -> Consent:
    """The applicant's consent to ask a bureau that is in force, given by the day of the report.

    Raises Refused: no_credit_consent, report_before_consent.
    """
    given: Consent | None = case.consents.filter(
        user=case.applicant.user_id, purpose=CONSENT, withdrawn_at=None
    ).first()
    if given is None:
        raise Refused("no_credit_consent")
    day = clock.day_of(given.given_at)
    if reported_on is not None and reported_on < day:
        raise Refused("report_before_consent", day=day)
    return given


def _check(reported_on: date, band: str, debts: Sequence[Debt]) -> None:
    if reported_on > clock.today():
        raise Refused("in_the_future", field="reported_on")
    if band != NO_SCORE and not ScoreBand.objects.current().filter(code=band).exists():
        raise Refused("not_listed", field="band")
    if len(debts) > MOST_DEBTS:
        raise Refused("too_many_debts")
    for debt in debts:
        if debt.lender not in LenderKind.values:
            raise Refused("not_listed", field="main")
        if not (0 <= debt.balance_cents <= MOST_CENTS and 0 <= debt.monthly_cents <= MOST_CENTS):
            raise Refused("not_a_sum", field="main")
    if sum(debt.monthly_cents for debt in debts) > MOST_CENTS:
        raise Refused("not_a_sum", field="main")


def _counts(case: Application, report: CreditReport) -> bool:
    """Whether the newest figure on paper of what is paid on debts is this report's."""
    newest = case.findings.filter(section="budget", field="debts", line=0, rung=Finding.Rung.PAPER).last()
    return newest is not None and not newest.is_taken_back and newest.document_id == report.document_id

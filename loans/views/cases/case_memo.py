"""The decision memo of a case, as page and PDF: of the file as it stands, or as it was frozen with a decision."""

from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from config.languages import BINDING, NAMES
from letters.pdf import render_pdf
from loans.lifecycle.deciding.record import parts_of
from loans.lifecycle.deciding.record_parts import CaseFile, live_parts
from loans.models import Application, DecisionRecord, Recommendation
from loans.views.cases.case_tabs import tabs_of, with_tabs
from loans.views.cases.memo import memo_of, outcome_in_words

DECIDED = (Application.State.APPROVED, Application.State.DECLINED, Application.State.DECISION_STANDS)


@require_safe
def case_memo(request, reference):
    """The memo that counts now: once it is decided the frozen one, before that the file as it stands."""
    found = _case_or_404(request, reference)
    return _page(request, found, _standing_record(found))


@require_safe
def case_memo_frozen(request, reference, pk):
    """The memo as it was frozen with one decision of this case."""
    found = _case_or_404(request, reference)
    return _page(request, found, _record_or_404(found, pk))


@require_safe
def case_memo_file(request, reference, language):
    """The memo that counts now, as a PDF."""
    found = _case_or_404(request, reference)
    return _file(found, _standing_record(found), language)


@require_safe
def case_memo_frozen_file(request, reference, pk, language):
    """The memo of one decision, as a PDF."""
    found = _case_or_404(request, reference)
    return _file(found, _record_or_404(found, pk), language)


def _case_or_404(request, reference):
    cases = with_tabs(Application.objects.open_to_staff(request.user))
    cases = cases.select_related("product__fund", "applicant__user", "baseline")
    terms = Recommendation.objects.select_related("vote_count")
    records = DecisionRecord.objects.select_related("event__by", "body").order_by("-pk")
    return get_object_or_404(
        cases.prefetch_related("submissions", Prefetch("recommendations", terms), Prefetch("records", records)),
        reference=reference,
    )


def _standing_record(case):
    """The record of the decision that stands, newest first; None while nothing is decided, or it was before records."""
    return next(iter(case.records.all()), None) if case.state in DECIDED else None


def _record_or_404(case, pk):
    record = next((record for record in case.records.all() if record.pk == pk), None)
    if record is None:
        raise Http404
    return record


def _memo(case, record):
    """The memo of a record, or of the live file; None when what was frozen is erased."""
    if record is None:
        return memo_of(live_parts(CaseFile(case)))
    return None if record.is_erased else memo_of(parts_of(record))


def _page(request, case, record):
    context = {
        "case": case,
        "tabs": tabs_of(case, request.user, "case_memo"),
        "submission": list(case.submissions.all())[-1],
        "record": record,
        "is_past": case.state in DECIDED,
        "memo": _memo(case, record),
        "languages": [(code, NAMES[code]) for code in BINDING],
        "others": [
            {"record": other, "outcome": outcome_in_words(other.outcome)}
            for other in case.records.all()
            if other != record
        ],
    }
    return render(request, "loans/case_memo.html", context)


def _file(case, record, language):
    """The memo as a tagged PDF in a language of the house. Raises Http404 for others, and for an erased record."""
    if language not in BINDING:
        raise Http404
    with override(language):
        memo = _memo(case, record)
        title = _("Decision memo: %(reference)s") % {"reference": case.reference}
        if memo is None:
            raise Http404
        data = render_pdf("loans/memo.html", {"memo": memo, "record": record}, language=language, title=title)
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{case.reference}-memo-{language}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response

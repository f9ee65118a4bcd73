"""Three short questions before signing, one a page: a wrong answer is explained and asked again, and stops nobody."""

from django.db.models import prefetch_related_objects
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from letters.wording import day, money
from loans.fields import Field
from loans.lifecycle.contracts.contract import contract_facts
from loans.lifecycle.offering import questions
from loans.models import Loan
from loans.views.deeds import again, attempt, new_once_key, once_key_of
from loans.views.offer.offer import gone, offered, plan_shown
from loans.views.sheets import Sheet

TRIES = 2  # after so many wrong answers one may go on
ASKED = {
    questions.FIRST: gettext_lazy("How much is the first payment, and when is it due?"),
    questions.TOTAL: gettext_lazy("How much is paid back in all?"),
    questions.BAD_TIMES: gettext_lazy("What if you lose your job and cannot pay?"),
    questions.GUARANTEE: gettext_lazy("What if the borrower does not pay?"),
}
ANSWERS = {
    (questions.BAD_TIMES, questions.TALK): gettext_lazy(
        "I call the loan office before the day. I still owe the money, and we look for a way together."
    ),
    (questions.BAD_TIMES, questions.NOTHING): gettext_lazy("I owe nothing any more."),
    (questions.BAD_TIMES, questions.ALL_AT_ONCE): gettext_lazy("I must pay back everything at once."),
    (questions.GUARANTEE, questions.TALK): gettext_lazy(
        "The loan office asks the borrower first, then writes to me. I pay what is due and not paid."
    ),
    (questions.GUARANTEE, questions.NOTHING): gettext_lazy("I have nothing to do with it."),
    (questions.GUARANTEE, questions.ALL_AT_ONCE): gettext_lazy("I must pay back the whole loan at once."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def offer_questions(request, reference):
    """The next question that was not explained yet; after the last one, on to the signature."""
    case, loan = offered(request, reference)
    if loan is None:
        return gone(request, case)
    prefetch_related_objects([loan.application], "parties")
    left = questions.missing(loan, request.user)
    here, onward = reverse("offer_questions", args=[case.reference]), reverse("offer", args=[case.reference]) + "#sign"
    if loan.state != Loan.State.OFFERED or loan.waits_for_choice or not left:
        return HttpResponseRedirect(onward)
    sent = request.POST if request.method == "POST" else request.typed
    if request.method == "POST" and sent.get("question") != left[0]:
        return HttpResponseRedirect(here)  # a second click, or a page of before: this one was explained
    asked = questions.question_of(loan, left[0])
    sheet = Sheet((_field(asked),), sent, judged=request.method == "POST")
    show = _page(request, case, loan, sheet, left)
    if request.method != "POST":
        return show(_tries(sent))
    has_read = "read" in sent and _tries(sent) >= TRIES
    if has_read:
        sheet.errors.clear()
    if not has_read and sheet.is_answered and sheet.values["answer"] != _place(asked.right):
        return again(lambda: show(_tries(sent) + 1, wrong=True))
    return attempt(
        request,
        lambda: questions.explain(
            loan, by=request.user, question=asked.code, shown=plan_shown(request), once_key=once_key_of(request)
        ),
        sheet=sheet,
        then=here if left[1:] else onward,
        done=_("Thank you for reading.") if has_read else _("Yes, that is right."),
        show=lambda: show(_tries(sent)),
    )


def _page(request, case, loan, sheet, left):
    """What draws the question: after so many tries, and whether one was wrong just now: told calmly, as no problem."""

    def show(tries, *, wrong=False):
        facts = contract_facts(loan)
        context = {
            **facts,
            "sheet": sheet,
            "errors": sheet.summary,
            "is_wrong": wrong,
            "code": left[0],
            "tries": tries,
            "may_go_on": tries >= TRIES,
            "number": len(questions.BORROWERS) - len(left) + 1,
            "once_key": new_once_key(),
        }
        return render(request, "loans/offer_questions.html", context)

    return show


def _field(asked):
    choices = tuple((_place(place), _words(asked.code, answer)) for place, answer in enumerate(asked.answers))
    return Field("answer", "choice", ASKED[asked.code], choices=choices)


def _place(place):
    """An answer as the form sends it: its place from 1."""
    return str(place + 1)


def _words(code, answer):
    if answer.code:
        return ANSWERS[code, answer.code]
    if answer.on is None:
        return money(answer.cents)
    return _("%(sum)s on %(day)s") % {"sum": money(answer.cents), "day": day(answer.on)}


def _tries(sent):
    """How many wrong answers the page has seen already; kept on the page alone."""
    said = sent.get("tries", "") if sent else ""
    return int(said) if said in ("1", "2") else 0

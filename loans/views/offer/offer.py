"""The offer: what it is, what it costs, the choice among options, and the agreement to read."""

from django.contrib import messages
from django.db.models import OuterRef, Prefetch, Subquery, prefetch_related_objects
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from config.languages import BINDING
from loans import rules
from loans.fields import Field
from loans.lifecycle.contracts import signing
from loans.lifecycle.contracts.contract import contract_facts
from loans.lifecycle.lending import bank_gates
from loans.lifecycle.offering import choosing, questions
from loans.models import Loan, Party, Signature
from loans.offer_words import AGREES, DEBITS, TICKS
from loans.views.applicant.mine import mine_or_404, owned_or_404
from loans.views.applicant.my_conditions import told
from loans.views.deeds import attempt, new_once_key, once_key_of
from loans.views.offer import my_contract
from loans.views.offer.my_signature import name_fields, proofs
from loans.views.sheets import Sheet

TICK_BOXES = {AGREES: "agreed", DEBITS: "debit"}


def offered(request, reference):
    """The case and its living loan, or None with the place to go instead."""
    case = mine_or_404(request, reference)
    living = case.loans.exclude(state__in=[Loan.State.LAPSED, Loan.State.REFUSED, Loan.State.CANCELLED])
    living = bank_gates.with_details(living.select_related("other_terms"))
    loan = questions.counting(living, request.user).last()
    return case, loan


def agreement_language(request):
    """The language the agreement is read and signed in: the page's; from a further one, the one that was chosen."""
    return get_language() if get_language() in BINDING else request.user.binds_in


def gone(request, case):
    """To the case, saying that there is no offer any more."""
    messages.info(request, _("There is no open offer any more. Here is how your case stands now."))
    return HttpResponseRedirect(reverse("my_case", args=[case.reference]))


def signing_fields(request, loan):
    """What the signer ticks and types."""
    ticks = [Field(TICK_BOXES[code], "checkbox", TICKS[code]) for code in signing.ticks_for(loan, request.user)]
    return (*ticks, *name_fields(request, loan.pk))


@require_safe
def offer(request, reference):
    """What we offer, what it costs, and what happens when."""
    case, loan = offered(request, reference)
    if loan is None:
        return gone(request, case)
    return show_offer(request, case, loan, Sheet.of(request, signing_fields(request, loan)))


def show_offer(request, case, loan, sheet, choice=None):
    """The page; `sheet` is what was typed to sign, `choice` the Sheet of a choice that was not taken."""
    mine = Signature.objects.filter(loan=loan, party=OuterRef("pk")).values("agreement__language")[:1]
    prefetch_related_objects([loan.application], Prefetch("parties", Party.objects.annotate(signed_in=Subquery(mine))))
    facts = contract_facts(loan)
    signers = {party.pk: party.signed_in for party in facts["parties"] if party.signed_in}
    party = next(party for party in facts["parties"] if party.user_id == request.user.pk)
    signed = party.pk in signers
    needed = told(facts["conditions"], request.user)
    is_open = loan.state == Loan.State.OFFERED and not signed
    language = get_language() if get_language() in BINDING else request.user.binding_language
    is_owner = rules.is_owner(case, request.user)
    may_change = is_owner and loan.state == Loan.State.OFFERED and not signers
    is_ready = is_open and not (needed and needed.is_open_before_signing) and not loan.waits_for_choice
    wants_bank = is_ready and bank_gates.wanted_before_signing(loan, request.user)
    may_sign = is_ready and not wants_bank
    context = {
        **facts,
        **my_contract.listed(case, loan, party, signers.get(party.pk, language)),
        "conditions": needed,
        "sheet": sheet,
        "errors": [*sheet.summary, *(choice.summary if choice else ())],
        "once_key": new_once_key(),
        "may_sign": may_sign,
        "wants_bank_details": wants_bank,
        "questions_left": loan.unexplained if may_sign else 0,
        "options": choosing.options_of(loan),
        "may_choose": may_change,
        "may_take_own": may_change and bool(loan.bounds),
        "most_cents": max((option["principal_cents"] for option in loan.options), default=loan.principal_cents),
        "asked_otherwise": _asked_otherwise(case, loan),
        "is_open": is_open,
        "has_signed": signed,
        "waiting_for": [party for party in facts["parties"] if party.pk not in signers],
        "is_owner": is_owner,
        "agreement_language": language,
    }
    if may_sign and not context["questions_left"]:
        context |= proofs(request, loan.pk)
    return render(request, "loans/offer.html", context)


def _asked_otherwise(case, loan):
    """Whether none of what is offered is the sum that was asked for."""
    sums = [option["principal_cents"] for option in loan.options] or [loan.principal_cents]
    return case.asked_cents is not None and case.asked_cents not in sums


@require_http_methods(["GET", "HEAD", "POST"])
def choice(request, reference):
    """Take one of the options, or another one instead."""
    case = owned_or_404(request, reference)
    found = offered(request, reference)[1]
    if found is None or request.method != "POST":
        return redirect("offer", case.reference)
    sheet = Sheet((Field("option", "integer", _("The loan you choose"), least=1, most=choosing.MOST),), request.POST)
    return attempt(
        request,
        lambda: choosing.choose(found, by=request.user, option=sheet.values["option"], once_key=once_key_of(request)),
        sheet=sheet,
        then=reverse("offer", args=[case.reference]),
        done=_("You have chosen. Read the agreement in peace; you may choose otherwise until somebody signs."),
        show=lambda: show_offer(request, case, found, Sheet(signing_fields(request, found)), sheet),
    )


@require_safe
def agreement(request, reference):
    """The agreement as a PDF, in English or French: the very bytes that will be signed."""
    case, loan = offered(request, reference)
    if loan is None:
        return gone(request, case)
    if loan.waits_for_choice:
        return redirect("offer", case.reference)
    return my_contract.show(request, case, loan, "agreement", agreement_language(request))


@require_safe
def paper(request, reference, kind):
    """One of the papers beside the agreement, as a PDF."""
    case, loan = offered(request, reference)
    if loan is None:
        return gone(request, case)
    if loan.waits_for_choice:
        return redirect("offer", case.reference)
    return my_contract.show(request, case, loan, kind, agreement_language(request))


def plan_shown(request):
    """The key of the plan on the page that a form came from; 0 when it names none that there is, None when none."""
    return key_told(request, "shown")


def key_told(request, name):
    """The key that a form tells under this name; 0 for what can be none, None when it tells nothing."""
    said = request.POST.get(name, "")
    if not said:
        return None
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 19 else 0

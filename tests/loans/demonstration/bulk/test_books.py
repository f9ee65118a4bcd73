"""A large demo is made in bulk: the same ink as the verbs write, and the same for the same seed."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from config import clock
from loans import demonstration
from loans.demonstration.bulk import chunks
from loans.demonstration.bulk.contracts import specimen
from loans.lifecycle.ledger import audit
from loans.lifecycle.lending import planning, repayment
from loans.models import Application, Event, Fact, Loan, Receipt
from money.facts import FactKind
from tests.loans.demonstration.bulk.large_office import COUNT, office
from tests.loans.export.books_folder import verify

pytestmark = pytest.mark.django_db


# --- The books -----------------------------------------------------------------------------------


def test_the_books_of_a_portfolio_in_bulk_are_whole(tmp_path):
    assert office() == COUNT == Loan.objects.count()
    assert list(audit.audit()) == []
    call_command("export-books", str(tmp_path / "books"), stdout=StringIO())
    code, said = verify(tmp_path / "books", "--replay")
    assert code == 0, said


def test_everything_lies_in_the_past_and_in_the_order_of_the_chain(portfolio):
    today, now = clock.today(), clock.now()
    assert not Event.objects.filter(at__gte=now).exists()
    assert not Fact.objects.filter(on__gte=today).exists()
    for loan in Loan.objects.prefetch_related("facts"):
        told = [(fact.pk, fact.recorded_at) for fact in loan.facts.all()]
        assert told == sorted(told)
        for fact in loan.facts.all():
            received = date.fromisoformat(fact.detail.get("received_on", fact.on.isoformat()))
            assert fact.kind == "reversal" or clock.day_of(fact.recorded_at) == received


def test_money_that_came_in_has_its_receipt_and_counts_from_the_day_the_verbs_would_say(portfolio):
    money_in = Fact.objects.filter(kind__in=repayment.MONEY_IN).select_related("loan")
    assert money_in.count() == Receipt.objects.count() > COUNT
    moved = [fact for fact in money_in if "received_on" in fact.detail]
    assert moved
    for fact in money_in:
        received = date.fromisoformat(fact.detail.get("received_on", fact.on.isoformat()))
        counts_from = planning.value_date(fact.loan, received) if fact.kind == FactKind.PAYMENT else received
        assert counts_from == fact.on


def test_the_people_of_a_case_are_told_apart_as_the_rules_ask(portfolio):
    for case in Application.objects.prefetch_related("events", "loans", "recommendations__votes"):
        by = {event.verb: event.by_id for event in case.events.all()}
        assert by["recommend"] == case.recommended_by_id != by["approve"]
        assert by["approve"] == case.decided_by_id
        assert by["send"] not in (case.recommended_by_id, case.decided_by_id)
        if case.is_for_the_committee:
            assert case.decided_by_id is None
            assert case.recommendation.is_carried
        (loan,) = case.loans.all()
        assert loan.write_off_proposed_by_id is None or loan.write_off_proposed_by_id != loan.written_off_by_id


def test_a_verb_goes_on_where_the_bulk_ended(portfolio):
    loan = Loan.objects.filter(state="active").first()
    felix = User.objects.get(email="finance@tremplin.example")
    fact = repayment.record_payment(loan, by=felix, on=clock.today(), cents=100, method="transfer", payer="Amina")
    assert fact.number == loan.facts.count()
    assert list(audit.audit()) == []


# --- The same for the same seed ------------------------------------------------------------------


def told():
    """What the portfolio consists of, without keys and what is drawn afresh (salts and seals)."""
    return [
        *Application.objects.order_by("reference").values_list("reference", "applicant__full_name", "started_at"),
        *Loan.objects.order_by("number").values_list("number", "state", "principal_cents", "signed_at"),
        *Fact.objects.order_by("loan__number", "number").values_list("loan__number", "kind", "on", "cents"),
        *Event.objects.order_by("case__reference", "at", "pk").values_list("verb", "at", "by__name"),
    ]


def test_the_seed_decides_the_portfolio():
    found = []
    for seed in (1, 1, 2):
        with transaction.atomic():
            office(12, seed)
            found.append(told())
            transaction.set_rollback(True)
    assert found[0] == found[1]
    assert found[0] != found[2]


def test_a_large_demo_walks_sixty_and_makes_the_rest_in_bulk(monkeypatch):
    asked = []
    monkeypatch.setattr(demonstration, "_walk", lambda count, seed: asked.append(("walked", count)))
    monkeypatch.setattr(chunks, "build", None)
    monkeypatch.setattr(demonstration.bulk, "build", lambda *cases: asked.append(cases))
    assert demonstration.build(100_000, 7) == 99_940
    assert demonstration.build(1_000, 7) == 0
    assert asked == [("walked", 60), (60, 100_000, 7), ("walked", 1_000)]


# --- The pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["active", "repaid", "written_off"])
def test_every_page_of_such_a_loan_opens(client, portfolio, state):
    loan = Loan.objects.filter(state=state).select_related("application").first()
    reference, number = loan.application.reference, loan.number
    client.force_login(User.objects.get(email="manager@tremplin.example"))
    found = loan.agreements.get()
    pages = [("case", reference), ("loan", number), ("loan_agreement", number, found.language)]
    for name, *args in [*pages, ("loans",), ("report", "portfolio"), ("report", "loans"), ("report_csv", "loans")]:
        assert client.get(reverse(name, args=args)).status_code == 200, name
    borrower = loan.application.applicant.user
    client.force_login(borrower)
    client.cookies["language"] = found.language
    for name in ("my_case", "my_loan", "agreement"):
        assert client.get(reverse(name, args=[reference])).status_code == 200, name


def test_a_specimen_is_a_pdf_that_says_so():
    data = specimen("SPECIMEN  L-2027-0001")
    assert data.startswith(b"%PDF-1.4")
    assert b"(SPECIMEN  L-2027-0001) Tj" in data
    start = int(data.split(b"startxref\n")[1].split()[0])
    assert data[start:].startswith(b"xref")

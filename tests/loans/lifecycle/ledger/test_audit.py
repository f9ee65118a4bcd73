"""What the audit finds when somebody lifted the guards and wrote in the books by hand."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from config import clock
from loans.lifecycle.ledger import books, chain, positions, roots
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.lending import repayment
from loans.models import Entry, Fact, Loan, PlanRow, Position, Root
from tests.ink import lift_guards

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(active, felix):
    """Amina's loan with three facts, and a root over them; the guards are gone."""
    for cents in (1_000, 2_000):
        repayment.record_payment(active, by=felix, on=clock.today(), cents=cents, method="cash", payer="Amina")
    roots.make_root(clock.today())
    assert list(audit()) == []
    connection.check_constraints()
    lift_guards()
    return active


def found():
    return [(finding.fact, finding.root, finding.what) for finding in audit()]


def test_a_changed_fact_is_named(sealed):
    Fact.objects.filter(number=2).update(cents=999)
    assert (2, None, "the chain breaks at the fact") in found()


def test_entries_that_do_not_follow_name_their_fact(sealed):
    Entry.objects.filter(fact__number=3, debit="bank").update(cents=5)
    (finding,) = [each for each in audit() if each.what.startswith("entries differ")]
    assert (finding.loan, finding.fact) == (sealed.number, 3)
    assert str(finding).startswith(f"loan {sealed.number}, fact 3: entries differ from the replay on ")


def test_entries_moved_to_another_loan_are_told_of_both(sealed):
    other = Loan.objects.select_related("application").get(pk=sealed.pk)
    other.application.pk, other.application.reference = None, "T-2026-0099"
    other.application.save()
    other.pk, other.number, other.application = None, "L-2026-0099", other.application
    other.save()
    Entry.objects.filter(fact__number=3).update(loan=other)
    said = {(finding.loan, finding.what) for finding in audit()}
    assert ("L-2026-0099", "entries without a fact of this loan") in said
    assert any(loan == sealed.number and what.startswith("entries differ") for loan, what in said)


def test_a_cut_tail_is_seen_by_the_root_even_when_all_else_fits(sealed):
    Entry.objects.filter(fact__number=3).delete()
    repayment.Receipt.objects.filter(fact__number=3).delete()
    Fact.objects.filter(number=3).delete()
    Position.objects.update(**positions.position_values(sealed, *reversed(books.folded(sealed)), sealed.facts.last()))
    assert found() == [(None, 1, "the root does not follow from the facts up to it")]


def test_a_chain_made_anew_is_seen_by_the_root(sealed):
    previous = chain.START
    for fact in Fact.objects.order_by("number"):
        fact.recorded_at = clock.now()
        fact.previous_hash = previous
        previous = fact.hash = chain.chained_hash(fact)
        fact.save()
    Position.objects.update(last_hash=previous)
    assert found() == [(None, 1, "the root does not follow from the facts up to it")]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"loan_count": 2}, "the root counts 2 loans, the facts up to it are of 1"),
        ({"previous_hash": "f" * 64}, "the root does not hold on to the one before it"),
        ({"hash": "f" * 64}, "the root does not follow from the facts up to it"),
        ({"number": 2}, "the root is missing"),
    ],
)
def test_a_changed_root_is_named(sealed, change, sentence):
    Root.objects.update(**change)
    assert (None, 1, sentence) in found()


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda: Fact.objects.filter(number=2).update(kind="gift"), "the facts cannot be replayed ("),
        (lambda: PlanRow.objects.all().delete(), "plan 2 is not the one that terms and facts put in force"),
        (lambda: Position.objects.all().delete(), "no position"),
        (lambda: Fact.objects.filter(number=2).update(number=9), "the fact is missing"),
    ],
)
def test_what_cannot_be_replayed_is_told_and_the_audit_goes_on(sealed, spoil, sentence):
    spoil()
    assert [what for _, _, what in found() if what.startswith(sentence)]


def test_the_command_names_each_finding_as_a_line_or_as_json(sealed):
    assert_whole = StringIO()
    call_command("audit", stdout=assert_whole)
    assert assert_whole.getvalue() == "1 loans, 1 roots: the books are whole.\n"
    Fact.objects.filter(number=2).update(cents=999)
    lines, out = StringIO(), StringIO()
    with pytest.raises(CommandError, match="findings"):
        call_command("audit", stderr=lines)
    assert f"loan {sealed.number}, fact 2: the chain breaks at the fact" in lines.getvalue()
    with pytest.raises(CommandError):
        call_command("audit", "--json", stdout=out)
    said = [json.loads(line) for line in out.getvalue().splitlines()]
    assert {"loan": sealed.number, "what": "the chain breaks at the fact", "fact": 2, "root": None} in said


def test_the_audit_asks_no_more_for_more_facts(sealed, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        list(audit())

"""Two workers make the papers of many offers while somebody kills them at random: none is lost, none is made twice."""

import os
import random
from collections import Counter

from loans.lifecycle.contracts import paper_making
from loans.lifecycle.lending import planning
from loans.models import Agreement, Loan, LoanPaper, Party
from tests.faults.waiting import wait_until
from vault.models import StoredFile

IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
OFFERS, KILLS = (200, 40) if IS_LONG else (6, 2)
KINDS = 4  # papers an offer: agreement, statement, debit agreement, privacy summary
SECONDS = 1800 if IS_LONG else 120


def copied(row, **other):
    """A new row with the same columns but for some."""
    columns = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    return type(row).objects.create(**{**columns, **other})


def more_offers(case, count):
    """So many offers like that of the case."""
    loan, party = case.loans.get(), case.parties.get()
    for number in range(count):
        again = copied(case, reference=f"T-2099-{number:04d}")
        Party.objects.create(application=again, kind=party.kind, user=party.user, name=party.name)
        planning.new_version(copied(loan, application_id=again.pk, number=f"L-2099-{number:04d}"), reason="offer")


def made():
    return Agreement.objects.count() + LoanPaper.objects.count()


def test_offers_by_two_workers_that_are_killed_at_random_lose_none_and_double_none(collected, start_worker, offered):
    chance = random.Random(7)
    more_offers(offered, OFFERS - 1)
    files_before = StoredFile.objects.count()
    workers = [start_worker(), start_worker()]
    for loan in Loan.objects.all():
        paper_making.ring(loan)
    for kill in range(KILLS):
        so_many = OFFERS * KINDS * (kill + chance.random()) / (KILLS + 1)
        assert wait_until(lambda so_many=so_many: made() >= so_many, SECONDS)
        victim = chance.randrange(2)
        workers[victim].kill()
        workers[victim].wait()
        workers[victim] = start_worker()
        paper_making.make_waiting.delay()  # as beat does each minute
    assert wait_until(lambda: made() == OFFERS * KINDS, SECONDS)
    paper_making.make_waiting.delay()
    assert Counter(Agreement.objects.values_list("loan_id", flat=True)) == dict.fromkeys(loans(), 1)
    papers = Counter(LoanPaper.objects.values_list("loan_id", "kind"))
    assert papers == {(loan, kind): 1 for loan in loans() for kind in ("disclosure", "debit_agreement", "privacy")}
    assert StoredFile.objects.count() - files_before == OFFERS * KINDS
    for row in (*Agreement.objects.select_related("file"), *LoanPaper.objects.select_related("file")):
        assert row.file.read().startswith(b"%PDF-")  # whole, and the very bytes that its row describes


def loans():
    return list(Loan.objects.values_list("pk", flat=True))

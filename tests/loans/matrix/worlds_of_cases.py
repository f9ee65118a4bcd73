"""Cases with something in them that a page of the matrix needs. Loaded by the root conftest."""

from datetime import time
from decimal import Decimal

import pytest

from accounts.models import Role
from applicants.models import Partner
from config import clock
from loans.lifecycle.applying import assistance, signed_pages
from loans.lifecycle.deciding import committee, decision
from loans.lifecycle.reviewing import conditions, conflicts, diary, flags, ladder, referrals, review
from loans.lifecycle.reviewing.checklist import answer_checklist
from loans.lifecycle.writing import messages
from tests.assisted import check_signed
from tests.bank import give_account
from tests.cases import TERMS, again, pdf, picture
from tests.credit import entered
from tests.people import somebody


@pytest.fixture
def closed(application_in):
    return application_in("closed_unanswered")


@pytest.fixture
def declined(application_in):
    return application_in("declined")


@pytest.fixture
def appealed(application_in):
    return application_in("appealed")


@pytest.fixture
def above_the_limit(recommended, product):
    """A recommended case of which the sum lies above what one person may grant."""
    product.one_decides_up_to_cents = recommended.recommendation.principal_cents - 1
    product.save()
    return again(recommended)


@pytest.fixture
def counted(above_the_limit, carl):
    """A case on which the committee voted, one in favour and one against: it was not carried."""
    bea = somebody("bea@board.example", "Bea Chang", Role.COMMITTEE)
    committee.cast_vote(above_the_limit, by=carl, in_favour=True)
    committee.cast_vote(again(above_the_limit), by=bea, in_favour=False, note="⟦Why.⟧")
    return again(above_the_limit)


@pytest.fixture
def asked(in_review, omar):
    """A case for which Omar asks for something before money is sent."""
    words = {"text_en": "⟦The lease⟧", "text_fr": "⟦Le bail⟧"}
    conditions.add_condition(in_review, by=omar, before="advance", **words)
    return again(in_review)


@pytest.fixture
def conditioned(asked, omar, mariam):
    """The same, recommended and approved: its loan is offered."""
    decision.recommend(asked, by=omar, reasons=["affordable"], note="⟦Sound.⟧", **TERMS)
    decision.approve(again(asked), by=mariam)
    return again(asked)


@pytest.fixture
def met(conditioned, omar):
    """The same, and Omar has marked the condition as met."""
    [condition] = conditioned.conditions.all()
    conditions.meet_condition(conditioned, by=omar, condition=condition, note="⟦Seen.⟧")
    return again(conditioned)


@pytest.fixture
def conflicted(in_review, olga):
    """A case on which Olga has declared a conflict of interest."""
    conflicts.declare(in_review, by=olga, note="⟦She is my neighbour.⟧")
    return again(in_review)


@pytest.fixture
def written(in_review, amina):
    """A case in which Amina wrote to the office, with a photo."""
    messages.write_to_office(
        in_review, by=amina, text="⟦Is this it?⟧", files=[messages.Attached("⟦it.jpg⟧", picture())]
    )
    return again(in_review)


@pytest.fixture
def found(in_review, omar):
    """A case of which Omar noted a pay stub, and counts something else."""
    stub = in_review.documents.get(kind="income").pk
    pay = {"by": omar, "line": "budget.pay.0"}
    ladder.note_paper(in_review, cents=210_000, document=stub, note="⟦Box 14⟧", **pay)
    ladder.adjust(in_review, cents=200_000, note="⟦Tips⟧", **pay)
    return again(in_review)


@pytest.fixture
def reported(in_review, omar):
    """A case with a credit report."""
    entered(in_review, omar, file=messages.Attached("⟦report.pdf⟧", pdf()))
    return again(in_review)


@pytest.fixture
def gone_through(checklist, in_review, omar):
    """A case of which Omar answered an item of the checklist."""
    answer_checklist(in_review, by=omar, said={in_review.checklist[0]: ("no", "⟦A copy only⟧")})
    return again(in_review)


@pytest.fixture
def flagged(in_review, omar, product):
    """A case whose debts are beyond the product's share, and Omar's answer to that flag."""
    product.debt_share = Decimal("0.01")
    product.save()
    flags.answer_flag(again(in_review), by=omar, flag="debt_share", verdict="follow", note="⟦I asked.⟧")
    return again(in_review)


@pytest.fixture
def checked_draft(by_phone, omar):
    """A draft of Amina's that Omar typed, with a signed page that waits for a second pair of eyes."""
    check_signed(by_phone, omar)
    return again(by_phone)


@pytest.fixture
def by_post(on_paper, checked, olga):
    """A case of somebody without a mailbox: its receipt waits to be posted."""
    return again(signed_pages.confirm(on_paper, by=olga, page=checked.pk, matches=True))


@pytest.fixture
def helped_draft(draft, amina, bilal):
    """A draft of Amina's, in which Bilal helps."""
    assistance.invite(draft, by=amina, email=bilal.email, name="⟦Bilal⟧", agreed=True)
    return again(draft)


@pytest.fixture
def planned(in_review, omar):
    """A case with an appointment in its diary and a reference that was asked."""
    day = clock.today()
    facts = {"what": "⟦Call⟧", "way": "video", "at": time(9, 30), "with_whom": "⟦Amina⟧"}
    diary.add_task(in_review, by=omar, for_whom=omar, due_on=day, **facts)
    review.add_note(in_review, by=omar, note="⟦She called.⟧")
    said = {"name": "⟦Joan⟧", "relation": "⟦Teacher⟧", "how": "email", "on": day, "said": "⟦Good⟧"}
    diary.contact_reference(in_review, by=omar, verdict="supports", **said)
    return again(in_review)


@pytest.fixture
def referred(in_review, omar):
    """A case of which the applicant is asked whether a partner may be told."""
    referrals.offer(in_review, by=omar, partner=Partner.objects.get(code="oclf"), wish="⟦A course⟧")
    return again(in_review)


@pytest.fixture
def referral_sent(referred, amina, omar):
    """The same, once she agreed and the sheet was printed."""
    referral = referred.referrals.get()
    referrals.agree(referred, by=amina, referral=referral)
    referrals.send(referred, by=omar, referral=referral, way="sheet")
    return again(referred)


@pytest.fixture
def banked(offered, amina):
    """A case whose borrower has entered bank details."""
    give_account(offered, amina)
    return again(offered)

"""The frozen record: made with each decision, proved by its hash, never changed by what the office does later."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from accounts.models import Role
from applicants.voluntary import QUESTIONS, VoluntaryAnswers
from config import clock
from loans.lifecycle.deciding import appeal, committee, decision, record
from loans.lifecycle.deciding.record_policy import hash_of
from loans.lifecycle.erasing import retention
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import diary, ladder, review
from loans.models import DecisionRecord, Product, ReasonWords, RecordBody
from loans.models.history import words_hash
from loans.paper_kinds import LOAN_YEARS, PERSON_YEARS
from money.calendar import add_months
from tests.cases import TERMS, again
from tests.days_ahead import days_ahead
from tests.ink import lift_guards
from tests.people import somebody

pytestmark = pytest.mark.django_db
PAY = "budget.pay.0"


@pytest.fixture
def declined(in_review, mariam):
    return decision.decline(in_review, by=mariam, reasons=["not_affordable"], note="Too tight.")


@pytest.fixture
def found(in_review, omar):
    """Figures on paper and adjusted, then recommended."""
    paper = in_review.documents.get(kind="income").pk
    ladder.note_paper(in_review, by=omar, line=PAY, cents=210_000, document=paper, note="Box 14.")
    ladder.adjust(again(in_review), by=omar, line="budget.food.0", cents=60_000, note="Four eat there.")
    return decision.recommend(again(in_review), by=omar, reasons=["affordable"], note="Sound.", **TERMS)


def frozen(case):
    return record.parts_of(DecisionRecord.objects.filter(application=case).latest("pk"))


def findings():
    return [(finding.case, finding.what) for finding in audit()]


def test_an_approval_freezes_terms_figures_papers_answers_and_policy(found, mariam, product):
    decision.approve(again(found), by=mariam, note="Yes.")
    parts = frozen(found)
    assert (parts["decision"]["outcome"], parts["decision"]["by"], parts["decision"]["note"]) == (
        "approved", "Mariam Haddad", "Yes.",
    )  # fmt: skip
    terms = parts["recommendation"]
    assert {name: terms[name] for name in TERMS} == TERMS
    assert terms["note"] == "Sound."
    assert terms["plan"]["payment_cents"] == found.loans.get().plans.get().payment_cents
    (pay,) = [line for group in parts["figures"] for line in group["lines"] if line["field"] == "pay"]
    assert (pay["said_cents"], pay["paper"]["cents"], pay["counting_cents"]) == (230_000, 210_000, 210_000)
    assert pay["paper"]["paper"] == found.documents.get(kind="income").pk
    (food,) = [line for group in parts["figures"] for line in group["lines"] if line["field"] == "food"]
    assert (food["adjusted"]["cents"], food["adjusted"]["by"], food["adjusted"]["why"]) == (
        60_000, "Omar Diallo", "Four eat there.",
    )  # fmt: skip
    sent = found.submissions.get()
    assert parts["forms"] == [
        {"key": sent.pk, "number": 1, "on": clock.day_of(sent.sent_at).isoformat(), "hash": hash_of(sent.answers)}
    ]
    papers = {paper["key"]: paper["hashes"] for paper in parts["papers"]}
    assert papers == {paper.pk: [page.file.sha256 for page in paper.pages.all()] for paper in found.documents.all()}
    assert parts["policy"]["product"]["id"] == product.pk
    assert parts["policy"]["product"]["max_cents"] == product.max_cents
    assert len(parts["policy"]["code"]) == 64


def test_the_hash_stands_in_the_decisions_line_and_proves_the_sealed_text(declined):
    kept = DecisionRecord.objects.get()
    assert kept.event == declined.events.get(verb="decline")
    assert kept.event.detail["record"] == kept.hash == words_hash(kept.body.salt, kept.body.text)
    assert record.is_whole(kept)
    assert kept.body.text == record.canonical(json.loads(kept.body.text))
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM loans_recordbody")
        assert b"Amina" not in bytes(cursor.fetchone()[0])


def test_a_decline_freezes_its_reasons_and_the_words_of_that_day(declined):
    told = frozen(declined)["decision"]["told"]
    assert told["reasons"] == ["not_affordable"]
    assert [ReasonWords.objects.get(pk=key).code for key in told["words"]] == ["not_affordable"]
    assert frozen(declined)["decision"]["note"] == "Too tight."


def test_an_appeal_has_a_record_of_its_own_either_way(declined, amina, carl, omar, mariam):
    appeal.appeal(again(declined), by=amina, note="My hours went up.")
    appeal.grant(again(declined), by=carl, note="They did.")
    decision.decline(again(declined), by=mariam, reasons=["not_affordable"])
    appeal.appeal(again(declined), by=amina, note="Please look again.")
    appeal.uphold(again(declined), by=carl, note="It stands.")
    outcomes = [kept.outcome for kept in DecisionRecord.objects.all()]
    assert outcomes == ["declined", "appeal_granted", "declined", "decision_stands"]
    told = [line["note"] for line in frozen(declined)["story"] if line["note"]]
    assert told == ["Too tight.", "My hours went up.", "They did.", "Please look again."]
    assert all(record.is_whole(kept) for kept in DecisionRecord.objects.all())


def test_the_committees_last_vote_freezes_the_opened_votes(found, product, carl):
    bea = somebody("bea@board.example", "Bea Chang", Role.COMMITTEE)
    product.one_decides_up_to_cents = 400_000
    product.save()
    committee.cast_vote(again(found), by=carl, in_favour=True, note="A good plan.")
    assert not DecisionRecord.objects.exists()
    committee.cast_vote(again(found), by=bea, in_favour=True)
    parts = frozen(found)
    assert parts["decision"]["by"] == "ledger"
    assert [(vote["said"], vote["why"]) for vote in parts["votes"]["rows"]] == [(True, "A good plan."), (True, "")]
    assert parts["votes"]["counted"]["in_favour"] == 2


def test_a_no_while_votes_are_sealed_keeps_them_sealed(found, product, carl, mariam):
    product.one_decides_up_to_cents = 400_000
    product.save()
    committee.cast_vote(again(found), by=carl, in_favour=True, note="A good plan.")
    decision.decline(again(found), by=mariam, reasons=["not_affordable"])
    (vote,) = frozen(found)["votes"]["rows"]
    assert set(vote) == {"by", "on", "counts"}
    assert "A good plan." not in RecordBody.objects.get().text


def test_what_the_office_changes_later_changes_no_record(found, mariam, omar):
    decision.approve(again(found), by=mariam)
    before = RecordBody.objects.get().text
    Product.objects.update(name_en="Another", max_cents=9_900_000, annual_rate="0.09")
    with clock.at(days_ahead(3)):
        diary.add_task(again(found), by=omar, what="Call.", for_whom=omar, due_on=clock.today())
    assert RecordBody.objects.get().text == before
    assert findings() == []


def test_a_refused_decision_leaves_no_record(found, omar, mariam):
    with pytest.raises(PermissionDenied):
        decision.approve(again(found), by=omar)
    with pytest.raises(Refused):
        decision.decline(again(found), by=mariam, reasons=[])
    with pytest.raises(Refused):
        decision.approve(again(found), by=mariam, seen=0)
    assert not DecisionRecord.objects.exists()
    assert not RecordBody.objects.exists()


def test_sending_back_and_votes_lost_freeze_nothing(found, mariam):
    decision.send_back(again(found), by=mariam, note="What about the rent?")
    assert not DecisionRecord.objects.exists()


def test_a_record_is_in_ink(declined):
    for change in ("UPDATE loans_decisionrecord SET hash = ''", "DELETE FROM loans_decisionrecord"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_a_frozen_file_written_anew_is_found(declined):
    assert findings() == []
    body = RecordBody.objects.get()
    body.text = body.text.replace("Too tight.", "Too  tight.")
    body.save()
    assert findings() == [(declined.reference, f"the file frozen as record {body.record_id} is not the one decided on")]
    with pytest.raises(CommandError, match="1 findings"):
        call_command("audit", "--json", stdout=(out := StringIO()))
    assert json.loads(out.getvalue())["case"] == declined.reference


def test_a_sealed_text_that_does_not_open_is_found(declined):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE loans_recordbody SET salt = 'another'")
    assert [what for _case, what in findings()] == [
        f"the file frozen as record {DecisionRecord.objects.get().pk} is not the one decided on"
    ]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE loans_recordbody SET text = %s", [b"nonsense"])
    assert len(findings()) == 1


def test_a_frozen_file_that_vanished_before_its_years_is_found(declined):
    RecordBody.objects.all().delete()
    (finding,) = findings()
    assert finding[1].endswith("is gone before its years are over")


def test_a_record_cut_out_with_the_guards_lifted_is_found(declined):
    connection.check_constraints()
    lift_guards()
    RecordBody.objects.all().delete()
    DecisionRecord.objects.all().delete()
    event = declined.events.get(verb="decline")
    assert findings() == [(declined.reference, f"the record of the decision in event {event.pk} is missing")]


def test_demographics_are_in_no_record(in_review, amina, mariam):
    VoluntaryAnswers.keep(amina, {question.name: f"zebrafish-{question.name}" for question in QUESTIONS})
    decision.decline(in_review, by=mariam, reasons=["not_affordable"])
    assert "zebrafish" not in RecordBody.objects.get().text


def test_the_file_of_a_no_is_erased_after_its_years_and_the_hash_stays(declined):
    kept = DecisionRecord.objects.get()
    last = add_months(clock.today(), 12 * PERSON_YEARS)
    assert retention.erase_old_records(last).done == 0
    assert retention.erase_old_records(last + timedelta(days=1)).done == 1
    assert not RecordBody.objects.exists()
    assert again(kept).hash == kept.event.detail["record"]
    told = declined.events.get(verb="erase_record")
    assert (told.actor, told.detail) == ("clock", {"record_key": kept.pk})
    assert findings() == []
    assert retention.erase_old_records(last + timedelta(days=2)).done == 0


def test_the_file_of_a_running_loan_is_kept(active):
    assert retention.erase_old_records(add_months(clock.today(), 12 * 2 * LOAN_YEARS)).done == 0
    assert RecordBody.objects.exists()


def test_a_second_click_freezes_once(in_review, mariam):
    for _ in range(2):
        decision.decline(again(in_review), by=mariam, reasons=["not_affordable"], once_key="k")
    assert DecisionRecord.objects.count() == 1


def test_a_case_that_was_reopened_is_frozen_anew(declined, amina, carl, omar, mariam):
    appeal.appeal(again(declined), by=amina, note="Look again.")
    appeal.grant(again(declined), by=carl, note="We do.")
    case = again(declined)
    if case.reviewer is None:
        case = review.take(case, by=omar)
    decision.recommend(again(case), by=case.reviewer, reasons=["affordable"], note="Now it fits.", **TERMS)
    decision.approve(again(case), by=mariam)
    assert DecisionRecord.objects.latest("pk").outcome == "approved"

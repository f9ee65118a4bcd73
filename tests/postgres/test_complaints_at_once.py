"""Two clicks and two people at the same moment: one complaint, one answer, one number each."""

from letters.models import Letter
from loans.lifecycle.refusal import Refused
from loans.lifecycle.writing import complaints
from loans.models import Complaint
from tests.postgres.test_at_once import both

SAID = {"kind": "wait", "words": "I called three times.", "name": "Nia", "email": "nia@example.org"}


def test_one_form_sent_twice_at_once_tells_us_once(committed):
    first, second = both(lambda: complaints.complain(**SAID, once_key="key"))
    assert first == second
    assert (Complaint.objects.count(), Letter.objects.filter(kind="complaint_received").count()) == (1, 1)


def test_two_complaints_at_once_have_two_numbers(committed):
    first, second = both(lambda: complaints.complain(**SAID))
    assert first.number != second.number


def test_two_answers_at_once_send_one_letter(committed, omar, mariam):
    row = complaints.assign(complaints.complain(**SAID), by=mariam, owner=omar)
    words = iter(("We are sorry.", "We regret it."))
    results = both(lambda: complaints.answer(row, by=omar, words=next(words), outcome="right"))
    assert [type(result) for result in results].count(Refused) == 1
    assert Letter.objects.filter(kind="complaint_answered").count() == 1


def test_a_key_that_no_database_takes_is_no_fault(committed):
    assert complaints.complain(**SAID, once_key="\0key\0").once_key == "key"

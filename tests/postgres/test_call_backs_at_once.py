"""Two clicks and two officers at the same moment: one call is asked for, and one person writes it down."""

from applicants.models import CallBack
from loans.lifecycle.refusal import Refused
from loans.lifecycle.writing import call_backs
from tests.postgres.test_at_once import both

SAID = {"name": "Nia", "phone": "613-555-0123", "language": "en", "interpreter": "", "suits": "any", "words": ""}


def test_one_form_sent_twice_at_once_asks_once(committed):
    first, second = both(lambda: call_backs.ask_for_a_call(**SAID, once_key="key"))
    assert first == second
    assert CallBack.objects.count() == 1


def test_a_key_that_no_database_takes_is_no_fault(committed):
    assert call_backs.ask_for_a_call(**SAID, once_key="\0key\0").once_key == "key"


def test_two_officers_who_close_one_call_at_once_one_is_told(committed, omar, olga):
    row, officers = call_backs.ask_for_a_call(**SAID), iter((omar, olga))
    results = both(lambda: call_backs.close_call(row, by=next(officers)))
    assert [type(result) for result in results].count(Refused) == 1
    assert CallBack.objects.get().done_by in (omar, olga)

import pytest

from letters import returns
from letters.models import HANDED_OVER, Letter, Trace
from letters.returns import MOST_NEWS, News, did_not_arrive, is_out_of_reach, take_in
from letters.tasks import deliver
from vault.models import StoredFile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
What = Trace.What


@pytest.fixture
def letter(posted, amina):
    return posted(to=amina)


def news(letter, what=What.HARD, *, to="", key="1"):
    return News(letter.message_id, what, (to or letter.address,), key)


def test_a_letter_with_papers_keeps_their_hashes_when_it_is_handed_over(posted, amina, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    paper = StoredFile.objects.put(b"%PDF the agreement", name="agreement.pdf", content_type="application/pdf")
    letter = posted("signed", to=amina, attachments=[paper])
    deliver(letter.pk)
    trace = letter.traces.get()
    assert (trace.what, trace.files) == (What.HANDED_OVER, [paper.sha256])
    assert Letter.objects.get(pk=letter.pk).state == HANDED_OVER


def test_a_letter_without_papers_needs_no_proof(letter, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    deliver(letter.pk)
    assert not letter.traces.exists()


def test_what_came_back_for_good_puts_the_address_out_of_reach(letter, morning):
    trace = take_in(news(letter))
    assert (trace.letter, trace.what, trace.at) == (letter, What.HARD, morning)
    assert did_not_arrive(trace)
    assert is_out_of_reach("Amina@Example.org ")
    assert not is_out_of_reach("claire@example.org")


def test_the_third_that_came_back_for_now_counts_as_for_good(letter):
    first, second = (take_in(news(letter, What.SOFT, key=key)) for key in "12")
    assert not did_not_arrive(first)
    assert not did_not_arrive(second)
    assert not is_out_of_reach(letter.address)
    assert did_not_arrive(take_in(news(letter, What.SOFT, key="3")))
    assert is_out_of_reach(letter.address)


def test_a_letter_that_arrives_begins_the_count_anew(letter):
    for key, what in enumerate((What.SOFT, What.SOFT, What.DELIVERED, What.SOFT)):
        assert not did_not_arrive(take_in(news(letter, what, key=str(key))))
    take_in(news(letter, What.HARD))
    take_in(news(letter, What.DELIVERED, key="again"))
    assert not is_out_of_reach(letter.address)


def test_a_complaint_is_kept_and_says_nothing_about_the_address(letter):
    assert not did_not_arrive(take_in(news(letter, What.COMPLAINED)))
    assert not is_out_of_reach(letter.address)


def test_what_is_told_twice_counts_once(letter):
    assert take_in(news(letter)) is not None
    assert take_in(news(letter)) is None
    assert letter.traces.count() == 1


@pytest.mark.parametrize(
    "told",
    [
        {"message_id": "<nobody@example.org>"},
        {"message_id": ""},
        {"recipients": ("claire@example.org",)},
        {"recipients": ()},
        {"what": "handed_over"},
        {"what": "anything"},
    ],
)
def test_what_is_not_about_a_letter_of_ours_to_that_address_is_nothing(letter, told):
    said = {"message_id": letter.message_id, "what": What.HARD, "recipients": (letter.address,), **told}
    assert take_in(News(**said)) is None
    assert not Trace.objects.exists()


def test_nobody_fills_the_table_with_news_of_one_letter(letter):
    for number in range(MOST_NEWS):
        assert take_in(news(letter, What.SOFT, key=str(number)))
    assert take_in(news(letter, What.SOFT, key="one more")) is None


def test_whoever_types_the_code_of_a_mail_can_be_reached_again(letter, posted, amina):
    take_in(news(letter))
    code = posted("sign_in_code", to=amina, facts={"code": "482913"}, occasion="code:1")
    returns.arrived(amina, "sign_in_code")
    assert not is_out_of_reach(amina.email)
    assert code.traces.get().what == What.DELIVERED


def test_a_code_that_went_to_the_address_before_says_nothing_about_this_one(posted, amina):
    old = posted("sign_in_code", to=amina, facts={"code": "482913"}, occasion="code:1")
    old.address = "old@example.org"
    old.save()
    take_in(news(posted(to=amina)))
    returns.arrived(amina, "sign_in_code")
    assert is_out_of_reach(amina.email)


def test_where_mail_arrives_a_sign_in_writes_nothing(posted, amina):
    posted("sign_in_code", to=amina, facts={"code": "482913"}, occasion="code:1")
    returns.arrived(amina, "sign_in_code")
    assert not Trace.objects.exists()


def test_a_text_says_nothing_of_the_mailbox(posted, amina):
    letter = posted(to=amina)
    Letter.objects.filter(pk=letter.pk).update(channel="text")
    assert take_in(news(letter)) is None


def test_a_message_id_that_no_database_can_look_for_is_of_no_letter(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert take_in(News("<1\x00@loans.example.org>", "hard", ("amina@example.org",))) is None

import smtplib
from datetime import timedelta
from email import message_from_bytes
from email.policy import default as modern
from pathlib import Path

import pytest

from config import clock
from letters import delivery
from letters.models import CLAIMED, FAILED, HANDED_OVER, UNCERTAIN, WAITING, Letter
from letters.tasks import deliver, deliver_waiting
from tests.cases import again
from tests.letters.mail_server import PowerCut, Server
from vault.models import StoredFile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

CODE = {"code": "482913"}
NOT_SENT = [
    ConnectionRefusedError(),
    smtplib.SMTPRecipientsRefused({"amina@example.org": (550, b"no such person")}),
    smtplib.SMTPDataError(451, b"try later"),
    smtplib.SMTPSenderRefused(550, b"no", "loans@localhost"),
]
IN_DOUBT = [TimeoutError(), smtplib.SMTPServerDisconnected("gone"), OSError("broken pipe")]


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = "tests.letters.mail_server.Server"
    Server.start()
    return Server


def later(morning, **time):
    return clock.at(morning + timedelta(**time))


def test_a_letter_handed_over_is_remembered_as_it_was_sent(posted, server, morning, amina):
    letter = posted(to=amina, facts={"name": "Amina"})
    deliver(letter.pk)
    after = again(letter)
    assert (after.state, after.handed_over_at, after.claimed_at) == (HANDED_OVER, morning, morning)
    (mail,) = server.taken
    assert (after.subject, after.body) == (mail.subject, mail.body)
    assert "Amina" in after.body


def test_a_doorbell_rung_twice_delivers_once(posted, server):
    letter = posted()
    deliver(letter.pk)
    deliver(letter.pk)
    deliver_waiting()
    assert len(server.taken) == 1


def test_two_workers_at_one_letter_deliver_once(posted, server):
    letter = posted()
    server.meanwhile = staticmethod(lambda: deliver(letter.pk))
    deliver(letter.pk)
    assert len(server.taken) == 1


def test_a_doorbell_for_no_letter_is_nothing(server):
    deliver(404)
    assert server.taken == []


def test_the_mail_has_a_stable_id_and_replies_reach_the_house(posted, server, lender):
    letter = posted("offer", facts={"cents": 1, "payment_cents": 1, "open_until": "2027-03-31"}, language="fr")
    deliver(letter.pk)
    message = message_from_bytes(server.taken[0].message().as_bytes(), policy=modern)
    assert message["Message-ID"] == letter.message_id
    assert message["Reply-To"] == "hello@fund.example.org"
    assert message["To"] == "amina@example.org"
    assert str(message["From"]).startswith("Fonds Tremplin <")
    assert not [name for name in message if name.lower().startswith("x-")]
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_without_a_lender_there_is_no_reply_address(posted, server):
    deliver(posted().pk)
    assert "Reply-To" not in server.taken[0].message()


def test_a_reply_reaches_the_officer_by_name_and_the_office(posted, server, amina, office):
    deliver(posted("withdrawn", to=amina, officer_name="Omar Farouk", officer_email="omar@fund.example.org").pk)
    reply_to = server.taken[0].message()["Reply-To"]
    assert reply_to == "Omar Farouk <omar@fund.example.org>, bonjour@tremplin.example"


def test_papers_are_attached(posted, server, amina):
    paper = StoredFile.objects.put(b"%PDF the agreement", name="agreement.pdf", content_type="application/pdf")
    deliver(posted("signed", to=amina, attachments=[paper]).pk)
    assert [tuple(a) for a in server.taken[0].attachments] == [
        ("agreement.pdf", b"%PDF the agreement", "application/pdf")
    ]


@pytest.mark.parametrize("error", NOT_SENT, ids=lambda error: type(error).__name__)
def test_a_letter_that_the_server_refuses_waits_again(posted, server, error):
    letter = posted()
    server.at_hand_over = error
    deliver(letter.pk)
    assert (again(letter).state, again(letter).tries) == (WAITING, 1)


@pytest.mark.parametrize("error", [TimeoutError(), smtplib.SMTPAuthenticationError(535, b"no"), OSError("no route")])
def test_a_letter_waits_again_when_nobody_answers(posted, server, error):
    letter = posted()
    server.at_connect = error
    deliver(letter.pk)
    assert (again(letter).state, again(letter).tries) == (WAITING, 1)


def test_a_server_that_takes_nothing_took_nothing(posted, server):
    letter = posted()
    server.answer = 0
    deliver(letter.pk)
    assert again(letter).state == WAITING


def test_a_line_that_breaks_while_hanging_up_changes_nothing(posted, server):
    letter = posted()
    server.at_hanging_up = smtplib.SMTPServerDisconnected("gone")
    deliver(letter.pk)
    assert again(letter).state == HANDED_OVER


def test_each_try_waits_longer_and_the_fifth_is_the_last(posted, server, morning):
    letter = posted()
    server.at_connect = ConnectionRefusedError()
    minutes = []
    for minute in range(1, 600):
        with later(morning, minutes=minute):
            before = again(letter).tries
            deliver_waiting()
            if again(letter).tries > before:
                minutes.append(minute)
    assert minutes == [1, 5, 21, 85, 341]
    assert (again(letter).state, again(letter).tries) == (FAILED, 5)


def test_a_letter_refused_once_arrives_with_the_next_try(posted, server, morning):
    letter = posted()
    server.at_connect = ConnectionRefusedError()
    deliver(letter.pk)
    server.at_connect = None
    with later(morning, minutes=5):
        deliver_waiting()
    assert again(letter).state == HANDED_OVER
    assert len(server.taken) == 1


def test_a_letter_that_cannot_be_put_into_words_fails_in_the_end(posted, server, morning, monkeypatch):
    letter = posted()

    def broken(letter):
        raise ValueError("no such template")

    monkeypatch.setattr(delivery, "render", broken)
    for hours in range(1, 12):
        with later(morning, hours=hours):
            deliver_waiting()
    assert again(letter).state == FAILED
    assert server.taken == []


def test_one_bad_letter_does_not_hold_up_the_others(posted, server, morning):
    bad, good = posted(), posted(occasion="submission:2")
    Letter.objects.filter(pk=bad.pk).update(kind="unknown")
    with later(morning, minutes=2):
        deliver_waiting()
    assert (again(bad).state, again(good).state) == (WAITING, HANDED_OVER)


def test_the_sweep_leaves_the_last_minutes_letters_to_their_doorbell(posted, server, morning):
    letter = posted()
    with later(morning, seconds=59):
        deliver_waiting()
    assert again(letter).state == WAITING
    with later(morning, seconds=60):
        deliver_waiting()
    assert again(letter).state == HANDED_OVER


def die_in_the_hand_over(server, letter):
    server.at_hand_over = PowerCut()
    with pytest.raises(PowerCut):
        deliver(letter.pk)
    server.at_hand_over = None
    assert again(letter).state == CLAIMED


def test_a_worker_dead_in_the_hand_over_leaves_doubt_and_one_repeat_with_the_same_id(posted, server, morning):
    letter = posted()
    die_in_the_hand_over(server, letter)
    with later(morning, minutes=14):
        deliver_waiting()
    assert (again(letter).state, server.taken) == (CLAIMED, [])
    with later(morning, minutes=16):
        deliver_waiting()
    (mail,) = server.taken
    assert mail.extra_headers["Message-ID"] == letter.message_id
    assert again(letter).state == HANDED_OVER


def test_a_repeat_that_dies_too_is_the_last(posted, server, morning):
    letter = posted()
    die_in_the_hand_over(server, letter)
    server.at_hand_over = PowerCut()
    with later(morning, minutes=16), pytest.raises(PowerCut):
        deliver_waiting()
    server.at_hand_over = None
    for hours in range(1, 5):
        with later(morning, hours=hours):
            deliver_waiting()
    assert (again(letter).state, server.taken) == (UNCERTAIN, [])


@pytest.mark.parametrize("error", IN_DOUBT, ids=lambda error: type(error).__name__)
def test_a_line_that_breaks_in_the_hand_over_is_a_doubt_too(posted, server, morning, error):
    letter = posted()
    server.at_hand_over = error
    deliver(letter.pk)
    assert again(letter).state == UNCERTAIN
    for hours in range(1, 5):
        with later(morning, hours=hours):
            deliver_waiting()
    assert (again(letter).state, again(letter).repeated_at) == (UNCERTAIN, morning + timedelta(hours=1))


def test_a_code_is_never_repeated(posted, server, morning):
    letter = posted("sign_in_code", facts=CODE)
    die_in_the_hand_over(server, letter)
    for hours in range(1, 5):
        with later(morning, hours=hours):
            deliver_waiting()
    assert (again(letter).state, server.taken) == (UNCERTAIN, [])


def test_a_code_that_waited_too_long_is_not_sent_at_all(posted, server, morning):
    by_doorbell, by_sweep = posted("sign_in_code", facts=CODE), posted("sign_up_code", facts=CODE)
    with later(morning, minutes=15, seconds=1):
        deliver(by_doorbell.pk)
        assert again(by_sweep).state == WAITING
        deliver_waiting()
    assert (again(by_doorbell).state, again(by_sweep).state, server.taken) == (FAILED, FAILED, [])


def test_a_code_refused_once_is_tried_again_while_it_is_fresh(posted, server, morning):
    letter = posted("sign_in_code", facts=CODE)
    server.at_connect = ConnectionRefusedError()
    deliver(letter.pk)
    server.at_connect = None
    with later(morning, minutes=4):
        deliver_waiting()
    assert again(letter).state == HANDED_OVER


def test_a_slow_worker_does_not_settle_what_another_has_claimed_since(posted, server, morning):
    letter = posted()

    def the_sweep_gives_it_to_another():
        Letter.objects.filter(pk=letter.pk).update(claimed_at=morning + timedelta(minutes=20))

    server.meanwhile = staticmethod(the_sweep_gives_it_to_another)
    deliver(letter.pk)
    assert again(letter).state == CLAIMED


def test_a_slow_worker_that_nobody_replaced_still_settles_its_letter(posted, server):
    letter = posted()
    doubt = staticmethod(lambda: Letter.objects.filter(pk=letter.pk).update(state=UNCERTAIN))
    server.meanwhile = doubt
    deliver(letter.pk)
    assert again(letter).state == HANDED_OVER


def test_the_log_names_no_person(posted, server, caplog):
    server.at_hand_over = smtplib.SMTPRecipientsRefused({"amina@example.org": (550, b"amina unknown")})
    deliver(posted().pk)
    assert "SMTPRecipientsRefused" in caplog.text
    assert "amina" not in caplog.text


def test_by_default_mail_is_written_to_a_folder(posted, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    letter = posted(facts={"name": "Amina"})
    deliver(letter.pk)
    (file,) = Path(settings.EMAIL_FILE_PATH).iterdir()
    assert letter.message_id in file.read_text()

"""Text messages: who gets one, what it never says, how it is handed to the gateway and what becomes of doubt."""

import json
import re
from datetime import timedelta

import pytest
from django.conf import settings as house_settings
from django.db import transaction

from accounts.models import Phone
from accounts.phones import hash_of
from config import clock
from letters import texts
from letters.kinds import KINDS, SECRET
from letters.models import CLAIMED, FAILED, HANDED_OVER, MAIL, TEXT, UNCERTAIN, WAITING, Letter
from letters.post import draft, post, post_all
from letters.render import render, render_text
from letters.tasks import deliver, deliver_waiting
from tests.letters.examples import EXAMPLES
from tests.letters.gateway import open_gateway
from tests.letters.test_render import TELLING
from vault.models import StoredFile

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _ in house_settings.LANGUAGES]
TEXTED = sorted(slug for slug, kind in KINDS.items() if kind.text)
# 3GPP TS 23.038, the default alphabet: one sign outside it makes a text of 70 signs out of one of 160.
GSM_7 = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
OTHER_SIGNS = ("ar", "zh-hans")  # which no text of 160 signs can write
TWO_PARTS = 2 * 67  # signs of UCS-2, of which each part of a longer text holds 67
TOLD = re.compile(TELLING.pattern.replace(r"\d|", "").replace("|sign", ""), re.IGNORECASE)


class PowerCut(BaseException):
    """The worker dies."""


@pytest.fixture
def gateway(settings):
    """A gateway on this machine that takes everything."""
    with open_gateway() as (gateway, url):
        settings.SMS_URL = url
        yield gateway


def wants(user, notices, number="+16135550123"):
    """The person has shown that the number is theirs, and chose."""
    Phone.objects.create(
        user=user, number_sealed=number, number_hash=hash_of(number), proven_at=clock.now(), notices=notices
    )
    return type(user).objects.get(pk=user.pk)


@pytest.fixture
def text(posted, gateway, amina):
    """A text that waits for its doorbell."""
    posted(to=wants(amina, "text"))
    return Letter.objects.get(channel=TEXT)


def now(letter):
    return Letter.objects.get(pk=letter.pk)


def later(morning, **ahead):
    return clock.at(morning + timedelta(**ahead))


@pytest.mark.parametrize(
    ("notices", "channels"), [("mail", [MAIL]), ("text", [TEXT]), ("both", [MAIL, TEXT])], ids=["mail", "text", "both"]
)
def test_news_goes_the_way_the_person_chose(posted, gateway, amina, notices, channels):
    posted(to=wants(amina, notices))
    assert [letter.channel for letter in Letter.objects.all()] == channels


@pytest.mark.parametrize("notices", ["text", "both"])
def test_many_drafts_go_the_way_each_person_chose_and_once(posted, gateway, amina, claire, notices, monkeypatch):
    monkeypatch.setattr("letters.tasks.deliver_all.delay", lambda pks: None)
    people = [wants(amina, notices), claire]
    for _twice in range(2):
        with transaction.atomic():
            post_all([draft("received", to=each, facts={}, occasion="submission:1") for each in people])
    assert Letter.objects.filter(to=amina, channel=TEXT).count() == 1
    assert Letter.objects.filter(to=amina, channel=MAIL).count() == (notices == "both")
    assert Letter.objects.filter(to=claire).count() == 1


def test_what_carries_papers_is_mailed_also_to_whoever_wants_texts_only(gateway, amina):
    paper = StoredFile.objects.put(b"%PDF-", name="statement.pdf", content_type="application/pdf")
    reader = wants(amina, "text")
    with transaction.atomic():
        post("fee_charged", to=reader, facts=EXAMPLES["fee_charged"], occasion="fee:1", attachments=[paper])
        post("fee_charged", to=reader, facts=EXAMPLES["fee_charged"], occasion="fee:2")
    letters = Letter.objects.filter(kind="fee_charged").order_by("pk")
    assert [(each.occasion, each.channel) for each in letters] == [("fee:1", MAIL), ("fee:1", TEXT), ("fee:2", TEXT)]
    assert letters[0].attachments.get() == paper


def test_what_no_text_can_tell_goes_by_mail_whatever_was_chosen(posted, gateway, amina):
    posted("signed", to=wants(amina, "text"))
    assert Letter.objects.get().channel == MAIL


def test_a_house_without_a_gateway_sends_mail(posted, amina, settings):
    settings.SMS_URL = ""
    posted(to=wants(amina, "text"))
    assert Letter.objects.get().channel == MAIL


def test_the_same_occasion_is_told_once_by_each_way(posted, gateway, amina):
    amina = wants(amina, "both")
    assert posted(to=amina) == posted(to=amina)
    assert Letter.objects.count() == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", TEXTED)
def test_a_text_says_who_writes_and_where_to_look_in_one_message(kind, language, posted, lender, settings):
    settings.SITE_URL = "https://loans.springboard.example.org"
    lender.short_name = "Tremplin"
    lender.save()
    letter = posted(kind, facts=EXAMPLES[kind], language=language)
    words = render_text(letter)
    assert "Tremplin" in re.split("[:：]", words)[0]
    assert f"{letter.code[:4]}-{letter.code[4:]}" in words
    assert kind in SECRET or settings.SITE_URL in words
    if language in OTHER_SIGNS:
        assert len(words) <= TWO_PARTS
    else:
        assert set(words) - GSM_7 == set()
        assert len(words) <= 160


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", TEXTED)
def test_a_text_never_tells_a_sum_a_delay_a_decision_or_a_name(kind, language, posted, settings):
    settings.SITE_URL = "https://example.org"
    letter = posted(kind, facts=EXAMPLES[kind], language=language, officer_name="Omar", case_reference="T-2027-0042")
    words = render_text(letter).replace(f"{letter.code[:4]}-{letter.code[4:]}", "")
    body = re.split("[:：]", words, maxsplit=1)[1]  # after the name of the house
    assert not TOLD.search(body.replace("Sign in", "")), words
    assert not re.search(r"\d", body.replace("15", "", 1).replace("482913", "")), words
    for private in ("Amina", "Omar", "T-2027-0042", "Household", "recognized"):
        assert private not in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_about_a_case_has_one_text(language, posted):
    kinds = ("received", "offer", "declined", "offer_lapsed", "decision_stands", "appeal_granted")
    texts_of = {re.sub(r"\S{4}-\S{4}", "", render_text(posted(k, facts=EXAMPLES[k], language=language))) for k in kinds}
    assert len(texts_of) == 1


def test_texts_alone_are_codes_and_the_warning_that_an_account_changes_hands():
    assert {slug for slug, kind in KINDS.items() if kind.is_text} - set(SECRET) == {"recovery_begun_text"}


def test_the_gateway_is_sent_the_number_the_words_and_an_id(text, gateway):
    deliver(text.pk)
    (message,) = gateway.taken
    assert message == {"id": text.message_id, "to": "+16135550123", "text": now(text).body}
    assert gateway.headers[0]["Authorization"] == "Bearer key of ours"
    assert now(text).state == HANDED_OVER


def test_in_a_folder_each_text_is_a_file(text, settings, tmp_path):
    settings.SMS_URL = f"file://{tmp_path}/texts"
    deliver(text.pk)
    (file,) = (tmp_path / "texts").iterdir()
    assert json.loads(file.read_text())["to"] == "+16135550123"
    assert now(text).state == HANDED_OVER


@pytest.mark.parametrize("status", [400, 401, 404, 429, 503])
def test_a_gateway_that_says_no_is_asked_again_later_and_given_up_in_the_end(text, gateway, morning, status):
    gateway.answer = status
    deliver(text.pk)
    assert (now(text).state, now(text).tries) == (WAITING, 1)
    for hours in range(1, 12):
        with later(morning, hours=hours):
            deliver_waiting()
    assert (now(text).state, now(text).tries, gateway.taken) == (FAILED, 5, [])


def test_a_gateway_that_is_away_is_asked_again(text, settings, morning, gateway):
    good, settings.SMS_URL = settings.SMS_URL, "http://127.0.0.1:9/"
    deliver(text.pk)
    assert now(text).state == WAITING
    settings.SMS_URL = good
    with later(morning, minutes=5):
        deliver_waiting()
    assert (now(text).state, len(gateway.taken)) == (HANDED_OVER, 1)


@pytest.mark.parametrize("status", [500, 502, 504, None])
def test_an_answer_that_says_neither_is_a_doubt_repeated_once_with_the_same_id(text, gateway, morning, status):
    gateway.answer = status
    deliver(text.pk)
    assert now(text).state == UNCERTAIN
    gateway.answer = 202
    for hours in range(1, 5):
        with later(morning, hours=hours):
            deliver_waiting()
    assert [message["id"] for message in gateway.taken] == [text.message_id]
    assert now(text).state == HANDED_OVER


def test_a_gateway_that_points_elsewhere_is_not_followed(text, gateway):
    with open_gateway() as (stranger, url):
        gateway.answer, gateway.elsewhere = 307, url
        deliver(text.pk)
        assert (now(text).state, stranger.headers) == (WAITING, [])


def test_a_worker_dead_in_the_hand_over_leaves_doubt_and_one_repeat(text, gateway, morning, monkeypatch):
    def die(**message):
        raise PowerCut

    with monkeypatch.context() as cut:
        cut.setattr(texts, "hand_over", die)
        with pytest.raises(PowerCut):
            deliver(text.pk)
    assert now(text).state == CLAIMED
    with later(morning, minutes=14):
        deliver_waiting()
    assert gateway.taken == []
    for hours in range(1, 4):
        with later(morning, hours=hours):
            deliver_waiting()
    assert [message["id"] for message in gateway.taken] == [text.message_id]


def test_a_code_by_text_is_never_repeated(posted, gateway, morning):
    code = posted("phone_code", address="+16135550123", facts={"code": "482913"})
    gateway.answer = None
    deliver(code.pk)
    gateway.answer = 202
    for hours in range(1, 5):
        with later(morning, hours=hours):
            deliver_waiting()
    assert (now(code).state, gateway.taken) == (UNCERTAIN, [])


def test_a_code_by_text_that_waited_too_long_is_not_sent_at_all(posted, gateway, morning):
    code = posted("phone_code", address="+16135550123", facts={"code": "482913"})
    with later(morning, minutes=16):
        deliver_waiting()
    assert (now(code).state, gateway.taken) == (FAILED, [])


@pytest.mark.parametrize("url", ["ftp://example.org/", "http://key@example.org/messages", "nonsense", "https:///x"])
def test_a_setting_that_names_no_safe_gateway_sends_nothing(text, settings, url):
    settings.SMS_URL = url
    deliver(text.pk)
    assert now(text).state == WAITING


def test_the_log_names_no_number(text, gateway, caplog):
    gateway.answer = 400
    deliver(text.pk)
    assert "NotTaken" in caplog.text
    assert "5550123" not in caplog.text


def test_the_mail_room_shows_texts_too(text, client, settings, lender):
    settings.DEMO = True
    assert "Text message" in client.get("/mail-room/").content.decode()
    page = client.get(f"/mail-room/{text.pk}/").content.decode()
    assert "+16135550123" in page
    assert f"{text.code[:4]}-{text.code[4:]}" in page


def test_a_letter_by_mail_carries_its_code_and_where_to_ask(posted, amina, settings):
    settings.SITE_URL = "https://loans.example.org"
    letter = posted(to=amina)
    words = render(letter)
    for part in (words.text, words.html):
        assert f"{letter.code[:4]}-{letter.code[4:]}" in part
        assert "https://loans.example.org/really-us/" in part


def test_one_can_post_a_text_only_inside_the_transaction_of_what_it_tells(amina, gateway, transactional_db):
    with pytest.raises(transaction.TransactionManagementError):
        post("phone_code", to=amina, address="+16135550123", facts={"code": "482913"}, occasion="1")

import pytest
from django.urls import reverse

from letters.tasks import deliver

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True
    settings.SECURE_SSL_REDIRECT = False


@pytest.fixture
def letter(posted, amina):
    return posted("sign_in_code", to=amina, facts={"code": "482913", "name": "<Amina>"})


def pages(letter):
    return [reverse("mail_room"), reverse("mail_room_letter", args=[letter.pk])]


def test_the_mail_room_lists_what_was_mailed(client, letter):
    page = client.get(reverse("mail_room"), REMOTE_ADDR="127.0.0.1").content.decode()
    assert "amina@example.org" in page
    assert "Your code to sign in" in page
    assert reverse("mail_room_letter", args=[letter.pk]) in page


def test_a_letter_can_be_read_before_and_after_it_is_sent(client, letter):
    url = reverse("mail_room_letter", args=[letter.pk])
    assert "482913" in client.get(url).content.decode()
    deliver(letter.pk)
    assert "482913" in client.get(url, REMOTE_ADDR="::1").content.decode()


def test_what_people_typed_is_shown_as_typed(client, letter):
    page = client.get(reverse("mail_room_letter", args=[letter.pk])).content.decode()
    assert "&lt;Amina&gt;" in page
    assert "<Amina>" not in page


def test_an_empty_mail_room_says_so(client):
    assert "There is no letter yet." in client.get(reverse("mail_room")).content.decode()


def test_the_newest_hundred_are_shown(client, posted):
    for number in range(101):
        posted(occasion=f"submission:{number}")
    page = client.get(reverse("mail_room")).content.decode()
    assert page.count("<li>") >= 100
    assert page.count("/mail-room/") - page.count(f'"{reverse("mail_room")}"') == 100


def test_outside_the_demo_there_is_no_mail_room(client, letter, settings):
    settings.DEMO = False
    assert [client.get(url).status_code for url in pages(letter)] == [404, 404]


@pytest.mark.parametrize(
    "origin",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"REMOTE_ADDR": "::ffff:192.0.2.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=192.0.2.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_REAL_IP": "192.0.2.7"},
    ],
)
def test_nobody_from_elsewhere_finds_the_mail_room(client, letter, origin):
    assert [client.get(url, **origin).status_code for url in pages(letter)] == [404, 404]


def test_a_letter_that_does_not_exist_is_not_found(client):
    assert client.get(reverse("mail_room_letter", args=[404])).status_code == 404


def test_the_mail_room_is_for_reading(client):
    assert client.post(reverse("mail_room")).status_code == 405


def test_nothing_read_in_the_mail_room_is_kept_by_the_browser(client, letter):
    for url in pages(letter):
        assert "no-store" in client.get(url)["Cache-Control"]

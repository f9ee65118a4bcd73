"""Two hundred names, each of another shape: the form, the letters, the case and the contract keep them whole.

Form and letters are tried with every name; the page of the case and the contract with one name a script, and with
every name in the long profile.
"""

import os
import re
import subprocess
import unicodedata
from collections import Counter
from email import message_from_bytes, policy
from html import unescape

import pytest
from django.core import mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape

from accounts.models import User
from letters import delivery
from letters.models import Letter
from letters.pdf import pdf_of
from letters.post import post
from loans.lifecycle.applying import filling
from loans.lifecycle.contracts import contract
from loans.models import Party
from loans.models.form import Form
from tests.names import NAMES, SHAPES
from tests.people import somebody

pytestmark = pytest.mark.django_db
IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
SOME = NAMES if IS_LONG else tuple(names[0] for names in SHAPES.values())
SIGNED = (
    NAMES if IS_LONG else tuple(SHAPES[script][0] for script in ("Latin", "Arabic", "Ethiopic", "Chinese", "Tamil"))
)
JOINING = (
    "Hebrew", "Arabic", "Syriac", "Thaana", "Devanagari", "Bengali", "Gujarati", "Kannada", "Thai", "Khmer", "Myanmar",
    "N'Ko", "Adlam",
)  # fmt: skip
JOINED = {name for script in JOINING for name in SHAPES[script]}
LEADS_THE_EYE = re.compile(r"[\s\u180e\u200b-\u200f\u202a-\u202e\u2066-\u2069\u00ad]+")


def words(response):
    return unescape(response.content.decode())


def test_there_are_two_hundred_of_them_and_each_is_another():
    assert len(set(NAMES)) == len(NAMES) >= 200
    assert len(SHAPES) >= 30


def test_the_form_keeps_every_name_whole(client, amina, product):
    case = filling.start(amina, product)
    client.force_login(amina)
    url, wrong = reverse("section", args=[case.reference, "about-me"]), []
    for name in NAMES:
        client.post(url, {"full_name": name, "called": name[:80], "later": "1"})
        page = client.get(url).content.decode()
        form = Form(case)
        kept = form.value("about-me", "full_name"), form.value("about-me", "called")
        box = re.search(r'<input type="text" name="full_name"[^>]* value="([^"]*)" dir="auto"', page)
        if kept != (name, name[:80].strip()) or not box or unescape(box[1]) != name:
            wrong.append((name, kept, box and box[1]))
    assert wrong == []


def test_every_letter_greets_by_name_in_head_and_body(office, django_capture_on_commit_callbacks):
    wrong = []
    for number, name in enumerate(NAMES):
        person = somebody(f"person{number}@example.org", name, language="fr" if number % 2 else "en")
        letter = post(
            "co_signer_invited",
            to=person,
            facts={"name": name, "borrower": name, "reference": "T-2027-0001", "officer_name": name,
                   "officer_email": "omar@office.example"},
            occasion=f"name:{number}",
            case_reference="T-2027-0001",
        )  # fmt: skip
        delivery.hand_over(letter.pk)
        raw = mail.outbox.pop().message().as_bytes()
        sent = message_from_bytes(raw, policy=policy.default)
        text, html = sent.get_body(("plain",)).get_content(), sent.get_body(("html",)).get_content()
        head = raw.split(b"\n\n", 1)[0]
        greeted = all(name in body for body in (text, unescape(html)))
        officer = sent["Reply-To"].addresses[0]
        if not greeted or "\n" in sent["Subject"] or (len(name) > 2 and name in sent["Subject"]):
            wrong.append((name, "body or subject"))
        if officer.display_name != name or officer.addr_spec != "omar@office.example" or not head.isascii():
            wrong.append((name, officer))
        if [each.addr_spec for each in sent["To"].addresses] != [person.email]:
            wrong.append((name, sent["To"]))
    assert wrong == []
    assert not Letter.objects.exclude(state="handed_over").exists()


def test_a_name_with_a_line_end_adds_no_line_to_the_head_of_a_letter(office):
    name = "Amina\r\nBcc: everybody@example.org"
    letter = post("received", to=somebody("a@example.org", name), facts={"name": name}, occasion="x")
    delivery.hand_over(letter.pk)
    sent = message_from_bytes(mail.outbox.pop().message().as_bytes(), policy=policy.default)
    assert sent["Bcc"] is None
    assert sent["Subject"] == "We have your application"


def called(case, name):
    """The same case, of somebody of this name."""
    case.applicant.full_name = name
    case.applicant.save()
    case.parties.filter(kind=Party.Kind.BORROWER).update(name=name)
    User.objects.filter(pk=case.applicant.user_id).update(name=name)


def test_the_officer_reads_every_name_whole_and_in_its_own_direction(client, in_review, omar):
    client.force_login(omar)
    url, wrong = reverse("case", args=[in_review.reference]), []
    for name in SOME:
        called(in_review, name)
        page = client.get(url).content.decode()
        heading = re.search(r"<h1([^>]*)>(.*?)</h1>", page, re.DOTALL)
        if unescape(heading[2]) != name or 'dir="auto"' not in heading[1] or f"<{name}" in page:
            wrong.append((name, heading[0]))
    assert wrong == []


def signs_of(text):
    """Without spaces and signs that only lead the eye; ligatures and wide letters as the letters they stand for."""
    return LEADS_THE_EYE.sub("", unicodedata.normalize("NFKC", text))


def read_back(page, folder):
    """What a reader of the PDF of this page gets when all of it is copied."""
    file = folder / "paper.pdf"
    file.write_bytes(pdf_of(page, "Names", "en"))
    copied = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, check=True).stdout.decode()
    return signs_of(copied)


def is_in(name, text):
    """Whether the paper holds the name. Where letters join or change places when they are drawn, a PDF gives them back
    in another order, and a few joined ones not at all: there the letters are counted."""
    if all(signs_of(word) in text for word in name.split()):
        return True
    letters = Counter(sign for sign in signs_of(name) if unicodedata.category(sign)[0] in "LN")
    return name in JOINED and (letters - Counter(text)).total() <= letters.total() / 5


def test_every_sign_of_every_name_has_a_shape_in_our_fonts():
    drawn = set()
    listed = subprocess.run(["fc-list", "--format", "%{charset}\n"], capture_output=True, check=True, text=True).stdout
    for span in set(listed.split()):
        first, _, last = span.partition("-")
        drawn.update(range(int(first, 16), int(last or first, 16) + 1))
    signs = {sign for name in NAMES for sign in name if not LEADS_THE_EYE.match(sign)}
    assert {sign for sign in signs if ord(sign) not in drawn} == set()


def test_a_paper_holds_every_name(tmp_path, office):
    rows = "".join(f'<p dir="auto">{escape(name)}</p>' for name in NAMES)
    style = '<link rel="stylesheet" href="css/paper.css">'
    text = read_back(f"<!doctype html><html lang=en><title>Names</title>{style}<h1>Names</h1>{rows}</html>", tmp_path)
    assert [name for name in NAMES if not is_in(name, text)] == []
    assert not is_in("Nobody Here", text)
    assert not is_in("ಕೃಷ್ಣಮೂರ್ತಿ ಬೇರೆ", text.replace("ಕ", ""))


def test_the_contract_names_everybody_whole(loan, tmp_path):
    missing = []
    for name in SIGNED:
        called(loan.application, name)
        page = render_to_string("loans/agreement.html", {**contract.contract_facts(loan), "language": "en"})
        assert f"<bdi>{escape(name)}</bdi>" in page
        if not is_in(name, read_back(page, tmp_path)):
            missing.append(name)
    assert missing == []

"""At the last signature each party gets their own copy, in the language in which they signed, by mail or by post."""

from io import BytesIO

import pikepdf
import pytest
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from letters.mailbox import address_of_nobody
from letters.models import POST, Letter
from letters.render import render
from loans.lifecycle.contracts import paper_signing, signing
from tests.cases import TICKED, again, explain, has_account, newest_code, prepare, prepare_papers, sign
from tests.loans.lifecycle.contracts.test_paper_signing import recorded

pytestmark = pytest.mark.django_db


def copies():
    """Who got which papers: (e-mail, language of the letter, hashes of what came with it)."""
    letters = Letter.objects.filter(kind="signed").order_by("pk")
    return [(each.to.email, each.language, {file.sha256 for file in each.attachments.all()}) for each in letters]


def made_in(loan, language, user):
    """The agreement in this language, and the papers beside it that are for all or for this person alone."""
    beside = loan.papers.filter(Q(party=None) | Q(party__user=user), language=language)
    return {made.file.sha256 for made in (loan.agreements.get(language=language), *beside)}


@pytest.fixture
def both(loan, clara):
    loan.application.parties.create(user=clara, name="Clara", kind="co_borrower")
    return loan


def test_nobody_gets_a_copy_before_the_last_signature(both, clara):
    sign(both, clara)
    assert copies() == []


def test_each_gets_theirs_in_their_own_language(both, amina, clara):
    User.objects.filter(pk=clara.pk).update(language="fr")
    sign(both, amina)
    sign(again(both), again(clara))
    assert copies() == [
        (amina.email, "en", made_in(both, "en", amina)),
        (clara.email, "fr", made_in(both, "fr", clara)),
    ]


def test_what_is_sent_is_what_was_signed_also_from_a_page_in_the_other_language(loan, amina):
    has_account(loan.application)
    prepare_papers(loan, amina, "fr")
    explain(loan, amina)
    signing.send_code(loan, by=amina)
    signing.sign(loan, by=amina, language="fr", typed_name=amina.name, code=newest_code(amina), **TICKED)
    assert copies() == [(amina.email, "en", made_in(loan, "fr", amina))]


def test_who_has_no_mailbox_signs_on_paper_and_gets_the_copy_by_post(client, loan, amina, omar, olga):
    User.objects.filter(pk=amina.pk).update(email=address_of_nobody())
    prepare(loan)
    paper = recorded(loan, omar, again(loan.application.parties.get()))
    paper_signing.confirm(again(loan), by=olga, paper=paper.pk, matches=True)
    letter = Letter.objects.get(kind="signed")
    assert (letter.channel, letter.state) == (POST, "waiting")
    assert "comes with this letter" in render(letter).text
    client.force_login(omar)
    page = client.get(reverse("post_letter", args=[loan.application.reference, letter.pk])).content.decode()
    assert "Printed with it" in page
    printed = client.get(reverse("post_paper", args=[loan.application.reference, letter.pk]))
    with (
        pikepdf.open(BytesIO(printed.content)) as whole,
        pikepdf.open(BytesIO(loan.agreements.get().file.read())) as own,
    ):
        assert len(whole.pages) > len(own.pages)

"""“Is this agreement genuine?”: what anybody is told by code or file, and what nobody is."""

import html
import io
import subprocess

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from config import clock
from letters.codes import grouped
from loans.lifecycle.contracts import signing
from loans.lifecycle.contracts.verifying import Verdict, told_by_code, told_by_file
from loans.lifecycle.deciding import decision
from loans.lifecycle.lending import changes
from loans.lifecycle.offering import choosing, own_terms
from loans.models import Agreement, VoidAgreement
from loans.views.everybody.verify import MOST_BYTES, WHY
from tests.bank import give_account
from tests.cases import TERMS, again, sign
from tests.letters.test_pdf_signing import changed, is_good, poppler_says

pytestmark = pytest.mark.django_db
PAGE = "/verify/"
REASONS = {
    "": Verdict.MADE_ANEW,
    "option": Verdict.CHOSEN_OTHERWISE,
    "own_terms": Verdict.OWN_TERMS,
    "account": Verdict.OTHER_ACCOUNT,
}


def by_file(data):
    return told_by_file([data[:1000], data[1000:]]).verdict


@pytest.fixture
def agreement(signed):
    return signed.agreements.get()


@pytest.fixture
def among(in_review, omar, mariam):
    """A loan offered in two options, of which none is chosen."""
    smaller = {**TERMS, "principal_cents": 300_000}
    words = {"reasons": ["affordable"], "note": "Sound."}
    decision.approve(decision.recommend(again(in_review), by=omar, **words, **TERMS, further=[smaller]), by=mariam)
    return again(in_review).loans.get()


def send(client, data=None, **typed):
    file = {"file": SimpleUploadedFile("agreement.pdf", data, "application/pdf")} if data is not None else {}
    return client.post(PAGE, {**typed, **file})


def text_of(data, room):
    path = room / "agreement.pdf"
    path.write_bytes(data)
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout


def test_a_signed_agreement_is_genuine_by_code_and_by_file(agreement):
    assert told_by_code(grouped(agreement.code).lower()).verdict == Verdict.GENUINE
    assert told_by_code(agreement.code).signers == 1
    assert by_file(agreement.file.read()) == Verdict.GENUINE


def test_the_code_and_the_address_are_printed_on_it(agreement, tmp_path):
    text = text_of(agreement.file.read(), tmp_path)
    assert grouped(agreement.code) in text
    assert "http://127.0.0.1:8000/verify/" in text
    assert len(agreement.code) == 12


def test_one_byte_changed_is_altered_and_the_code_is_found_in_what_is_left(agreement):
    told = told_by_file([changed(agreement.file.read())])
    assert (told.verdict, told.made_at, told.signers) == (Verdict.ALTERED, agreement.made_at, 1)


def test_with_a_certificate_three_programs_agree_on_good_and_on_altered(certified, loan, amina, tmp_path):
    data = sign(loan, amina).agreements.get().file.read()
    assert (by_file(data), is_good(data)) == (Verdict.GENUINE, True)
    assert "Signature is Valid." in poppler_says(data, tmp_path)
    data = changed(data)
    assert (by_file(data), is_good(data)) == (Verdict.ALTERED, False)
    assert "Signature is Valid." not in poppler_says(data, tmp_path)


def test_an_agreement_with_the_signature_of_the_house_is_still_a_tagged_paper(certified, loan):
    data = signing.agreement_for(loan, "fr").file.read()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang) == "fr"
        assert str(pdf.docinfo["/Title"]) == f"Contrat de prêt\N{NO-BREAK SPACE}{loan.number}"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert {str(page.obj.Tabs) for page in pdf.pages} == {"/S"}
        with pdf.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"


def test_the_bytes_are_made_once(certified, loan):
    first = signing.agreement_for(loan, "en")
    assert signing.agreement_for(again(loan), "en").file.read() == first.file.read()
    assert Agreement.objects.count() == 1


def test_a_copy_saved_anew_is_altered(agreement):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(agreement.file.read())) as pdf:
        pdf.docinfo["/Author"] = "Somebody"
        pdf.save(out)
    assert by_file(out.getvalue()) == Verdict.ALTERED


@pytest.mark.parametrize("typed", ["", "ABCD", "ABCD-EFGH-JKMN", "x" * 500, "\x00", "AAAA-AAAA-AAA\u0661"])
def test_no_other_code_is_known(agreement, typed):
    assert told_by_code(typed).verdict == Verdict.UNKNOWN


def test_a_code_that_falls_between_two_pieces_is_found(agreement):
    data = changed(agreement.file.read())
    place = data.index(b"verify:") + 9
    assert told_by_file([data[:place], data[place : place + 1], data[place + 1 :]]).verdict == Verdict.ALTERED


def test_another_file_is_not_known(agreement):
    assert by_file(b"") == by_file(b"%PDF-1.7 nothing of ours") == Verdict.UNKNOWN
    assert by_file(b"verify:ABCDEFGHJKMN") == Verdict.UNKNOWN


def test_an_agreement_not_signed_by_all_is_superseded(loan):
    made = signing.agreement_for(loan, "en")
    assert told_by_code(made.code).verdict == Verdict.NOT_SIGNED


def test_the_copy_in_the_other_language_says_which_counts(loan, amina):
    other = signing.agreement_for(loan, "fr")
    sign(loan, amina)
    assert told_by_code(other.code).verdict == Verdict.OTHER_LANGUAGE


def test_a_loan_called_off_supersedes_its_agreement(signed, mariam):
    signing.cancel(signed, by=mariam, note="They moved away.")
    assert told_by_code(signed.agreements.get().code).verdict == Verdict.CALLED_OFF


def test_a_change_supersedes_what_was_signed(active, mariam):
    code = active.agreements.get().code
    assert told_by_code(code).verdict == Verdict.GENUINE
    changes.pause(active, by=mariam, instalments=2, note="She had a child.")
    assert told_by_code(code).verdict == Verdict.AMENDED


def test_another_option_supersedes_the_agreement_on_the_first(among, amina):
    choosing.choose(among, by=amina, option=1)
    made = signing.agreement_for(again(among), "en")
    code, data = made.code, made.file.read()
    choosing.choose(again(among), by=amina, option=2)
    assert told_by_code(code).verdict == by_file(data) == Verdict.CHOSEN_OTHERWISE
    assert VoidAgreement.objects.get().code == code


def test_terms_of_ones_own_are_no_other_option(loan, amina):
    made = signing.agreement_for(loan, "en")
    data = made.file.read()
    own_terms.take(loan, by=amina, principal_cents=400_000, repayment_months=12, pay_day=5)
    assert told_by_code(made.code).verdict == by_file(data) == Verdict.OWN_TERMS


def test_other_bank_details_are_no_other_option(loan, amina):
    made = signing.agreement_for(loan, "en")
    give_account(loan.application, amina)
    assert told_by_code(made.code).verdict == Verdict.OTHER_ACCOUNT


@pytest.mark.parametrize("language", ["en", "fr", "ar", "es", "zh-hans"])
def test_why_it_was_made_anew_is_told_in_each_language(client, loan, five_languages, language):
    client.cookies["language"] = language
    void = {"loan": loan, "language": "en", "sha256": "0" * 64, "made_at": clock.now()}
    reasons = [VoidAgreement.objects.create(**void, code=f"{each}" * 12, why=why) for each, why in enumerate(REASONS)]
    pages = [html.unescape(send(client, code=each.code).content.decode()) for each in reasons]
    with override(language):
        words = {each.why: str(WHY[verdict]) for each, verdict in zip(reasons, REASONS.values(), strict=True)}
    assert len(set(words.values())) == len(REASONS)
    assert all(words[each.why] in page for each, page in zip(reasons, pages, strict=True))
    assert language == "en" or not any("Before anybody" in page for page in pages)


def test_an_agreement_of_before_is_known_by_its_file(agreement):
    Agreement.objects.update(code=None)
    assert by_file(agreement.file.read()) == Verdict.GENUINE
    assert told_by_code("").verdict == Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Genuine: this agreement is ours"),
        ("fr", "Authentique"),
        ("ar", "أصلي"),
        ("es", "Auténtico"),
        ("zh-hans", "真实"),
    ],
)
def test_the_page_tells_it_in_each_language_and_nothing_private(
    client, agreement, amina, five_languages, language, sentence
):
    client.cookies["language"] = language
    for response in (send(client, code=grouped(agreement.code)), send(client, agreement.file.read())):
        page = response.content.decode()
        assert response.status_code == 200
        assert sentence in page
        loan = agreement.loan
        for secret in (amina.name, amina.email, loan.number, loan.application.reference, "5,000", "5000", "5 000"):
            assert secret not in page


def test_it_needs_no_account_and_no_script(client):
    page = client.get(PAGE).content.decode()
    assert 'enctype="multipart/form-data"' in page
    assert f'href="{PAGE}"' in client.get(reverse("really_us")).content.decode()
    assert reverse("verify") == PAGE


def test_an_altered_file_is_told_on_the_page(client, agreement):
    page = send(client, changed(agreement.file.read())).content.decode()
    assert "Altered: this file is not as we made it" in page
    assert "Genuine" not in page


def test_nothing_sent_and_too_much_are_told(client):
    assert send(client).status_code == 422
    response = send(client, b"x" * (MOST_BYTES + 1))
    assert response.status_code == 422
    assert "larger than any of ours" in response.content.decode()


def test_nothing_is_kept_of_what_was_asked(client, agreement, django_assert_max_num_queries):
    before = (User.objects.count(), agreement.file.__class__.objects.count())
    with django_assert_max_num_queries(12):
        send(client, agreement.file.read())
    assert (User.objects.count(), agreement.file.__class__.objects.count()) == before


def test_whoever_asks_without_end_is_stopped(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "verify": "2/m/ip"}
    assert [send(client, code="ABCD").status_code for _ in range(3)] == [200, 200, 429]

"""The papers of a contract: made by a worker, each once, for each party in their language; signed only when whole."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letters.models import Letter
from loans.lifecycle.applying import filling, submission
from loans.lifecycle.contracts import paper_making, paper_set, signing
from loans.lifecycle.contracts.verifying import Verdict, told_by_code, told_by_file
from loans.lifecycle.deciding import decision
from loans.lifecycle.lending import bank_accounts
from loans.lifecycle.offering import choosing
from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import review
from loans.models import Loan, LoanPaper, VoidAgreement
from tests.bank import ALTERNA, TANGERINE, cheque, give_account
from tests.cases import TERMS, TICKED, again, explain, fill_in, has_account, newest_code, prepare_papers, sign
from tests.pdfs import text_of

pytestmark = pytest.mark.django_db
ALL = {"agreement", "disclosure", "debit_agreement", "privacy"}
SMALLER = {**TERMS, "principal_cents": 300_000}


def made(loan, language="en"):
    """The kinds that are there in a language."""
    kinds = {paper.kind for paper in loan.papers.filter(language=language)}
    return kinds | ({"agreement"} if loan.agreements.filter(language=language).exists() else set())


def every_file(loan):
    return {each.file.sha256 for each in (*loan.agreements.all(), *loan.papers.all())}


@pytest.fixture
def worker(django_capture_on_commit_callbacks):
    """`worker(act)`: `act()` is committed, and what was rung for is done."""

    def at_work(act):
        with django_capture_on_commit_callbacks(execute=True):
            return act()

    return at_work


@pytest.fixture
def among(in_review, omar, mariam, worker):
    """A loan offered in two options, of which none is chosen."""
    words = {"reasons": ["affordable"], "note": "Sound."}
    case = decision.recommend(again(in_review), by=omar, **words, **TERMS, further=[SMALLER])
    worker(lambda: decision.approve(case, by=mariam))
    return again(in_review).loans.get()


def test_an_offer_rings_and_the_worker_makes_all_in_the_language_of_the_party(recommended, mariam, amina, worker):
    amina.language = "fr"
    amina.save()
    loan = worker(lambda: decision.approve(recommended, by=mariam))
    assert made(loan, "fr") == ALL
    assert made(loan, "en") == set()


def test_each_is_made_once_however_often_it_is_rung_for(loan):
    paper_making.make_papers(loan.pk)
    before = every_file(loan)
    paper_making.make_papers(loan.pk)
    paper_making.make_waiting()
    assert every_file(loan) == before
    assert (loan.agreements.count(), loan.papers.count()) == (1, 3)


def test_another_language_is_made_when_it_is_asked_for(loan):
    paper_making.ask(loan, "fr")
    assert made(loan, "fr") == ALL
    with pytest.raises(ValueError, match="not in 'de'"):
        paper_making.make_all(loan, "de")


def test_a_bell_that_nobody_answers_is_no_error(loan, monkeypatch):
    def silent(*words):
        raise paper_making.OperationalError

    monkeypatch.setattr(paper_making.make_papers, "delay", silent)
    paper_making.ask(loan, "en")
    assert made(loan) == set()


def test_the_sweep_makes_what_nobody_made_and_passes_over_what_fails(loan, monkeypatch):
    made_all = paper_making.make_all
    monkeypatch.setattr(paper_making, "make_all", lambda loan: 1 / 0)
    assert paper_making.make_waiting() == 0
    monkeypatch.setattr(paper_making, "make_all", made_all)
    assert paper_making.make_waiting() == 1
    assert made(loan) == ALL
    assert paper_making.make_waiting() == 0


def test_the_sweep_asks_as_much_of_the_database_for_one_offer_as_for_many(
    loan, product, bilal, clara, omar, mariam, worker
):
    paper_making.make_all(loan)
    with CaptureQueriesContext(connection) as alone:
        assert paper_making.make_waiting() == 0
    for person in (bilal, clara):
        case = review.take(submission.submit(fill_in(filling.start(person, product), person), by=person), by=omar)
        decision.recommend(again(case), by=omar, reasons=["affordable"], note="Sound.", **TERMS)
        worker(lambda case=case: decision.approve(again(case), by=mariam))
    with CaptureQueriesContext(connection) as among_others:
        assert paper_making.make_waiting() == 0
    assert len(among_others) == len(alone) <= 9
    assert {made.loan_id for made in LoanPaper.objects.all()} == set(Loan.objects.values_list("pk", flat=True))


def test_of_details_that_were_refused_a_co_borrower_lacks_nothing(loan, clara, omar, olga):
    party = loan.application.parties.create(kind="co_borrower", user=clara, name=clara.name)
    account = bank_accounts.enter(loan.application, by=olga, party=party.pk, **ALTERNA, file=cheque())
    paper_making.make_all(loan)
    assert loan.papers.filter(party=party).get().occasion == f"bank:{account.pk}"
    bank_accounts.refuse(again(loan.application), by=omar, account=account, note="Not hers.")
    assert paper_set.set_of(loan, party, "en").is_whole
    assert paper_making.make_waiting() == 0


def test_a_worker_that_dies_over_one_leaves_the_others_and_the_next_goes_on(loan, monkeypatch):
    printed = paper_making.paper_for

    def dies(loan, kind, **words):
        if kind == LoanPaper.Kind.PRIVACY:
            raise MemoryError
        return printed(loan, kind, **words)

    monkeypatch.setattr(paper_making, "paper_for", dies)
    with pytest.raises(MemoryError):
        paper_making.make_all(loan)
    assert made(loan) == {"agreement", "disclosure"}
    before = every_file(loan)
    monkeypatch.setattr(paper_making, "paper_for", printed)
    paper_making.make_all(loan)
    assert made(loan) == ALL
    assert before < every_file(loan)


def test_nothing_is_made_before_an_option_is_chosen_and_all_anew_when_another_is(among, amina, worker):
    assert made(among) == set()
    worker(lambda: choosing.choose(among, by=amina, option=1))
    first = {paper.kind: (paper.code, paper.file.read()) for paper in among.papers.all()}
    assert made(among) == ALL
    worker(lambda: choosing.choose(again(among), by=amina, option=2))
    assert made(among) == ALL
    assert {paper.code for paper in among.papers.all()}.isdisjoint(code for code, data in first.values())
    for code, data in first.values():
        assert told_by_code(code).verdict == told_by_file(io.BytesIO(data)).verdict == Verdict.CHOSEN_OTHERWISE
    assert {void.kind for void in VoidAgreement.objects.all()} == {"", "disclosure", "debit_agreement", "privacy"}
    assert "$3,000.00" in text_of(among.papers.get(kind="disclosure").file.read())


def test_bank_details_are_named_by_the_end_on_a_new_agreement_and_a_new_debit_agreement(loan, amina, worker):
    paper_making.make_all(loan)
    before = loan.agreements.get()
    assert "ends in" not in text_of(before.file.read())
    account = worker(lambda: give_account(loan.application, amina))
    agreement, debit = loan.agreements.get(), loan.papers.get(occasion=f"bank:{account.pk}")
    for text in (text_of(agreement.file.read()), text_of(debit.file.read())):
        assert "ends in 567" in " ".join(text.split())
        assert ALTERNA["number"] not in text
    assert told_by_code(before.code).verdict == Verdict.OTHER_ACCOUNT
    assert told_by_code(loan.papers.get(kind="debit_agreement", occasion="offer").code).verdict == Verdict.LATER_ONE


def test_a_worker_that_is_overtaken_by_other_details_puts_them_on_no_paper_of_the_ones_before(
    loan, amina, omar, worker, monkeypatch
):
    """Refused later, the other details would have stood on the debit agreement that is signed."""
    account, party = give_account(loan.application, amina), loan.application.parties.get()
    missing = paper_set.set_of(loan, party, "en").missing
    other = give_account(loan.application, amina, {**TANGERINE, "number": "4007654321"})
    monkeypatch.setattr(paper_making, "set_of", lambda *_: paper_set.PaperSet(None, [], missing))
    paper_making.make_set(again(loan), party, "en")
    monkeypatch.undo()
    worker(lambda: bank_accounts.refuse(again(loan.application), by=omar, account=other, note="Not hers."))
    debit = loan.papers.get(occasion=f"bank:{account.pk}")
    assert "ends in 567" in " ".join(text_of(debit.file.read()).split())


def test_details_that_are_refused_bring_back_what_stood_before(loan, amina, omar, worker):
    account = worker(lambda: give_account(loan.application, amina))
    case = again(loan.application)
    worker(lambda: bank_accounts.refuse(case, by=omar, account=account, note="Not hers."))
    assert "ends in" not in text_of(loan.agreements.get().file.read())
    assert paper_set.set_of(loan, loan.application.parties.get(), "en").is_whole


def test_once_somebody_signed_the_agreement_stays_and_other_details_get_a_debit_agreement(signed, amina, worker):
    before = signed.agreements.get().file.sha256
    account = worker(lambda: give_account(signed.application, amina, TANGERINE))
    assert signed.agreements.get().file.sha256 == before
    made = signed.papers.get(occasion=f"bank:{account.pk}")
    assert "ends in 567" in " ".join(text_of(made.file.read()).split())
    assert told_by_code(made.code).verdict == Verdict.NOT_SIGNED


def test_the_sweep_makes_the_debit_agreement_of_a_signed_loan_too(signed, amina):
    account = give_account(signed.application, amina)
    assert not signed.papers.filter(occasion=f"bank:{account.pk}").exists()
    assert paper_making.make_waiting() == 1
    assert signed.papers.filter(occasion=f"bank:{account.pk}").exists()
    assert paper_making.make_waiting() == 0


def test_a_guarantor_gets_no_debit_agreement_and_a_co_borrower_one_for_their_own_account(loan, amina, clara, omar):
    party = loan.application.parties.create(kind="guarantor", user=clara, name=clara.name)
    paper_making.make_all(loan)
    assert {paper.party.user for paper in loan.papers.exclude(party=None)} == {amina}
    assert [each.kind for each in paper_set.wanted(party, "en")] == ["disclosure", "privacy"]
    party.kind = "co_borrower"
    party.save()
    assert [each.kind for each in paper_set.wanted(party, "en")] == ["disclosure", "privacy"]


@pytest.mark.parametrize("kind", ["disclosure", "debit_agreement", "privacy"])
def test_nobody_signs_before_every_paper_is_there_in_their_language(loan, amina, kind):
    has_account(loan.application)
    prepare_papers(loan, amina)
    prepare_papers(loan, amina, "fr")
    explain(loan, amina)
    loan.papers.get(kind=kind, language="en").delete()
    signing.send_code(loan, by=amina)
    words = {"language": "en", "typed_name": "Amina", "code": newest_code(amina), **TICKED}
    with pytest.raises(Refused, match="no_agreement"):
        signing.sign(again(loan), by=amina, **words)
    signing.sign(again(loan), by=amina, **{**words, "language": "fr"})
    assert again(loan).state == "signed"


def test_each_party_is_mailed_their_own_set(loan, amina, clara):
    clara.language = "fr"
    clara.save()
    loan.application.parties.create(kind="guarantor", user=clara, name=clara.name)
    for user in (amina, clara):
        sign(again(loan), user)
    names = {
        letter.to: {file.name.removeprefix(loan.number) for file in letter.attachments.all()}
        for letter in Letter.objects.filter(kind="signed")
    }
    assert names == {
        amina: {"-en.pdf", "-disclosure-en.pdf", "-debit_agreement-en.pdf", "-privacy-en.pdf"},
        clara: {"-fr.pdf", "-disclosure-fr.pdf", "-privacy-fr.pdf"},
    }


def test_the_papers_of_a_signed_contract_are_genuine_and_a_changed_byte_is_told(signed):
    for paper in signed.papers.all():
        told = told_by_code(paper.code)
        assert (told.verdict, told.kind, told.language) == (Verdict.GENUINE, paper.kind, "en")
        data = bytearray(paper.file.read())
        assert told_by_file([bytes(data)]).verdict == Verdict.GENUINE
        data[data.index(b"stream\n") + 20] ^= 1
        assert told_by_file([bytes(data)]).verdict == Verdict.ALTERED


def test_a_paper_in_the_language_that_nobody_signed_and_one_of_an_open_offer_are_told(loan, amina):
    paper_making.make_all(loan, "fr")
    other = loan.papers.get(kind="disclosure")
    assert told_by_code(other.code).verdict == Verdict.NOT_SIGNED
    sign(again(loan), amina)
    assert told_by_code(other.code).verdict == Verdict.OTHER_LANGUAGE

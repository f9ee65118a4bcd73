"""The pages of appeals, votes, people, money and write-offs, and the form of a business, as browsers see them."""

from datetime import timedelta

import pytest

from accounts.people import propose
from config import clock
from loans.holidays import closed_days
from loans.lifecycle.applying import filling, submission
from loans.lifecycle.deciding import appeal, decision
from loans.lifecycle.lending import repayment, write_off
from loans.models import Application, Product, SettingChange
from money.calendar import next_business_day
from tests.cases import again, fill_in
from tests.loans.matrix.states import pay_off
from tests.people import somebody

WIDTHS = pytest.mark.parametrize("width", [360, 1280])
PAGES_OF_A_BUSINESS = ("business", "owners", "costs", "amount", "month", "seasons")


@WIDTHS
def test_an_appeal_from_both_sides(visitor, recommended, amina, mariam, carl, width):
    decision.decline(recommended, by=mariam, reasons=["not_affordable"])
    applicant, member = visitor(width=width, language="fr"), visitor(width=width)
    applicant.signs_in(amina)
    applicant.opens("my_case", recommended.reference)
    applicant.opens("appeal", recommended.reference)
    applicant.clicks("main form button.button")  # without a reason: told
    appeal.appeal(again(recommended), by=amina, note="My debts are paid.")
    applicant.opens("my_case", recommended.reference)
    member.signs_in(carl)
    member.opens("case", recommended.reference)
    appeal.uphold(again(recommended), by=carl, note="The figures are the same.")
    applicant.opens("my_case", recommended.reference)


@WIDTHS
def test_a_vote_of_the_committee(visitor, recommended, product, carl, omar, width):
    product.one_decides_up_to_cents = 100_000
    product.save()
    member, officer = visitor(width=width), visitor(width=width, language="fr")
    member.signs_in(carl)
    member.opens("desk")
    member.opens("case", recommended.reference)
    member.clicks('form[action$="/votes/"] button.button')  # without a vote: told
    officer.signs_in(omar)
    officer.opens("case", recommended.reference)


@WIDTHS
def test_people_and_roles(visitor, mariam, olga, width):
    propose("give", olga, "manager", by=mariam)
    board, manager = visitor(width=width, language="fr"), visitor(width=width)
    board.signs_in(somebody("bea@board.example", "Bea Chang", "committee"))
    board.opens("people")
    manager.signs_in(mariam)
    manager.opens("people")
    manager.unfolds("stand-in")
    manager.clicks('form[action$="/stand_in/"] button')  # nothing said: told


@WIDTHS
def test_a_day_of_the_calendar(visitor, mariam, felix, omar, width):
    clerk, manager, officer = visitor(width=width, language="fr"), visitor(width=width), visitor(width=width)
    manager.signs_in(mariam)
    manager.opens("calendar")
    manager.unfolds("calendar-day")
    manager.clicks('form[action$="/days/"] button')  # nothing said: told
    day = next_business_day(clock.today() + timedelta(days=20), ())
    manager.types(day=f"{day.day}/{day.month}/{day.year}", place="aft", banking="closed")
    manager.types(reason_en="A storm", reason_fr="Une tempête", source="The radio")
    manager.clicks('form[action$="/days/"] button')
    clerk.signs_in(felix)
    clerk.opens("calendar")
    clerk.clicks('form[action$="/decision/"] button.button')
    assert day in closed_days(day.year, day.year)
    officer.signs_in(omar)
    officer.opens("calendar")


@WIDTHS
def test_money_in_money_out_and_money_lost(visitor, active, amina, omar, mariam, felix, width):
    finance = visitor(width=width, language="fr")
    finance.signs_in(felix)
    finance.opens("money_desk")
    payment = repayment.record_payment(
        active, by=felix, on=active.advance_on, cents=5_000, method="cheque", payer="Amina El-Sayed"
    )
    finance.opens("money_desk")
    finance.opens("payment_receipt", active.number, payment.number)
    write_off.propose(again(active), by=omar, note="He left the country.")
    manager = visitor(width=width)
    manager.signs_in(mariam)
    manager.opens("loan", active.number)
    write_off.write_off(again(active), by=mariam)
    finance.opens("loan", active.number)
    borrower = visitor(width=width)
    borrower.signs_in(amina)
    borrower.opens("my_loan", active.case.reference)


@WIDTHS
def test_the_form_of_a_business(visitor, office, amina, omar, width):
    case = filling.start(amina, office.get(code="business"))
    applicant = visitor(width=width, language="fr")
    applicant.signs_in(amina)
    for page in PAGES_OF_A_BUSINESS:
        applicant.opens("section", case.reference, page)
    fill_in(case, amina)
    submission.submit(Application.objects.get(pk=case.pk), by=amina)
    officer = visitor(width=width)
    officer.signs_in(omar)
    officer.opens("case", case.reference)


@WIDTHS
def test_a_loan_that_is_paid_and_reopened(visitor, active, amina, felix, width):
    payment = pay_off(active, felix)
    repayment.reverse_payment(again(active), by=felix, fact=payment, note="It bounced.")
    borrower = visitor(width=width, language="fr")
    borrower.signs_in(amina)
    borrower.opens("my_loan", active.case.reference)


@WIDTHS
def test_a_setting_is_changed_by_two(visitor, product, mariam, carl, width):
    manager, board = visitor(width=width), visitor(width=width, language="fr")
    manager.signs_in(mariam)
    manager.opens("office_settings")
    manager.opens("settings_of", "products")
    manager.opens("setting_change", "products", "credential")
    manager.clicks('#typed > .actions button[name="look"]')  # no reason: told
    manager.unfolds("group-4")
    manager.types(fee_rate="1", reason="Costs.")
    manager.clicks('#typed > .actions button[name="look"]')
    manager.clicks('button[name="propose"]')
    board.signs_in(carl)
    board.opens("office_settings")
    board.opens("setting_proposal", SettingChange.objects.get().pk)
    board.clicks('form[action$="/decision/"] button.button')
    assert Product.objects.on_offer().get(code="credential").fee_rate
    manager.opens("setting", "products", "credential")
    manager.opens("setting_new", "partners")
    manager.opens("setting_closing", "products", "business")

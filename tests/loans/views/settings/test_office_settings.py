"""The pages of the office's own settings: shown first, then proposed; the history tells from what to what, and why."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applicants.models import Partner
from config import clock
from loans.lifecycle.settings import office_settings
from loans.models import Product, SettingChange
from loans.settings import KINDS
from loans.views.settings.office_setting_words import raw_of
from tests.journeys.person import Person
from tests.settings import proposed, settled, standing

pytestmark = pytest.mark.django_db


def refused(person, name, *args, **typed):
    """What somebody is told whose form is not taken."""
    page = person.browser.post(reverse(name, args=args), typed, follow=True)
    assert page.status_code == 422
    return text_of(page)


def text_of(page):
    return page.content.decode().replace("\xa0", " ")


def typed(kind, code, /, **other):
    """The form as it opens, with `other` typed."""
    said = standing(kind, code)
    fields = {field.name: field for field in KINDS[kind].fields}
    form = {name: raw_of(field, said[name]) for name, field in fields.items()}
    for name, field in fields.items():
        if field.kind == "choices":
            form[name] = form[name].split()
    return {**form, "reason": "The board said so.", **starting(clock.today()), "once_key": "one", **other}


def starting(day):
    return {"effective_from-day": day.day, "effective_from-month": day.month, "effective_from-year": day.year}


def mark_of(page):
    """What the page gives back once a change was shown."""
    return page.content.decode().split('name="shown" value="')[1].split('"')[0]


def sends_after_a_look(person, kind, code, **other):
    """Shows the change, and proposes it then."""
    form = typed(kind, code, **other)
    shown = person.sends("setting_change", kind, code, **form, look="yes")
    return person.sends("setting_change", kind, code, **form, propose="yes", shown=mark_of(shown))


def test_a_manager_sees_what_would_change_before_it_is_proposed(product, mariam):
    manager = Person("en", mariam)
    page = text_of(
        manager.sends(
            "setting_change", "products", "credential", **typed("products", "credential", annual_rate="7.9"), look="yes"
        )
    )
    assert "What would change" in page
    assert "6.70%" in page
    assert "7.90%" in page
    assert "$15,000.00, 12 months of study, 36 months of repayment" in page
    assert "The dearest loan within these limits" in page
    assert "For example: you borrow $15,000.00" in page
    assert "A second person, who is not you, must confirm this" in page
    assert not SettingChange.objects.exists()


def test_what_was_not_shown_is_not_proposed(product, mariam):
    manager = Person("en", mariam)
    form = typed("products", "credential", annual_rate="7.9")
    shown = manager.sends("setting_change", "products", "credential", **form, look="yes")
    other = {**form, "annual_rate": "8.9"}
    page = manager.sends("setting_change", "products", "credential", **other, propose="yes", shown=mark_of(shown))
    assert "8.90%" in text_of(page)
    assert not SettingChange.objects.exists()


def test_a_change_goes_its_way_from_one_manager_to_the_other(product, mariam, nadia):
    page = text_of(sends_after_a_look(Person("en", mariam), "products", "credential", annual_rate="7.9", fee_rate="1"))
    assert "Change: Credential loan" in page
    assert "You proposed this, so somebody else confirms it." in page
    row = SettingChange.objects.get()
    assert (row.changed, row.values["annual_rate"], row.takes_two) == (["annual_rate", "fee_rate"], "0.079", True)
    second = Person("fr", nadia)
    page = text_of(second.opens("office_settings"))
    assert f"/office/settings/changes/{row.pk}/" in page
    page = text_of(second.opens("setting_proposal", row.pk))
    assert "6,70 %" in page
    assert "7,90 %" in page
    assert 'value="confirm"' in page
    second.sends("setting_decision", row.pk, answer="confirm")
    assert str(Product.objects.on_offer().get(code="credential").annual_rate) == "0.079000"
    page = text_of(Person("en", mariam).opens("setting", "products", "credential"))
    assert "Proposed by Mariam Haddad, confirmed by Nadia Roy" in page
    assert "The board said so." in page
    assert "6.70% → 7.90%" in page
    assert "Earlier versions" in page


def test_a_second_click_proposes_once(product, mariam):
    manager, form = Person("en", mariam), typed("products", "credential", annual_rate="7.9")
    mark = mark_of(manager.sends("setting_change", "products", "credential", **form, look="yes"))
    for _ in range(2):
        manager.sends("setting_change", "products", "credential", **form, propose="yes", shown=mark)
    assert SettingChange.objects.count() == 1


def test_an_old_tab_is_told(product, mariam, nadia, carl):
    manager = Person("en", mariam)
    seen = office_settings.stamp(standing("products", "credential"))
    form = typed("products", "credential", annual_rate="7.9", seen=seen)
    mark = mark_of(manager.sends("setting_change", "products", "credential", **form, look="yes"))
    settled("products", "credential", by=nadia, second=carl, offer_days=9)
    later = starting(clock.today() + timedelta(days=2))
    mark = mark_of(manager.sends("setting_change", "products", "credential", **{**form, **later}, look="yes"))
    page = refused(manager, "setting_change", "products", "credential", **{**form, **later}, propose="yes", shown=mark)
    assert "Somebody changed this meanwhile" in page
    assert SettingChange.objects.count() == 1


def test_what_is_wrong_stands_beside_its_field_and_all_that_was_typed_is_kept(product, mariam):
    manager = Person("en", mariam)
    form = typed("products", "credential", max_cents="10", summary_en="⟨kept⟩", annual_rate="a lot", reason="")
    page = refused(manager, "setting_change", "products", "credential", **form, look="yes")
    assert 'href="#id-annual_rate"' in page
    assert 'href="#id-reason"' in page
    assert "⟨kept⟩" in page
    assert 'value="a lot"' in page
    form = typed("products", "credential", annual_rate="40")
    page = refused(manager, "setting_change", "products", "credential", **form, look="yes")
    assert 'href="#id-annual_rate"' in page
    assert "The Criminal Code allows at most 35.00%" in page


def test_a_product_that_comes_near_the_limit_of_the_law_is_warned_of(product, mariam):
    form = typed("products", "credential", annual_rate="31")
    page = Person("en", mariam).sends("setting_change", "products", "credential", **form, look="yes")
    assert page.status_code == 200
    assert "Please look at the fee and the shortest time." in text_of(page)


def test_another_example_is_worked_out_by_the_engine(product, mariam):
    example = {"example_cents": "5,000", "example_study": "0", "example_months": "12"}
    form = typed("products", "credential", annual_rate="7.9", **example)
    page = text_of(Person("en", mariam).sends("setting_change", "products", "credential", **form, look="yes"))
    assert "$5,000.00, 0 months of study, 12 months of repayment" in page


def test_a_change_of_nothing_is_told_so(product, mariam):
    page = Person("en", mariam).sends(
        "setting_change", "products", "credential", **typed("products", "credential"), look="yes"
    )
    assert "Nothing is different from how it stands now." in text_of(page)


def test_an_index_shows_what_it_would_do_to_the_products_made_of_it(product, mariam):
    form = typed("rates", "prime", annual_rate="5.45", source="the bank’s page, 26 November 2026")
    page = text_of(Person("en", mariam).sends("setting_change", "rates", "prime", **form, look="yes"))
    assert "Business loan" in page
    assert "6.45%" in page
    assert "7.45%" in page


def test_a_partner_is_changed_by_one_person_at_once(product, mariam):
    page = text_of(sends_after_a_look(Person("en", mariam), "partners", "oclf", phone="613-555-0100"))
    assert "Changed by Mariam Haddad on" in page
    assert Partner.objects.get(code="oclf").phone == "613-555-0100"


def test_a_new_product_is_proposed_and_found_among_what_waits(product, mariam, nadia):
    manager = Person("en", mariam)
    form = typed("products", "credential", code="exam-loan", purpose="training", name_en="Exam loan")
    shown = manager.sends("setting_new", "products", **form, look="yes")
    manager.sends("setting_new", "products", **form, propose="yes", shown=mark_of(shown))
    assert "Exam loan" in text_of(manager.opens("office_settings"))
    row = SettingChange.objects.get()
    assert "Exam loan" in text_of(Person("en", nadia).opens("setting_proposal", row.pk))
    Person("en", nadia).sends("setting_decision", row.pk, answer="confirm")
    assert Product.objects.on_offer().get(code="exam-loan").name_en == "Exam loan"


def test_a_code_that_is_taken_is_told_beside_it(product, mariam):
    form = typed("products", "credential", code="business", purpose="training")
    assert 'href="#id-code"' in refused(Person("en", mariam), "setting_new", "products", **form, look="yes")


def test_a_product_is_ended_by_two(product, mariam, nadia):
    last = clock.today() + timedelta(days=3)
    said = {"last_day-day": last.day, "last_day-month": last.month, "last_day-year": last.year}
    page = refused(Person("en", mariam), "setting_closing", "products", "credential", **said, once_key="one")
    assert 'href="#id-end-reason"' in page
    Person("en", mariam).sends("setting_closing", "products", "credential", **said, reason="Empty.", once_key="one")
    row = SettingChange.objects.get()
    Person("en", nadia).sends("setting_decision", row.pk, answer="confirm")
    assert Product.objects.get(code="credential").effective_to == last


def test_a_proposal_is_taken_back_or_refused_and_the_page_says_so(product, mariam, nadia):
    row = proposed("products", "credential", by=mariam, fee_rate="0.01")
    Person("en", mariam).sends("setting_decision", row.pk, answer="refuse")
    assert "Taken back by Mariam Haddad" in text_of(Person("en", nadia).opens("setting_proposal", row.pk))
    row = proposed("products", "credential", by=mariam, fee_rate="0.01")
    Person("en", nadia).sends("setting_decision", row.pk, answer="refuse")
    assert "refused by Nadia Roy" in text_of(Person("en", mariam).opens("setting_proposal", row.pk))


def test_the_second_to_answer_is_told_on_the_page(product, mariam, nadia, carl):
    row = proposed("products", "credential", by=mariam, fee_rate="0.01")
    office_settings.decide(row, by=nadia, confirmed=True)
    page = refused(Person("en", carl), "setting_decision", row.pk, answer="refuse")
    assert "This was decided meanwhile." in page


def test_an_auditor_reads_and_finds_no_button(product, mariam, ada):
    row = proposed("products", "credential", by=mariam, fee_rate="0.01")
    auditor = Person("en", ada)
    for page in (
        auditor.opens("office_settings"),
        auditor.opens("settings_of", "products"),
        auditor.opens("setting", "products", "business"),
        auditor.opens("setting_proposal", row.pk),
    ):
        main = text_of(page).split("<main")[1]
        assert "Change it" not in main
        assert "Confirm</button>" not in main
        assert "Add a new one" not in main


def test_what_is_no_setting_is_not_there(product, mariam):
    manager = Person("en", mariam)
    for args in (("settings_of", "other"), ("setting", "products", "other"), ("setting_new", "rates")):
        assert manager.browser.get(reverse(args[0], args=args[1:])).status_code == 404


@pytest.mark.parametrize("slug", KINDS)
def test_each_kind_has_its_list_its_page_and_its_form(checklist, product, mariam, slug):
    manager = Person("fr", mariam)
    code = str(getattr(KINDS[slug].newest()[0], KINDS[slug].key))
    for name in ("setting", "setting_change"):
        assert manager.opens(name, slug, code).status_code == 200
    assert f"/{slug}/{code}/" in text_of(manager.opens("settings_of", slug))


def test_a_form_opens_with_all_that_stands_and_its_first_free_day(product, mariam, nadia):
    later = clock.today() + timedelta(days=10)
    settled("products", "credential", by=mariam, second=nadia, offer_days=9, starts=later)
    page = text_of(Person("en", mariam).opens("setting_change", "products", "credential"))
    assert 'name="offer_days" id="id-offer_days" value="9"' in page
    begun = starting(later + timedelta(days=1))
    assert all(f'name="{name}"' in page for name in begun)
    boxes = dict(re.findall(r'name="(effective_from-\w+)"[^>]*value="(\d+)"', page))
    assert boxes == {name: str(part) for name, part in begun.items()}


def test_no_page_of_settings_asks_the_database_more_than_twelve_times(product, mariam, carl):
    row = proposed("products", "business", by=mariam, fee_rate="0.01")
    pages = {
        ("office_settings", ()): mariam,
        ("settings_of", ("products",)): mariam,
        ("setting", ("products", "business")): mariam,
        ("setting_change", ("products", "credential")): mariam,
        ("setting_proposal", (row.pk,)): carl,
    }
    for (name, args), user in pages.items():
        person = Person("en", user)
        person.opens(name, *args)
        with CaptureQueriesContext(connection) as queries:
            person.opens(name, *args)
        assert len(queries) <= 12, name

"""The banner "Not ready for real data": on every page until the floor of safety is complete, and said once."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from letters.models import Lender
from loans import floor

pytestmark = pytest.mark.django_db
NOT_READY = "Not ready for real data."
HINT = "manage.py doctor"


def page(user=None, name="home"):
    browser = Client(headers={"host": "loans.rideau.ca"})
    if user:
        browser.force_login(user)
    return browser.get(reverse(name), secure=True).content.decode()


def test_an_office_that_is_ready_has_no_banner(real_office):
    assert NOT_READY not in page()


def test_one_serious_finding_is_told_on_every_page(real_office, amina):
    Lender.objects.update(email="")
    for name in ("home", "account_login", "account_signup"):
        assert NOT_READY in page(name=name), name
    assert NOT_READY in page(amina, "my_cases")


def test_the_banner_stands_once_before_the_head_and_outside_every_live_region(real_office):
    Lender.objects.update(email="")
    read = page()
    assert read.count(NOT_READY) == read.count('class="demo"') == 1
    before_the_head = read.split('<header class="masthead">')[0]
    assert NOT_READY in before_the_head
    assert "role=" not in before_the_head
    assert "aria-live" not in before_the_head


def test_only_staff_are_told_of_the_command(real_office, amina, omar):
    Lender.objects.update(email="")
    assert HINT not in page(amina, "my_cases")
    assert HINT in page(omar, "desk")


def test_a_demonstration_says_what_it_is_and_nothing_more(real_office, settings):
    settings.DEMO = True
    read = page()
    assert "This is a demonstration: do not enter real data." in read
    assert NOT_READY not in read
    assert read.count('class="demo"') == 1


def test_pages_do_not_judge_the_office_each_for_itself(real_office, monkeypatch):
    looks = []
    monkeypatch.setattr(floor, "FLOOR", (lambda: looks.append("looked"),))
    for _ in range(3):
        page()
    assert looks == ["looked"]


def test_the_error_pages_without_a_request_stay_without_a_banner(real_office):
    Lender.objects.update(email="")
    assert NOT_READY not in render_to_string("500.html")


def test_the_banner_is_printed_without_its_links(real_office):
    printed = Path(finders.find("css/tremplin.css")).read_text().split("@media print")[1]
    hidden = printed.split("{ display: none; }")[0]
    assert ".demo a" in hidden
    assert ".demo," not in hidden

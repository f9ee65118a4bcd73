"""The page of the lists of sanctions."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from loans.lifecycle.reviewing import sanctions
from loans.models import SanctionList
from tests.journeys.person import Person

pytestmark = pytest.mark.django_db
FILE = b"name,item\nIvan Novik,1\nJane Doe,2\n"


def sends(who, data=FILE, name="Canada", **more):
    said = {"name": name, "once_key": "k1", **more}
    if data is not None:
        said["file"] = SimpleUploadedFile("list.csv", data, content_type="text/csv")
    return Person("en", who).browser.post(reverse("sanctions"), said, follow=True)


def test_a_manager_loads_a_list_once_though_sent_twice(mariam):
    for _ in range(2):
        assert "Loaded. From now on every case is compared with it." in sends(mariam).content.decode()
    assert SanctionList.objects.get().count == 2


def test_wrong_lines_are_named_and_nothing_is_loaded(mariam):
    answer = sends(mariam, FILE + b",3\n")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "line 4 has no name" in page
    assert 'href="#id-file"' in page
    assert 'value="Canada"' in page
    assert not SanctionList.objects.exists()


def test_without_a_file_or_a_name_it_is_said_beside_the_box(mariam):
    page = sends(mariam, None, name="").content.decode()
    assert 'href="#id-file"' in page
    assert 'href="#id-name"' in page


def test_the_page_tells_each_version_and_the_auditor_loads_nothing(mariam, ada):
    sanctions.load("Canada", FILE, by=mariam)
    sanctions.load("Canada", FILE + b"Jim Roe,3\n", by=mariam)
    page = Person("en", ada).opens("sanctions").content.decode()
    assert "Mariam Haddad" in page
    assert "Earlier versions" in page
    assert "<form id=" not in page
    assert sends(ada).status_code == 403


def test_the_settings_lead_there(mariam):
    assert reverse("sanctions") in Person("en", mariam).opens("office_settings").content.decode()


def test_the_page_asks_little(mariam, django_assert_max_num_queries):
    sanctions.load("Canada", FILE, by=mariam)
    person = Person("en", mariam)
    person.opens("sanctions")
    with django_assert_max_num_queries(12):
        person.opens("sanctions")

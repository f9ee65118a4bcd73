import csv
import io

import pytest
from django.urls import reverse

from accounts.models import Role
from reports.catalogue import CATALOGUE

pytestmark = pytest.mark.django_db
SLUGS = sorted(CATALOGUE)
WHO = {"omar": Role.OFFICER, "mariam": Role.MANAGER, "felix": Role.FINANCE, "ada": Role.AUDITOR, "carl": Role.COMMITTEE}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("slug", SLUGS)
def test_a_report_exists_for_its_audience_only(client, request, slug, who):
    client.force_login(request.getfixturevalue(who))
    expected = 200 if WHO[who] in CATALOGUE[slug].audience else 404
    assert client.get(reverse("report", args=[slug])).status_code == expected
    assert client.get(reverse("report_csv", args=[slug])).status_code == expected


@pytest.mark.parametrize("slug", SLUGS)
def test_an_applicant_finds_no_reports(client, amina, slug):
    client.force_login(amina)
    for url in (reverse("reports"), reverse("report", args=[slug]), reverse("report_csv", args=[slug])):
        assert client.get(url).status_code == 404


def test_a_report_that_does_not_exist_is_not_found(client, mariam):
    client.force_login(mariam)
    assert client.get(reverse("report", args=["nothing"])).status_code == 404


def test_the_list_holds_what_one_may_read(client, mariam):
    client.force_login(mariam)
    page = client.get(reverse("reports")).content.decode()
    for slug, report in CATALOGUE.items():
        assert (reverse("report", args=[slug]) in page) == (Role.MANAGER in report.audience)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_report_survives_an_empty_book(client, mariam, slug):
    client.force_login(mariam)
    assert client.get(reverse("report", args=[slug])).status_code == 200


@pytest.mark.parametrize("slug", SLUGS)
def test_a_report_takes_few_queries(client, mariam, active, recommended, slug, django_assert_max_num_queries):
    client.force_login(mariam)
    with django_assert_max_num_queries(25):
        client.get(reverse("report", args=[slug]))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_csv_has_the_headings_and_rows_of_the_page(client, mariam, active, slug):
    client.force_login(mariam)
    page = client.get(reverse("report", args=[slug]))
    response = client.get(reverse("report_csv", args=[slug]))
    rows = list(csv.reader(io.StringIO(response.content.decode())))
    assert rows[0] == [str(heading) for heading in CATALOGUE[slug].columns.values()]
    assert len(rows) - 1 == len(page.context["table"])
    assert response["Content-Disposition"].startswith(f'attachment; filename="{slug}-')


@pytest.mark.parametrize(
    ("query", "link"),
    [
        ("from=yesterday", "#id-from"),
        ("to=2027-02-30", "#id-to"),
        ("from=2027-03-02&to=2027-03-01", "#id-to"),
        ("from=%00", "#id-from"),
    ],
)
@pytest.mark.parametrize("view", ["report", "report_csv"])
def test_days_that_cannot_be_read_are_told_beside_their_field(client, mariam, view, query, link):
    client.force_login(mariam)
    response = client.get(f"{reverse(view, args=['portfolio'])}?{query}")
    assert response.status_code == 422
    assert f'href="{link}"' in response.content.decode()


def test_the_days_asked_for_are_in_the_name_of_the_file(client, mariam):
    client.force_login(mariam)
    response = client.get(reverse("report_csv", args=["portfolio"]), {"from": "2026-01-01", "to": "2026-03-31"})
    assert "portfolio-2026-01-01-2026-03-31.csv" in response["Content-Disposition"]

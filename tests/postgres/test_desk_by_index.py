"""No list, order or search of the desk reads all cases: PostgreSQL goes by the index that each of them has."""

import json

import pytest
from django.db import connection
from django.test import RequestFactory

from accounts.models import User
from applicants.models import Applicant
from applicants.search_words import SearchWord
from loans import demonstration
from loans.furnishing.office import furnish
from loans.models import Application
from loans.views.desk.desk_asked import Asked
from loans.views.desk.desk_counts import counted
from loans.views.desk.desk_lists import MOST
from loans.views.desk.desk_rows import PAGE

pytestmark = pytest.mark.django_db
EACH = 60  # so many copies of each case
MOST_READ = 40 * PAGE  # of 3,660 cases, for a page
LISTS = ("mine", "unassigned", "waiting", "decision", "promises", "messages", "bank", "numbers", "all")
PARTS = 5  # of what there is to do for an officer who decides nothing
ORDERS = ("wait", "newest", "promise", "amount", "name")


@pytest.fixture
def office(db):
    """Sixty cases by the bulk, and copies of them and of their people to some thousands, which PostgreSQL counted."""
    furnish()
    demonstration.build(0)
    demonstration.build_without_loans(0, 60, 9)
    cases = list(Application.objects.order_by("pk"))
    people = _people(len(cases))
    for copy in range(EACH):
        Application.objects.bulk_create(_copy(case, copy, people[number]) for number, case in enumerate(cases))
    SearchWord.objects.bulk_create(
        SearchWord(applicant=person, word=f"word{number:03d}") for number, person in enumerate(people)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _people(count):
    users = User.objects.bulk_create(User(email=f"copy{number}@people.example") for number in range(count))
    people = [Applicant(user=user, full_name=f"Copy {number}") for number, user in enumerate(users)]
    return Applicant.objects.bulk_create(people)


def _copy(case, copy, person):
    columns = {field.attname: getattr(case, field.attname) for field in Application._meta.concrete_fields}
    columns |= {"id": None, "reference": f"T-1999-{copy}{case.pk:05d}", "applicant_id": person.pk}
    return Application(**columns)


def asked(**query):
    request = RequestFactory().get("/desk/", query)
    request.user = User.objects.get(email="officer@tremplin.example")
    return Asked.of(request)


def read(rows):
    """{kind of scan: cases read by it} of the plan by which PostgreSQL answers."""
    (told,) = json.loads(rows.explain(format="json", analyze=True))
    found = {}

    def walk(node):
        if node.get("Relation Name") == "loans_application":
            kind = node["Node Type"]
            left_out = node.get("Rows Removed by Filter", 0)
            found[kind] = found.get(kind, 0) + (node["Actual Rows"] + left_out) * node["Actual Loops"]
        for each in node.get("Plans", ()):
            walk(each)

    walk(told["Plan"])
    return found


def first_page(wanted):
    return wanted.found().order_by(*wanted.by).values("pk")[:PAGE]


def test_no_page_reads_all_cases(office):
    reference = Application.objects.filter(reference__startswith="T-2").first().reference
    addresses = [
        *({"show": each} for each in LISTS),
        *({"show": "all", "sort": each} for each in ORDERS),
        *({"q": each} for each in ("word007", reference, "copy7@people.example", "nobody of that name")),
    ]
    plans = {str(address): read(first_page(asked(**address))) for address in addresses}
    assert {address: plan for address, plan in plans.items() if "Seq Scan" in plan} == {}
    assert {address: plan for address, plan in plans.items() if sum(plan.values()) > MOST_READ} == {}
    counts = counted(asked())
    assert counts["all"] == MOST + 1  # and none is counted further
    assert max(counts.values()) <= MOST + 1


def test_what_there_is_to_do_reads_no_part_further_than_it_is_shown(office):
    """The list on which an officer lands has several parts: each is read, and what was found looked up by its key."""
    plan = read(first_page(asked()))
    assert "Seq Scan" not in plan
    assert sum(plan.values()) <= 2 * PARTS * (MOST + 1)

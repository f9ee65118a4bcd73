"""A case with a conflict of interest does not exist for whoever has it: no address, no deed, in no state."""

import pytest

from loans.lifecycle.reviewing import conflicts
from loans.models import Application, Event, Loan
from tests.cases import again
from tests.loans.matrix.address import Address
from tests.loans.matrix.addresses import ADDRESSES
from tests.loans.matrix.machines import MAY, attempt

pytestmark = pytest.mark.django_db
STAFF = ("omar", "olga", "mariam", "felix", "ada", "carl")
OFFICERS = [
    each
    for each in ADDRESSES
    if {"case", "loan"} & set(each.args)
    and "omar" in each.exists_for.split()
    and not each.name.startswith("my_")
    and each.world not in ("conflicted", "checked_draft")  # on a draft nobody declares one
]


def test_the_addresses_of_a_case_are_among_them():
    assert {"case", "case_messages", "case_paper", "case_conflicts", "recommendation", "loan"} <= {
        each.name for each in OFFICERS
    }


@pytest.mark.parametrize("address", OFFICERS, ids=lambda address: address.name)
def test_no_address_of_the_case_is_there_for_a_conflicted_officer(address: Address, visit, request, omar):
    world = request.getfixturevalue(address.world)
    conflicts.declare(again(world.case), by=omar, note="⟦A friend.⟧")
    before = Event.objects.count()
    assert visit(address, "get", "omar").status_code in (404, 405)
    assert visit(address, "post", "omar").status_code in (404, 405)
    assert Event.objects.count() == before


@pytest.mark.parametrize("state", sorted(set(Application.State.values) - {"draft", "expired"}))
def test_in_no_state_of_a_case_does_anybody_with_a_conflict_do_anything(state, application_in, request):
    row = application_in(state)
    people = [request.getfixturevalue(name) for name in STAFF]
    for person in people:
        conflicts.declare(again(row), by=person, note="A friend.")
    row = again(row)
    assert [(verb, str(person)) for verb in MAY[Application] for person in people if attempt(row, verb, person)] == []


@pytest.mark.parametrize("state", Loan.State.values)
def test_in_no_state_of_a_loan_does_anybody_with_a_conflict_do_anything(state, loan_in, request):
    row = loan_in(state)
    people = [request.getfixturevalue(name) for name in STAFF]
    for person in people:
        conflicts.declare(again(row.application), by=person, note="A friend.")
    row = again(row)
    assert [(verb, str(person)) for verb in MAY[Loan] for person in people if attempt(row, verb, person)] == []

"""On no row, in no state, does anybody do what is not listed as theirs."""

import pytest

from loans.models import Advance, Application, Document, Loan
from tests.loans.matrix.machines import MAY, listed, moves_of, walk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", MAY)
def test_the_list_knows_every_move_of_the_machine(model):
    assert set(MAY[model]) == set(moves_of(model))
    assert {state for states in MAY[model].values() for state in states} <= set(model.State.values)


@pytest.mark.parametrize("model", MAY)
def test_every_move_names_who_may_and_what_it_means(model):
    for name, move in moves_of(model).items():
        assert callable(move.permission), name
        assert getattr(model, name).__doc__, name


@pytest.mark.parametrize("state", Application.State.values)
def test_on_a_case_nobody_does_what_is_not_theirs(state, application_in, people):
    row = application_in(state)
    assert row.state == state
    assert walk(row, people) == listed(Application, state)


@pytest.mark.parametrize("state", Loan.State.values)
def test_on_a_loan_nobody_does_what_is_not_theirs(state, loan_in, people):
    row = loan_in(state)
    assert row.state == state
    assert walk(row, people) == listed(Loan, state)


@pytest.mark.parametrize("state", Advance.State.values)
def test_on_an_advance_nobody_does_what_is_not_theirs(state, advance_in, people):
    row = advance_in(state)
    assert row.state == state
    assert walk(row, people) == listed(Advance, state)


@pytest.mark.parametrize("state", Document.State.values)
def test_on_a_paper_nobody_does_what_is_not_theirs(state, document_in, people):
    row = document_in(state)
    assert row.state == state
    assert walk(row, people) == listed(Document, state)

"""What several pages are shown of: a draft to fill in, files that are read."""

import pytest

from config import clock
from loans.lifecycle.applying import filling, submission
from loans.lifecycle.deciding import decision
from loans.lifecycle.reviewing import conflicts, diary, ladder, review
from tests.cases import TERMS, again, fill_in

PAY = "budget.pay.0"


@pytest.fixture
def english_pages(client):
    """Félix reads French elsewhere; here the tests read along."""
    client.cookies["language"] = "en"


@pytest.fixture
def mine(client, amina, product):
    """An empty draft, with Amina at the browser."""
    client.force_login(amina)
    return filling.start(amina, product)


@pytest.fixture
def rich(in_review, omar, olga, mariam):
    """A file with a paper's figure, an adjusted one, a task, a reference, a conflict and recommended terms."""
    case, paper = in_review, in_review.documents.get(kind="income").pk
    ladder.note_paper(case, by=omar, line=PAY, cents=210_000, document=paper, note="Box 14.")
    ladder.adjust(again(case), by=omar, line="budget.food.0", cents=60_000, note="Four eat there.")
    ladder.adjust(again(case), by=omar, line="work.target_group.0", group="unemployed", note="Laid off in May.")
    said = {"name": "Joan Clarke", "relation": "Her teacher", "how": "telephone", "on": clock.day_of(case.submitted_at)}
    diary.contact_reference(again(case), by=omar, said="Never late.", verdict="supports", **said)
    diary.add_task(again(case), by=omar, what="Ask the school.", for_whom=omar, due_on=clock.day_of(case.submitted_at))
    conflicts.declare(again(case), by=mariam, person=olga, note="A cousin.")
    return decision.recommend(again(case), by=omar, reasons=["affordable"], note="A sound plan.", **TERMS)


@pytest.fixture
def business(amina, omar, office):
    """A business loan that is being read."""
    started = filling.start(amina, office.get(code="business"))
    case = submission.submit(fill_in(started, amina), by=amina)
    return review.take(case, by=omar)

"""The demo shows what becomes of letters that come back."""

import pytest

from letters.models import Letter, Trace
from loans import demonstration
from loans.furnishing.office import furnish
from loans.models import Task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unprinted")]


def test_two_mails_came_back_and_one_of_them_goes_by_post():
    furnish()
    demonstration.build(11)
    assert set(Trace.objects.filter(what="hard").values_list("letter__to__email", flat=True)) == {
        "applicant4@people.example",
        "applicant8@people.example",
    }
    assert Task.objects.filter(letter__isnull=False, closed=None).count() == 2
    assert Letter.objects.get(instead_of__isnull=False).attachments.exists()

"""Lists of sanctions: loaded whole, a version in place of the one before."""

import pytest
from django.core.exceptions import PermissionDenied

from loans.lifecycle.refusal import Refused
from loans.lifecycle.reviewing import sanctions
from loans.models import SanctionEntry, SanctionList, SanctionWord
from tests.cases import again

pytestmark = pytest.mark.django_db
OLD, NEW = b"name,item\nIvan Novik,1\nJane Doe,2\n", b"name,item\nIvan Novik,1\nMadonna,3\n"


def refused(act):
    """The code of a refusal, which leaves what was loaded as it is."""
    before = (SanctionList.objects.count(), SanctionEntry.objects.count(), SanctionWord.objects.count())
    with pytest.raises(Refused) as told:
        act()
    assert (SanctionList.objects.count(), SanctionEntry.objects.count(), SanctionWord.objects.count()) == before
    return told.value.code


def near(*words, whole=()):
    return [entry.name for entry in SanctionEntry.objects.near(words, whole)]


def test_a_new_version_takes_the_place_of_the_one_before(mariam):
    old = sanctions.load("Canada", OLD, by=mariam)
    new = sanctions.load(" canada ", NEW, by=mariam)
    assert (again(old).is_current, new.is_current, new.count) == (False, True, 2)
    assert (again(old).sha256, old.count) != (new.sha256, 2)
    assert sorted(SanctionEntry.objects.values_list("name", flat=True)) == ["Ivan Novik", "Madonna"]


def test_another_list_stands_beside(mariam):
    sanctions.load("Canada", OLD, by=mariam)
    sanctions.load("United Nations", NEW, by=mariam)
    assert SanctionList.objects.filter(is_current=True).count() == 2
    assert SanctionEntry.objects.count() == 4


def test_a_file_with_a_wrong_line_leaves_the_version_before(mariam):
    sanctions.load("Canada", OLD, by=mariam)
    assert refused(lambda: sanctions.load("Canada", NEW + b",4\n", by=mariam)) == "list_rows"
    assert refused(lambda: sanctions.load("Canada", OLD, by=mariam)) == "list_is_newest"
    assert refused(lambda: sanctions.load("  ", NEW, by=mariam)) == "no_words"
    assert sorted(near("ivan", "novik", "jane", "doe")) == ["Ivan Novik", "Jane Doe"]


def test_two_words_are_needed_or_the_whole_of_a_name_of_one(mariam):
    sanctions.load("Canada", NEW, by=mariam)
    assert near("ivan") == []
    assert near("madonna") == []
    assert near("madonna", whole=["madonna"]) == ["Madonna"]
    assert near("ivan", whole=["ivan"]) == []


def test_the_same_form_loads_once_and_no_other_with_its_key(mariam):
    first = sanctions.load("Canada", OLD, by=mariam, once_key="k1")
    assert sanctions.load("Canada", OLD, by=mariam, once_key="k1") == first
    assert refused(lambda: sanctions.load("Canada", NEW, by=mariam, once_key="k1")) == "once_key_reused"


@pytest.mark.parametrize("who", ["omar", "ada", "carl", "felix", "amina"])
def test_only_a_manager_loads(who, request):
    with pytest.raises(PermissionDenied):
        sanctions.load("Canada", OLD, by=request.getfixturevalue(who))

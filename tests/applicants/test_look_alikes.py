"""Names and addresses that may be of one person."""

import pytest

from applicants.look_alikes import mailbox
from applicants.spelled import alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Amina El-Sayed", "EL SAYED Amina"),
        ("Amina El-Sayed", "amina elsayed"),
        ("Étienne O’Neill", "Oneill, Etienne"),
        ("Amina Fatima El-Sayed", "Amina El-Sayed"),
        ("أحمد السيد", "سيد أَحْمَد"),
        ("刘洋", "刘 洋"),
        ("Madonna", "MADONNA"),
    ],
)
def test_these_may_be_one_person(one, other):
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Amina", "Amina El-Sayed"),
        ("Amina Hassan", "Amina El-Sayed"),
        ("Amina El-Sayed", ""),
        ("", ""),
        ("刘洋", "王洋"),
    ],
)
def test_these_are_not_alike(one, other):
    assert not alike(one, other)
    assert not alike(other, one)


def test_what_follows_a_plus_sign_is_the_same_mailbox():
    assert mailbox("Amina+loan@Example.org") == mailbox("amina@example.org")
    assert mailbox("amina@example.org") != mailbox("amina@example.com")

"""The books as a stranger gets them: whole, and without names."""

import re
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from config import clock
from loans.export.writing import PROGRAM
from loans.lifecycle.ledger import roots
from loans.models import Entry, Position, Root
from tests.days_ahead import days_ahead
from tests.loans.export.books_folder import (
    rows,
    verify,
)

pytestmark = pytest.mark.django_db


def test_an_untouched_export_holds(folder, held, lent):
    code, said = verify(folder, "--root", held, "--replay")
    assert (code, said.splitlines()) == (
        0,
        [
            f"note: facts not yet under a root: 1, the first: loan {lent[1].number}, fact 3",
            f"2 loans, 7 facts, {Entry.objects.count()} entries, 2 roots: all holds",
        ],
    )


def test_a_root_of_before_that_knew_no_signings_holds_beside_a_newer_one(active, tmp_path):
    root = Root(number=1, on=clock.today(), made_at=clock.now(), through=active.facts.last().pk, previous_hash="0" * 64)
    root.hash_version, root.loan_count = 1, 1
    root.hash = roots.sealed(root, map(roots.line, roots.last_facts()))
    root.save(force_insert=True)
    with clock.at(days_ahead(1)):
        roots.make_root(clock.today())
    call_command("export-books", str(tmp_path / "books"), stdout=StringIO())
    assert verify(tmp_path / "books", "--root", Root.objects.last().hash)[0] == 0
    said = rows(tmp_path / "books", "roots.jsonl")
    assert [("signings_hash" in root, root["hash_version"]) for root in said] == [(False, 1), (True, 2)]


def test_it_can_be_checked_again_and_from_within(folder, held):
    assert verify(folder, "--replay")[0] == verify(folder, "--replay")[0] == 0
    assert not list(folder.rglob("__pycache__"))


def test_without_a_root_of_ones_own_it_says_what_is_not_proven(folder):
    code, said = verify(folder)
    assert code == 0
    assert "but without --root nothing shows that the folder was not made anew" in said


def test_another_root_or_an_older_one_does_not_do(folder):
    code, said = verify(folder, "--root", "0" * 64)
    assert (code, "yours is not among them" in said) == (1, True)
    code, said = verify(folder, "--root", Root.objects.get(number=1).hash.upper())
    assert (code, "yours is root 1" in said) == (1, True)


def test_nothing_of_persons_is_in_it(folder):
    whole = "".join(path.read_text() for path in folder.glob("*.json*"))
    for name in ("Amina", "Bilal", "Fatima", "El-Sayed", "example.org", "another's money", "Laurier"):
        assert name not in whole


def test_the_command_refuses_a_folder_with_something_in_it(folder):
    with pytest.raises(CommandError, match="is not empty"):
        call_command("export-books", str(folder))


def test_the_command_refuses_books_that_are_not_whole(lent, tmp_path):
    Position.objects.filter(loan=lent[0]).delete()
    with pytest.raises(CommandError, match=f"loan {lent[0].number} has no plan or no position"):
        call_command("export-books", str(tmp_path / "books"))


def test_an_office_without_loans_exports_and_holds(office, tmp_path):
    call_command("export-books", str(tmp_path / "books"), stdout=StringIO())
    assert verify(tmp_path / "books", "--replay")[0] == 0


@pytest.mark.django_db(transaction=True)
def test_an_export_of_one_moment_outside_any_transaction_holds(lent, held, tmp_path):
    call_command("export-books", str(tmp_path / "books"), stdout=StringIO())
    assert verify(tmp_path / "books", "--root", held, "--replay")[0] == 0
    said = StringIO()
    call_command("audit", stdout=said)
    assert said.getvalue() == "2 loans, 2 roots: the books are whole.\n"


def test_the_program_is_short_and_needs_nothing_but_python():
    source = PROGRAM.read_text()
    assert len(source.splitlines()) <= 250
    imported = set(re.findall(r"^\s*(?:from|import) (\w+)", source, flags=re.MULTILINE))
    assert imported - sys.stdlib_module_names == {"money"}

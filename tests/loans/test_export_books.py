"""The books as a stranger gets them: whole, without names, and any tampering shows."""

import json
import os
import random
import re
import shutil
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from config import clock
from loans.export.writing import PROGRAM
from loans.lifecycle import repayment, roots
from loans.models import Entry, Position, Root
from tests.cases import again, lend
from tests.days_ahead import days_ahead
from tests.loans.books_folder import (
    DATA,
    remake_chains,
    remake_manifest,
    remake_positions,
    remake_roots,
    rewrite,
    rows,
    verify,
)

pytestmark = pytest.mark.django_db
IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"


def pay(loan, by, cents):
    return repayment.record_payment(
        again(loan), by=by, on=clock.today(), cents=cents, method="transfer", payer="Fatima El-Sayed"
    )


@pytest.fixture
def lent(active, bilal, product, omar, mariam, felix):
    """Two loans with payments over some nights, one payment reversed; the last fact is not yet under a root."""
    other = lend(bilal, product, omar, mariam, felix)
    roots.make_root(clock.today())
    with clock.at(days_ahead(40)):
        wrong = pay(active, felix, 21_000)
        pay(active, felix, 25_000)
        pay(other, felix, 12_345)
        repayment.reverse_payment(again(active), by=felix, fact=wrong, note="another's money")
        roots.make_root(clock.today())
    with clock.at(days_ahead(41)):
        pay(other, felix, 1_000)
    return active, other


@pytest.fixture
def folder(lent, tmp_path):
    call_command("export-books", str(tmp_path / "books"), stdout=StringIO())
    return tmp_path / "books"


@pytest.fixture
def held(lent):
    """The root that the stranger got by mail."""
    return Root.objects.last().hash


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


def test_any_changed_byte_of_any_data_file_shows(folder, held):
    chance = random.Random(7)
    for _ in range(1500 if IS_LONG else 25):
        path = folder / chance.choice(DATA)
        before = path.read_bytes()
        place = chance.randrange(len(before))
        other = chance.choice([byte for byte in range(256) if byte != before[place]])
        path.write_bytes(before[:place] + bytes([other]) + before[place + 1 :])
        code, said = verify(folder, "--root", held)
        assert (code, path.name in said) == (1, True), (path.name, place, other)
        path.write_bytes(before)


def test_any_changed_figure_shows_when_the_manifest_was_made_anew(folder, held):
    """Not only the manifest guards: each digit of a fact or a root is under a hash, each of an entry under a replay."""
    chance = random.Random(11)
    for _ in range(600 if IS_LONG else 16):
        path = folder / chance.choice(("facts.jsonl", "roots.jsonl", "entries.jsonl"))
        before, manifest = path.read_text(), (folder / "manifest.json").read_text()
        said = rows(folder, path.name)
        row = chance.choice(said[:-1] if path.name == "facts.jsonl" else said)
        name = chance.choice([name for name, value in row.items() if type(value) is int and name not in NOT_HASHED])
        row[name] += chance.choice((-1, 1))
        rewrite(folder, path.name, said)
        remake_manifest(folder)
        assert verify(folder, "--root", held, "--replay")[0] == 1, (path.name, name, row)
        path.write_text(before)
        (folder / "manifest.json").write_text(manifest)


NOT_HASHED = {"id", "fact"}  # the order of the ids is proven; of an entry's fact, the moment


def test_a_cut_tail_shows_where_the_chain_is_too_short(folder, held, lent):
    said = rows(folder, "facts.jsonl")
    rewrite(folder, "facts.jsonl", said[:-2])  # the last one was not yet under a root
    remake_manifest(folder)
    code, told = verify(folder, "--root", held)
    assert code == 1
    assert "roots.jsonl, line 2: root 2 does not follow from the facts up to it, of 2 loans" in told
    assert f"loan {lent[1].number}" in told
    assert "facts.jsonl" not in told


def test_a_cut_tail_with_all_else_made_anew_shows_by_the_root_one_holds(folder, held, lent):
    *left, _, _ = rows(folder, "facts.jsonl")
    rewrite(folder, "facts.jsonl", left)
    entries = rows(folder, "entries.jsonl")
    rewrite(folder, "entries.jsonl", [each for each in entries if each["loan_id"] < lent[1].pk or each["fact"] == 1])
    remake_positions(folder)
    remake_roots(folder)
    remake_manifest(folder)
    assert verify(folder)[0] == 0
    code, said = verify(folder, "--root", held)
    assert (code, said.splitlines()[0].startswith("roots.jsonl: the last root is not the one you hold")) == (1, True)


def test_a_loan_dropped_everywhere_shows_by_the_root_one_holds(folder, held, lent):
    for name in DATA[:-1]:
        rewrite(folder, name, [row for row in rows(folder, name) if row["loan"] != lent[0].number])
    remake_manifest(folder)
    assert "root 1 does not follow from the facts up to it, of 1 loans" in verify(folder)[1]
    remake_roots(folder)
    remake_manifest(folder)
    assert verify(folder, "--replay")[0] == 0
    assert verify(folder, "--root", held)[0] == 1


def test_a_chain_computed_anew_shows_by_the_root_one_holds(folder, held):
    said = rows(folder, "facts.jsonl")
    said[0]["event_id"] += 1
    rewrite(folder, "facts.jsonl", said)
    remake_manifest(folder)
    assert f"facts.jsonl, line 1, loan {said[0]['loan']}, fact 1: the chain breaks" in verify(folder)[1]
    remake_chains(folder)
    remake_manifest(folder)
    assert "root 1 does not follow from the facts up to it" in verify(folder)[1]
    remake_roots(folder)
    remake_manifest(folder)
    assert verify(folder, "--replay")[0] == 0
    assert verify(folder, "--root", held, "--replay")[0] == 1


def test_an_amount_changed_in_an_entry_shows_by_the_sums_and_by_the_replay(folder, lent):
    said = rows(folder, "entries.jsonl")
    line = next(number for number, entry in enumerate(said, start=1) if entry["debit"] == "bank")
    said[line - 1]["cents"] += 1
    rewrite(folder, "entries.jsonl", said)
    assert "not as the manifest says" in verify(folder)[1]
    remake_manifest(folder)
    code, told = verify(folder)
    assert (
        code,
        f"positions.jsonl, line 1, loan {lent[0].number}: there are 4 facts, the entries come to" in told,
    ) == (1, True)
    remake_positions(folder)
    remake_manifest(folder)
    assert verify(folder)[0] == 0
    code, told = verify(folder, "--replay")
    assert code == 1
    assert re.search(rf"entries.jsonl, line [\d, ]*\b{line}\b[\d, ]*, loan {lent[0].number}: bank / ", told)


def test_a_changed_rate_shows_by_the_replay(folder):
    said = rows(folder, "terms.jsonl")
    said[0]["terms"]["annual_rate"] = "0.010000"
    rewrite(folder, "terms.jsonl", said)
    remake_manifest(folder)
    assert verify(folder)[0] == 0
    assert verify(folder, "--replay")[0] == 1


def test_a_missing_file_is_named(folder):
    program = shutil.copy(folder / "verify_books.py", folder.parent / "elsewhere.py")
    for name in (*DATA, "manifest.json", "verify_books.py", "money/book.py"):
        (folder / name).rename(folder.parent / "away")
        code, said = verify(folder, "--replay", program=program)
        assert (code, f"{name}: the file is missing" in said) == (1, True)
        (folder.parent / "away").rename(folder / name)


def test_a_file_that_nobody_listed_is_named(folder):
    (folder / "money" / "more.py").write_text("")
    code, said = verify(folder)
    assert (code, "money/more.py: not as the manifest says, but not listed, or no file" in said) == (1, True)


def test_changed_code_is_not_run(folder):
    with (folder / "money" / "book.py").open("a") as file:
        file.write("raise SystemExit(0)\n")
    code, said = verify(folder, "--replay")
    assert (code, "money/book.py: not as the manifest says" in said) == (1, True)
    assert "money/: not run: see above first" in said


SPOILT = {
    "no JSON": b"{oops\n",
    "no object": b"[]\n",
    "no text": b'"\xff"\n',
    "nested too deeply": b'{"a":' * 100_000 + b"\n",
    "a huge number": b'{"number": ' + b"9" * 5_000 + b"}\n",
    "a fraction": b'{"number": 1.5}\n',
    "no number": b'{"number": NaN}\n',
    "a name twice": b'{"number": 1, "number": 2}\n',
    "nothing": b"\n",
}


@pytest.mark.parametrize("name", [*DATA, "manifest.json"])
def test_what_is_no_line_is_told_and_never_ends_in_a_traceback(folder, name):
    path = folder / name
    before = path.read_bytes()
    for spoilt in SPOILT.values():
        path.write_bytes(spoilt + b"".join(before.splitlines(keepends=True)[1:]))
        code, said = verify(folder, "--replay")
        assert (code, f"{name}, line 1: cannot be read" in said) == (1, True), spoilt[:40]


WRONG = [None, True, -1, 0, 10**18, "", "x", "é\ud800", "2026-02-31", [], [1], {}, {"a": 1}]


def test_wrong_values_with_all_else_made_anew_never_end_in_a_traceback(folder):
    chance = random.Random(3)
    for _ in range(400 if IS_LONG else 20):
        name = chance.choice(DATA)
        path = folder / name
        before, manifest = path.read_text(), (folder / "manifest.json").read_text()
        said = rows(folder, name)
        field = chance.choice(sorted(said[0]))
        if name == "terms.jsonl" and field in ("terms", "plan"):
            inner = chance.choice(sorted(said[0][field]))
            said[0][field][inner] = chance.choice(WRONG)
        else:
            said[0][field] = chance.choice(WRONG)
        rewrite(folder, name, said)
        manifest_now = json.loads(manifest)
        manifest_now["files"].pop(name)
        (folder / "manifest.json").write_text(json.dumps(manifest_now) + "\n")
        verify(folder, "--replay")
        path.write_text(before)
        (folder / "manifest.json").write_text(manifest)


def test_wrong_calls_are_told_apart_from_findings(folder):
    assert verify(folder, "--root", "short")[0] == 2
    assert verify(folder / "money" / "book.py", program=folder / "verify_books.py")[0] == 2
    assert verify(folder / "nowhere", program=folder / "verify_books.py")[0] == 2


def test_the_program_is_short_and_needs_nothing_but_python():
    source = PROGRAM.read_text()
    assert len(source.splitlines()) <= 250
    imported = set(re.findall(r"^\s*(?:from|import) (\w+)", source, flags=re.MULTILINE))
    assert imported - sys.stdlib_module_names == {"money"}

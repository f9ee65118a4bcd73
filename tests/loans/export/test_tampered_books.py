"""Whatever is changed in an export shows, also to whoever holds no more than a root."""

import os
import random
import re

import pytest

from tests.loans.export.books_folder import (
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

"""An export in a folder, looked at and tampered with as a stranger, or a thief, would."""

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from loans.export.verify_books import FACTS, START, hashed

DATA = ("terms.jsonl", "facts.jsonl", "entries.jsonl", "positions.jsonl", "roots.jsonl")


def verify(folder, *arguments, program=None):
    """What `verify_books.py` of the export (or `program`) says, run by a Python with nothing of ours on its path."""
    command = [sys.executable, "-I", str(program or folder / "verify_books.py"), str(folder), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env={"PATH": os.environ["PATH"]})
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    return done.returncode, done.stdout + done.stderr


def remake_positions(folder):
    """Let each position say what the facts and entries that are left come to."""
    facts, said = rows(folder, "facts.jsonl"), rows(folder, "positions.jsonl")
    for position in said:
        sums = Counter()
        for entry in rows(folder, "entries.jsonl"):
            if entry["loan"] == position["loan"]:
                sums[entry["debit"]] += entry["cents"]
                sums[entry["credit"]] -= entry["cents"]
        position["balances"] = {account: cents for account, cents in sums.items() if cents}
        position["last_fact"] = len([fact for fact in facts if fact["loan"] == position["loan"]])
    rewrite(folder, "positions.jsonl", said)


def rows(folder, name):
    return [json.loads(line) for line in (folder / name).read_text().splitlines()]


def rewrite(folder, name, said):
    lines = [json.dumps(row, sort_keys=True, separators=(",", ":")) + "\n" for row in said]
    (folder / name).write_text("".join(lines))


def remake_manifest(folder: Path):
    """Let the manifest say what now lies in the folder."""
    manifest = json.loads((folder / "manifest.json").read_text())
    for name in list(manifest["files"]):
        data = (folder / name).read_bytes()
        found = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), "lines": data.count(b"\n")}
        manifest["files"][name] = found
    totals = Counter()
    for entry in rows(folder, "entries.jsonl"):
        totals[entry["debit"]] += entry["cents"]
        totals[entry["credit"]] -= entry["cents"]
    manifest["totals"] = {account: cents for account, cents in totals.items() if cents}
    for count, name in (("loans", "terms"), ("facts", "facts"), ("entries", "entries"), ("roots", "roots")):
        manifest["counts"][count] = len(rows(folder, f"{name}.jsonl"))
    (folder / "manifest.json").write_text(json.dumps(manifest) + "\n")


def remake_chains(folder):
    """Hash every fact anew, as somebody would who changed one."""
    said, previous, loan = rows(folder, "facts.jsonl"), START, None
    for fact in said:
        fact["previous_hash"] = START if fact["loan_id"] != loan else previous
        loan, previous = fact["loan_id"], hashed(fact, FACTS)
        fact["hash"] = previous
    rewrite(folder, "facts.jsonl", said)


def remake_roots(folder):
    """Make every root anew from the facts that are there."""
    facts, roots, previous = rows(folder, "facts.jsonl"), rows(folder, "roots.jsonl"), START
    for root in roots:
        tips = {}
        for fact in facts:
            if fact["id"] <= root["through"]:
                tips[fact["loan"]] = f"{fact['loan']} {fact['number']} {fact['hash']}\n"
        root["previous_hash"], root["loan_count"] = previous, len(tips)
        names = ("hash_version", "previous_hash", "number", "on", "made_at", "through", "loan_count")
        names += ("signed_through", "signing_count", "signings_hash") if root["hash_version"] == 2 else ()
        head = json.dumps([root[name] for name in names], separators=(",", ":")) + "\n"
        whole = head + "".join(tips[loan] for loan in sorted(tips))
        previous = root["hash"] = hashlib.sha256(whole.encode()).hexdigest()
    rewrite(folder, "roots.jsonl", roots)

#!/usr/bin/env python3
"""Check an export of a loan office's books. Needs Python 3.11 or newer and the exported folder, nothing else.

    python3 verify_books.py [DIR] [--root HASH] [--replay]

DIR is the folder of the export (the one in which this file lies, when left out). HASH is the newest root that the office
sent you by letter: the folder alone could have been made anew from end to end, your letter could not. With --replay every
entry and balance is worked out again by the money/ package of the export; read that code first, for it is run.

Exit code: 0 all holds; 1 something does not, each finding on a line; 2 nothing could be checked.
"""

import argparse
import hashlib
import json
import re
import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path

FORMAT, VERSION, START = 1, 1, "0" * 64
LONGEST, MOST_FINDINGS = 8_000_000, 200  # bytes of a line, lines told
LOAN, WORD = re.compile(r"[!-~]{1,40}"), re.compile(r"[a-zA-Z0-9_-]{1,60}")
DAY, HASH = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII), re.compile(r"[0-9a-f]{64}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00", re.ASCII)
DECIMAL = re.compile(r"-?\d{1,40}(\.\d{1,40})?", re.ASCII)
MONEY = ("principal_cents", "fees_cents", "credit_cents", "lent_cents", "paid_cents")
WHOSE = {"loan": LOAN, "loan_id": int}
SHAPES = {
    "terms.jsonl": WHOSE | {"fund": WORD, "terms": dict, "order": list, "plan": dict},
    "facts.jsonl": WHOSE
    | {"id": int, "number": int, "kind": WORD, "on": DAY, "recorded_at": MOMENT, "cents": int, "detail": dict}
    | {"event_id": int, "reverses": (int, type(None)), "previous_hash": HASH, "hash": HASH, "hash_version": int},
    "entries.jsonl": WHOSE
    | {"id": int, "fact": int, "on": DAY, "booked_on": DAY, "recorded_at": MOMENT}
    | {"debit": WORD, "credit": WORD, "cents": int, "fund": WORD},
    "positions.jsonl": WHOSE
    | {"last_fact": int, "at": DAY, "interest_exact": DECIMAL, "balances": dict}
    | dict.fromkeys(MONEY, int),
}
ROOT = {"number": int, "on": DAY, "made_at": MOMENT, "through": int, "loan_count": int}
ROOT |= {"previous_hash": HASH, "hash": HASH, "hash_version": int}
MANIFEST = {"format": int, "made_at": MOMENT, "engine": dict, "counts": dict, "totals": dict, "files": dict}
ENTRY, POSITION = "entries.jsonl", "positions.jsonl"
findings = 0


def tell(where, what):
    """A finding, as a line on the standard output."""
    global findings
    findings += 1
    if findings <= MOST_FINDINGS:
        print(f"{where}: {what}")


def refuse(value):
    raise ValueError(f"{value[:40]} is no whole number of a usual size")


def whole(digits):
    return int(digits) if len(digits) < 20 else refuse(digits)


def without_twins(pairs):
    said = dict(pairs)
    if len(said) < len(pairs):
        raise ValueError("a name stands twice")
    return said


def understood(raw, shape):
    """The object that a piece of JSON says. Raises ValueError, RecursionError."""
    said = json.loads(
        raw.decode(), parse_float=refuse, parse_constant=refuse, parse_int=whole, object_pairs_hook=without_twins
    )
    if not isinstance(said, dict) or set(said) != set(shape):
        raise ValueError("not the fields that are due here")
    for name, kind in shape.items():
        value = said[name]
        fits = isinstance(value, kind) if not isinstance(kind, re.Pattern) else isinstance(value, str)
        if isinstance(value, bool) or not fits or (isinstance(kind, re.Pattern) and not kind.fullmatch(value)):
            raise ValueError(f"{name} is not what is due here")
    return said


def lines(folder, name, shape):
    """Each line of a file that can be read, with its number."""
    number, path = 0, folder / name
    if not path.is_file():
        return
    with path.open("rb") as file:
        while raw := file.readline(LONGEST):
            number += 1
            try:
                if not raw.endswith(b"\n"):
                    raise ValueError("the line is cut or too long")
                yield number, understood(raw, shape)
            except (ValueError, RecursionError) as error:
                tell(f"{name} line {number}", f"cannot be read ({str(error)[:120]})")


def read_manifest(folder):
    try:
        manifest = understood((folder / "manifest.json").read_bytes(), MANIFEST)
        if manifest["format"] != FORMAT:
            raise ValueError(f"format {manifest['format']}, this program reads {FORMAT}")
    except (OSError, ValueError, RecursionError) as error:
        tell("manifest.json", f"cannot be read ({str(error)[:120]})")
        return {"counts": {}, "totals": {}, "files": {}}
    return manifest


def check_files(folder, listed):
    """Every file is the one that the manifest lists, and no other is there."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if not path.is_dir()}
    found.pop("manifest.json", None)
    for name in sorted(set(listed) | {*SHAPES, "roots.jsonl", "verify_books.py"} - set(found)):
        if name not in found:
            tell(name, "the file is missing")
    for name, path in sorted(found.items()):
        if name not in listed:
            tell(name, "the manifest does not know this file")
            continue
        digest, size, breaks = hashlib.sha256(), 0, 0
        with path.open("rb") as file:
            while part := file.read(1 << 20):
                digest.update(part)
                size, breaks = size + len(part), breaks + part.count(b"\n")
        if listed[name] != {"sha256": digest.hexdigest(), "bytes": size, "lines": breaks}:
            tell(name, f"not as the manifest says: {size} bytes, {breaks} lines, SHA-256 {digest.hexdigest()}")


def by_loan(folder):
    """The lines of each loan from all files, by its id: (id, {file: [(line number, row)]})."""
    streams = {}
    for name, shape in SHAPES.items():
        streams[name] = groupby(lines(folder, name, shape), key=lambda line: line[1]["loan_id"])
    heads = {name: next(stream, None) for name, stream in streams.items()}
    while loans := [head[0] for head in heads.values() if head]:
        loan, found = min(loans), {}
        for name, head in heads.items():
            found[name] = list(head[1]) if head and head[0] == loan else []
            if found[name]:
                heads[name] = next(streams[name], None)
        yield loan, found


def chained(fact):
    """The hash of a fact: SHA-256 of its fields in this order, as canonical JSON."""
    names = ("hash_version", "previous_hash", "loan_id", "number", "kind", "on", "recorded_at", "cents", "detail")
    body = [*(fact[name] for name in names), fact["event_id"], fact["reverses"]]
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def check_chain(facts, loan):
    previous, last_id = START, 0
    for number, (line, fact) in enumerate(facts, start=1):
        where = f"facts.jsonl line {line}: loan {loan}, fact {number}"
        if fact["number"] != number:
            return tell(where, f"expected here, found fact {fact['number']}")
        if fact["previous_hash"] != previous or fact["hash"] != chained(fact) or fact["hash_version"] != VERSION:
            return tell(where, "the chain breaks")
        if fact["id"] <= last_id or (fact["reverses"] is not None and not 0 < fact["reverses"] < number):
            return tell(where, "names or precedes a fact that it cannot")
        previous, last_id = fact["hash"], fact["id"]
    return None


def check_entries(entries, facts, position, loan, totals):
    """The sums of a loan's entries are those of its position; returns the balances by account."""
    known, sums = {fact["number"] for _, fact in facts}, Counter()
    for line, entry in entries:
        if entry["fact"] not in known or entry["cents"] <= 0 or entry["debit"] == entry["credit"]:
            tell(f"{ENTRY} line {line}: loan {loan}, fact {entry['fact']}", "no entry can be so")
        for account, cents in ((entry["debit"], entry["cents"]), (entry["credit"], -entry["cents"])):
            sums[account] += cents
            totals[account] += cents
    line, said = position
    if {account: cents for account, cents in sums.items() if cents} != said["balances"]:
        tell(f"{POSITION} line {line}: loan {loan}", f"the entries come to {dict(sums)}")
    if said["last_fact"] != len(facts):
        tell(f"{POSITION} line {line}: loan {loan}", f"knows {said['last_fact']} facts, there are {len(facts)}")


def check_roots(folder, roots, tips, expected):
    """Each root follows from the one before and from the facts up to it; the last is the one you hold."""
    ends, before = {}, {"hash": START, "on": "", "through": 0}
    for place, (line, root) in enumerate(roots):
        where = f"roots.jsonl line {line}: root {root['number']}"
        if root["number"] != place + 1 or root["previous_hash"] != before["hash"] or root["hash_version"] != VERSION:
            tell(where, "does not hold on to the root before it")
        if root["on"] <= before["on"] or root["through"] < before["through"]:
            tell(where, "lies before an earlier one")
        ends |= tips[place]
        if root["loan_count"] != len(ends):
            tell(where, f"counts {root['loan_count']} loans, the facts up to it are of {len(ends)}")
        names = ("hash_version", "previous_hash", "number", "on", "made_at", "through", "loan_count")
        digest = hashlib.sha256(json.dumps([root[name] for name in names], separators=(",", ":")).encode() + b"\n")
        digest.update("".join(f"{loan} {number} {end}\n" for loan, (number, end) in sorted(ends.items())).encode())
        if root["hash"] != digest.hexdigest():
            tell(where, "does not follow from the facts up to it")
        before = root
    if expected and before["hash"] != expected:
        held = [root["number"] for _, root in roots if root["hash"] == expected]
        other = f"yours is root {held[0]}, ask for the newest letter" if held else "yours is not among them"
        tell("roots.jsonl", f"the last root is not the one you hold ({other})")


def replayed(terms, facts, entries, position, loan):
    """Work the loan's book out again, by the engine of the export."""
    from money.book import Fact, FactKind, Part, replay
    from money.quote import FIELDS
    from money.schedule import Instalment
    from money.terms import Terms

    figures = ("principal_cents", "interest_cents", "fees_cents", "balance_cents")
    plan = [
        Instalment(row["number"], date.fromisoformat(row["due_on"]), row["days"], *(row[name] for name in figures))
        for row in terms["plan"]["rows"]
    ]
    happened = [
        Fact(f["number"], FactKind(f["kind"]), date.fromisoformat(f["on"]), f["cents"], f["detail"], f["reverses"])
        for _, f in facts
    ]
    agreed = Terms(**{name: FIELDS[name](name, said) for name, said in terms["terms"].items()})
    book = replay(agreed, plan, happened, max(fact.on for fact in happened), tuple(map(Part, terms["order"])))
    lacking, lines_of = Counter(), defaultdict(list)
    moved = [(None, e.on.isoformat(), str(e.debit), str(e.credit), e.cents) for e in book.entries]
    moved += [(line, e["on"], e["debit"], e["credit"], -e["cents"]) for line, e in entries]
    for line, on, debit, credit, cents in moved:
        key = on, *sorted((debit, credit))
        lacking[key] += cents if debit < credit else -cents
        lines_of[key] += [line] if line else []
    for (on, one, other), cents in lacking.items():
        if cents:
            where = ", ".join(map(str, lines_of[on, one, other][-3:])) or "?"
            tell(f"{ENTRY} line {where}: loan {loan}", f"{one} / {other} on {on} differs from the replay by {cents}")
    line, said = position
    own = {name: getattr(book, name) for name in MONEY} | {"at": book.until.isoformat()}
    own["interest_exact"], own["balances"] = book.interest_exact, {str(a): c for a, c in book.balances.items() if c}
    said = said | {"interest_exact": Decimal(said["interest_exact"])}
    if wrong := [name for name, value in own.items() if said[name] != value]:
        tell(f"{POSITION} line {line}: loan {loan}", f"differs from the replay: {', '.join(wrong)}")


def check(folder, expected, replay):
    manifest = read_manifest(folder)
    check_files(folder, manifest["files"])
    if replay and findings:
        replay = tell("money/", "nothing was replayed: see above first")
    roots = list(lines(folder, "roots.jsonl", ROOT))
    throughs = [root["through"] for _, root in roots]
    tips, totals, counts, open_facts = defaultdict(dict), Counter(), Counter(roots=len(roots)), []
    for _, found in by_loan(folder):
        (terms, facts, entries, positions), names = found.values(), set()
        for name, rows in found.items():
            names |= {row["loan"] for _, row in rows}
            counts[name.removesuffix(".jsonl")] += len(rows)
        loan = min(names)
        if len(names) > 1 or len(terms) != 1 or len(positions) != 1 or not facts:
            tell(f"loan {loan}", f"lines: {', '.join(f'{len(rows)} in {name}' for name, rows in found.items())}")
            continue
        check_chain(facts, loan)
        for _, fact in facts:
            tips[bisect_left(throughs, fact["id"])][loan] = fact["number"], fact["hash"]
            open_facts += [(loan, fact["number"])] if fact["id"] > max(throughs, default=0) else []
        check_entries(entries, facts, positions[0], loan, totals)
        if replay:
            try:
                replayed(terms[0][1], facts, entries, positions[0], loan)
            except Exception as error:
                tell(f"terms.jsonl line {terms[0][0]}: loan {loan}", f"cannot be replayed ({error!r:.160})")
    check_roots(folder, roots, tips, expected)
    counted = {"loans": counts["terms"]} | {name: counts[name] for name in ("facts", "entries", "roots")}
    if manifest["counts"] != counted or manifest["totals"] != {a: c for a, c in sorted(totals.items()) if c}:
        tell("manifest.json", f"the files hold {counted} and come to {dict(sorted(totals.items()))}")
    return counted, open_facts


def main():
    parser = argparse.ArgumentParser(description="Check an export of a loan office's books.")
    parser.add_argument("dir", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--root", type=str.lower, help="the newest root that the office sent you, 64 characters")
    parser.add_argument("--replay", action="store_true", help="work every balance out again")
    options = parser.parse_args()
    if options.root and not HASH.fullmatch(options.root):
        parser.error("--root: 64 characters from 0 to 9 and a to f are needed")
    if not options.dir.is_dir():
        parser.error(f"{options.dir} is no folder")
    sys.stdout.reconfigure(errors="backslashreplace")
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(options.dir.resolve()))
    try:
        counted, open_facts = check(options.dir, options.root, options.replay)
    except (OSError, MemoryError) as error:
        print(f"nothing could be checked: {error}")
        return 2
    if open_facts:
        print(f"note: {len(open_facts)} facts are not yet under a root, the first: loan {open_facts[0][0]}, "
              f"fact {open_facts[0][1]}")  # fmt: skip
    if not options.root:
        print("note: without --root nothing shows that this folder was not made anew from end to end")
    print(", ".join(f"{count} {name}" for name, count in counted.items()), end=": ")
    print(f"{findings} findings" if findings else "all holds")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())

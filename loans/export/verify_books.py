"""Check an export of a loan office's books. Needs Python 3.11 or newer and the exported folder, nothing else.

    python3 verify_books.py [DIR] [--root HASH] [--replay]

DIR is the folder of the export; when left out, the one in which this file lies. HASH is the newest root that the
office sent you by letter: the folder could have been made anew from end to end, your letter could not. With --replay
the money/ package of the export works every entry and balance out again; read that code first, for it is run.
Exit code: 0 all holds; 1 something does not, each finding on a line; 2 it could not be checked.
"""

import argparse
import hashlib
import json
import re
import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from datetime import date
from itertools import groupby
from pathlib import Path

FORMAT, VERSION, START, MANIFEST, PROGRAM = 1, 1, "0" * 64, "manifest.json", "verify_books.py"
LONGEST, LARGEST, MOST_FINDINGS = 8_000_000, 10**18, 200  # bytes of a line, a number, lines told
TERMS, FACTS, ENTRIES, POSITIONS, ROOTS = (f"{n}.jsonl" for n in ("terms", "facts", "entries", "positions", "roots"))
MONEY = ("principal_cents", "fees_cents", "credit_cents", "lent_cents", "paid_cents")
HASHED = {  # the fields that a hash covers, in its order
    FACTS: "hash_version previous_hash loan_id number kind on recorded_at cents detail event_id reverses".split(),
    ROOTS: "hash_version previous_hash number on made_at through loan_count".split(),
}
SIGNINGS = "signed_through signing_count signings_hash".split()  # a root has them, and hashes them, from version 2 on
SHAPES = {  # the fields of a line of each file
    TERMS: "loan loan_id fund terms order plan".split(),
    FACTS: [*HASHED[FACTS], "loan", "id", "hash"],
    ENTRIES: "loan loan_id id fact on booked_on recorded_at debit credit cents fund".split(),
    POSITIONS: ["loan", "loan_id", "last_fact", "at", "interest_exact", "balances", *MONEY],
    ROOTS: [*HASHED[ROOTS], "hash"],
    MANIFEST: "format made_at engine counts totals files".split(),
}
KINDS = {**dict.fromkeys("terms plan detail balances engine counts totals files".split(), dict), "order": list}
KINDS["reverses"] = (int, type(None))
TEXTS = {  # the other fields are whole numbers
    "loan": r"[!-~]{1,40}",
    "interest_exact": r"-?[0-9]{1,40}(\.[0-9]{1,40})?",
    **dict.fromkeys(("on", "booked_on", "at"), r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    **dict.fromkeys(("recorded_at", "made_at"), r"[0-9-]{10}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?\+00:00"),
    **dict.fromkeys(("hash", "previous_hash", "signings_hash"), r"[0-9a-f]{64}"),
    **dict.fromkeys(("fund", "kind", "debit", "credit"), r"[a-zA-Z0-9_-]{1,60}"),
}
findings = 0


def tell(file, what, line=None, loan=None, fact=None):
    """A finding, as a line on the standard output that names whatever is known."""
    global findings
    findings += 1
    where = [f"{name} {at}" for name, at in (("line", line), ("loan", loan), ("fact", fact)) if at is not None]
    if findings <= MOST_FINDINGS:
        print(", ".join([file, *where]) + f": {what}")


def refuse(said):
    raise ValueError("a fraction, a name that stands twice, or no number")


def understood(raw, name):
    """The object that a piece of a file says. Raises ValueError, RecursionError."""
    pairs = {"object_pairs_hook": lambda pairs: dict(pairs) if len(dict(pairs)) == len(pairs) else refuse(pairs)}
    said = json.loads(raw.decode(), parse_float=refuse, parse_constant=refuse, **pairs)
    if not isinstance(said, dict) or set(said).difference(SIGNINGS if name == ROOTS else ()) != set(SHAPES[name]):
        raise ValueError("not the fields that are due here")
    for field, value in said.items():
        kind = str if field in TEXTS else KINDS.get(field, int)
        fits = isinstance(value, kind) and not isinstance(value, bool) and (kind is not int or abs(value) < LARGEST)
        if not fits or (kind is str and not re.fullmatch(TEXTS[field], value)):
            raise ValueError(f"{field} cannot be so")
    if said.get("format", FORMAT) != FORMAT or said.get("hash_version", VERSION) != VERSION + ("signings_hash" in said):
        raise ValueError("of another version than this program")
    return said


def lines(folder, name):
    """Each line of a file that can be read, with its number."""
    if not (folder / name).is_file():
        return
    with (folder / name).open("rb") as file:
        for number, raw in enumerate(iter(lambda: file.readline(LONGEST), b""), start=1):
            try:
                if not raw.endswith(b"\n"):
                    raise ValueError("cut or too long")
                yield number, understood(raw, name)
            except (ValueError, RecursionError) as error:
                tell(name, f"cannot be read ({str(error)[:120]})", number)


def check_files(folder, listed):
    """Every file is the one that the manifest lists, and no other is there."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if not path.is_dir()}
    for name in sorted({*listed, *SHAPES, PROGRAM} - set(found)):
        tell(name, "the file is missing")
    for name in sorted(set(found) - {MANIFEST}):
        own = None
        if name in listed and found[name].is_file():
            with found[name].open("rb") as file:
                own = {"sha256": hashlib.file_digest(file, "sha256").hexdigest(), "bytes": file.seek(0, 2)}
                own["lines"] = sum(1 for _ in file) if file.seek(0) == 0 else 0
        if own is None or listed[name] != own:
            tell(name, f"not as the manifest says, but {own or 'not listed, or no file'}")


def by_loan(folder):
    """The lines of each loan from all files: {file: [(line number, row)]}."""
    files = (TERMS, FACTS, ENTRIES, POSITIONS)
    streams = {name: groupby(lines(folder, name), key=lambda line: line[1]["loan_id"]) for name in files}
    heads = {name: next(stream, None) for name, stream in streams.items()}
    while loans := [head[0] for head in heads.values() if head]:
        mine = [name for name in files if heads[name] and heads[name][0] == min(loans)]
        found = {name: list(heads[name][1]) if name in mine else [] for name in files}
        heads |= {name: next(streams[name], None) for name in mine}
        yield found


def hashed(row, name, rest=b""):
    """The hash of a fact or root: SHA-256 of its fields, in their order, as canonical JSON, and of `rest`."""
    said = [row[field] for field in (*HASHED[name], *SIGNINGS) if field in row]
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode() + rest).hexdigest()


def check_loan(facts, entries, position, loan):
    """The facts are a chain, the entries come from them and add up to the position; returns the sums by account."""
    previous, last_id, sums = START, 0, Counter()
    for number, (line, fact) in enumerate(facts, start=1):
        follows = fact["previous_hash"] == previous and fact["number"] == number and fact["id"] > last_id
        if not follows or fact["hash"] != hashed(fact, FACTS):
            tell(FACTS, f"the chain breaks where fact {number} should stand", line, loan, fact["number"])
            break
        previous, last_id = fact["hash"], fact["id"]
    recorded = {fact["number"]: fact["recorded_at"] for _, fact in facts}
    for line, entry in entries:
        fits = recorded.get(entry["fact"]) == entry["recorded_at"] and entry["debit"] != entry["credit"]
        if not fits or entry["cents"] <= 0:
            tell(ENTRIES, "no entry of this fact can be so", line, loan, entry["fact"])
        sums.update({entry["debit"]: entry["cents"]})
        sums.subtract({entry["credit"]: entry["cents"]})
    line, said = position
    if said["last_fact"] != len(facts) or said["balances"] != {name: cents for name, cents in sums.items() if cents}:
        tell(POSITIONS, f"there are {len(facts)} facts, the entries come to {dict(sums)}", line, loan)
    return sums


def check_roots(roots, tips, expected):
    """Each root follows from the one before and from the facts up to it; the last is the one you hold."""
    ends, before = {}, {"hash": START, "on": "", "through": 0}
    for place, (line, root) in enumerate(roots):
        follows = root["previous_hash"] == before["hash"] and root["number"] == place + 1
        if not follows or root["on"] <= before["on"] or root["through"] < before["through"]:
            tell(ROOTS, f"root {root['number']} does not hold on to the one before it", line)
        ends |= tips[place]
        rest = "".join(f"{loan} {number} {end}\n" for loan, (number, end) in sorted(ends.items()))
        if root["loan_count"] != len(ends) or root["hash"] != hashed(root, ROOTS, f"\n{rest}".encode()):
            tell(ROOTS, f"root {root['number']} does not follow from the facts up to it, of {len(ends)} loans", line)
        before = root
    if expected and before["hash"] != expected:
        yours = next((f"root {root['number']}" for _, root in roots if root["hash"] == expected), "not among them")
        tell(ROOTS, f"the last root is not the one you hold (yours is {yours})")


def replayed(agreed, facts, entries, position, loan):
    """Work the loan's plan and book out again, by the engine of the export."""
    from money import book, quote, schedule, terms

    plan = [schedule.Instalment(**r | {"due_on": date.fromisoformat(r["due_on"])}) for r in agreed["plan"]["rows"]]
    named = ((book.FactKind(row["kind"]), date.fromisoformat(row["on"]), row) for _, row in facts)
    happened = [book.Fact(r["number"], kind, on, r["cents"], r["detail"], r["reverses"]) for kind, on, r in named]
    values = terms.Terms(**{name: quote.FIELDS[name](name, said) for name, said in agreed["terms"].items()})
    found = book.replay(values, happened, max(f.on for f in happened), tuple(map(book.Part, agreed["order"])))
    if found.version.instalments != tuple(plan):
        tell(TERMS, "the plan is not the one that terms and facts put in force", loan=loan)
    lacking, lines_of = Counter(), defaultdict(list)
    moved = [(0, each.on.isoformat(), each.debit, each.credit, each.cents) for each in found.entries]
    moved += [(line, row["on"], row["debit"], row["credit"], -row["cents"]) for line, row in entries]
    for line, on, debit, credit, cents in moved:
        key = on, *sorted((str(debit), str(credit)))
        lacking[key] += cents if key[1] == debit else -cents
        lines_of[key].append(line)
    for (on, one, other), cents in filter(lambda each: each[1], lacking.items()):
        some_of = ", ".join(str(line) for line in lines_of[on, one, other] if line) or None
        tell(ENTRIES, f"{one} / {other} on {on} differs from the replay by {cents} cents", some_of, loan)
    own = {name: getattr(found, name) for name in (*MONEY, "interest_exact")} | {"at": found.until.isoformat()}
    own["balances"] = {account: cents for account, cents in found.balances.items() if cents}
    said = position[1] | {"interest_exact": type(found.interest_exact)(position[1]["interest_exact"])}
    if wrong := [name for name, value in own.items() if said[name] != value]:
        tell(POSITIONS, f"differs from the replay: {', '.join(wrong)}", position[0], loan)


def check(folder, expected, replay):
    """All checks, told as they go; returns the counts as text."""
    manifest = next((said for _, said in lines(folder, MANIFEST)), {"counts": {}, "totals": {}, "files": {}})
    check_files(folder, manifest["files"])
    replay = tell("money/", "not run: see above first") if replay and findings else replay
    sys.path[:0] = [str(folder.resolve())] if replay else []
    roots = list(lines(folder, ROOTS))
    throughs = [root["through"] for _, root in roots]
    tips, totals, counts, not_yet, covered = defaultdict(dict), Counter(), Counter(), [], max(throughs, default=0)
    for found in by_loan(folder):
        terms, facts, entries, positions = found.values()
        counts.update({name: len(rows) for name, rows in found.items()})
        loan, *others = {row["loan"] for rows in found.values() for _, row in rows}
        if others or len(terms) != 1 or len(positions) != 1 or not facts:
            tell(TERMS, f"terms, facts, entries, position: {[*map(len, found.values())]} lines", loan=loan)
            continue
        totals.update(check_loan(facts, entries, positions[0], loan))
        for _, fact in facts:
            tips[bisect_left(throughs, fact["id"])][loan] = fact["number"], fact["hash"]
            not_yet += [f"loan {loan}, fact {fact['number']}"] if fact["id"] > covered else []
        try:
            if replay:
                replayed(terms[0][1], facts, entries, positions[0], loan)
        except Exception as error:
            tell(TERMS, f"cannot be replayed ({error!r:.160})", terms[0][0], loan)
    check_roots(roots, tips, expected)
    counted = {"loans": counts[TERMS], "facts": counts[FACTS], "entries": counts[ENTRIES], "roots": len(roots)}
    if manifest["counts"] != counted or manifest["totals"] != {a: cents for a, cents in totals.items() if cents}:
        tell(MANIFEST, f"the files hold {counted} and come to {dict(sorted(totals.items()))}")
    if not_yet:
        print(f"note: facts not yet under a root: {len(not_yet)}, the first: {not_yet[0]}")
    return ", ".join(f"{count} {name}" for name, count in counted.items())


def main():
    parser = argparse.ArgumentParser(description="Check an export of a loan office's books.")
    parser.add_argument("dir", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--root", type=str.lower, metavar="HASH", help="the newest root that you got by letter")
    parser.add_argument("--replay", action="store_true", help="work every entry and balance out again")
    options = parser.parse_args()
    if not options.dir.is_dir() or not re.fullmatch(TEXTS["hash"], START if options.root is None else options.root):
        parser.error("DIR is to be a folder, HASH 64 characters from 0 to 9 and a to f")
    sys.stdout.reconfigure(errors="backslashreplace")
    sys.dont_write_bytecode = True
    try:
        counted = check(options.dir, options.root, options.replay)
    except (OSError, MemoryError, RecursionError) as error:
        print(f"not all could be checked: {error}")
        return 2
    untied = "" if options.root else ", but without --root nothing shows that the folder was not made anew"
    print(f"{counted}: {f'{findings} findings' if findings else 'all holds'}{untied}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())

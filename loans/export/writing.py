"""Writing the export: one moment of the books into an empty folder, and a manifest of what was written."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from contextlib import nullcontext
from datetime import UTC
from pathlib import Path

from django.db import connection

import money
from config import clock
from loans.export import lines
from loans.export.lines import NotExported
from vault.backup.rows import snapshot

FORMAT = 1
ENGINE = Path(money.__file__).parent
PROGRAM = Path(__file__).with_name("verify_books.py")


class Export:
    """A folder that is being filled; `files` says what lies in it."""

    def __init__(self, folder: Path):
        self.folder, self.files, self.counts = folder, {}, Counter()

    def put(self, name: str, data: Iterable[bytes]) -> None:
        """Write a file piece by piece and remember its hash."""
        path, digest, size, breaks = self.folder / name, hashlib.sha256(), 0, 0
        path.parent.mkdir(exist_ok=True)
        with path.open("xb") as file:
            for piece in data:
                file.write(piece)
                digest.update(piece)
                size, breaks = size + len(piece), breaks + piece.count(b"\n")
        self.files[name] = {"sha256": digest.hexdigest(), "bytes": size, "lines": breaks}

    def put_lines(self, name: str, said: Iterable[lines.Line]) -> None:
        """Write a file of JSON lines and count them."""
        self.put(f"{name}.jsonl", (line(each) for each in said))
        self.counts[name] = self.files[f"{name}.jsonl"]["lines"]


def line(said: object) -> bytes:
    """`said` as one line of JSON."""
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def export_books(folder: Path) -> Counter:
    """Write the books as they are at one moment into `folder` (made when missing); returns how many of each.

    Raises NotExported when something lies in the folder or a loan has no plan, OSError when it cannot be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise NotExported(f"{folder} is not empty: an export has a folder of its own")
    export, totals = Export(folder), Counter()
    with nullcontext() if connection.in_atomic_block else snapshot():
        export.put_lines("terms", map(lines.terms_of, lines.loans()))
        export.put_lines("facts", lines.facts())
        export.put_lines("entries", _adding_up(lines.entries(), totals))
        export.put_lines("positions", lines.positions())
        export.put_lines("roots", lines.roots())
    for source in sorted(ENGINE.rglob("*.py")):
        export.put(f"money/{source.relative_to(ENGINE).as_posix()}", [source.read_bytes()])
    export.put(PROGRAM.name, [PROGRAM.read_bytes()])
    _write_manifest(export, totals)
    return export.counts


def _adding_up(entries: Iterable[lines.Line], totals: Counter) -> Iterable[lines.Line]:
    for entry in entries:
        totals[entry["debit"]] += entry["cents"]
        totals[entry["credit"]] -= entry["cents"]
        yield entry


def _write_manifest(export: Export, totals: Counter) -> None:
    """The last to be written: without it, an export is not complete."""
    engine = {name: said["sha256"] for name, said in export.files.items() if name.startswith("money/")}
    manifest = {
        "format": FORMAT,
        "made_at": clock.now().astimezone(UTC).isoformat(),
        "engine": {"sha256": hashlib.sha256(line(engine)).hexdigest()},
        "counts": {"loans": export.counts["terms"]}
        | {name: export.counts[name] for name in ("facts", "entries", "roots")},
        "totals": {account: cents for account, cents in sorted(totals.items()) if cents},
        "files": export.files,
    }
    (export.folder / "manifest.json").write_bytes(line(manifest))

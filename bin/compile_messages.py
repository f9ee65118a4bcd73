"""Compile each locale/*/LC_MESSAGES/*.po that is newer than its .mo, with Babel: no gettext tools needed."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent


def compile_catalogue(po: Path) -> bool:
    """Write the .mo beside `po`, whole or not at all; fuzzy messages are left out. False when it is fresh already."""
    mo = po.with_suffix(".mo")
    if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
        return False
    half_written = mo.with_suffix(".mo.new")
    with po.open("rb") as source, half_written.open("wb") as target:
        write_mo(target, read_po(source, abort_invalid=True))
    half_written.replace(mo)
    return True


if __name__ == "__main__":
    for po in sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po")):
        if compile_catalogue(po):
            print(f"Compiled {po.relative_to(ROOT)}")

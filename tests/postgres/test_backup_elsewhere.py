"""From PostgreSQL to SQLite and back: rows belong to no vendor."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import clock
from loans.lifecycle.ledger.audit import audit
from loans.lifecycle.lending import repayment
from tests.vault.office import everything, files_in_storage, leave_nothing, run

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def laptop(tmp_path):
    """Runs `manage.py` on a machine with a SQLite of its own and the same keys."""
    house = tmp_path / "laptop"
    elsewhere = {
        "DATABASE_URL": f"sqlite:///{house}/tremplin.sqlite3",
        "VAR_DIR": str(house),
        "STORAGE_URL": f"file://{house}/files",
    }

    def manage(*arguments):
        command = [sys.executable, "manage.py", *map(str, arguments)]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, **elsewhere}, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return manage


def test_an_office_goes_to_a_laptop_and_comes_back_the_same(committed, active, felix, laptop, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    repayment.record_payment(active, by=felix, on=clock.today(), cents=12_345, method="transfer", payer="Amina")
    before, files = everything(), files_in_storage()
    run("backup", tmp_path / "there")
    laptop("migrate", "--verbosity", "0")
    laptop("restore", tmp_path / "there")
    assert laptop("audit") == "1 loans, 0 roots: the books are whole.\n"
    laptop("backup", tmp_path / "back")
    leave_nothing()
    run("restore", tmp_path / "back")
    assert everything() == before
    assert files_in_storage() == files
    assert list(audit()) == []


WRITES_DURING_A_SNAPSHOT = """
from threading import Thread
from letters.models import Lender
from vault.backup import rows

def change():
    Lender.objects.update(name_en="Changed")
    connection.close()

with rows.snapshot():
    before = Lender.objects.get().name_en
    writer = Thread(target=change, daemon=True)
    writer.start()
    writer.join(5)
    print("waiting" if writer.is_alive() else "written", Lender.objects.get().name_en == before)
print(Lender.objects.get().name_en)
"""


def test_on_sqlite_too_nobody_waits_for_a_backup_and_it_sees_one_moment(laptop):
    laptop("migrate", "--verbosity", "0")
    laptop("furnish")
    said = laptop("shell", "--verbosity", "0", "-c", "from django.db import connection" + WRITES_DURING_A_SNAPSHOT)
    assert said.splitlines() == ["written True", "Changed"]

"""On what the figures were measured: machine, versions, and the settings of the database that matter."""

import os
import platform
import re
import sqlite3
from pathlib import Path

import django
import psycopg
from django.db import connection

POSTGRES_SETTINGS = ("server_version", "fsync", "synchronous_commit", "full_page_writes", "shared_buffers")
SQLITE_SETTINGS = ("journal_mode", "synchronous")


def described() -> dict[str, object]:
    """The machine and what runs on it, as names and values that JSON can say; of the database now in use."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cpu": _cpu(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(memory / 2**30, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "django": django.get_version(),
        **_database(),
    }


def _cpu() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    found = re.search(r"^model name\s*:\s*(.+)$", cpuinfo.read_text() if cpuinfo.exists() else "", re.MULTILINE)
    return found.group(1) if found else platform.machine()


def _database() -> dict[str, object]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return {"database": "PostgreSQL", "psycopg": psycopg.__version__} | {
                name: _answer(cursor, f"SHOW {name}") for name in POSTGRES_SETTINGS
            }
        return {"database": "SQLite", "sqlite": sqlite3.sqlite_version} | {
            name: _answer(cursor, f"PRAGMA {name}") for name in SQLITE_SETTINGS
        }


def _answer(cursor, question: str) -> object:
    cursor.execute(question)
    return cursor.fetchone()[0]

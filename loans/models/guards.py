"""The database holds the pen: triggers that refuse every change to what is written in ink.

Installed after each migration run (SQLite re-makes tables and drops triggers silently) and looked for by a system
check. Nothing in the product lifts them.
"""

from django.db import connections

GUARDED = (
    "loans_event",
    "loans_fact",
    "loans_entry",
    "loans_root",
    "loans_closing",
    "loans_decisionrecord",
    "loans_signingrecord",
    "accounts_doorevent",
    "letters_trace",
)
# Never changed; a restore into a house that was only furnished puts its own in place.
WORDED = ("loans_checklistitem", "loans_conditionwords", "loans_consenttext", "loans_reasonwords")
REFUSAL = "this table is append-only"

_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}: %', TG_TABLE_NAME; END
$$ LANGUAGE plpgsql
"""


def trigger_names(vendor, table):
    """The triggers that guard `table` on this database."""
    if vendor == "postgresql":
        return {f"{table}_rows"} if table in WORDED else {f"{table}_rows", f"{table}_truncate"}
    return {f"{table}_update", f"{table}_replace"} | (set() if table in WORDED else {f"{table}_delete"})


def install(using="default", tables=(*GUARDED, *WORDED)):
    """Put every guard in its place; a guard already there is put there afresh."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for table in present & set(tables):
            for statement in _statements(connection.vendor, table):
                cursor.execute(statement)


def missing(using="default", tables=(*GUARDED, *WORDED)):
    """The guards that should stand and do not, as sorted trigger names; tables not yet made do not count."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        standing = {name for (name,) in cursor.fetchall()}
        present = set(connection.introspection.table_names(cursor))
    wanted = {name for table in present & set(tables) for name in trigger_names(connection.vendor, table)}
    return sorted(wanted - standing)


def _statements(vendor, table):
    if vendor == "postgresql":
        yield f"DROP TRIGGER IF EXISTS {table}_rows ON {table}"
        yield f"DROP TRIGGER IF EXISTS {table}_truncate ON {table}"
        refused = "UPDATE" if table in WORDED else "UPDATE OR DELETE"
        yield f"CREATE TRIGGER {table}_rows BEFORE {refused} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        if table not in WORDED:
            yield (
                f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
        return
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}: {table}'); END"
    for name in sorted(trigger_names(vendor, table)):
        yield f"DROP TRIGGER IF EXISTS {name}"
    yield f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} {refuse}"
    if table not in WORDED:
        yield f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {refuse}"
    # REPLACE INTO deletes the old row without asking the delete trigger.
    yield (f"CREATE TRIGGER {table}_replace BEFORE INSERT ON {table} WHEN NEW.id IN (SELECT id FROM {table}) {refuse}")

"""Which version a database stands at: its migrations."""

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from vault.errors import BackupRefused


def in_step() -> list[str]:
    """The migrations of this database, as sorted "app.name".

    Raises BackupRefused unless they are those of the program that runs: rows are read and written by its models.
    """
    loader = MigrationLoader(connection)
    ours = {app for app, _ in loader.disk_migrations} | loader.unmigrated_apps
    applied = {name for name in loader.applied_migrations if name[0] in ours}
    if missing := set(loader.disk_migrations) - applied:
        raise BackupRefused(f"the database is older than the program (run `migrate`): it lacks {_listed(missing)}")
    if unknown := applied - set(loader.disk_migrations):
        raise BackupRefused(f"the database is newer than the program: it has {_listed(unknown)}")
    return sorted(map(".".join, applied))


def check_same(theirs: list[str]) -> None:
    """Raises BackupRefused, naming the difference, when a backup's migrations are not this database's."""
    ours = in_step()
    lacks, more = sorted(set(ours) - set(theirs)), sorted(set(theirs) - set(ours))
    if more:
        raise BackupRefused(f"the backup is of a newer version: it has {', '.join(more)}, which this house lacks")
    if lacks:
        raise BackupRefused(f"the backup is of an older version: it lacks {', '.join(lacks)}, which this house has")


def _listed(names):
    return ", ".join(sorted(map(".".join, names)))

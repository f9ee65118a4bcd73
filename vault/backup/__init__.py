"""The whole office in one sealed file, and back: `manage.py backup FILE`, `manage.py restore FILE`.

envelope   the file: a header and authenticated chunks
rows       what a row looks like, the same from SQLite and from PostgreSQL
taking     writes the file
reading    reads it back, checks every count and hash, opens every sealed value
restoring  puts it into an empty house
versions   which migrations a database stands at
rehearsal  when a backup was last tried
"""

from vault.backup.rehearsal import last_rehearsed

__all__ = ["last_rehearsed"]

"""Why a backup cannot be used, in words for whoever stands before an empty machine."""


class BackupRefused(Exception):
    """A backup that cannot be taken, read or restored. Its text says why and what to look at."""

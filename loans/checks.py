"""What must hold before the office may open."""

from django.core.checks import Error

from loans.models import guards


def ink_is_guarded(app_configs=None, databases=None, **kwargs):
    """Every append-only table has its triggers (asked by `check --database default`)."""
    return [
        Error(
            f"the books are not guarded: {', '.join(lacking)} missing on {using}",
            hint="run manage.py migrate: it installs the guards again",
            id="loans.E001",
        )
        for using in databases or ()
        if (lacking := guards.missing(using))
    ]

"""Gather every translatable string into locale/*/LC_MESSAGES/django.po (developers only: needs gettext)."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOT_SOURCES = ["bin", "docs", "static", "tests", "var"]


def main() -> None:
    """Run Django's makemessages with this house's options: file names without line numbers, unwrapped lines."""
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("makemessages", all=True, add_location="file", no_wrap=True, ignore_patterns=NOT_SOURCES)


if __name__ == "__main__":
    main()

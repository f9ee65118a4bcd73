"""Gather every translatable string into locale/*/LC_MESSAGES/django.po (developers only: needs gettext).

French says everything. The further languages say what applicants read (`config/languages.py`): what only the office
reads is taken out of their catalogues again, and so is what the sources have dropped.
"""

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
    from django.utils.translation import to_locale

    from config.languages import FURTHER

    django.setup()
    catalogues = [ROOT / "locale" / to_locale(language) / "LC_MESSAGES/django.po" for language in FURTHER]
    for catalogue in catalogues:
        catalogue.parent.mkdir(parents=True, exist_ok=True)
    call_command("makemessages", all=True, add_location="file", no_wrap=True, ignore_patterns=NOT_SOURCES)
    for catalogue in catalogues:
        catalogue.write_text(applicants_part(catalogue.read_text("utf-8")), "utf-8")


def applicants_part(catalogue: str) -> str:
    """The text of a .po file with its head and those messages only that stand in a source applicants read."""
    from config.languages import is_for_applicants

    head, *messages = catalogue.rstrip("\n").split("\n\n")
    kept = [message for message in messages if any(is_for_applicants(source) for source in sources_of(message))]
    return "\n\n".join([head, *kept]) + "\n"


def sources_of(message: str) -> list[str]:
    """The files named in the comments of one message of a .po file."""
    lines = [line.removeprefix("#: ") for line in message.splitlines() if line.startswith("#: ")]
    return [source for line in lines for source in line.split()]


if __name__ == "__main__":
    main()

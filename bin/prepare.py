"""What happens between the set-up and the first page: tables, furniture, static files and, in a demo, its cases."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """One process for all the commands: each start of Django costs a second."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("furnish")
    if settings.DEMO:
        call_command("demo", once=True)


if __name__ == "__main__":
    main()

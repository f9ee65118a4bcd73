"""The floor of safety: the web."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks

from loans.floor.finding import Finding


def deployment_checks_are_silent():
    told = checks.run_checks(tags=[checks.Tags.security], include_deployment_checks=True)
    if loud := sorted(
        {message.id for message in told if message.level >= checks.WARNING and not message.is_silenced()}
    ):
        sentence = f"Django's checks for a real server are not silent: {', '.join(loud)}."
        return Finding(
            "deploy", sentence, "Run `manage.py check --deploy`, which says each in words; HTTPS=1, DEBUG=0."
        )
    return None


def host_names_are_ours():
    site = urlsplit(settings.SITE_URL)
    if site.scheme == "https" and site.hostname in settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        return None
    sentence = "SITE_URL is not an https address with a host name in ALLOWED_HOSTS, or any host name is taken."
    remedy = "Set SITE_URL=https://loans.your-domain and ALLOWED_HOSTS=loans.your-domain."
    return Finding("host_names", sentence, remedy)

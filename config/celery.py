"""Work in the background: `celery -A config.celery worker`. Without a broker, tasks run at once in the same process."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("tremplin")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["letters", "loans"])
app.conf.beat_schedule = {
    "nightly": {"task": "loans.tasks.nightly", "schedule": crontab(hour=2, minute=30)},
    "make papers that wait": {"task": "loans.lifecycle.contracts.paper_making.make_waiting", "schedule": 60},
    "deliver what waits": {"task": "letters.tasks.deliver_waiting", "schedule": 60},
    "read what came back": {"task": "loans.tasks.read_bounces", "schedule": 600},
}

"""Loaded before the settings (`-p tests.environment` in pyproject.toml): no test run touches a developer's house.

Whatever .env says, the tests have a folder of their own, keys of their own and no broker; the database is SQLite unless
the environment names another.
"""

import atexit
import os
import shutil
import tempfile

if "TREMPLIN_TEST_ROOM" not in os.environ:
    os.environ["TREMPLIN_TEST_ROOM"] = tempfile.mkdtemp(prefix="tremplin-tests-")
    atexit.register(shutil.rmtree, os.environ["TREMPLIN_TEST_ROOM"], ignore_errors=True)

ROOM = os.path.join(os.environ["TREMPLIN_TEST_ROOM"], os.environ.get("PYTEST_XDIST_WORKER", "alone"))

os.environ.update(
    VAR_DIR=ROOM,
    DEMO="0",
    SMS_URL="",
    LETTERS_TOLD_SECRET="",
    BOUNCES_URL="",
    DEBUG="0",
    HTTPS="0",
    SITE_URL="http://127.0.0.1:8000",
    ALLOWED_HOSTS="127.0.0.1,localhost",
    SECRET_KEY="only-for-tests-and-long-enough-to-please-the-checks",
    VAULT_KEYS="1=" + "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk=",
    VAULT_LOOKUP_KEY="only-for-tests-only-for-tests-only-for-tests",
    CACHE_URL="locmemcache://",
    STORAGE_URL=f"file://{ROOM}/files",
    CELERY_BROKER_URL="",
    CLAMAV_URL="",
    SIGNING_CERTIFICATE="",
    TSA_URL="",
    OFFICE_TIME_ZONE="America/Toronto",
)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{ROOM}/tremplin.sqlite3")

"""The one settings file: every value that differs between two houses comes from the environment."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.languages import NAMES

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

# --- What kind of house this is -----------------------------------------------------------------
DEMO = env.bool("DEMO", False)  # prints sign-ins, opens the mail room on loopback
DEBUG = env.bool("DEBUG", False)
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
for room in ("mail", "files", "static"):
    (VAR_DIR / room).mkdir(parents=True, exist_ok=True)

# --- Secrets ------------------------------------------------------------------------------------
SECRET_KEY = env.str("SECRET_KEY")
VAULT_KEYS = env.dict("VAULT_KEYS")  # version=key, ...: 32 bytes each, urlsafe base64; the highest version seals
VAULT_ELSEWHERE = ["accounts.second_factor.reseal"]  # what lies sealed in other people's tables
VAULT_LIVED_IN = ["accounts.User", "loans.Application", "loans.Event"]  # a row here: nothing is restored over it
VAULT_LOOKUP_KEY = env.str("VAULT_LOOKUP_KEY")  # keyed-hash look-ups; never rotated without `manage.py rekey`

# --- Web ----------------------------------------------------------------------------------------
HTTPS = env.bool("HTTPS", not DEMO)
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", 31_536_000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = bool(SECURE_HSTS_SECONDS)
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
CSRF_FAILURE_VIEW = "accounts.views.errors.expired_form"
SILENCED_SYSTEM_CHECKS: list[str] = []

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# --- Rooms --------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "config",
    "vault",
    "letters",
    "accounts",
    "applicants",
    "loans",
    "reports",
]

MIDDLEWARE = [
    "config.headers.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.compression.CompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "letters.middleware.OfferedLanguagesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.PersonalPagesMiddleware",
    "config.large_requests.LargeRequestsMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "accounts.middleware.LanguageSwitchMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "letters.context.house",
                "accounts.context.menu",
                "loans.context.safety",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "letters.templatetags.words"],
        },
    }
]

# --- Data ---------------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'tremplin.sqlite3'}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA recursive_triggers=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache("CACHE_URL", default="dbcache://cache")}
SESSION_ENGINE = "accounts.sessions"

STORAGE_URL = env.str("STORAGE_URL", f"file://{VAR_DIR / 'files'}")
if not STORAGE_URL.startswith("file://"):
    raise ImproperlyConfigured("STORAGE_URL: only file:///a/folder is known today")
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": STORAGE_URL.removeprefix("file://"), "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CLAMAV_URL = env.str("CLAMAV_URL", "")  # papers are looked at for viruses before they are kept; empty: they are not
# Whoever may sign PDFs in the lender's name (PKCS#12 with key and chain), and an authority for time stamps (RFC 3161)
SIGNING_CERTIFICATE = env.str("SIGNING_CERTIFICATE", "")  # path; empty: agreements carry no digital signature
SIGNING_PASSPHRASE = env.str("SIGNING_PASSPHRASE", "")
TSA_URL = env.str("TSA_URL", "")
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]

# --- Words --------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = list(NAMES.items())  # each by its own name; those on offer: letters.languages
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
TIME_ZONE = env.str("OFFICE_TIME_ZONE", "America/Toronto")
USE_TZ = True
USE_I18N = True

# --- Mail and work in the background ------------------------------------------------------------
vars().update(env.email("EMAIL_URL", default="filemail://"))
EMAIL_FILE_PATH = env.str("EMAIL_FILE_PATH", str(VAR_DIR / "mail"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("MAIL_FROM", "loans@localhost")
# What became of our mails: a provider tells us, signed with this secret; or they come back to a mailbox. Empty: neither
LETTERS_TOLD_SECRET = env.str("LETTERS_TOLD_SECRET", "")
BOUNCES_URL = env.str("BOUNCES_URL", "")  # maildir:///folder or imaps://user:password@host/INBOX (letters.bounce_box)
# Text messages: empty is none; file:///folder; https://token@gateway/path (letters.texts says what it is sent)
SMS_URL = env.str("SMS_URL", f"file://{VAR_DIR / 'texts'}" if DEMO else "")
SMS_PREFIXES = env.list("SMS_PREFIXES", default=["+1"])  # numbers a text is sent to; empty: all. Dear ones are abused
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", "")
CELERY_TASK_ALWAYS_EAGER = not CELERY_BROKER_URL
CELERY_TASK_EAGER_PROPAGATES = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 5}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # the worker's log is written by config.logs too

# --- People -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home_for_me"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
ACCOUNT_FORMS = {
    "signup": "accounts.forms.SignUpForm",
    "request_login_code": "accounts.forms.SignInForm",
    "confirm_login_code": "accounts.forms.SignInCodeForm",
    "confirm_email_verification_code": "accounts.forms.SignUpCodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = {
    "numeric": True,
    "dashed": False,
    "length": 6,
}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_PREVENT_ENUMERATION = True
# Tries: so many in so long, for one client (ip), for one address or session (key). A library or a class shares one ip,
# so those are wide. What may be guessed is narrow: three tries a code, thirty codes a day, that is 90 guesses a day
# among a million codes at one address (NIST SP 800-63B, 5.2.2, draws the line at 100 in a row).
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_RATE_LIMITS = {
    "sign_in": "20/m/ip,200/h/ip,5/10m/key,30/d/key",  # asking for a code; ours, counted by accounts.limits
    "request_login_code": None,  # the library's own count of the same, which would answer without 429.html
    "signup": "20/m/ip,100/h/ip",
    "confirm_email": "1/10s/key,10/h/key",  # the letters that this sends to one address
    "code": "60/5m/ip,10/5m/key",  # typing a code, also when many do it at once in one session; ours
    "login_failed": "30/5m/ip,5/5m/key",  # the second factor
    "reauthenticate": "10/m/user",
    "passkey": "30/m/ip",  # showing a passkey: nothing that could be guessed
    "lost_email": "10/h/ip,3/d/key",  # asking the office for help, for one address
    "phone": "20/h/ip,5/h/key",  # texts with a code to one number
    "phone_code": "10/5m/key",  # typing that code; each code has five tries besides
    "really_us": "20/m/ip,200/d/ip",  # asking whether a message is ours: among 10^12 codes that finds nobody's
    "call_back": "20/h/ip,5/h/key",  # asking to be called, by client and by the number that was typed; ours
    "verify": "20/m/ip,200/d/ip",  # asking whether an agreement is genuine: among 10^18 codes that finds nobody's
    "letters_told": "600/m/ip",  # a provider telling what became of our mails; each is signed
    "complaint": "20/h/ip,5/h/key",  # telling what went wrong, counted in the same way; ours
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0  # whose X-Forwarded-For is believed, counted from the right
CALL_BACK_DAYS = max(env.int("CALL_BACK_DAYS", 2), 1)  # business days within which the office promises to call
COMPLAINT_DAYS = max(env.int("COMPLAINT_DAYS", 30), 1)  # days within which the office promises to answer a complaint
BANK_CHANGE_DAYS = max(env.int("BANK_CHANGE_DAYS", 7), 1)  # days before money moves by other bank details than before
NUMBER_ENDS_DAYS = env.list("NUMBER_ENDS_DAYS", int, [60, 14])  # before a social insurance number ends: when to ask
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Tremplin"
RECOVERY_WAIT_HOURS = env.int("RECOVERY_WAIT_HOURS", 48)  # before a new address, written down by the office, opens

# --- Logs: no personal data, one line each ------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "config.logs.Discreet"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": []},  # nothing by mail: Django's own would tell variables and what was sent
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "celery.app.trace": {"level": "WARNING"},
        "fido2": {"level": "WARNING"},  # it would tell which passkey was shown
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "WARNING"},
        "pyhanko": {"level": "ERROR"},
        "pikepdf": {"level": "CRITICAL"},  # it would tell what stands in a file
    },
}

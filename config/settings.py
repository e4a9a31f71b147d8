"""Settings, read top to bottom; what differs between places comes from the environment.

Secrets may come from files: SECRET_KEY_FILE, DATABASE_URL_FILE, EMAIL_URL_FILE and so on.
`docs/deployment.md` lists the variables.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()


def required_in_production(name: str, development: str) -> str:
    """The variable's value; in development its harmless default, in production a sentence."""
    value = env.str(name, default="")
    if value:
        return str(value)
    if DEBUG:
        return development
    message = f"{name} is not set. With DEBUG off the product does not start without it."
    raise SystemExit(message)


# --- where we are --------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
SECRET_KEY = required_in_production("SECRET_KEY", "development-only-" + "0123456789" * 5)
HOSTS = required_in_production("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver")
ALLOWED_HOSTS = [host.strip() for host in HOSTS.split(",") if host.strip()]
PORT = env.int("PORT", default=8000)
BASE_URL = env.str("BASE_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
IS_SECURE = BASE_URL.startswith("https://")
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=["127.0.0.1"])

# --- applications --------------------------------------------------------------------------------
INSTALLED_APPS = [
    "council",
    "sessions",
    "elections",
    "resolutions",
    "portal",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "crispy_forms",
    "crispy_bootstrap5",
    "axes",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "council.web.input_guard.InputGuardMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "council.web.language.LanguageMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "council.web.privacy.PrivateByDefaultMiddleware",
    "council.web.rulebook.FreshRulebookMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "council.web.context.site",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": ["council.templatetags.nt", "template_partials.templatetags.partials"],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

# --- database ------------------------------------------------------------------------------------
SQLITE_URL = f"sqlite:///{DATA_DIR / 'nghitruong.sqlite3'}"
DATABASES = {"default": env.db("DATABASE_URL", default=SQLITE_URL)}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a writer takes the lock at BEGIN, so a service that reads, then writes, never
    # fails half way with "database is locked"; select_for_update means nothing on SQLite.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
            "PRAGMA foreign_keys=ON;PRAGMA secure_delete=ON;"
        ),
    }
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- cache ---------------------------------------------------------------------------------------
CACHES = {"default": env.cache("CACHE_URL", default=f"filecache://{DATA_DIR / 'cache'}")}
PAGES_STAMP = DATA_DIR / "pages.stamp"
"""Renewed when published pages change; the layer before Django looks at it (portal.web)."""

# --- the first screen: each app's part of "what do I do next?" (council.rules.work) ---------------
WORK_SOURCES = [
    "council.queries.rulebook_work",
    "sessions.queries.work.work_for",
    "elections.queries.work.work_for",
    "resolutions.queries.work.work_for",
    "resolutions.queries.session_text_work.work_for",
    "resolutions.queries.notice_work.work_for",
]

# --- law: after how many seconds a process reads again what administrators approved; 0: never -----
RULEBOOK_REFRESH_SECONDS = env.int("RULEBOOK_REFRESH_SECONDS", default=60)

# --- people and passwords ------------------------------------------------------------------------
AUTH_USER_MODEL = "council.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "council:login"
LOGIN_REDIRECT_URL = "council:home"
LOGOUT_REDIRECT_URL = "portal:home"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "council/locked_out.html"
AXES_VERBOSE = False

# --- security ------------------------------------------------------------------------------------
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_NAME = "__Host-nt" if IS_SECURE else "nt"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "council.views.errors.csrf_failure"
SECURE_SSL_REDIRECT = IS_SECURE
SECURE_HSTS_SECONDS = 31_536_000 if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_MAX_BYTES = env.int("UPLOAD_MAX_BYTES", default=100 * 1024 * 1024)
# A folder into which a scanner writes: SCAN_FOLDER/<number of the poll>/*.pdf; empty: none watched.
SCAN_FOLDER = env.str("SCAN_FOLDER", default="")

# --- electronic signatures ------------------------------------------------------------------------
# An RFC 3161 server (empty: signatures without a time stamp) and all the seconds it gets.
TSA_URL = env.str("TSA_URL", default="")
TSA_SECONDS = env.float("TSA_SECONDS", default=8.0)
# A PKCS#11 module on the server, the token's label; each certificate names its key.
PKCS11_MODULE = env.str("PKCS11_MODULE", default="")
PKCS11_TOKEN = env.str("PKCS11_TOKEN", default="")
# Whether issuers are asked for revocation data while a document is published (outgoing HTTP).
SIGNING_FETCH_REVOCATION = env.bool("SIGNING_FETCH_REVOCATION", default=False)

# --- language, time ------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# --- files ---------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(DATA_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
# Private: files are served by views that ask for the right, never by their own address.
MEDIA_ROOT = DATA_DIR / "files"
MEDIA_URL = ""
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG

# The search index: derived, kept by each node for itself on a local disk; `manage.py reindex`.
SEARCH_DIR = Path(env.str("SEARCH_DIR", default=str(DATA_DIR / "search"))).resolve()

# --- mail ----------------------------------------------------------------------------------------
# Without a server (and in production) readers are not offered letters that nobody would get.
MAIL_IS_CONFIGURED = DEBUG or bool(env.str("EMAIL_URL", default=""))
EMAIL_CONFIG = env.email("EMAIL_URL", default=f"filemail:///{DATA_DIR / 'mail'}")
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_HOST = EMAIL_CONFIG.get("EMAIL_HOST", "")
EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = EMAIL_CONFIG.get("EMAIL_FILE_PATH", "")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Nghị Trường <khong-tra-loi@localhost>")

# --- work in the background ----------------------------------------------------------------------
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="embedded://localhost")
BROKER_KIND = CELERY_BROKER_URL.partition(":")[0]
# Installations that share a broker each take a queue of their own.
CELERY_TASK_DEFAULT_QUEUE = env.str("CELERY_QUEUE", default="nghitruong")
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # the worker waits for its broker as long as it takes
# Who announces work does not wait: the Job row is written, and the sweeper announces it again.
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
    "max_retries": 1,
    "interval_start": 0,
    "interval_max": 0.1,
}
if BROKER_KIND == "embedded":
    CELERY_BROKER_TRANSPORT_OPTIONS |= {"folder": str(DATA_DIR / "broker")}
elif BROKER_KIND in {"redis", "rediss"}:
    # A killed worker's message comes again after this many seconds; longer than any task.
    CELERY_BROKER_TRANSPORT_OPTIONS |= {"visibility_timeout": 300, "socket_connect_timeout": 2}
elif BROKER_KIND in {"amqp", "amqps"}:
    CELERY_BROKER_TRANSPORT_OPTIONS |= {"confirm_publish": True}
CELERY_TASK_IGNORE_RESULT = True  # the Job row is the truth, not a result backend
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 270
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_ENABLE_REMOTE_CONTROL = BROKER_KIND != "embedded"
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "announce lost jobs again": {"task": "council.sweep_jobs", "schedule": 15.0},
    "check approved texts": {"task": "resolutions.follow_facts", "schedule": 60.0},
    "follow the search feed": {"task": "portal.follow_search", "schedule": 10.0},
    "follow published objects": {"task": "portal.follow_restless", "schedule": 300.0},
    "sweep parts of uploads": {"task": "sessions.sweep_uploads", "schedule": 1800.0},
    "send letters": {"task": "portal.send_letters", "schedule": 60.0},
    "forget who did not confirm": {"task": "portal.sweep_subscriptions", "schedule": 3600.0},
}
if SCAN_FOLDER:
    CELERY_BEAT_SCHEDULE["take scans"] = {"task": "elections.take_scans", "schedule": 10.0}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # Answered with 400; a traceback for each scanner's nonsense would only hide what matters.
    "loggers": {
        "django.security.SuspiciousOperation": {"level": "CRITICAL"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "axes": {"level": "WARNING"},
    },
}

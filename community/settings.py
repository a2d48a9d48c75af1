"""One settings file. Every variable is read once, by name (also as <NAME>_FILE).

Order: where we are · secrets · apps · middleware · database · live · work ·
mail · sign-in · language · static · security · limits and terms · logging.
"""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environ
import structlog
from cryptography.fernet import Fernet
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

env = environ.FileAwareEnv()

# Where we are
BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
PORT = env.int("PORT", default=8000)
SITE_URL = env.str("SITE_URL", default=f"http://localhost:{PORT}").rstrip("/")
SITE_NAME = env.str("SITE_NAME", default="Ruggespraak")
SITE_TAGLINE = _("Think it over together, then act.")
ORGANISATION = env.str("ORGANISATION", default="")
PRIVACY_CONTACT = env.str("PRIVACY_CONTACT", default="")
_site = urlsplit(SITE_URL)
HTTPS = _site.scheme == "https"
SITE_ORIGINS = [SITE_URL] if HTTPS else [SITE_URL, f"http://localhost:{PORT}", f"http://127.0.0.1:{PORT}"]
ALLOWED_HOSTS = [_site.hostname] if HTTPS else [_site.hostname, "localhost", "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = SITE_ORIGINS
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
CLOCK_AHEAD = env.int("CLOCK_AHEAD", default=0) if DEMO else 0  # seconds
RATE_LIMITS = not (DEMO and env.str("RATE_LIMITS", default="on") == "off")


# Secrets
def _kept(name: str, make) -> str:
    """A secret from the environment, or made once and kept in DATA_DIR."""
    if value := env.str(name, default=""):
        return value
    place = DATA_DIR / name.lower()
    if not place.exists():
        place.touch(mode=0o600)
        place.write_text(make())
    return place.read_text().strip()


SECRET_KEY = _kept("SECRET_KEY", lambda: secrets.token_urlsafe(64))
SEAL_KEY = _kept("SEAL_KEY", lambda: Fernet.generate_key().decode())

# Apps
INSTALLED_APPS = [
    "daphne",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "channels",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "accounts",
    "accounts.research",
    "forums",
    "forums.cases",
    "forums.moderation",
    "events",
    "events.chat",
    "community",
]
ASGI_APPLICATION = "community.asgi.application"
ROOT_URLCONF = "community.urls"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "community.rendering.FieldRenderer"
CSRF_FAILURE_VIEW = "community.views.errors.csrf_failure"

# Middleware
MIDDLEWARE = [
    "community.middleware.timing",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "community.middleware.headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "community.middleware.bounds",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "community.middleware.language",
    "community.middleware.legible",
    "community.middleware.SignInRequired",
    "community.middleware.admission",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "community.middleware.patience",
]
LOADERS = ("filesystem", "app_directories")
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("community.rendering.Loader", [f"django.template.loaders.{kind}.Loader" for kind in LOADERS])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Database: SQLite on one machine, PostgreSQL when the community outgrows it.
# The threads of `community.handler` stay, and each keeps its connection; on PostgreSQL there is a pool of them.
if env.str("DATABASE_URL", default=""):
    DATABASES = {"default": env.db_url("DATABASE_URL")}
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 2, "max_size": 6, "timeout": 10}}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "community.sqlite3",
            "CONN_MAX_AGE": 600,  # seconds
            "TEST": {"NAME": DATA_DIR / "test.sqlite3"},  # in memory, threads would not wait for each other
            "OPTIONS": {
                "timeout": 20,  # seconds
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    }

# Live
REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    # The pub/sub layer: the queue layer drops in silence. Without `socket_timeout` None
    # the client would drop every idle listener after 5 s.
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_timeout": None}]},
        }
    }
    CACHES = {"default": {"BACKEND": "community.cache.CalmRedisCache", "LOCATION": REDIS_URL}}
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
LIVE = {
    "beat": 5,  # seconds between looks for lost wake-ups
    "sessions": 15,  # seconds between checks that sessions still exist
    "silence": 25,  # seconds after which an empty frame says that the line is alive
    "ring": 200,  # events kept ready per open room
    "frame": 200,  # events in one frame
    "unsent": 1024 * 1024,  # bytes waiting per socket
    "sockets": 10,  # per person
    "openings": 30,  # per person and minute
}

# Work that is due
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# Mail
EMAIL_FROM = env.str("EMAIL_FROM", default=f"{SITE_NAME} <noreply@{_site.hostname}>")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = EMAIL_FROM
EMAIL_TIMEOUT = 20  # seconds
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))

# Sign-in: a mailed code, a passkey or a password; nobody signs up without an invitation.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # signing up is closed; the sign-in form takes its password from here
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "request_login_code": "accounts.forms.RequestCodeForm",
    "confirm_login_code": "accounts.forms.LoginCodeForm",
    "reset_password": "accounts.forms.ForgotPasswordForm",
    "reset_password_from_key": "accounts.forms.NewPasswordForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.FirstPasswordForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "add_email": "accounts.forms.NewAddressForm",
}
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # seconds
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # whoever's way of signing in changes hears it
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True  # one address at a time; the new one counts after its code
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = None  # asked each time, see accounts/stay.py
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # seconds
ACCOUNT_USER_DISPLAY = "accounts.adapter.display"
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "request_login_code": "60/m/ip,5/m/key,20/d/key",
    "reset_password": "60/m/ip,5/m/key,20/d/key",
    "confirm_email": "5/m/key,20/d/key",
}
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
if not RATE_LIMITS:
    ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an address was proven by its invitation or its code
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # passkeys are tried on http://localhost
MFA_TOTP_ISSUER = SITE_NAME
USERSESSIONS_TRACK_ACTIVITY = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600  # seconds, where "remember me" was ticked
SESSION_IDLE = 12 * 3600  # seconds, elsewhere
SESSION_IDLE_STAFF = 8 * 3600  # seconds

# Language and time
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LOCALE_PATHS = [BASE_DIR / "community" / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

# Static files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "files"}},
    "staticfiles": {"BACKEND": "community.static.HashedStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 3600
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440  # bytes
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
REQUEST_MAX_SIZE = 110 * 1024 * 1024  # bytes, with files

# Files that members add: outside all that a web server gives away
UPLOADS_DIR = DATA_DIR / "uploads"
FILE_UPLOAD_PERMISSIONS = 0o600

# Limits: verb -> list of (times, seconds)
LIMITS = {
    "topic": [(1, 15), (20, 86_400)],
    "case": [(5, 60), (20, 86_400)],
    "reply": [(1, 5), (200, 86_400)],
    "edit": [(30, 86_400)],
    "react": [(40, 60), (1_000, 86_400)],
    "mentions": [(120, 60)],
    "upload": [(10, 60)],
    "upload_bytes": [(100 * 1024 * 1024, 86_400)],
    "report": [(20, 86_400)],
    "invite": [(50, 86_400)],
    "code": [(5, 60), (20, 86_400)],
    "stepup": [(10, 900)],
    "invitation": [(30, 60)],
    "check": [(80, 60), (3_000, 86_400)],
    "chat": [(5, 5), (30, 60)],
    "chat_vote": [(30, 60)],
    "socket": [(30, 60)],
    "search": [(30, 60)],
    "request": [(300, 60)],
}
# Terms: how long things are kept, in days unless the name says otherwise
TERMS = {
    "invitation_valid": 14,
    "invitation_kept": 30,
    "chat_after_last_session": 90,
    "circle_after_last_session": 730,
    "needs_after_event": 14,
    "drafts": 60,
    "versions_hours": 24,
    "mail_sent": 30,
    "case_round": 3,
    "case_closes": 90,
    "follow_up_again": 14,
    "replies_after_withdrawal": 7,
    "reporters": 30,  # after the decision
    "reports": 365,
    "audit": 730,
}
AGREEMENTS_VERSION = 2  # the first wording that asks what the newest one asks: who accepted it is not asked again

# Logging: JSON, UTC, keys only
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(),
            "foreign_pre_chain": [
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.format_exc_info,
            ],
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "ruggespraak": {"level": "INFO"},
        "django": {"level": "WARNING", "handlers": ["console"], "propagate": False},
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "CRITICAL"},  # they name the address, which may be a secret one
        "daphne": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},
    },
}

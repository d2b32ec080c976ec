"""The settings of a deployment, read from the environment; the README lists every variable."""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from trustbook.lib.encryption import MasterKeys
from trustbook.lib.env import Env, database, email
from trustbook.lib.made_once import made_once, private_folder

env = Env(os.environ)
BASE_DIR = Path(__file__).resolve().parent.parent
PRODUCTION = env.flag("TRUSTBOOK_PRODUCTION")
DEBUG = env.flag("TRUSTBOOK_DEBUG") and not PRODUCTION
PORT = env.number("PORT", 8000)

# Folders ----------------------------------------------------------------------------------------
DATA_DIR = private_folder(env.path("TRUSTBOOK_DATA_DIR", BASE_DIR / "var"))
CONTENT_DIRS = [
    Path(folder).absolute()
    for folder in env.text("TRUSTBOOK_CONTENT_DIR", str(BASE_DIR / "content")).split(os.pathsep)
]
LEGAL_DIR = env.path("TRUSTBOOK_LEGAL_DIR", BASE_DIR / "content" / "legal")
# Where the program can be read: the page of promises leads from each test to its file.
SOURCE_URL = env.text("TRUSTBOOK_SOURCE_URL").rstrip("/")
SHOW_DRAFTS = not PRODUCTION
# What was erased, by random ids, outside both databases; best on a disk that outlives this one.
LEDGER = env.path("TRUSTBOOK_LEDGER", DATA_DIR / "erased.log")
# Where `manage.py backup` writes: the main database and, best on another machine, the keys.
BACKUP_DIR = env.text("TRUSTBOOK_BACKUP_DIR")
BACKUP_KEYS_DIR = env.text("TRUSTBOOK_BACKUP_KEYS_DIR")

# Secrets and services ---------------------------------------------------------------------------
if PRODUCTION:
    SECRET_KEY = env.required("SECRET_KEY")
    master_keys = env.required("TRUSTBOOK_MASTER_KEYS")
    ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or [env.required("ALLOWED_HOSTS")]
    database_url = env.required("DATABASE_URL")
    keys_database_url = env.required("KEYS_DATABASE_URL")
    email_url = env.required("EMAIL_URL")
    if env.missing:
        raise ImproperlyConfigured(
            f"TRUSTBOOK_PRODUCTION=1 needs these variables, which are not set: "
            f"{', '.join(env.missing)}. The README says what each of them is."
        )
else:
    SECRET_KEY = env.text("SECRET_KEY") or made_once(DATA_DIR / "secret_key", get_random_secret_key)
    master_keys = env.text("TRUSTBOOK_MASTER_KEYS") or made_once(
        DATA_DIR / "master_keys", MasterKeys.make
    )
    ALLOWED_HOSTS = [*env.words("ALLOWED_HOSTS"), "localhost", "127.0.0.1", "[::1]"]
    database_url = env.text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'trustbook.sqlite3'}")
    keys_database_url = env.text("KEYS_DATABASE_URL", f"sqlite:///{DATA_DIR / 'keys.sqlite3'}")
    email_url = env.text("EMAIL_URL")

# Where the public pages say that they are, to search engines and in links that are passed on.
_named = [host.lstrip(".") for host in ALLOWED_HOSTS if host != "*"]
SITE_ORIGIN = f"https://{_named[0]}" if PRODUCTION and _named else f"http://localhost:{PORT}"

# Where somebody is taken who leaves quickly: a site that nobody wonders about.
EXIT_URL = env.url(
    "TRUSTBOOK_EXIT_URL",
    "https://www.bbc.co.uk/weather",
    *(("https",) if PRODUCTION else ("https", "http")),
)

SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
try:
    MASTER_KEYS = MasterKeys.parse(master_keys)
except ValueError as error:
    raise ImproperlyConfigured(f"TRUSTBOOK_MASTER_KEYS cannot be used: {error}.") from None

if database_url == keys_database_url:
    raise ImproperlyConfigured(
        "DATABASE_URL and KEYS_DATABASE_URL name the same database. The keys need one of their "
        "own: a backup of both in one would keep a deleted key as long as the answers."
    )
DATABASES = {"default": database(database_url), "keys": database(keys_database_url)}
DATABASE_ROUTERS = ["trustbook.accounts.keys.router.KeysRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        # Rate limits live here, so all workers must share it; with many machines as well.
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "KEY_FUNCTION": "trustbook.lib.cache_keys.hidden",
    }
}

if email_url:
    globals().update(email(email_url))
else:
    EMAIL_BACKEND = "trustbook.lib.mail.ConsoleAndFileBackend"
    DEFAULT_FROM_EMAIL = "trustbook@localhost"
EMAIL_SUBJECT_PREFIX = ""

# The house --------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "trustbook.lib.outbox",
    "trustbook.accounts.keys",
    "trustbook.accounts",
    "lessons",
    "exercises",
    "trustbook.privacy",
    "trustbook.reminders",
]
MIDDLEWARE = [
    "lessons.public.PublicPages",
    "trustbook.lib.headers.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Adds a random number of bytes: the length of a compressed page must not tell what is in it.
    "django.middleware.gzip.GZipMiddleware",
    "trustbook.accounts.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "trustbook.accounts.middleware.AuthenticationMiddleware",
    "trustbook.accounts.middleware.LoginRequiredMiddleware",
    "exercises.answering.deleting.PurgeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "trustbook.accounts.reauthentication.ReauthenticationMiddleware",
]
if not PRODUCTION:
    MIDDLEWARE.insert(0, "trustbook.lib.localhost.LocalhostMiddleware")
ROOT_URLCONF = "trustbook.urls"
WSGI_APPLICATION = "trustbook.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "trustbook.accounts.discreet.context",
            ]
        },
    }
]
# Forms are drawn by templates/django/forms/, so that {{ form }} has our labels and errors.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Language and time ------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

# Static files -----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "trustbook.lib.bundles.BundleFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
BUNDLES = {
    "site.css": ["css/tokens.css", "css/base.css", "css/components.css", "css/pages.css"],
    "workbook.js": [
        "js/prompt.js",
        "js/owner.js",
        "js/conflict.js",
        "js/autosave.js",
        "js/rows.js",
        "js/steps.js",
        "js/counter.js",
        "js/then_and_now.js",
        "js/place.js",
        "js/footnotes.js",
    ],
    "page.js": ["js/settings.js", "js/exit.js", "js/cover.js", "js/idle.js"],
    "reading.js": ["js/footnotes.js"],
    "lesson_editor.js": ["js/preview.js"],
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION

# Who may come in --------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "trustbook.accounts.passwords.SiteWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workbook:today"
SESSION_ENGINE = "trustbook.accounts.sessions"
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "trustbook.accounts.kept.csrf_failure"

ACCOUNT_ADAPTER = "trustbook.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "trustbook.accounts.forms.SignupForm",
    "login": "trustbook.accounts.wording.LoginForm",
    "add_email": "trustbook.accounts.wording.AddEmailForm",
    "change_password": "trustbook.accounts.wording.ChangePasswordForm",
    "reset_password": "trustbook.accounts.wording.ResetPasswordForm",
    "reset_password_from_key": "trustbook.accounts.wording.ResetPasswordKeyForm",
}
MFA_ADAPTER = "trustbook.accounts.second_step.MFAAdapter"
MFA_FORMS = {
    "activate_totp": "trustbook.accounts.wording.ActivateTOTPForm",
    "authenticate": "trustbook.accounts.wording.AuthenticateForm",
    "add_webauthn": "trustbook.accounts.passkeys.AddWebAuthnForm",
    "authenticate_webauthn": "trustbook.accounts.passkeys.AuthenticateWebAuthnForm",
    "login_webauthn": "trustbook.accounts.passkeys.LoginWebAuthnForm",
    "reauthenticate_webauthn": "trustbook.accounts.passkeys.ReauthenticateWebAuthnForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Without a mail server nobody could answer a verification mail; in production it is mandatory,
# which also keeps sign-up from telling whether an address has an account.
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if PRODUCTION else "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGOUT_REDIRECT_URL = "lessons:landing"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_NOTIFICATIONS = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTBOOK_PROXIES", 0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "trustbook"
# Without a mail server no address gets confirmed, which allauth wants before a second step.
MFA_ALLOW_UNVERIFIED_EMAIL = not PRODUCTION
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

# What a browser may do with a page --------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# More headers, on every answer: trustbook/lib/headers.py.
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
WHITENOISE_ALLOW_ALL_ORIGINS = False
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
else:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "session", "csrf"

# What a request may carry: a page of answers, never a file --------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
FILE_UPLOAD_HANDLERS: list[str] = []

# Logs say which code failed where, never what was written or by whom ----------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"reticent": {"()": "trustbook.lib.logs.Reticent"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "reticent"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Both have handlers of Django's own otherwise: mail to ADMINS, a line for each request.
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
DEFAULT_EXCEPTION_REPORTER = "trustbook.lib.logs.Reporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "trustbook.lib.logs.NoValues"
SILENCED_SYSTEM_CHECKS: list[str] = []

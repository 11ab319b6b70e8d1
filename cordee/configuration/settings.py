"""Settings. Everything that differs between installations comes from the environment (see docs/installation.md)."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pgtrigger

from cordee.socle import postgres, secrets_locaux

RACINE = Path(__file__).resolve().parent.parent.parent
PRODUCTION = os.environ.get("CORDEE_ENV") == "production"
CORDEE_HOME = secrets_locaux.dossier_cordee()
# « cordee demo » leaves a mark; without it nothing says that the people are invented, and no account is offered.
MARQUE_DEMO = CORDEE_HOME / "demonstration"
MODE_DEMO = not PRODUCTION and os.environ.get("CORDEE_DEMO", "1" if MARQUE_DEMO.exists() else "0") == "1"

if PRODUCTION and os.environ.get("CORDEE_MAINTENANT"):
    sys.exit("CORDEE_MAINTENANT fixe l'horloge : interdit en production.")

DEBUG = False
SECRET_KEY = secrets_locaux.cle_django()
ALLOWED_HOSTS = os.environ.get("CORDEE_HOTES", "127.0.0.1,localhost,[::1],testserver").split(",")
# Where people reach the site, as letters and messages print it; without it they carry no link.
URL_PUBLIQUE = os.environ.get("CORDEE_URL", "http://127.0.0.1:8000" if MODE_DEMO else "")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("CORDEE_ORIGINES", "").split(",") if o]

INSTALLED_APPS = [
    "cordee.socle",
    "cordee.territoires",
    "cordee.metier.organismes",
    "cordee.metier.personnes",
    "cordee.metier.prestations",
    "cordee.metier.parcours",
    "cordee.metier.courriers",
    "cordee.metier.rendezvous",
    "cordee.metier.orientation",
    "cordee.metier.suivi",
    "cordee.metier.contrats",
    "cordee.metier.devoirs",
    "cordee.metier.participation",
    "cordee.pilotage",
    "cordee.echanges.fichiers",
    "cordee.echanges.caf",
    "cordee.echanges.partenaires",
    "cordee.echanges.contacts",
    "cordee.echanges.guichet",
    "cordee.echanges.messagerie",
    "cordee.web",
    "cordee.web.composants",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "cordee.web.socle.middleware.DureeDuServeur",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cordee.web.comptes.second_facteur.SecondFacteur",
    "cordee.web.socle.middleware.EntetesConfidentialite",
    "cordee.web.socle.middleware.AccesDeclare",
    "cordee.web.socle.middleware.ErreursMetier",
]

ROOT_URLCONF = "cordee.web.urls"
WSGI_APPLICATION = "cordee.configuration.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [RACINE / "cordee" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cordee.web.socle.contexte.cordee",
            ],
        },
    },
]


REGLAGES = {
    "lock_timeout": "20s",
    "idle_in_transaction_session_timeout": "5min",
    # A page reads a few milliseconds of rows that are in memory: compiling its plan, or reading whole tables because a
    # disk would be slow to seek, costs more than the page. Said here so that a server of somebody else's holds it too.
    "jit": "off",
    "random_page_cost": "1.1",
}
"""Of every session, whatever the server."""


def base_de_donnees(url: str) -> dict[str, Any]:
    """A ``DATABASE_URL`` (postgresql://user:password@host:port/name?host=/socket) as Django wants it."""
    morceaux = urlsplit(url)
    options = {cle: valeurs[-1] for cle, valeurs in parse_qs(morceaux.query).items()}
    hote = options.pop("host", None) or (unquote(morceaux.hostname) if morceaux.hostname else "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(morceaux.path.lstrip("/")) or "cordee",
        "USER": unquote(morceaux.username or ""),
        "PASSWORD": unquote(morceaux.password or ""),
        "HOST": hote,
        "PORT": str(morceaux.port or options.pop("port", "") or ""),
        "CONN_MAX_AGE": 600,  # a new session reads its catalogues again: its first page is the slow one
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**options, "options": " ".join(f"-c {nom}={valeur}" for nom, valeur in REGLAGES.items())},
    }


DATABASES = {"default": base_de_donnees(postgres.url_base())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "taches"
PROCRASTINATE_IMPORT_PATHS = ["cordee.configuration.taches"]

PGHISTORY_LEVEL = pgtrigger.Statement  # row level is quadratic in bulk work

AUTH_USER_MODEL = "organismes.Agent"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accueil"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "courriel"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "cordee.web.comptes.adaptateur.AdaptateurComptes"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "5/m/ip,3/h/key",
    "lien_personnel": "30/10m/ip",
    "espace_personnel": "30/10m/ip",
}
SECOND_FACTEUR_EXIGE = os.environ.get("CORDEE_SECOND_FACTEUR", "1" if PRODUCTION else "0") == "1"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Cordée"

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_SSL_REDIRECT = PRODUCTION and os.environ.get("CORDEE_TLS_AMONT") != "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("CORDEE_TLS_AMONT") == "1" else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_partage",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

FORM_RENDERER = "cordee.web.composants.rendu.RenduDesChamps"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "statique/"
STATIC_ROOT = RACINE / "statiques"
STATICFILES_DIRS = [RACINE / "cordee" / "web" / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "cordee.web.socle.statiques.StockageStatique"},
}
MEDIA_ROOT = str(CORDEE_HOME / "fichiers")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = CORDEE_HOME / "televersements"  # never in a folder that others read
FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

EMAIL_BACKEND = os.environ.get("CORDEE_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
DEFAULT_FROM_EMAIL = os.environ.get("CORDEE_EMAIL_EXPEDITEUR", "cordee@localhost")
# Messages to people (cordee.echanges.messagerie). Without a provider they wait, and the queue of letters says so; the
# console only pretends: never by default in production.
EMAIL_HOST = os.environ.get("CORDEE_SMTP_HOTE", "")
EMAIL_PORT = int(os.environ.get("CORDEE_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("CORDEE_SMTP_UTILISATEUR", "")
EMAIL_HOST_PASSWORD = os.environ.get("CORDEE_SMTP_MOT_DE_PASSE", "")
EMAIL_USE_TLS = os.environ.get("CORDEE_SMTP_CHIFFREMENT", "starttls") == "starttls"
EMAIL_USE_SSL = os.environ.get("CORDEE_SMTP_CHIFFREMENT", "starttls") == "tls"
EMAIL_TIMEOUT = 20
COURRIEL_TRANSPORTEUR = "smtp" if EMAIL_HOST else os.environ.get("CORDEE_COURRIEL", "" if PRODUCTION else "console")
COURRIEL_REPONSE = os.environ.get("CORDEE_EMAIL_REPONSE", "")
COURRIEL_DEBIT = int(os.environ.get("CORDEE_EMAIL_DEBIT", "200"))  # a minute
SMS_TRANSPORTEUR = os.environ.get("CORDEE_SMS", "" if PRODUCTION else "console")
SMS_DEBIT = int(os.environ.get("CORDEE_SMS_DEBIT", "100"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"simple": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "simple"}},
    "root": {"handlers": ["console"], "level": os.environ.get("CORDEE_JOURNAL", "WARNING")},
}

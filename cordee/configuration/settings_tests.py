"""Settings of the test suite: the real thing on a throw-away database."""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("CORDEE_HOME", str(Path(__file__).resolve().parent.parent.parent / ".cordee" / "tests"))
os.environ.setdefault("CORDEE_TESTS", "1")
os.environ.pop("CORDEE_MAINTENANT", None)

from cordee.configuration.settings import *  # noqa: F403

DATABASES["default"]["OPTIONS"]["options"] += " -c cordee.troncature=oui"  # noqa: F405
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405 - a browser keeps its connections, hence a thread each; no base with each
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STATIC_ROOT = Path(os.environ["CORDEE_HOME"]) / "statiques"  # nothing is collected: whitenoise wants the folder
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
# a folder for each worker: copies of the same bytes have the same name
MEDIA_ROOT = str(Path(os.environ["CORDEE_HOME"]) / "fichiers" / os.environ.get("PYTEST_XDIST_WORKER", "seul"))
ACCOUNT_RATE_LIMITS = False
MODE_DEMO = True
URL_PUBLIQUE = ""

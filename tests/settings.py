"""The settings of a deployment, with a data folder of its own and a cheap password hasher."""

import os
import tempfile

os.environ.setdefault("TRUSTBOOK_DATA_DIR", tempfile.mkdtemp(prefix="trustbook-test-"))

from trustbook.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
LOCMEM = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {"default": CACHES["default"] | {"BACKEND": LOCMEM}}  # noqa: F405

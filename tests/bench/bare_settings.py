"""A Django without apps and middleware: the floor of the public page."""

from tests.bench.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.bare"
INSTALLED_APPS = []
MIDDLEWARE = []
AUTH_USER_MODEL = "auth.User"

"""Production settings, with the floors among the addresses."""

from trustbook.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"

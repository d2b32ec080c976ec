"""The lessons as an app of Django."""

from django.apps import AppConfig
from django.core.checks import register
from django.core.signals import request_started


class LessonsConfig(AppConfig):
    """The course as written; it has no model and no user data."""

    name = "lessons"
    label = "lessons"

    def ready(self) -> None:
        """Adds the content to ``manage.py check`` and to what a request begins with."""
        from lessons.catalogue import look_again
        from lessons.checks import check_content

        register(check_content, "content")
        request_started.connect(look_again, dispatch_uid="lessons.look_again")

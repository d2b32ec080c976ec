"""The app ``exercises``: a person's work on the lessons."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class ExercisesConfig(AppConfig):
    """Answers, progress and the weekly pulse."""

    name = "exercises"

    def ready(self) -> None:
        """Registers the check of prompts that vanished, and what mails can tell."""
        from exercises.checks import vanished_prompts
        from exercises.telling import FROM_CLIENT, FROM_PARTNER, FROM_THERAPIST
        from trustbook.lib.outbox import kinds

        register(vanished_prompts, Tags.database)
        for kind in (FROM_PARTNER, FROM_THERAPIST, FROM_CLIENT):
            kinds.register(kind)

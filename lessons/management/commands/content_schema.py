"""``manage.py content_schema``: the JSON Schema of content files, for editors."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from lessons.schema import ContentModel, CourseFile, LessonFile

MODELS: dict[str, type[ContentModel]] = {"lesson": LessonFile, "course": CourseFile}


class Command(BaseCommand):
    """Prints the schema of a lesson's front matter, or of course.yaml."""

    help = "Prints the JSON Schema of a lesson's front matter (or of course.yaml) for editors."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which of the two files."""
        parser.add_argument("file", nargs="?", choices=list(MODELS), default="lesson")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the schema."""
        dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
        schema = dialect | MODELS[options["file"]].model_json_schema()
        self.stdout.write(json.dumps(schema, indent=2, ensure_ascii=False))

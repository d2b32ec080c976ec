"""A therapist's own lessons, read from where they are kept.

A version holds the source as it was typed and what was rendered of it, once, when it was saved.
Nothing of either stays in memory: the lesson is made anew for each page.
"""

import json
from typing import Any

from django.utils.safestring import SafeString

from exercises.models import OwnLessonVersion
from exercises.models.assigned import OWN
from lessons.course import Exercise, Lesson
from lessons.schema import OwnLessonFile
from trustbook.accounts.models import User

Source = dict[str, Any]
"""The keys of ``OwnLessonFile``, and ``text``, which is Markdown."""
COURSE = "From your therapist"


def is_own(lesson_id: str) -> bool:
    """Whether it is the id of a therapist's own lesson."""
    return lesson_id.startswith(OWN)


def source_of(version: OwnLessonVersion, therapist: User) -> Source:
    """What the therapist typed."""
    source: Source = json.loads(version.open(therapist)[0])
    return source


def title_of(version: OwnLessonVersion, therapist: User) -> str:
    """What the lesson was called in that version."""
    return str(source_of(version, therapist)["title"])


def text_of(version: OwnLessonVersion, therapist: User) -> str:
    """The lesson as Markdown to keep: its title, its text, and what it asks."""
    source = source_of(version, therapist)
    asked = [f"- {prompt['ask']}" for prompt in source["exercise"]["prompts"] if "ask" in prompt]
    intro = source["exercise"].get("intro") or ""
    parts = [f"# {source['title']}", source["summary"], source["text"], intro, "\n".join(asked)]
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def lesson_of(version: OwnLessonVersion, therapist: User) -> Lesson:
    """The lesson as it is shown to a client; it belongs to no course."""
    source, rendered = (json.loads(text) for text in version.open(therapist))
    return lesson_from(f"{OWN}{version.row_id}", source, rendered, digest=str(version.pk))


def lesson_from(lesson_id: str, source: Source, rendered: dict[str, Any], digest: str) -> Lesson:
    """The same from its two halves, the first of which was checked."""
    file = OwnLessonFile.model_validate({key: source[key] for key in source if key != "text"})
    return Lesson(
        id=lesson_id,
        slug=lesson_id.removeprefix(OWN),
        course_id="",
        course_title=COURSE,
        part_title="",
        part_number=0,
        number=0,
        total=0,
        title=file.title,
        summary=file.summary,
        minutes=file.minutes,
        html=SafeString(rendered["html"]),
        headings=tuple((id_, words) for id_, words in rendered["headings"]),
        exercise=Exercise(SafeString(rendered["intro"]), file.exercise.prompts),
        draft=False,
        previous=None,
        next=None,
        digest=digest,
    )

"""What a person does in the workbook."""

from django.http import QueryDict
from django.utils import timezone

from exercises.models import Answer, Own, Pulse, Reading, Revision
from exercises.recording import Draft, Recorded, record
from exercises.saving import read_draft, read_id
from exercises.weeks import week_asked
from lessons.catalogue import Lesson
from lessons.kinds import BasePrompt
from lessons.kinds import Pulse as PulsePrompt
from trustbook.accounts.models import User


def save_answer(
    person: User, lesson: Lesson, prompt: BasePrompt, post: QueryDict
) -> Recorded | None:
    """Keeps what was posted for one prompt; None where an untouched prompt was posted.

    Raises ``Refused``. When this returns, the answer is committed.
    """
    draft = read_draft(prompt, post)
    if isinstance(prompt, PulsePrompt):
        return record(Pulse, {"week": week_asked(person, prompt, post)}, person, prompt, draft)
    place = {"lesson_id": lesson.id, "prompt_id": prompt.id}
    return record(Answer, place, person, prompt, draft)


def open_lesson(person: User, lesson: Lesson) -> None:
    """Notes that the lesson was opened; harmless when two tabs do so at once."""
    reading = Reading(reader=person, lesson_id=lesson.id)
    Reading.objects.bulk_create([reading], ignore_conflicts=True)


def keep_place(person: User, lesson: Lesson, place: int) -> None:
    """Keeps the block at which the reader is, so that "go on" leads there."""
    rows = Reading.objects.filter(reader=person, lesson_id=lesson.id)
    rows.update(place=place, touched_at=timezone.now())


def finish_lesson(person: User, lesson: Lesson) -> None:
    """Notes that the reader called the lesson finished; pressing it again changes nothing."""
    open_lesson(person, lesson)
    rows = Reading.objects.filter(reader=person, lesson_id=lesson.id, finished_at=None)
    rows.update(finished_at=timezone.now())


def bring_back(person: User, row: Own, revision: Revision, post: QueryDict) -> Recorded | None:
    """Makes what an earlier revision says the newest again, in the wording it answered.

    ``post`` has the newest revision that the page knew (``base``) and a ``token``.
    """
    old = row.open(revision, person)
    draft = Draft(old.value, read_id(post.get("base")), read_id(post.get("token")))
    return record(type(row), {"pk": row.pk}, person, old.prompt, draft)

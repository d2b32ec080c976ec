"""An answer: what one person wrote at one prompt of one lesson."""

from collections.abc import Collection
from typing import ClassVar

from django.db import models

from exercises.models.revisions import HiddenManager, LiveManager, Own, Revision
from trustbook.accounts.models import User

Place = tuple[str, str]
"""A lesson id and a prompt id."""


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Questions about many answers."""

    def of(self, author: User) -> "AnswerQuerySet":
        """A person's own answers with their newest revisions."""
        return self.filter(author=author).select_related("head")

    def beside(self, author: User, lesson_id: str, places: Collection[Place]) -> "list[Answer]":
        """A person's answers to one lesson and at the other ``places``, with their revisions.

        In SQL, because every page of a lesson asks this: the same through the ORM took four times
        as long, nearly all of it to put this very statement together.
        """
        wanted = "a.lesson_id = %s" + " OR (a.lesson_id = %s AND a.prompt_id = %s)" * len(places)
        heads = AnswerRevision.objects.raw(
            "SELECT r.*, a.lesson_id, a.prompt_id FROM exercises_answerrevision r"  # noqa: S608
            f" JOIN exercises_answer a ON a.head_id = r.id WHERE a.author_id = %s"
            f" AND a.deleted_at IS NULL AND ({wanted})",
            [author.pk, lesson_id, *(part for place in places for part in place)],
        )
        return [head.as_answer_of(author) for head in heads]


class Answer(Own):
    """Lesson and prompt by their permanent ids: a lesson may be renamed, moved or withdrawn."""

    lesson_id = models.CharField(max_length=60)
    prompt_id = models.CharField(max_length=60)
    head = models.OneToOneField("AnswerRevision", models.DO_NOTHING, related_name="+")

    objects = LiveManager.from_queryset(AnswerQuerySet)()
    hidden: ClassVar[HiddenManager] = HiddenManager()
    place: ClassVar[bytes] = b"answer "
    where: ClassVar[tuple[str, ...]] = ("lesson_id", "prompt_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "lesson_id", "prompt_id"],
                condition=models.Q(deleted_at=None),
                name="one_answer_per_prompt",
            )
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class AnswerRevision(Revision):
    """One save of an answer."""

    row = models.ForeignKey(Answer, models.CASCADE, related_name="revisions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["row", "token"], name="one_answer_revision_per_token")
        ]

    def as_answer_of(self, author: User) -> Answer:
        """The answer whose newest revision this is, from what ``beside`` has fetched."""
        place = {"lesson_id": self.lesson_id, "prompt_id": self.prompt_id}  # type: ignore[attr-defined]
        answer = Answer(id=self.row_id, author=author, head=self, **place)
        answer._state.adding = False
        return answer

"""What two people write together, and what each keeps of it when they part."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from exercises.models.couple import Couple
from exercises.models.revisions import HiddenManager, Kept, LiveManager, Own, Revision
from trustbook.accounts.models import User


class JointAnswerQuerySet(models.QuerySet["JointAnswer"]):
    """Questions about many joint answers."""

    def of(self, couple: Couple) -> "JointAnswerQuerySet":
        """What a couple has written, with the newest revisions."""
        return self.filter(couple=couple).select_related("head")


class JointAnswer(Kept):
    """A couple's common answer at one prompt, under their key: either may edit it."""

    couple = models.ForeignKey(Couple, models.CASCADE, related_name="+")
    lesson_id = models.CharField(max_length=60)
    prompt_id = models.CharField(max_length=60)
    head = models.OneToOneField("JointRevision", models.DO_NOTHING, related_name="+")

    objects = JointAnswerQuerySet.as_manager()
    keeper: ClassVar[str] = "couple"
    place: ClassVar[bytes] = b"joint answer "
    where: ClassVar[tuple[str, ...]] = ("lesson_id", "prompt_id")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["couple", "lesson_id", "prompt_id"], name="one_joint_answer_per_prompt"
            )
        ]

    def __str__(self) -> str:
        return f"joint answer {self.pk}"


class JointRevision(Revision):
    """One save of a joint answer, and whose it was."""

    row = models.ForeignKey(JointAnswer, models.CASCADE, related_name="revisions")
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["row", "token"], name="one_joint_revision_per_token")
        ]


class KeptFrom(models.TextChoices):
    """With whom something was written of which a person keeps a copy, and what is said of it."""

    PARTNER = "partner", "What the two of you wrote together"
    THERAPIST = "therapist", "Kept from your work with a therapist"


class KeepsakeQuerySet(models.QuerySet["Keepsake"]):
    """Questions about many keepsakes."""

    def of(self, author: User) -> "KeepsakeQuerySet":
        """A person's own keepsakes with their newest texts."""
        return self.filter(author=author).select_related("head")


class Keepsake(Own):
    """A person's own copy, undated, of what they wrote with somebody they parted from, or were
    told by them.

    It is made once of each piece, so that copying again after a crash changes nothing.
    """

    kept_from = models.CharField(max_length=10, choices=KeptFrom, default=KeptFrom.PARTNER)
    lesson_id = models.CharField(max_length=60)
    """Empty for what belongs to no lesson: promises of two, or what was said about a week."""
    prompt_id = models.CharField(max_length=60)
    source = models.UUIDField()
    """The id that the piece had, or one that follows from it."""
    head = models.OneToOneField("KeepsakeRevision", models.DO_NOTHING, related_name="+")

    objects = LiveManager.from_queryset(KeepsakeQuerySet)()
    hidden: ClassVar[HiddenManager] = HiddenManager()
    place: ClassVar[bytes] = b"keepsake "
    where: ClassVar[tuple[str, ...]] = ("source",)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "source"],
                condition=models.Q(deleted_at=None),
                name="one_keepsake_of_a_piece",
            )
        ]

    def __str__(self) -> str:
        return f"keepsake {self.pk}"

    @classmethod
    def of_piece(
        cls,
        source: uuid.UUID,
        person: User,
        lesson_id: str,
        prompt_id: str,
        kept_from: KeptFrom = KeptFrom.PARTNER,
    ) -> "Keepsake":
        """The copy that ``person`` keeps of the piece ``source``; not stored yet.

        Its id follows from those of the piece and the person: what they delete later is known by
        it to the ledger, even if a restored backup makes another copy.
        """
        return cls(
            id=uuid.uuid5(source, str(person.pk)),
            author=person,
            kept_from=kept_from,
            lesson_id=lesson_id,
            prompt_id=prompt_id,
            source=source,
            head_id=uuid.uuid4(),
        )


class KeepsakeRevision(Revision):
    """A text of a keepsake: the newest, or one that was kept beside it."""

    row = models.ForeignKey(Keepsake, models.CASCADE, related_name="revisions")
    saved_at = None  # type: ignore[assignment]  # undated

    order: ClassVar[tuple[str, ...]] = ("-aside", "pk")
    """The one that counts comes last, as everywhere."""

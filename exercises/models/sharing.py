"""What somebody chose to show: an exact revision, to whom, since which day."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from exercises.models.answer import Answer, AnswerRevision
from exercises.models.care import CareLink
from exercises.models.couple import Couple
from exercises.models.pulse import Pulse, PulseRevision
from exercises.models.revisions import Own, Revision
from trustbook.accounts.models import User

ONE_PIN = (
    Q(answer__isnull=False, answer_revision__isnull=False, pulse=None, pulse_revision=None)
) | Q(answer=None, answer_revision=None, pulse__isnull=False, pulse_revision__isnull=False)


class Pin(models.Model):
    """One revision, held fast: whoever is shown it sees this text, whatever is written later."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, related_name="+")
    answer_revision = models.ForeignKey(AnswerRevision, models.CASCADE, null=True, related_name="+")
    pulse = models.ForeignKey(Pulse, models.CASCADE, null=True, related_name="+")
    pulse_revision = models.ForeignKey(PulseRevision, models.CASCADE, null=True, related_name="+")

    class Meta:
        abstract = True

    @property
    def row(self) -> Own:
        """The answer or pulse."""
        return self.answer or self.pulse  # type: ignore[return-value]  # a constraint: one of them

    @property
    def revision(self) -> Revision:
        """The text that is shown."""
        return self.answer_revision or self.pulse_revision  # type: ignore[return-value]

    @property
    def row_id(self) -> uuid.UUID:
        """The id of ``row``, which need not be fetched for that."""
        return self.answer_id or self.pulse_id  # type: ignore[return-value]

    @property
    def revision_id(self) -> uuid.UUID:
        """The id of ``revision``."""
        return self.answer_revision_id or self.pulse_revision_id  # type: ignore[return-value]

    @staticmethod
    def fields_of(row: Own, revision: Revision) -> dict[str, Any]:
        """What pins ``revision`` of ``row``."""
        if isinstance(row, Answer):
            return {"answer": row, "answer_revision": revision}
        return {"pulse": row, "pulse_revision": revision}


class Audience(models.TextChoices):
    """Who is shown something."""

    PARTNER = "partner", "Your partner"
    THERAPIST = "therapist", "Your therapist"


_SEEN = """
SELECT s.*, m.couple_id AS together, c.id AS cared FROM accounts_user u
LEFT JOIN exercises_membership m ON m.person_id = u.id AND m.ended_at IS NULL
LEFT JOIN (
  SELECT l.id, l.client_id FROM exercises_carelink l JOIN accounts_user t ON t.id = l.therapist_id
  WHERE l.client_id = %s AND l.ended_at IS NULL AND t.is_active AND t.is_therapist
) c ON c.client_id = u.id
LEFT JOIN (
  SELECT id, audience, couple_id, care_id, since, '' AS topic,
    answer_id, answer_revision_id, pulse_id, pulse_revision_id
  FROM exercises_share WHERE owner_id = %s{narrower}
  UNION ALL
  SELECT p.id, 'partner', r.couple_id, NULL, r.opened_on, r.topic,
    p.answer_id, p.answer_revision_id, p.pulse_id, p.pulse_revision_id
  FROM exercises_ready r JOIN exercises_readypin p ON p.ready_id = r.id
  JOIN exercises_ready o ON o.couple_id = r.couple_id AND o.topic = r.topic
  WHERE r.person_id = %s AND r.opened_on IS NOT NULL{narrower}
    AND o.person_id <> r.person_id AND o.opened_on IS NOT NULL
) s ON s.couple_id = m.couple_id OR s.care_id = c.id
WHERE u.id = %s
"""


class ShareQuerySet(models.QuerySet["Share"]):
    """Questions about what is shown."""

    def seen(
        self, owner: User, wanted: str = "", *values: object
    ) -> "tuple[tuple[Audience, ...], list[Share]]":
        """To whom a person can show something, and what anybody is shown of it, in one query.

        What is opened together is among it, as if it were shared; its ``topic`` says so. ``wanted``
        narrows the pins, in SQL. By hand, because every page of a lesson and every save asks this,
        of three tables that need one statement between them.
        """
        narrower = f" AND ({wanted})" if wanted else ""
        values = (owner.pk, *values)
        asked = _SEEN.format(narrower=narrower)
        found: Any = list(self.raw(asked, [owner.pk, *values, *values, owner.pk]))
        there = {
            Audience.PARTNER: any(row.together for row in found),
            Audience.THERAPIST: any(row.cared for row in found),
        }
        return tuple(one for one, is_there in there.items() if is_there), [
            row for row in found if row.pk
        ]


class Share(Pin):
    """One revision, one audience. Sharing a later text makes another row; withdrawing, none.

    A share with a partner belongs to the couple, one with a therapist to the care link: with it,
    it ends.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience)
    couple = models.ForeignKey(Couple, models.CASCADE, null=True, related_name="+")
    care = models.ForeignKey(CareLink, models.CASCADE, null=True, related_name="shares")
    since = models.DateField()
    """The day of sharing, as its owner had it."""

    objects = ShareQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ONE_PIN, name="a_share_pins_one_revision"),
            models.CheckConstraint(
                condition=Q(audience="partner", couple__isnull=False, care=None)
                | Q(audience="therapist", couple=None, care__isnull=False),
                name="a_share_belongs_to_who_sees_it",
            ),
            models.UniqueConstraint(
                fields=["answer", "audience"], name="an_answer_is_shared_once_with_each"
            ),
            models.UniqueConstraint(
                fields=["pulse", "audience"], name="a_pulse_is_shared_once_with_each"
            ),
        ]

    def __str__(self) -> str:
        return f"share {self.pk}"


class Ready(models.Model):
    """One person is ready to open one thing together, and which texts; nobody else is told so.

    Once both have a row for the same ``topic``, both get the same ``opened_on``: then each is
    shown what the other has pinned.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    couple = models.ForeignKey(Couple, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    topic = models.CharField(max_length=130)
    """``answer.LESSON.PROMPT``, ``week.MONDAY`` or ``weeks``, for all of them."""
    opened_on = models.DateField(null=True)

    pins: Any

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["couple", "person", "topic"], name="ready_once_for_a_topic"
            )
        ]

    def __str__(self) -> str:
        return f"ready {self.pk}"


class ReadyPin(Pin):
    """A text that its writer is ready to show; of a whole line of weeks, one for each."""

    ready = models.ForeignKey(Ready, models.CASCADE, related_name="pins")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ONE_PIN, name="ready_pins_one_revision"),
            models.UniqueConstraint(fields=["ready", "answer"], name="ready_pins_an_answer_once"),
            models.UniqueConstraint(fields=["ready", "pulse"], name="ready_pins_a_pulse_once"),
        ]

    def __str__(self) -> str:
        return f"ready pin {self.pk}"

"""A therapist's work with one client: the link between them, and what each of them keeps of it."""

import json
import uuid
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from exercises.models.revisions import Kept, Revision
from trustbook.accounts.keys import vault
from trustbook.accounts.models import User
from trustbook.lib import encryption


class CareLinkQuerySet(models.QuerySet["CareLink"]):
    """Questions about care links."""

    def live(self) -> "CareLinkQuerySet":
        """Those that hold: not ended, and both can do something, the therapist as a therapist."""
        return self.filter(
            ended_at=None,
            client__is_active=True,
            therapist__is_active=True,
            therapist__is_therapist=True,
        )

    def between(self, *people: User) -> "CareLinkQuerySet":
        """Those in which both are among ``people``, whether they hold or not."""
        return self.filter(therapist__in=people, client__in=people)


class CareLink(models.Model):
    """A client and their therapist. What they write to each other is under its key.

    Gone, with all that, once either has ended it. Whatever changes what the therapist is shown
    locks this row first, after the couple's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    therapist = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    client = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    data_key_id = models.UUIDField(unique=True, editable=False)
    since = models.DateField()
    ended_at = models.DateTimeField(null=True)
    """Set by ending it; the row goes a moment later."""

    objects = CareLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=Q(ended_at=None), name="one_therapist_each"
            ),
            models.CheckConstraint(
                condition=~Q(therapist=F("client")), name="nobody_is_their_own_therapist"
            ),
        ]

    def __str__(self) -> str:
        return f"care link {self.pk}"

    def data_key(self) -> bytes:
        """The key of what they write. Raises ``vault.KeyGone`` once it is destroyed."""
        return vault.data_key(self.data_key_id)


def seal_text(keeper: Any, text: str, associated: bytes) -> bytes:
    """One text under the key of ``keeper``; its length says little, also of an empty one."""
    plain = encryption.pack([text.encode()], rooms=[0])
    return encryption.seal(keeper.data_key(), plain, associated)


def open_text(keeper: Any, sealed: bytes | memoryview, associated: bytes) -> str:
    """The same text. Raises ``Unreadable`` for bytes that were changed or moved."""
    plain = encryption.unseal(keeper.data_key(), bytes(sealed), associated)
    return encryption.unpack(plain, 1)[0].decode()


class ClientFile(models.Model):
    """What a therapist has of a client: a label of their own, and notes. It outlives the link.

    Before an invitation is accepted, and once the link has ended, there is no link.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    therapist = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    link = models.OneToOneField(CareLink, models.SET_NULL, null=True, related_name="file")
    sealed_label = models.BinaryField()
    """The therapist's own name for this client, under the therapist's key."""
    made_on = models.DateField()
    began_on = models.DateField(null=True)
    """The day on which the client accepted, as the therapist had it."""
    archived_at = models.DateTimeField(null=True)
    """Put away by the therapist; the client is told nothing and nothing ends."""
    met_on = models.DateField(null=True)
    """The last session: what was shared since, on that day or later, is new."""
    beside = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    """Another client, whom the therapist wants to see beside this one. It says nothing of a couple
    here: the two may share a workbook or not."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(beside=F("id")), name="nobody_beside_themselves"),
        ]

    def __str__(self) -> str:
        return f"client file {self.pk}"

    def seal_label(self, therapist: User, label: str) -> None:
        """Encrypts the label."""
        self.sealed_label = seal_text(therapist, label, self._associated())

    def label(self, therapist: User) -> str:
        """Decrypts it. Raises ``Unreadable`` for bytes that were changed or moved."""
        return open_text(therapist, self.sealed_label, self._associated())

    def _associated(self) -> bytes:
        return b"label " + self.therapist_id.bytes + self.pk.bytes


class SessionNote(Kept):
    """What a therapist notes for themselves about one client on one day; nobody else sees it."""

    therapist = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    file = models.ForeignKey(ClientFile, models.CASCADE, related_name="notes")
    day = models.DateField()
    head = models.OneToOneField("SessionNoteRevision", models.DO_NOTHING, related_name="+")

    keeper: ClassVar[str] = "therapist"
    place: ClassVar[bytes] = b"session note "
    where: ClassVar[tuple[str, ...]] = ("file_id", "day")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "day"], name="one_session_note_a_day")
        ]

    def __str__(self) -> str:
        return f"session note {self.pk}"


class SessionNoteRevision(Revision):
    """One save of a session note."""

    row = models.ForeignKey(SessionNote, models.CASCADE, related_name="revisions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["row", "token"], name="one_session_note_revision_per_token"
            )
        ]


@dataclass(frozen=True)
class About:
    """What a therapist says of their practice to their own clients."""

    name: str = ""
    credentials: str = ""
    licence: str = ""
    """The number."""
    licensed_by: str = ""
    """Where the licence is held."""
    languages: str = ""
    about: str = ""
    booking: str = ""
    """An address that begins with https."""

    @property
    def host(self) -> str:
        """The site to which it leads."""
        return urlsplit(self.booking).hostname or ""


class Practice(models.Model):
    """A therapist's practice page, under their own key; shown to their own clients only."""

    therapist = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+"
    )
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"practice {self.pk}"

    def seal(self, therapist: User, about: About) -> None:
        """Encrypts what the page says."""
        self.sealed = seal_text(therapist, json.dumps(asdict(about)), self._associated())

    def open(self, therapist: User) -> About:
        """Decrypts it; what a later version of this program added is left out."""
        said = json.loads(open_text(therapist, self.sealed, self._associated()))
        known = {field.name for field in fields(About)}
        return About(**{name: text for name, text in said.items() if name in known})

    def _associated(self) -> bytes:
        therapist: uuid.UUID = self.therapist_id
        return b"practice " + therapist.bytes


class Response(models.Model):
    """Something said about a shared answer: by the therapist, or by the client in return.

    Changed and withdrawn openly: both see that it was, not what it said before.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    link = models.ForeignKey(CareLink, models.CASCADE, related_name="responses")
    answer = models.ForeignKey("Answer", models.CASCADE, null=True, related_name="+")
    pulse = models.ForeignKey("Pulse", models.CASCADE, null=True, related_name="+")
    revision = models.UUIDField()
    """The revision that was shared when this was written."""
    shared_on = models.DateField()
    """The day since which that was shared, as the client had it."""
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token = models.UUIDField()
    """The idempotency key: the same thing sent twice is one."""
    sealed = models.BinaryField()
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["link", "token"], name="one_response_per_token"),
            models.CheckConstraint(
                condition=Q(answer__isnull=False, pulse=None) | Q(answer=None, pulse__isnull=False),
                name="a_response_is_about_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"response {self.pk}"

    @property
    def row_id(self) -> uuid.UUID:
        """What it is about: the id of an answer or a pulse."""
        return self.answer_id or self.pulse_id  # type: ignore[return-value]

    def seal(self, link: CareLink, text: str) -> None:
        """Encrypts what it says; of what was withdrawn, nothing is kept: seal an empty text."""
        self.sealed = seal_text(link, text, self._associated())

    def open(self, link: CareLink) -> str:
        """Decrypts it. Raises ``Unreadable`` for bytes that were changed or moved."""
        return open_text(link, self.sealed, self._associated())

    def _associated(self) -> bytes:
        about = self.row_id.bytes + self.writer_id.bytes
        return b"response " + self.link_id.bytes + self.pk.bytes + about


class How(models.TextChoices):
    """How a therapist opened what was shared."""

    SCREEN = "screen", "on screen"
    SHEET = "sheet", "on a session sheet"
    PDF = "pdf", "as a PDF"
    EXPORT = "export", "in an export"


class Opening(models.Model):
    """The access record: a therapist opened one shared text. Nothing of what it says.

    Written in the transaction that reads. Triggers refuse to change it, and to delete it unless its
    owner's account is being erased; so it names by bare ids what may be gone before it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    """The client whose text it is."""
    reader = models.UUIDField()
    """The therapist."""
    row = models.UUIDField()
    """The answer or pulse."""
    revision = models.UUIDField()
    lesson_id = models.CharField(max_length=60, blank=True)
    prompt_id = models.CharField(max_length=60, blank=True)
    week = models.DateField(null=True)
    """The Monday, of a pulse."""
    how = models.CharField(max_length=10, choices=How)
    opened_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["owner", "row"]), models.Index(fields=["reader", "row"])]

    def __str__(self) -> str:
        return f"opening {self.pk}"

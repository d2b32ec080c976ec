"""How a lesson of a therapist's own is kept: each save is a version, and none is ever changed."""

import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from exercises import access
from exercises.models import Assignment, OwnLesson, OwnLessonVersion
from exercises.own_lessons import Source, source_of
from trustbook.accounts.models import User


class Stale(Exception):
    """Another page saved a version that this one had not seen. Nothing was kept of this one."""

    says_nothing_private = True

    def __init__(self, row: OwnLesson) -> None:
        super().__init__()
        self.row = row


@dataclass(frozen=True)
class Draft:
    """What a page sends: a lesson, the version that it began from, and a token of its own."""

    source: Source
    rendered: dict[str, Any]
    base: uuid.UUID | None
    token: uuid.UUID


def new_id(therapist: User, token: uuid.UUID) -> uuid.UUID:
    """The id of the lesson that a first save makes; sent twice, it is the same one."""
    return uuid.uuid5(therapist.pk, token.hex)


def save(therapist: User, lesson: uuid.UUID, draft: Draft) -> OwnLessonVersion:
    """The version that says what ``draft`` says, committed. Without a ``base`` it is the first.

    Sent twice, kept once; what says the same as the newest makes none. Raises ``Stale``.
    """
    try:
        with transaction.atomic():
            return _save(therapist, lesson, draft)
    except IntegrityError:  # the same first save was committed a moment ago
        with transaction.atomic():
            return _save(therapist, lesson, draft)


def _save(therapist: User, lesson: uuid.UUID, draft: Draft) -> OwnLessonVersion:
    row = access.locked_lesson(therapist, lesson)
    if row is None:
        if draft.base is not None:
            raise Http404
        row = OwnLesson(pk=lesson, therapist=therapist, head_id=uuid.uuid4())
        row.save(force_insert=True)
        return _version(row, therapist, draft, 1, draft.token, pk=row.head_id)
    sent = row.versions.filter(token=draft.token).first()
    for known in (sent, row.head):
        if known is not None and source_of(known, therapist) == draft.source:
            return known
    # A page that is sent again with another text went on from what it had sent.
    base = sent.pk if sent is not None else draft.base
    if row.head_id not in (base, draft.base):
        raise Stale(row)
    token = uuid.uuid4() if sent is not None else draft.token
    row.head = _version(row, therapist, draft, row.head.number + 1, token)
    row.save(update_fields=["head"])
    return row.head


def _version(
    row: OwnLesson,
    therapist: User,
    draft: Draft,
    number: int,
    token: uuid.UUID,
    *,
    pk: uuid.UUID | None = None,
) -> OwnLessonVersion:
    made = timezone.now()
    version = OwnLessonVersion(
        pk=pk or uuid.uuid4(), row=row, number=number, token=token, made_at=made
    )
    rendered = json.dumps(draft.rendered, ensure_ascii=False)
    version.seal(therapist, json.dumps(draft.source, ensure_ascii=False), rendered)
    version.save()
    return version


def bring_back(
    therapist: User, version: OwnLessonVersion, base: uuid.UUID, token: uuid.UUID
) -> OwnLessonVersion:
    """Makes what an earlier version says the newest again. Raises ``Stale``."""
    source, rendered = (json.loads(text) for text in version.open(therapist))
    return save(therapist, version.row_id, Draft(source, rendered, base, token))


def withdraw(therapist: User, lesson: uuid.UUID) -> None:
    """From now on it is assigned to nobody anew. Who has it, keeps it."""
    row = access.written_lesson(therapist, lesson)
    today = timezone.localdate(timezone=therapist.zone)
    OwnLesson.objects.filter(pk=row.pk, withdrawn_on=None).update(withdrawn_on=today)


def offer_again(therapist: User, lesson: uuid.UUID) -> None:
    """It can be assigned again."""
    row = access.written_lesson(therapist, lesson)
    OwnLesson.objects.filter(pk=row.pk).update(withdrawn_on=None)


def newer_than(therapist: User, assignment: Assignment) -> OwnLessonVersion | None:
    """The newest version of what was assigned, where the client has an earlier one."""
    if assignment.version is None:
        return None
    newest = access.written_lesson(therapist, assignment.version.row_id).head
    return newest if newest.pk != assignment.version_id else None


def give_newest(therapist: User, assignment: Assignment) -> None:
    """The client reads the newest version from now on; what they wrote stays as it is.

    Raises ``Http404`` for what is not open (any more).
    """
    with transaction.atomic():
        access.own_link(therapist, assignment.link.file.pk, lock=True)
        row = access.given_assignment(therapist, assignment.pk, lock=True)
        if row.version is None or row.done_on or row.withdrawn_on:
            raise Http404
        row.version = access.written_lesson(therapist, row.version.row_id).head
        row.save(update_fields=["version"])


def questions_of(therapist: User, lesson: uuid.UUID) -> dict[str, dict[str, Any]]:
    """The newest wording of every question that a lesson ever had, by its id; none if it has not
    begun.
    """
    found: dict[str, dict[str, Any]] = {}
    for version in access.versions_of(therapist, lesson):
        prompts = source_of(version, therapist)["exercise"]["prompts"]
        found |= {prompt["id"]: prompt for prompt in prompts}
    return found

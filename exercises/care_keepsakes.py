"""What a client keeps, when their work with a therapist ends, of what was said to them: undated.

The thread about each thing that was shared, with what the client replied; the note that came with
each assignment; the text of each lesson of the therapist's own that the client has opened. What was
withdrawn before is not among it, nor what the client was not to see yet.
"""

import logging
import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from itertools import groupby
from typing import NamedTuple

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from exercises.lesson_names import LESSON
from exercises.models import (
    OWN,
    Answer,
    Assignment,
    CareLink,
    Keepsake,
    KeepsakeRevision,
    KeptFrom,
    Reading,
    Response,
)
from exercises.models.revisions import Own
from exercises.own_lessons import text_of, title_of
from exercises.weeks import week_name
from lessons.kinds import BasePrompt, prompt_from
from lessons.kinds.fields import MOST_CHARACTERS
from trustbook.accounts.keys.vault import KeyGone
from trustbook.accounts.models import User
from trustbook.lib.encryption import Unreadable

NOTE, WEEK = "note", "week"
"""Prompt ids of copies that are about no question, beside ``LESSON``."""
THERAPIST, CLIENT = "Your therapist:", "You:"
logger = logging.getLogger(__name__)


class Piece(NamedTuple):
    """One text to be copied. ``source`` follows from the ids that it had: copied once, it stays."""

    source: uuid.UUID
    lesson_id: str
    prompt_id: str
    asked: str
    said: str


def copy_care_for(client: User, link: CareLink) -> None:
    """Copies it under the client's own key; what is copied already stays.

    What cannot be opened cannot be copied, and keeps nobody from ending: where a key is gone, as in
    a restored backup that is newer than its keys, that is all that was under it.
    """
    known = set(Keepsake._base_manager.filter(author=client).values_list("source", flat=True))
    for found in (_threads(client, link), _notes(client, link), _lessons(client, link)):
        try:
            for piece in found:
                _keep(client, piece, known)
        except KeyGone:
            continue


def _keep(client: User, piece: Piece, known: set[uuid.UUID]) -> None:
    """As one keepsake, or as several where one could not hold it."""
    for number, part in enumerate(_parts(piece.said)):
        source = uuid.uuid5(piece.source, str(number)) if number else piece.source
        if source in known:
            continue
        prompt = _prompt(piece.prompt_id, piece.asked)
        row = Keepsake.of_piece(
            source, client, piece.lesson_id, piece.prompt_id, KeptFrom.THERAPIST
        )
        revision = KeepsakeRevision(id=row.head_id, row=row, token=uuid.uuid4())
        row.seal(revision, client, prompt, part)
        row.save(force_insert=True)
        revision.save(force_insert=True)


def _prompt(prompt_id: str, asked: str) -> BasePrompt:
    return prompt_from({"id": prompt_id, "kind": "text", "ask": asked})


def _parts(text: str) -> Iterator[str]:
    """``text`` in parts that a text can hold, each broken off where a line ends, if one does."""
    while len(text) > MOST_CHARACTERS:
        at = text.rfind("\n", 1, MOST_CHARACTERS + 1)
        at = at if at > 0 else MOST_CHARACTERS
        yield text[:at]
        text = text[at:].lstrip("\n")
    if text.strip():
        yield text


def _threads(client: User, link: CareLink) -> Iterator[Piece]:
    """All that was said about one answer or week, the first first, without what was withdrawn."""
    rows = Response.objects.filter(link=link, withdrawn_at=None)
    rows = rows.filter(answer__deleted_at=None, pulse__deleted_at=None)
    told = rows.select_related("answer__head", "pulse").order_by("answer", "pulse", "written_at")
    for about, thread in groupby(told, key=lambda response: response.row_id):
        responses = list(thread)
        texts = [_said(response, link) for response in responses]
        said = "\n\n".join(text for text in texts if text)
        if said:
            row = responses[0].answer or responses[0].pulse
            yield _about(uuid.uuid5(link.pk, str(about)), client, row, said)


def _said(response: Response, link: CareLink) -> str:
    """Who said it, and what; nothing of what was damaged."""
    text = _text(lambda: response.open(link), "A response")
    who = CLIENT if response.writer_id == link.client_id else THERAPIST
    return f"{who}\n{text}" if text else ""


def _text(read: Callable[[], str], what: str) -> str:
    """What ``read`` opens; nothing where it was damaged. Raises ``KeyGone``."""
    try:
        return read().strip()
    except KeyGone:
        raise
    except Unreadable:
        logger.error("%s could not be opened, so nobody has a copy of it.", what)
        return ""


def _about(source: uuid.UUID, client: User, row: Own | None, said: str) -> Piece:
    """The thread beside its question, as that was asked."""
    if isinstance(row, Answer):
        return Piece(source, row.lesson_id, row.prompt_id, _asked(row, client), said)
    week: date = getattr(row, "week")  # noqa: B009 - for the type checker: a pulse has one
    return Piece(source, "", WEEK, f"About the {week_name(week)}", said)


def _asked(row: Answer, client: User) -> str:
    asked = _text(lambda: row.open(row.head, client).prompt.ask, "A question")
    return asked or "About an answer that could not be opened"


def _notes(client: User, link: CareLink) -> Iterator[Piece]:
    for row in _seen(client, link).filter(withdrawn_on=None):
        note = _text(partial(row.note, link), "A note")
        if note:
            yield Piece(row.pk, row.lesson_id, NOTE, "The note that came with this lesson", note)


def _lessons(client: User, link: CareLink) -> Iterator[Piece]:
    """Each version that was given of a lesson which the client has opened or answered."""
    given = _seen(client, link).filter(lesson_id__startswith=OWN, version__isnull=False)
    opened = _opened(client, [row.lesson_id for row in given])
    for row in given:
        if row.lesson_id not in opened or row.version is None:
            continue
        read = partial(text_of, row.version, link.therapist)
        if text := _text(read, "A lesson"):
            source = uuid.uuid5(link.pk, str(row.version.pk))
            title = title_of(row.version, link.therapist)
            said = text.removeprefix(f"# {title}").strip()
            yield Piece(source, row.lesson_id, LESSON, title, said)


def _opened(client: User, lesson_ids: Iterable[str]) -> set[str]:
    """Which of these lessons a client has opened, or answered."""
    read = Reading.objects.filter(reader=client, lesson_id__in=lesson_ids)
    written = Answer.objects.filter(author=client, lesson_id__in=lesson_ids)
    return {
        *read.values_list("lesson_id", flat=True),
        *written.values_list("lesson_id", flat=True),
    }


def _seen(client: User, link: CareLink) -> QuerySet[Assignment]:
    """What the client was given and may see by now."""
    today = timezone.localdate(timezone=client.zone)
    begun = Q(starts_on=None) | Q(starts_on__lte=today)
    rows = Assignment.objects.filter(begun, link=link).select_related("version")
    rows = rows.exclude(withdrawn_on__lt=F("starts_on"))  # taken back before it could be seen
    return rows.order_by("assigned_on", "position", "pk")

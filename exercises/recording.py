"""Saving, so that saved means saved: one commit, one revision, nothing overwritten.

Two pages that began from the same revision both keep their text: the second one is stored aside,
and its writer is shown both.
"""

import uuid
from dataclasses import dataclass, replace
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery

from exercises.models import Keeper, Kept, Revision
from exercises.models.revisions import to_json
from lessons.kinds import BasePrompt, Fields, Refused, Value

MOST_BYTES_AN_ANSWER = 400_000
"""All rows or steps of one answer together, as UTF-8."""


def read_value(prompt: BasePrompt, fields: Fields) -> Value:
    """The answer in ``fields``. Raises ``Refused`` for what can't be kept."""
    value = prompt.read(fields)
    if len(to_json(value)) > MOST_BYTES_AN_ANSWER:
        raise Refused("This answer is too long as a whole. Shorten it, or go on in another one.")
    return value


@dataclass(frozen=True)
class Draft:
    """What a page sends: a value, the revision it began from, and a token of its own."""

    value: Value
    base: uuid.UUID | None
    token: uuid.UUID


@dataclass(frozen=True)
class Recorded:
    """What is stored now. ``revision`` says what the draft says; ``head`` is the newest of the row.

    The page goes on from ``revision``: where that is not ``head``, its next change is a conflict.
    """

    row: Kept
    revision: Revision
    head: Revision

    @property
    def conflict(self) -> bool:
        """Whether the draft stands beside a newer revision that its writer had not seen."""
        return self.revision.aside


def record(
    kept: type[Kept],
    where: dict[str, Any],
    keeper: Keeper,
    prompt: BasePrompt,
    draft: Draft,
    **by: Any,
) -> Recorded | None:
    """Stores ``draft`` in the row that ``where`` names; returns after the commit.

    Sent twice, stored once. A draft that says what is stored already makes no revision, and an
    untouched prompt (``None`` is returned) no row. ``where`` holds a unique set of fields;
    ``by``, what the revision says besides (who of a couple wrote it).
    """
    try:
        with transaction.atomic():
            return _record(kept, where, keeper, prompt, draft, by)
    except IntegrityError:
        # The same save, or the first one of another tab, was committed a moment ago: it is
        # visible now, and the second try finds it.
        with transaction.atomic():
            return _record(kept, where, keeper, prompt, draft, by)


def _record(
    kept: type[Kept],
    where: dict[str, Any],
    keeper: Keeper,
    prompt: BasePrompt,
    draft: Draft,
    by: dict[str, Any],
) -> Recorded | None:
    row = _locked(kept, where, keeper, draft)
    if row is None:
        return _first(kept(**{kept.keeper: keeper}, **where), keeper, prompt, draft, by)
    head = row.head
    if _says(row, head, keeper, prompt, draft.value):
        return Recorded(row, head, head)
    if draft.value == prompt.empty() and not row.open(head, keeper).asked_as(prompt):
        # The question was asked anew and left blank: the answer to the old one stays the newest.
        return Recorded(row, head, head)
    if row.sent:
        sent = row.revisions.get(pk=row.sent)
        if _says(row, sent, keeper, prompt, draft.value):
            return Recorded(row, sent, head)
        draft = _going_on(draft, sent, head)
    stale = draft.base != head.pk
    if stale and (base := _unchanged(row, keeper, prompt, draft)):
        return Recorded(row, base, head)
    revision = _revision(row, keeper, prompt, draft, by, aside=stale)
    if not stale:
        row.head = head = revision
        row.save(update_fields=["head"])
    return Recorded(row, revision, head)


def _locked(kept: type[Kept], where: dict[str, Any], keeper: Keeper, draft: Draft) -> Any:
    """The row, locked until the commit; its ``sent`` is what the draft's token has made before."""
    sent = kept.revisions.rel.related_model.objects.filter(row=OuterRef("pk"), token=draft.token)
    rows: Any = kept._default_manager.filter(**{kept.keeper: keeper}, **where)
    rows = rows.select_for_update(of=("self",)).select_related("head")
    rows = rows.annotate(sent=Subquery(sent.values("pk")[:1]))
    # Where PostgreSQL had to wait for another save, it looks for the new head among the revisions
    # from before it waited, and leaves the row out. Asked again, it finds both.
    return rows.first() or rows.first()


def _going_on(draft: Draft, sent: Revision, head: Revision) -> Draft:
    """Another text under a token that was used: its page went on from what it had sent.

    A page that was refused for one prompt comes back with the tokens of all, also of those that
    were saved; what was changed in it since is a save of its own.
    """
    base = head.pk if draft.base == head.pk else sent.pk
    return replace(draft, base=base, token=uuid.uuid4())


def _first(
    row: Kept, keeper: Keeper, prompt: BasePrompt, draft: Draft, by: dict[str, Any]
) -> Recorded | None:
    """The row and its first revision; the row goes in first, its pointer is checked at COMMIT."""
    if draft.value == prompt.empty():
        return None
    row.head_id = uuid.uuid4()
    row.save(force_insert=True)
    row.head = _revision(row, keeper, prompt, draft, by, pk=row.head_id)
    return Recorded(row, row.head, row.head)


def _revision(
    row: Kept,
    keeper: Keeper,
    prompt: BasePrompt,
    draft: Draft,
    by: dict[str, Any],
    *,
    aside: bool = False,
    pk: uuid.UUID | None = None,
) -> Revision:
    fields = {"base": draft.base, "token": draft.token, "aside": aside, **by}
    revision: Revision = row.revisions.model(id=pk or uuid.uuid4(), row=row, **fields)
    row.seal(revision, keeper, prompt, draft.value)
    revision.save()
    return revision


def _unchanged(row: Kept, keeper: Keeper, prompt: BasePrompt, draft: Draft) -> Revision | None:
    """The revision that a stale draft began from, if the draft says nothing else.

    A page of many prompts is sent as a whole: what its writer left as it was must not be taken
    for a change.
    """
    base: Revision | None = row.revisions.filter(pk=draft.base).first() if draft.base else None
    return base if base and _says(row, base, keeper, prompt, draft.value) else None


def _says(row: Kept, revision: Revision, keeper: Keeper, prompt: BasePrompt, value: Value) -> bool:
    """Whether ``revision`` is the answer ``value`` to this very question."""
    opened = row.open(revision, keeper)
    return opened.value == value and opened.asked_as(prompt)

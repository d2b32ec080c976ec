"""Bringing an export in: checked as a save is, added to what is here, never put over it.

What stands here already is known by its time and its words, so a file may be brought in twice, or
into the account that it came from. Where both went on separately, the newest of here stays the
newest, and what the file says is kept beside it.
"""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone
from pydantic import ValidationError

from exercises.exported import KEPT, Keeping, SavedReading, SavedRevision, SavedRow, SavedWeek
from exercises.models import Keepsake, Own, Reading, Revision
from exercises.recording import read_value
from lessons.kinds import BasePrompt, Fields, Refused, Value, prompt_from
from trustbook.accounts.models import User
from trustbook.lib.export import Bringing, Brought, Unfit

MOST_FAULTS = 20
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)
"""Clocks differ; what was saved later than this was not saved yet."""
AT_ONCE = 200
"""Revisions that are looked for, or written, in one statement."""


@dataclass
class Checking:
    """The faults that were found, and the questions that were read, each once."""

    faults: list[tuple[str, str]] = field(default_factory=list)
    prompts: dict[str, BasePrompt | None] = field(default_factory=dict)
    latest: datetime = field(default_factory=lambda: timezone.now() + AHEAD)

    def fault(self, place: str, message: str) -> None:
        """Notes a fault; the last one that is told raises all of them."""
        self.faults.append((place, message))
        if len(self.faults) >= MOST_FAULTS:
            raise Unfit(self.faults)

    def prompt(self, asked: dict[str, Any]) -> BasePrompt | None:
        """The question in a revision, None for what is none."""
        key = json.dumps(asked)
        if key not in self.prompts:
            try:
                self.prompts[key] = prompt_from(asked)
            except ValidationError:
                self.prompts[key] = None
        return self.prompts[key]


def checked(person: User, document: Any) -> Bringing:
    """Looks at everything first. Raises ``Unfit``; the rest is left to what is returned."""
    checking = Checking()
    for key, keeping in KEPT.items():
        _check_rows(checking, key, keeping, getattr(document, key))
    _check_readings(checking, document.readings)
    if checking.faults:
        raise Unfit(checking.faults)
    return partial(_bring_all, person, document, checking)


def _check_rows(checking: Checking, key: str, keeping: Keeping, rows: list[SavedRow]) -> None:
    seen = set()
    for number, row in enumerate(rows):
        place = f"{key}[{number}]"
        where = _where(keeping, row)
        if tuple(where.values()) in seen:
            checking.fault(place, "The same place stands in the file twice.")
        seen.add(tuple(where.values()))
        ids = [revision.id for revision in row.revisions]
        if len(ids) > len(set(ids)):
            checking.fault(place, "Two revisions have the same id.")
        if row.newest not in ids:
            checking.fault(f"{place}.newest", "No revision has this id.")
        if isinstance(row, SavedWeek) and not _is_week(row.week, checking.latest):
            checking.fault(f"{place}.week", "This is no Monday of a week that has begun.")
        for at, revision in enumerate(row.revisions):
            _check_revision(checking, f"{place}.revisions[{at}]", row, revision)


def _check_revision(checking: Checking, place: str, row: SavedRow, revision: SavedRevision) -> None:
    # A keepsake has no date; its class sees to it that it says none.
    if revision.saved_at and not EARLIEST <= revision.saved_at <= checking.latest:
        checking.fault(f"{place}.saved_at", _NOT_THEN)
    prompt = checking.prompt(revision.asked)
    if prompt is None or not row.asks(prompt):
        checking.fault(f"{place}.asked", "This is no question that is answered in this place.")
        return
    try:
        value_of(prompt, revision.value)
    except Refused as refusal:
        checking.fault(f"{place}.value", str(refusal))


def _check_readings(checking: Checking, readings: list[SavedReading]) -> None:
    seen = set()
    for number, row in enumerate(readings):
        place = f"readings[{number}]"
        if row.lesson_id in seen:
            checking.fault(place, "The same lesson stands in the file twice.")
        seen.add(row.lesson_id)
        for name in ("opened_at", "touched_at", "finished_at"):
            moment = getattr(row, name)
            if moment and not EARLIEST <= moment <= checking.latest:
                checking.fault(f"{place}.{name}", _NOT_THEN)


_NOT_THEN = "This time lies before the year 2000 or in the future."


def value_of(prompt: BasePrompt, value: Value) -> Value:
    """``value`` as a save would keep it: it is posted to ``prompt`` and read like what is typed.

    Raises ``Refused``.
    """
    if not prompt.fits(value):
        raise Refused("This is no answer to its question.")
    post = QueryDict(mutable=True)
    for part, texts in prompt.posted(value).items():
        post.setlist(f"{prompt.id}.{part}" if part else prompt.id, texts)
    return read_value(prompt, Fields(post, prompt.id))


def _is_week(week: date, latest: datetime) -> bool:
    return week.weekday() == 0 and EARLIEST.date() <= week <= latest.date()


def _where(keeping: Keeping, row: SavedRow) -> dict[str, Any]:
    """The fields that name the place of a row."""
    return {name: getattr(row, name) for name in keeping.where}


def _fields(keeping: Keeping, row: SavedRow) -> dict[str, Any]:
    """All that a row has of its own."""
    return {name: getattr(row, name) for name in keeping.fields}


def _bring_all(person: User, document: Any, checking: Checking) -> Brought:
    """Row by row, each in a commit of its own: a long file keeps nobody else from saving."""
    brought = Brought()
    for key, keeping in KEPT.items():
        for row in getattr(document, key):
            brought += _bring(person, keeping, row, checking)
    for reading in document.readings:
        brought += _bring_reading(person, reading)
    return brought


def _bring(person: User, keeping: Keeping, row: SavedRow, checking: Checking) -> Brought:
    def once() -> Brought:
        with transaction.atomic():
            here: Any = keeping.kept._default_manager.filter(author=person, **_where(keeping, row))
            found = here.select_for_update(of=("self",)).select_related("head").first()
            into = Joining(person, row, checking)
            return into.row(found) if found else into.new(keeping)

    try:
        return once()
    except IntegrityError:
        # Another tab was first in this place: it is visible now.
        return once()


@dataclass
class Joining:
    """One row of the file on its way in."""

    person: User
    saved: SavedRow
    checking: Checking
    ids: dict[uuid.UUID, uuid.UUID] = field(default_factory=dict)
    """What a revision of the file is called here."""

    def new(self, keeping: Keeping) -> Brought:
        """In a place where nothing was."""
        self._name_all()
        row: Any = keeping.kept(author=self.person, **_fields(keeping, self.saved))
        row.head_id = self.ids[self.saved.newest]
        row.save(force_insert=True)
        return Brought(rows=1, versions=self._add(row, self.saved.revisions, beside=False))

    def row(self, row: Own) -> Brought:
        """To what is here. A file that goes on from the newest of here brings the newest."""
        known = {}
        for revision in self._known(row):
            known[revision.id] = self.ids[revision.id]
        missing = [one for one in self.saved.revisions if one.id not in known]
        goes_on = row.head_id in known.values()
        self._name_all()
        versions = self._add(row, missing, beside=not goes_on)
        newest = self.ids[self.saved.newest]
        if goes_on and newest != row.head_id:
            row.head_id = newest
            row.save(update_fields=["head"])  # type: ignore[misc]
        return Brought(versions=versions, beside=int(bool(versions) and not goes_on))

    def _known(self, row: Own) -> Iterator[SavedRevision]:
        """The revisions of the file that are here: saved at the same moment, saying the same."""
        saved = self.saved.revisions
        for start in range(0, len(saved), AT_ONCE):
            some = saved[start : start + AT_ONCE]
            here = self._here(row, some)
            for one in some:
                for revision in here:
                    if revision.saved_at == one.saved_at and self._same(row, revision, one):
                        self.ids[one.id] = revision.pk
                        here.remove(revision)
                        yield one
                        break

    def _here(self, row: Own, some: list[SavedRevision]) -> list[Revision]:
        """The revisions that may be those of the file; of a keepsake, all."""
        if isinstance(row, Keepsake):
            return list(row.revisions.all())
        return list(row.revisions.filter(saved_at__in={one.saved_at for one in some}))

    def _same(self, row: Own, revision: Revision, one: SavedRevision) -> bool:
        opened, prompt = row.open(revision, self.person), self._prompt(one)
        return opened.snapshot == prompt.snapshot() and opened.value == value_of(prompt, one.value)

    def _prompt(self, one: SavedRevision) -> BasePrompt:
        prompt = self.checking.prompt(one.asked)
        assert prompt is not None  # noqa: S101 - checked before
        return prompt

    def _name_all(self) -> None:
        for revision in self.saved.revisions:
            self.ids.setdefault(revision.id, uuid.uuid4())

    def _add(self, row: Own, revisions: list[SavedRevision], *, beside: bool) -> int:
        """Inserts; returns how many."""
        model = row.revisions.model
        for start in range(0, len(revisions), AT_ONCE):
            some = revisions[start : start + AT_ONCE]
            model._default_manager.bulk_create([self._made(row, one, beside) for one in some])
        return len(revisions)

    def _made(self, row: Own, one: SavedRevision, beside: bool) -> Revision:
        prompt = self._prompt(one)
        made: Revision = row.revisions.model(
            id=self.ids[one.id],
            row=row,
            base=self.ids.get(one.base) if one.base else None,
            token=uuid.uuid4(),
            aside=one.aside or beside,
            **({"saved_at": one.saved_at} if one.saved_at else {}),
        )
        row.seal(made, self.person, prompt, value_of(prompt, one.value))
        return made


def _bring_reading(person: User, saved: SavedReading) -> Brought:
    """Opened or finished there counts here as well; where one stopped here stays."""
    fields = {
        name: getattr(saved, name) for name in ("place", "opened_at", "touched_at", "finished_at")
    }
    reading, made = Reading.objects.get_or_create(
        reader=person, lesson_id=saved.lesson_id, defaults=fields
    )
    if not made and saved.finished_at and not reading.finished_at:
        reading.finished_at = saved.finished_at
        reading.save(update_fields=["finished_at"])
        made = True
    return Brought(readings=int(made))

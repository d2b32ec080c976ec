"""What stands on a session sheet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from exercises import access
from exercises.assignments import Given, given
from exercises.care.reading import Weeks, threads_of
from exercises.care.texts import Chapter, Text, asked_of, texts_by_lesson
from exercises.labels import day as day_name
from exercises.models import CareLink, ClientFile, How, Share
from exercises.threads import Said, Thread
from lessons.kinds.pulse import STEPS
from trustbook.accounts.models import User
from trustbook.lib import export, typesetting

TEMPLATE = Path(__file__).with_name("sheet.typ")


@dataclass(frozen=True)
class Asked:
    """What a sheet is to hold beside what is new."""

    everything: bool
    notes: bool

    @classmethod
    def of(cls, query: Mapping[str, object]) -> "Asked":
        """As the address says."""
        return cls("all" in query, "notes" in query)

    @property
    def query(self) -> str:
        """The end of an address that asks for the same."""
        wanted = {"all": self.everything, "notes": self.notes}
        said = urlencode({name: 1 for name, is_wanted in wanted.items() if is_wanted})
        return f"?{said}" if said else ""


@dataclass(frozen=True)
class Noted:
    """A private note of the therapist's."""

    day: date
    shown: SafeString
    plain: str


@dataclass(frozen=True)
class Sheet:
    """Of one client, as it is now."""

    since: date | None
    """The last session, unless everything is on the sheet."""
    given: list[Given]
    chapters: list[Chapter[Text]]
    weeks: Weeks
    notes: list[Noted]

    @property
    def empty(self) -> bool:
        """Whether there is nothing on it."""
        return not (self.given or self.chapters or self.weeks.weeks or self.notes)


def sheet_of(therapist: User, file: ClientFile, how: How, asked: Asked) -> Sheet:
    """Opens what is wanted, recorded as ``how``. Raises ``Http404`` once the link has ended."""
    link = access.own_link(therapist, file.pk)
    since = None if asked.everything else file.met_on
    wanted = [share.pk for share in _new(therapist, link, since)]
    reads = access.read_shared(therapist, file.pk, how, pk__in=wanted)
    lessons = asked_of(link)
    threads = {
        row: _lately(thread, therapist, since) for row, thread in threads_of(link, reads).items()
    }
    return Sheet(
        since,
        given=[one for one in given(link, lessons.names) if _moved(one, since)],
        chapters=texts_by_lesson(reads, lessons, threads),
        weeks=Weeks.of(reads, threads),
        notes=_notes(therapist, file, since) if asked.notes else [],
    )


def _new(therapist: User, link: CareLink, since: date | None) -> list[Share]:
    """What was shared on that day or later, or was not opened before it as it is shared now; and
    that about which something was said since.

    That stays the same however often it is read, until the next session is entered.
    """
    shares = access.shares_with_therapist(link)
    if since is None:
        return shares
    began = _begin(therapist, since)
    opened = access.opened_by_therapist(link)
    before = {revision for revision, (first, _) in opened.items() if first < began}
    said = {one.row_id for one in access.shown_responses(link) if one.written_at >= began}
    return [
        one
        for one in shares
        if one.since >= since or one.revision_id not in before or one.row_id in said
    ]


def _begin(therapist: User, day: date) -> datetime:
    """The midnight with which a day of the therapist's begins."""
    return datetime.combine(day, time.min, therapist.zone)


def _lately(thread: Thread, therapist: User, since: date | None) -> Thread:
    """The same without what was said before."""
    if since is None:
        return thread
    began = _begin(therapist, since)
    return replace(thread, said=[one for one in thread.said if one.on >= began])


def _moved(one: Given, since: date | None) -> bool:
    """Whether the client has begun it or done it since."""
    days = [day for day in (one.begun_on, one.done_on) if day]
    return since is None or any(day >= since for day in days)


def _notes(therapist: User, file: ClientFile, since: date | None) -> list[Noted]:
    found = []
    for row in access.own_session_notes(file):
        opened = row.open(row.head, therapist)
        shown = opened.prompt.show(opened.value)
        if shown and (since is None or row.day >= since):
            found.append(Noted(row.day, shown, opened.prompt.as_text(opened.value)))
    return found


def pdf_of(sheet: Sheet, label: str, now: datetime) -> bytes:
    """The sheet, tagged. Raises ``NotSet``."""
    return typesetting.pdf(TEMPLATE, data_of(sheet, label, now), now)


def data_of(sheet: Sheet, label: str, now: datetime) -> dict[str, object]:
    """What the template is given."""
    chapters = [*map(_lesson, sheet.chapters), *_weeks(sheet.weeks), *_noted(sheet.notes)]
    return {
        "label": typesetting.clean(label),
        "made": _day(now),
        "since": _day(sheet.since) if sheet.since else "",
        "given": [
            [typesetting.clean(part) for part in (one.name, capfirst(one.state), one.due)]
            for one in sheet.given
        ],
        "chapters": [typesetting.chapter(one) for one in chapters],
        "missing": "",
    }


def _lesson(chapter: Chapter[Text]) -> export.Chapter:
    entries = []
    for text in chapter.parts:
        remark = f"Shared {day_name(text.since)}"
        entries.append(export.Entry(text.asked, text.plain, None, remark))
        entries += [_said(one) for one in (text.thread.said if text.thread else ())]
    return export.Chapter(chapter.lesson_id, chapter.title, entries=tuple(entries))


def _said(one: Said, about: str = "") -> export.Entry:
    remark = "Withdrawn" if one.withdrawn else "Edited" if one.edited else ""
    asked = f"{one.who}, {_day(timezone.localtime(one.on))}"
    return export.Entry(f"{asked}, about the {about}" if about else asked, one.text, None, remark)


def _weeks(weeks: Weeks) -> list[export.Chapter]:
    if not weeks.weeks:
        return []
    lines = tuple(
        export.Curve(
            plot.name,
            plot.asked,
            STEPS,
            tuple((week.monday, week.numbers.get(plot.statement)) for week in weeks.weeks),
        )
        for plot in weeks.plots
    )
    about = "How true five statements were, from 1, not at all, to 7, completely."
    said = [_said(one, told.week.name) for told in weeks.rows for one in told.thread.said]
    return [export.Chapter("weeks", "Weeks", about, entries=tuple(said), curves=lines)]


def _noted(notes: list[Noted]) -> list[export.Chapter]:
    if not notes:
        return []
    entries = tuple(export.Entry(_day(note.day), note.plain, None) for note in notes)
    return [
        export.Chapter(
            "notes", "Your private notes", "The client never sees them.", entries=entries
        )
    ]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"

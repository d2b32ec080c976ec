"""What stands on a session sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from exercises import access
from exercises.care.given import Given, given_to
from exercises.care.reading import Weeks
from exercises.care.texts import Chapter, Text, texts_by_lesson
from exercises.labels import day as day_name
from exercises.lesson_names import own_names
from exercises.models import CareLink, ClientFile, How, Share
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
    own = own_names(therapist)
    given = [one for one in given_to(link, own) if _moved(one, since)]
    notes = _notes(therapist, file, since) if asked.notes else []
    return Sheet(since, given, texts_by_lesson(reads, own), Weeks.of(reads), notes)


def _new(therapist: User, link: CareLink, since: date | None) -> list[Share]:
    """What was shared on that day or later, or was not opened before it as it is shared now.

    That stays the same however often it is read, until the next session is entered.
    """
    shares = access.shares_with_therapist(link)
    if since is None:
        return shares
    began = datetime.combine(since, time.min, therapist.zone)
    opened = access.opened_by_therapist(link)
    before = {revision for revision, (first, _) in opened.items() if first < began}
    return [one for one in shares if one.since >= since or one.revision_id not in before]


def _moved(given: Given, since: date | None) -> bool:
    """Whether the client has begun it or done it since."""
    days = [day for day in (given.row.begun_on, given.row.done_on) if day]
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
            [typesetting.clean(part) for part in (one.title, one.state, one.due)]
            for one in sheet.given
        ],
        "chapters": [typesetting.chapter(one) for one in chapters],
        "missing": "",
    }


def _lesson(chapter: Chapter[Text]) -> export.Chapter:
    entries = tuple(
        export.Entry(text.asked, text.plain, None, f"Shared {day_name(text.since)}")
        for text in chapter.parts
    )
    return export.Chapter(chapter.lesson_id, chapter.title, entries=entries)


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
    return [export.Chapter("weeks", "Weeks", about, curves=lines)] if lines else []


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

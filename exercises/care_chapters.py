"""A person's work with a therapist, and a therapist's own, as chapters to read."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from exercises import access
from exercises.exported import in_order
from exercises.exported_care import files_of, invited_at, responses
from exercises.lesson_names import Names, given_names, name_of, own_names
from exercises.models import (
    Answer,
    Assignment,
    CareLink,
    ClientFile,
    Opening,
    Pulse,
    SessionNote,
)
from exercises.models.care import How
from exercises.own_lessons import text_of, title_of
from exercises.weeks import week_name
from trustbook.accounts.keys.vault import KeyGone
from trustbook.accounts.models import User
from trustbook.lib.export import Chapter, Entry

YOURS, THEIRS = "by you", "by your therapist"


def chapters_of(person: User) -> Iterator[Chapter]:
    """What there is of it; no chapter that would be empty."""
    link = access.care_of(person)
    if link:
        yield _with_a_therapist(person, link)
    yield from _opened(person)
    yield from _practice(person)
    yield from _clients(person)
    yield from _pathways(person)
    yield from _own_lessons(person)


def _with_a_therapist(person: User, link: CareLink) -> Chapter:
    names = given_names(link)
    today = timezone.localdate(timezone=person.zone)
    given = access.own_assignments(person, today)
    said = [*_notes(given, link, names, THEIRS), *_said(person, link, names)]
    return Chapter(
        "therapist",
        "You and your therapist",
        f"Since {_day(link.since)}.",
        facts=[(name_of(row.lesson_id, names), _given(person, row)) for row in given],
        entries=tuple(said),
    )


def _given(person: User, row: Assignment) -> str:
    """``given 3 May 2026; due 10 May 2026; begun 4 May 2026``."""
    days = {
        "given": row.assigned_on,
        "from": row.starts_on,
        "due": row.due_on,
        "begun": row.begun_on,
        "done": row.done_on,
        "withdrawn": row.withdrawn_on,
    }
    told = [f"{name} {_day(day)}" for name, day in days.items() if day]
    if row.aside_at and row.link.client_id == person.pk:
        told.append(f"put aside by you {_moment(person, row.aside_at):%-d %B %Y}")
    return "; ".join(told)


def _notes(given: list[Assignment], link: CareLink, names: Names, whose: str) -> Iterator[Entry]:
    """What came along with assignments, where anything did."""
    for row in given:
        try:
            note = row.note(link)
        except KeyGone:
            return  # it ended a moment ago
        if note.strip():
            asked = f"{name_of(row.lesson_id, names)}: the note that came with it"
            yield Entry(asked, note, None, f"{whose}, {_day(row.assigned_on)}")


def _said(person: User, link: CareLink, names: Names) -> Iterator[Entry]:
    """Of a client both sides, of a therapist their own; withdrawn texts say that they were."""
    said = list(responses(link, person))
    rows = Answer._base_manager.filter(pk__in=[one.answer for one in said if one.answer])
    weeks = Pulse._base_manager.filter(pk__in=[one.pulse for one in said if one.pulse])
    places: dict[Any, str] = {row.pk: name_of(row.lesson_id, names) for row in rows}
    places |= {row.pk: f"the {week_name(row.week)}" for row in weeks}
    for one in said:
        whose = YOURS if one.writer == "you" else THEIRS
        if one.withdrawn_at:
            whose += ", withdrawn"
        elif one.edited_at:
            whose += ", changed later"
        about = places[one.answer or one.pulse]
        yield Entry(f"About {about}", one.value, _moment(person, one.written_at), whose)


def _opened(person: User) -> Iterator[Chapter]:
    """The access record."""
    rows = access.own_openings(person)
    if rows:
        facts = [(_what(row), _when(person, row)) for row in reversed(rows)]
        title = "When a therapist opened what you had shared"
        yield Chapter("opened", title, facts=facts, printed=False)


def _what(row: Opening) -> str:
    return f"The {week_name(row.week)}" if row.week else name_of(row.lesson_id, {})


def _when(person: User, row: Opening) -> str:
    return f"opened {How(row.how).label}, {_moment(person, row.opened_at):%-d %B %Y, %H:%M}"


def _practice(person: User) -> Iterator[Chapter]:
    practice = access.practice_of(person)
    if practice is None:
        return
    about = practice.open(person)
    labels = {
        "Name": about.name,
        "Credentials": about.credentials,
        "Licence number": about.licence,
        "Licence held": about.licensed_by,
        "Languages": about.languages,
        "About": about.about,
        "Booking": about.booking,
    }
    facts = [(label, text) for label, text in labels.items() if text]
    yield Chapter("practice", "Your practice", "Shown to your own clients.", facts, printed=False)


def _clients(person: User) -> Iterator[Chapter]:
    """Who they are, as their therapist calls them; what was noted; what was said to them."""
    facts, notes, said = [], [], []
    names = own_names(person)
    for file in files_of(person):
        label = file.label(person)
        facts.append((label, _file(person, file)))
        notes += [_note(person, label, row) for row in file.notes.all()]
        said += [_labelled(label, one) for one in _to_client(person, file, names)]
    if facts:
        yield Chapter("clients", "Your clients", facts=facts)
    if notes:
        yield Chapter(
            "session-notes",
            "Your notes about sessions",
            "Nobody else sees them.",
            entries=tuple(notes),
            earlier=lambda: _earlier(person),
        )
    if said:
        title = "What you wrote to your clients"
        yield Chapter("to-clients", title, entries=tuple(said))


def _file(person: User, file: ClientFile) -> str:
    told = [f"made {_day(file.made_on)}"]
    if file.began_on:
        told.append(f"began {_day(file.began_on)}")
    if file.met_on:
        told.append(f"met last {_day(file.met_on)}")
    if file.archived_at:
        told.append(f"archived {_moment(person, file.archived_at):%-d %B %Y}")
    invited = invited_at(file)
    if invited:
        told.append(f"invited {_moment(person, invited):%-d %B %Y}")
    return "; ".join(told)


def _note(person: User, label: str, row: SessionNote, revision: Any = None) -> Entry:
    revision = revision or row.head
    said = str(row.open(revision, person).value)
    return Entry(f"{label}, {_day(row.day)}", said, _moment(person, revision.saved_at))


def _earlier(person: User) -> Iterator[Entry]:
    for file in files_of(person):
        for row in file.notes.all():
            for one in in_order(row):
                if one.pk != row.head_id:
                    yield _note(person, file.label(person), row, one)


def _to_client(person: User, file: ClientFile, names: Names) -> Iterator[Entry]:
    link = access.link_of(file)
    if link:
        given = Assignment.objects.filter(link=link).select_related("link")
        in_their_order = list(given.order_by("assigned_on", "position", "pk"))
        yield from _notes(in_their_order, link, names, YOURS)
        yield from _said(person, link, names)


def _labelled(label: str, entry: Entry) -> Entry:
    return Entry(f"{label}. {entry.asked}", entry.said, entry.at, entry.remark)


def _pathways(person: User) -> Iterator[Chapter]:
    names = own_names(person)
    facts = []
    for row in access.own_pathways(person):
        name, steps = row.open(person)
        lessons = [f"{name_of(one.lesson_id, names)}, {_after(one.days)}" for one in steps]
        facts.append((name, "; ".join(lessons)))
    if facts:
        yield Chapter("pathways", "Your pathways", facts=facts, printed=False)


def _after(days: int) -> str:
    return "after 1 day" if days == 1 else f"after {days} days"


def _own_lessons(person: User) -> Iterator[Chapter]:
    names = own_names(person)
    rows = sorted(access.written_lessons(person), key=lambda row: names[row.lesson_id])
    if not rows:
        return

    def earlier() -> Iterator[Entry]:
        for row in rows:
            for version in row.versions.exclude(pk=row.head_id).order_by("number"):
                yield entry(row, version)

    def entry(row: Any, version: Any) -> Entry:
        remark = f"version {version.number}"
        if row.withdrawn_on:
            remark += f", withdrawn {_day(row.withdrawn_on)}"
        text = text_of(version, person)
        return Entry(title_of(version, person), text, _moment(person, version.made_at), remark)

    yield Chapter(
        "own-lessons",
        "Lessons that you wrote",
        entries=tuple(entry(row, row.head) for row in rows),
        earlier=earlier,
    )


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"


def _moment(person: User, moment: datetime) -> datetime:
    return moment.astimezone(person.zone)

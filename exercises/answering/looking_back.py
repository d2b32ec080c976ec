"""All that one has written, and the earlier versions of each answer."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from exercises import access
from exercises.access import Row
from exercises.answering import actions
from exercises.compare import differences
from exercises.labels import Label, label
from exercises.lesson_names import Place, kept_names, names_for, place_of
from exercises.models import Keepsake, Pulse, Revision, WeekNote
from exercises.ordering import by_lesson
from exercises.saving import check_readable, read_id, saves
from exercises.sittings import by_sitting
from exercises.weeks import week_name
from lessons.kinds import Refused
from lessons.kinds.fields import clean_text
from trustbook.accounts.models import User
from trustbook.accounts.owner_mark import owner_mark
from trustbook.accounts.requests import SignedInRequest


@dataclass(frozen=True)
class Entry:
    """One answer to read."""

    row: Row
    asked: str
    shown: SafeString
    text: str
    saved_at: datetime | None
    """None for a keepsake, which has no date."""
    label: Label | None = None
    """Who can see it, where that is said."""


@dataclass(frozen=True)
class Chapter:
    """The answers to one lesson, or the weeks; ``href`` is empty for one that is not there."""

    title: str
    href: str
    entries: list[Entry]
    kept: list[Entry] = field(default_factory=list)
    """What is kept of what was written with somebody else, by whom that was."""


@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: SignedInRequest) -> HttpResponse:
    """All answers by lesson. A search is posted: an address with one's words would be logged."""
    wanted, refusal = _searched(request)
    chapters = list(chapters_of(request.user))
    found = _search(chapters, wanted) if wanted else chapters
    context = {
        "chapters": found,
        "wanted": wanted,
        "refusal": refusal,
        "none_yet": not chapters,
        "hits": sum(len(chapter.entries) + len(chapter.kept) for chapter in found),
    }
    return render(request, "workbook/answers.html", context, status=422 if refusal else 200)


def _searched(request: SignedInRequest) -> tuple[str, str]:
    """The words searched for, and what is wrong with them."""
    if request.method != "POST":
        return "", ""
    try:
        check_readable(request)
        return clean_text(request.POST.get("words", ""), 200).strip(), ""
    except Refused as refusal:
        return "", str(refusal)


def chapters_of(person: User) -> Iterable[Chapter]:
    """What a person wrote, in the order of the courses, then what was withdrawn, then pulses."""
    seen = access.seen(person)
    answers, keepsakes = access.own_answers(person), access.own_keepsakes(person)
    own = names_for(person, (row.lesson_id for row in answers))
    for written in by_lesson(answers, keepsakes, own, kept_names(person, keepsakes)):
        entries = _entries(person, written.answers, seen)
        kept = _entries(person, written.keepsakes, seen)
        yield Chapter(written.title, written.href, entries, kept=kept)
    weeks: list[Pulse | WeekNote] = [*access.own_pulses(person), *access.own_week_notes(person)]
    if weeks:
        weeks.sort(key=lambda row: row.week, reverse=True)  # numbers stay before the note
        yield Chapter("Your weeks", reverse("pulse:weeks"), _entries(person, weeks, seen))


def entry_of(person: User, row: Row) -> Entry:
    """The newest version of one answer, week, note or keepsake."""
    return _entry(person, row, row.head)


def _entries(person: User, rows: Iterable[Row], seen: access.Seen) -> list[Entry]:
    return [replace(entry_of(person, row), label=label(seen, row)) for row in rows]


def _entry(person: User, row: Row, revision: Revision) -> Entry:
    opened = row.open(revision, person)
    prompt = opened.prompt
    asked = _about_week(row) if isinstance(row, Pulse | WeekNote) else prompt.ask
    shown, text = prompt.show(opened.value), prompt.as_text(opened.value)
    return Entry(row, asked, shown, text, revision.saved_at)


def _about_week(row: Pulse | WeekNote) -> str:
    name = week_name(row.week)
    return f"The {name}" if isinstance(row, Pulse) else f"Your note on the {name}"


def _search(chapters: list[Chapter], wanted: str) -> list[Chapter]:
    """The entries that hold every word, in the question or in the answer."""
    words = wanted.casefold().split()
    found = []
    for chapter in chapters:
        entries = [entry for entry in chapter.entries if _has(entry, words)]
        kept = [entry for entry in chapter.kept if _has(entry, words)]
        if entries or kept:
            found.append(replace(chapter, entries=entries, kept=kept))
    return found


def _has(entry: Entry, words: list[str]) -> bool:
    text = f"{entry.asked}\n{entry.text}".casefold()
    return all(word in text for word in words)


@dataclass(frozen=True)
class Sitting:
    """Revisions saved one soon after the other, the last first; ``last`` is that one, opened."""

    revisions: list[Revision]
    last: Entry

    @property
    def began(self) -> datetime:
        """When its first revision was saved."""
        return self.revisions[-1].saved_at


@require_safe
def history(request: SignedInRequest, row: uuid.UUID) -> HttpResponse:
    """All versions of one answer; ``?version=`` shows one of them beside the newest."""
    found = access.own_kept(request.user, row)
    if isinstance(found, Keepsake):
        return show_keepsake(request, found)
    wanted = request.GET.get("version")
    return show_history(request, found, _version(found, wanted) if wanted else None)


def _version(row: Row, wanted: str) -> Revision:
    try:
        return access.revision_of(row, read_id(wanted))
    except Refused:
        raise Http404 from None


@saves
def bring_back(request: SignedInRequest, row: uuid.UUID) -> HttpResponse:
    """Makes an earlier version the newest; the one it replaces stays in the history."""
    found = access.own_kept(request.user, row)
    if isinstance(found, Keepsake):
        raise Http404
    revision = access.revision_of(found, read_id(request.POST.get("revision")))
    recorded = actions.bring_back(request.user, found, revision, request.POST)
    if recorded and recorded.conflict:
        messages.warning(
            request, "A newer version was saved meanwhile. Look at it first; it is below."
        )
    else:
        messages.success(request, "Brought back. The version before it is kept as well.")
    return show_history(request, access.own_kept(request.user, row))


def show_history(
    request: SignedInRequest, row: Row, version: Revision | None = None
) -> HttpResponse:
    """The page of all versions, the newest sitting first."""
    newest = entry_of(request.user, row)
    chosen = _entry(request.user, row, version) if version else None
    context = {
        "row": row,
        "place": place_in(request.user, row),
        "newest": newest,
        "label": label(access.seen_of(request.user, row), row),
        "sittings": sittings(request.user, row),
        "version": version,
        "chosen": chosen,
        "changes": differences(chosen.text, newest.text) if chosen else "",
        "owner": owner_mark(request.user),
        "token": uuid.uuid4(),
    }
    return render(request, "workbook/history.html", context)


def show_keepsake(request: SignedInRequest, row: Keepsake) -> HttpResponse:
    """The page of one's own copy of what two wrote, and of what was kept beside it; undated."""
    beside = [one for one in access.revisions_of(row) if one.pk != row.head_id]
    context = {
        "row": row,
        "place": place_in(request.user, row),
        "newest": entry_of(request.user, row),
        "beside": [_entry(request.user, row, revision) for revision in beside],
    }
    return render(request, "workbook/keepsake.html", context)


def place_in(person: User, row: Row) -> Place | None:
    """The lesson in which something was written, if it can be read there (still)."""
    lesson_id = getattr(row, "lesson_id", "")
    found = place_of(lesson_id, names_for(person, [lesson_id]))
    return found if found.href else None


def sittings(person: User, row: Row) -> list[Sitting]:
    """The revisions of ``row``, the last first, parted where there were longer pauses."""
    groups = by_sitting(access.revisions_of(row))
    return [Sitting(group, _entry(person, row, group[0])) for group in groups]

"""A therapist's private notes: written while they are typed, with all versions, and deleted."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from exercises import access, sessionnotes
from exercises.asked import as_asked
from exercises.care.page_forms import EARLIEST, Day, Met
from exercises.care.reading import about
from exercises.compare import differences
from exercises.models import ClientFile, Revision, SessionNote
from exercises.recording import Draft, Recorded
from exercises.saving import read_draft, read_id, saves
from exercises.sessionnotes import NOTE
from exercises.sittings import by_sitting
from exercises.slots import Slot, fill, frame, reply
from lessons.kinds import Refused
from trustbook.accounts.models import User
from trustbook.accounts.owner_mark import owner_mark
from trustbook.accounts.requests import SignedInRequest

GONE = "There is no such file any more, so this is not saved. Your text is still here to copy."
AHEAD = timedelta(days=366)
"""A session can be prepared; beyond that, a day is a slip of the keys."""


@dataclass(frozen=True)
class Text:
    """A version of a note, to read."""

    row: SessionNote
    revision: Revision
    shown: SafeString
    text: str

    @property
    def saved_at(self) -> datetime:
        """When it was saved."""
        return self.revision.saved_at

    @classmethod
    def of(cls, therapist: User, row: SessionNote, revision: Revision | None = None) -> "Text":
        """A revision, or the newest."""
        revision = revision or row.head
        opened = row.open(revision, therapist)
        prompt, value = opened.prompt, opened.value
        return cls(row, revision, prompt.show(value), prompt.as_text(value))


@dataclass(frozen=True)
class Sitting:
    """Versions saved one soon after the other, the last first; ``last`` is that one."""

    revisions: list[Revision]
    last: Text

    @property
    def began(self) -> datetime:
        """When the first of them was saved."""
        return self.revisions[-1].saved_at


@require_safe
def notes(request: SignedInRequest, file: uuid.UUID) -> HttpResponse:
    """All notes of a file, the last day first; ``?day=`` leads to the note of that day."""
    found = access.own_file(request.user, file)
    form = Day(request.GET) if "day" in request.GET else Day()
    if form.is_bound and form.is_valid():
        day = form.cleaned_data["day"]
        if _sensible(request.user, day):
            return redirect("care:note", file=file, day=day.isoformat())
        form.add_error("day", "Enter a day of this century, and at most a year ahead.")
    rows = access.own_session_notes(found)
    context = about(request.user, found) | {
        "notes": [Text.of(request.user, row) for row in rows],
        "today": Met.today_of(request.user),
        "form": form,
    }
    return render(request, "care/notes.html", context, status=422 if form.errors else 200)


@require_safe
def note(request: SignedInRequest, file: uuid.UUID, day: str) -> HttpResponse:
    """One day's note, to write or to go on with."""
    found = access.own_file(request.user, file)
    return _show(request, found, _day(request.user, day))


@partial(saves, gone=GONE)
def save_note(request: SignedInRequest, file: uuid.UUID, day: str) -> HttpResponse:
    """Keeps what was typed; 409 with both texts when another page was faster."""
    when = _day(request.user, day)
    asked = as_asked(NOTE, request.POST)
    draft = read_draft(asked, request.POST)
    recorded = sessionnotes.save(request.user, file, when, asked, draft)
    if "application/json" in request.headers.get("Accept", ""):
        return reply(request.user, asked, recorded, _at("note_history", file, when))
    return _show(request, access.own_file(request.user, file), when, recorded, saved=True)


def _show(
    request: SignedInRequest,
    file: ClientFile,
    day: date,
    recorded: Recorded | None = None,
    *,
    saved: bool = False,
) -> HttpResponse:
    row = access.own_session_note(file, day)
    slot = Slot(NOTE, unanswered="Nothing is written yet")
    if row is not None:
        slot.kept, slot.revision = row, row.head
        slot.opened = row.open(row.head, request.user)
        if recorded and recorded.conflict:
            slot.typed = row.open(recorded.revision, request.user).value
    save, history = (_at(name, file.pk, day) for name in ("save_note", "note_history"))
    context = about(request.user, file) | {
        "day": day,
        "row": row,
        "form": fill(frame(NOTE, save, history=history), slot),
        "save": save,
        "saved": saved,
        "conflict": slot.typed is not None,
        "owner": owner_mark(request.user),
    }
    return render(request, "care/note.html", context, status=409 if slot.typed is not None else 200)


@require_safe
def note_history(request: SignedInRequest, file: uuid.UUID, day: str) -> HttpResponse:
    """All versions of a note; ``?version=`` shows one of them beside the newest."""
    return _show_history(request, file, day, request.GET.get("version"))


@partial(saves, gone=GONE)
def bring_back_note(request: SignedInRequest, file: uuid.UUID, day: str) -> HttpResponse:
    """Makes an earlier version the newest; the one it replaces stays in the history."""
    found, row = _written(request.user, file, day)
    old = row.open(access.revision_of(row, read_id(request.POST.get("revision"))), request.user)
    base, token = (read_id(request.POST.get(name)) for name in ("base", "token"))
    draft = Draft(old.value, base, token)
    recorded = sessionnotes.save(request.user, found.pk, row.day, old.prompt, draft)
    if recorded and recorded.conflict:
        messages.warning(request, "A newer version was saved meanwhile. Look at it first.")
    else:
        messages.success(request, "Brought back. The version before it is kept.")
    return _show_history(request, file, day)


def _show_history(
    request: SignedInRequest, file: uuid.UUID, day: str, wanted: str | None = None
) -> HttpResponse:
    found, row = _written(request.user, file, day)
    newest = Text.of(request.user, row)
    chosen = Text.of(request.user, row, _version(row, wanted)) if wanted else None
    groups = by_sitting(access.revisions_of(row))
    context = about(request.user, found) | {
        "day": row.day,
        "row": row,
        "newest": newest,
        "chosen": chosen,
        "changes": differences(chosen.text, newest.text) if chosen else "",
        "sittings": [Sitting(group, Text.of(request.user, row, group[0])) for group in groups],
        "owner": owner_mark(request.user),
        "token": uuid.uuid4(),
    }
    return render(request, "care/note_history.html", context)


def _version(row: SessionNote, wanted: str) -> Revision:
    try:
        return access.revision_of(row, read_id(wanted))
    except Refused:
        raise Http404 from None


@require_http_methods(["GET", "HEAD", "POST"])
def delete_note(request: SignedInRequest, file: uuid.UUID, day: str) -> HttpResponse:
    """What goes is said; pressed once more, it is gone with all its versions."""
    found, row = _written(request.user, file, day)
    changed = request.method == "POST"
    if changed and sessionnotes.delete(request.user, found, row.day, _seen(request)):
        messages.success(request, "The note is deleted.")
        return redirect("care:notes", file=file)
    found, row = _written(request.user, file, day)
    context = about(request.user, found) | {
        "day": row.day,
        "row": row,
        "newest": Text.of(request.user, row),
        "versions": len(access.revisions_of(row)),
        "changed": changed,
    }
    return render(request, "care/delete_note.html", context, status=409 if changed else 200)


def _seen(request: SignedInRequest) -> uuid.UUID:
    try:
        return read_id(request.POST.get("seen"))
    except Refused:
        return uuid.UUID(int=0)


def _written(therapist: User, file: uuid.UUID, day: str) -> tuple[ClientFile, SessionNote]:
    found = access.own_file(therapist, file)
    return found, access.written_session_note(found, _read(day))


def _day(therapist: User, text: str) -> date:
    """A day on which there can be a note. Raises ``Http404``."""
    day = _read(text)
    if not _sensible(therapist, day):
        raise Http404
    return day


def _sensible(therapist: User, day: date) -> bool:
    return EARLIEST <= day <= Met.today_of(therapist) + AHEAD


def _read(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if day.isoformat() != text:
        raise Http404
    return day


def _at(name: str, file: uuid.UUID, day: date) -> str:
    return reverse(f"care:{name}", kwargs={"file": file, "day": day.isoformat()})

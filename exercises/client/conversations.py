"""What a client's therapist said about what they shared, and what the client says in return."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from exercises import access, threads
from exercises.lesson_names import names_for
from exercises.models import Answer, Response, Revision
from exercises.ordering import by_lesson
from exercises.saving import saves
from exercises.weeks import week_name
from trustbook.accounts.models import User
from trustbook.accounts.requests import SignedInRequest
from trustbook.lib import sqlite_log

GONE = (
    "This is not shared with a therapist (any more), so nothing was sent. What you wrote is "
    "below, to copy."
)
NEWER = (
    "You have shared a newer text since this page was opened, so nothing was sent yet. It stands "
    "below; what you wrote is in the form."
)


@dataclass(frozen=True)
class Line:
    """One thing that was written about: the question, and when something was said last."""

    row: uuid.UUID
    asked: str
    place: str
    last: datetime
    shared: bool


@require_safe
def written(request: SignedInRequest) -> HttpResponse:
    """All that was said about anything, the answers in the order of the courses."""
    link = access.own_care(request.user)
    shared = {share.row_id for share in access.shares_with_therapist(link)}
    lines = list(_lines(request.user, access.own_responses(request.user), shared))
    return render(request, "client/written.html", {"lines": lines})


def _lines(person: User, responses: list[Response], shared: set[uuid.UUID]) -> Any:
    last = {one.row_id: one.written_at for one in responses}
    answers = {one.row_id: one.answer for one in responses if one.answer}
    weeks = {one.row_id: one.pulse for one in responses if one.pulse}
    own = names_for(person, (row.lesson_id for row in answers.values()))
    for lesson in by_lesson(answers.values(), own=own):
        for row in lesson.answers:
            asked = row.open(row.head, person).prompt.ask
            yield Line(row.pk, asked, lesson.title, last[row.pk], row.pk in shared)
    for week in sorted(weeks.values(), key=lambda row: row.week):
        asked = f"The {week_name(week.week)}"
        yield Line(week.pk, asked, "Your weeks", last[week.pk], week.pk in shared)


@require_safe
def thread(request: SignedInRequest, row: uuid.UUID) -> HttpResponse:
    """One's own text as it is shared, what was said about it, and a form to answer."""
    return _page(request, row)


@partial(saves, gone=GONE)
def reply(request: SignedInRequest, row: uuid.UUID) -> HttpResponse:
    """Says something in return; one's therapist reads it as long as the text is shared."""
    sent = threads.read_sent(request.POST)
    try:
        with transaction.atomic():
            link = access.locked_care(request.user)
            threads.say(link, request.user, row, sent)
    except threads.Newer:
        return _page(request, row, typed=sent.text, refusal=NEWER, status=409)
    messages.success(request, "Sent. Your therapist can read it now.")
    return redirect("client:thread", row=row)


def _page(
    request: SignedInRequest, row: uuid.UUID, *, status: int = 200, **told: str
) -> HttpResponse:
    link = access.own_care(request.user)
    found = access.own_showable(request.user, row)
    share = access.shared_now(link, row)
    talk = threads.clients_thread(link, row, share)
    if share is None and not talk.said:
        raise Http404
    revision = access.revision_of(found, share.revision_id) if share else found.head
    context = {
        "share": share,
        "thread": talk,
        "row": found,
        "opened": access.last_opened(link).get(row) if share else None,
        **_text(request.user, found, revision),
        **told,
    }
    return render(request, "client/thread.html", context, status=status)


def _text(person: User, row: access.Showable, revision: Revision) -> dict[str, Any]:
    opened = row.open(revision, person)
    asked = opened.prompt.ask if isinstance(row, Answer) else f"The {week_name(row.week)}"
    return {"asked": asked, "shown": opened.prompt.show(opened.value)}


@require_safe
def edit_response(request: SignedInRequest, response: uuid.UUID) -> HttpResponse:
    """A form with what one said."""
    return _form(request, access.said_by_client(request.user, response))


@partial(saves, gone=GONE)
def save_response(request: SignedInRequest, response: uuid.UUID) -> HttpResponse:
    """Says it otherwise; both see that it was changed."""
    text = threads.read_text(request.POST)
    try:
        with transaction.atomic():
            found = access.said_by_client(request.user, response, lock=True)
            threads.edit(found, text, request.POST.get(threads.WAS, ""))
    except threads.Changed:
        found = access.said_by_client(request.user, response)
        return _form(request, found, typed=text, refusal=threads.CHANGED, status=409)
    sqlite_log.forget("default")
    messages.success(request, "Changed. Both of you see that it was.")
    return redirect("client:thread", row=found.row_id)


def _form(
    request: SignedInRequest, found: Response, *, status: int = 200, **told: str
) -> HttpResponse:
    context = threads.form_of(found, request.user) | told
    return render(request, "client/edit_response.html", context, status=status)


@require_POST
def withdraw_response(request: SignedInRequest, response: uuid.UUID) -> HttpResponse:
    """Both see that something was withdrawn, and nothing of what it said."""
    with transaction.atomic():
        found = access.said_by_client(request.user, response, lock=True)
        threads.withdraw(found)
    sqlite_log.forget("default")
    messages.success(request, "Withdrawn. Your therapist sees that it was, and not what it said.")
    return redirect("client:thread", row=found.row_id)

"""What a therapist says about a shared text: beside it, under it, and what becomes of that."""

import uuid
from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from exercises import access, threads
from exercises.care.opening import opens
from exercises.models import How, Response
from exercises.saving import saves
from exercises.weeks import week_name
from trustbook.accounts.requests import SignedInRequest
from trustbook.lib import sqlite_log

GONE = (
    "This is not shared with you (any more), so nothing was sent. What you wrote is below, to copy."
)
NEWER = (
    "A newer text was shared after you opened this page, so nothing was sent. Read it as it is "
    "now, then decide what to say. What you wrote is below."
)


@require_safe
@opens
def respond(request: SignedInRequest, file: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """One shared text, what was said about it, and a form."""
    return _page(request, file, row)


@partial(saves, gone=GONE)
def send_response(request: SignedInRequest, file: uuid.UUID, row: uuid.UUID) -> HttpResponse:
    """Says something about it."""
    sent = threads.read_sent(request.POST)
    try:
        with transaction.atomic():
            link = access.own_link(request.user, file, lock=True)
            threads.say(link, request.user, row, sent)
    except threads.Newer:
        return _page(request, file, row, typed=sent.text, refusal=NEWER, status=409)
    messages.success(request, "Sent. Your client can read it now.")
    return redirect("care:respond", file=file, row=row)


def _page(
    request: SignedInRequest, file: uuid.UUID, row: uuid.UUID, *, status: int = 200, **told: str
) -> HttpResponse:
    link = access.own_link(request.user, file)
    share = access.shared_now(link, row)
    if share is None:
        raise Http404
    reads = access.read_shared(request.user, file, How.SCREEN, pk=share.pk)
    if not reads:
        raise Http404
    [read] = reads
    asked = f"The {week_name(read.week)}" if read.week else read.opened.prompt.ask
    context = {
        "file": link.file,
        "label": link.file.label(request.user),
        "read": read,
        "asked": asked,
        "shown": read.opened.prompt.show(read.opened.value),
        "thread": threads.therapists_threads(link, [(row, read.revision_id)])[row],
        **told,
    }
    return render(request, "care/respond.html", context, status=status)


@require_safe
def edit_response(request: SignedInRequest, response: uuid.UUID) -> HttpResponse:
    """A form with what was said."""
    return _form(request, access.said_by_therapist(request.user, response))


@partial(saves, gone=GONE)
def save_response(request: SignedInRequest, response: uuid.UUID) -> HttpResponse:
    """Says it otherwise; both see that it was changed."""
    text = threads.read_text(request.POST)
    try:
        with transaction.atomic():
            found = access.said_by_therapist(request.user, response, lock=True)
            threads.edit(found, text, request.POST.get(threads.WAS, ""))
    except threads.Changed:
        found = access.said_by_therapist(request.user, response)
        return _form(request, found, typed=text, refusal=threads.CHANGED, status=409)
    sqlite_log.forget("default")
    messages.success(request, "Changed. Both of you see that it was.")
    return redirect("care:respond", file=found.link.file.pk, row=found.row_id)


def _form(
    request: SignedInRequest, found: Response, *, status: int = 200, **told: str
) -> HttpResponse:
    file = found.link.file
    context = threads.form_of(found, request.user) | told
    context |= {"file": file, "label": file.label(request.user)}
    return render(request, "care/edit_response.html", context, status=status)


@require_POST
def withdraw_response(request: SignedInRequest, response: uuid.UUID) -> HttpResponse:
    """Both see that something was withdrawn, and nothing of what it said."""
    with transaction.atomic():
        found = access.said_by_therapist(request.user, response, lock=True)
        threads.withdraw(found)
    sqlite_log.forget("default")
    messages.success(request, "Withdrawn. Your client sees that it was, and not what it said.")
    file = found.link.file.pk
    if access.shared_now(found.link, found.row_id) is None:
        return redirect("care:client", file=file)
    return redirect("care:respond", file=file, row=found.row_id)

"""Assigning lessons to clients, and changing or withdrawing what was assigned."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exercises import access
from exercises.assignments import as_given, today_of
from exercises.care.assign_forms import AssignForm, ChangeForm, LessonsForm, PathForm
from exercises.care.giving import NotDone, Outcome, change, give, outcomes, take_back
from exercises.care.lesson_versions import newer_than
from exercises.care.paths import own_paths, path_of, supplied_paths
from exercises.lesson_names import name_of, own_names
from exercises.saving import read_id, saves
from trustbook.accounts.kept import keeps_sent
from trustbook.accounts.keys.vault import KeyGone
from trustbook.accounts.owner_mark import owner_mark
from trustbook.accounts.requests import SignedInRequest

ENDED = (
    "This client is not linked with you any more, so nothing was changed. What you wrote is below, "
    "to copy."
)
NO_PATHWAY = "This pathway was deleted meanwhile. Choose lessons below, or another pathway."


@keeps_sent
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: SignedInRequest) -> HttpResponse:
    """To whom, what and when; where it is more than one assignment, a second step shows it all."""
    if request.method == "POST":
        return _send(request)
    key, asked = request.GET.get("pathway", ""), request.GET
    initial = {"clients": asked.getlist("client"), "lessons": asked.getlist("lesson")}
    if key:
        path = path_of(request.user, key)
        return _page(request, PathForm(path, request.user, initial=initial), uuid.uuid4())
    return _page(request, LessonsForm(request.user, initial=initial), uuid.uuid4())


@saves
def _send(request: SignedInRequest) -> HttpResponse:
    form, token = _sent(request), read_id(request.POST.get("token"))
    step = request.POST.get("step")
    if step == "again":  # back from the preview: what was chosen stands there, and is no fault
        return _page(request, form, token)
    if not form.is_valid():
        return _page(request, form, token, status=422)
    lines = outcomes(form.chosen, form.plan)
    mark = _mark(lines)
    if len(lines) > 1 and (step != "confirm" or request.POST.get("mark") != mark):
        return _preview(request, form, token, lines, mark, changed=step == "confirm")
    try:
        done = give(request.user, list(form.chosen), form.plan, form.cleaned_data["note"], token)
    except NotDone as refusal:
        form.refuse(refusal)
        return _page(request, form, token, status=422)
    context = {"clients": _by_client(form, done), "new": any(not one.has_it for one in done)}
    return render(request, "care/assigned.html", context)


def _sent(request: SignedInRequest) -> AssignForm:
    key = request.POST.get("pathway", "")
    if not key:
        return LessonsForm(request.user, request.POST)
    try:
        return PathForm(path_of(request.user, key), request.user, request.POST)
    except Http404:
        form = LessonsForm(request.user, request.POST)
        form.add_error(None, NO_PATHWAY)
        return form


def _page(
    request: SignedInRequest, form: AssignForm, token: uuid.UUID, *, status: int = 200
) -> HttpResponse:
    chosen = form.ticked("clients")
    context: dict[str, Any] = {
        "form": form,
        "token": token,
        "owner": owner_mark(request.user),
        "clients": [
            (str(file), form.labels[file])
            for file in form.live
            if file not in form.archived or str(file) in chosen
        ],
        "chosen_clients": chosen,
        "status": status,
    }
    if form.path:
        context["steps"] = _steps(form)
    else:
        context["chosen"] = form.ticked("lessons") + form.ticked("parts")
        context["own"], context["supplied"] = own_paths(request.user), supplied_paths()
    return render(request, "care/assign.html", context, status=status)


def _steps(form: AssignForm) -> list[tuple[str, int]]:
    steps = form.path.steps if form.path else []
    return [(form.titles[one.lesson_id], one.days) for one in steps if one.lesson_id in form.titles]


@dataclass(frozen=True)
class Line:
    """One lesson for one client, in words."""

    title: str
    outcome: Outcome


@dataclass(frozen=True)
class ForOne:
    """What one client gets."""

    file: uuid.UUID
    label: str
    lines: list[Line]


def _by_client(form: AssignForm, lines: Iterable[Outcome]) -> list[ForOne]:
    order = {file: number for number, file in enumerate(form.live)}
    lines = sorted(lines, key=lambda one: order.get(one.file, 0))
    return [
        ForOne(
            file, form.labels[file], [Line(form.titles[one.planned.lesson_id], one) for one in ones]
        )
        for file, ones in groupby(lines, key=lambda one: one.file)
    ]


def _mark(lines: list[Outcome]) -> str:
    """Tells what was shown before confirming from what would be done now."""
    return sha256(repr(lines).encode()).hexdigest()


def _preview(
    request: SignedInRequest,
    form: AssignForm,
    token: uuid.UUID,
    lines: list[Outcome],
    mark: str,
    *,
    changed: bool,
) -> HttpResponse:
    hidden = ["clients", "lessons", "parts", "due", "starts", "first", "note", "pathway"]
    fields = [
        (name, value)
        for name in hidden
        for value in request.POST.getlist(name)
        if name in form.fields or name == "pathway"
    ]
    context = {
        "form": form,
        "clients": _by_client(form, lines),
        "many": sum(not line.has_it for line in lines),
        "fields": fields,
        "token": token,
        "owner": owner_mark(request.user),
        "mark": mark,
        "changed": changed,
    }
    return render(request, "care/assign_preview.html", context)


@keeps_sent
@require_http_methods(["GET", "HEAD", "POST"])
def assignment(request: SignedInRequest, assignment: uuid.UUID) -> HttpResponse:
    """One assignment: what came of it, and its days and note to change."""
    if request.method == "POST":
        return _change(request, assignment=assignment)
    return _one(request, assignment)


@partial(saves, gone=ENDED)
def _change(request: SignedInRequest, assignment: uuid.UUID) -> HttpResponse:
    row = access.given_assignment(request.user, assignment)
    form = ChangeForm(request.POST, begun=row.begun_on is not None)
    if not form.is_valid():
        return _one(request, assignment, form)
    said = form.cleaned_data
    try:
        change(request.user, row, said["note"], said["due"], said.get("starts"))
    except NotDone as refusal:
        form.refuse(refusal)
        return _one(request, assignment, form)
    messages.success(request, "It is changed. Your client sees it like this from now on.")
    return redirect("care:assignment", assignment=row.pk)


def _one(
    request: SignedInRequest, assignment: uuid.UUID, form: ChangeForm | None = None
) -> HttpResponse:
    row = access.given_assignment(request.user, assignment)
    names, today = own_names(request.user), today_of(row.link.client)
    try:
        shown = as_given(row, row.link, names, today)
    except KeyGone:  # it has ended since the line before
        raise Http404 from None
    initial = {"due": row.due_on, "starts": row.starts_on, "note": shown.note}
    context = {
        "given": shown,
        "newer": newer_than(request.user, row),
        "file": row.link.file,
        "label": row.link.file.label(request.user),
        "form": form or ChangeForm(initial=initial, begun=row.begun_on is not None),
        "owner": owner_mark(request.user),
    }
    return render(request, "care/assignment.html", context, status=422 if form else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, assignment: uuid.UUID) -> HttpResponse:
    """Says what that means; pressed once more, it is withdrawn."""
    row = access.given_assignment(request.user, assignment)
    if request.method == "POST":
        take_back(request.user, row)
        messages.success(request, "It is withdrawn. Your client is not asked for it any more.")
        return redirect("care:assignment", assignment=row.pk)
    context = {
        "assignment": row,
        "name": name_of(row.lesson_id, own_names(request.user)),
        "label": row.link.file.label(request.user),
    }
    return render(request, "care/assignment_withdraw.html", context)

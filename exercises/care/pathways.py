"""Pathways: the list, one of one's own to write, and those that come with the courses."""

import uuid
from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exercises import access, shown
from exercises.care.offered import offered, titles
from exercises.care.paths import own_paths, path_of, supplied_paths
from exercises.care.pathway_forms import PathwayForm
from exercises.lesson_names import NO_LONGER_OFFERED
from exercises.models import Pathway
from exercises.models.assigned import PATHWAY
from exercises.saving import read_id, saves
from trustbook.accounts.kept import keeps_sent
from trustbook.accounts.owner_mark import owner_mark
from trustbook.accounts.requests import SignedInRequest

DELETED = (
    "This pathway was deleted meanwhile, so nothing was saved. What you wrote is below, to copy."
)


@require_safe
def pathways(request: SignedInRequest) -> HttpResponse:
    """One's own, and those that come with the courses."""
    context = {"own": own_paths(request.user), "supplied": supplied_paths()}
    return render(request, "care/pathways.html", context)


@require_safe
def supplied_pathway(request: SignedInRequest, name: str) -> HttpResponse:
    """One that comes with a course: to look at, to assign, to copy and change."""
    path = path_of(request.user, name)
    if not path.supplied:
        raise Http404
    known = titles(offered(request.user))
    steps = [(known.get(step.lesson_id, NO_LONGER_OFFERED), step.days) for step in path.steps]
    return render(request, "care/supplied_pathway.html", {"path": path, "steps": steps})


@keeps_sent
@require_http_methods(["GET", "HEAD", "POST"])
def new_pathway(request: SignedInRequest) -> HttpResponse:
    """Writes a new one, empty or from a copy."""
    if request.method == "POST":
        return _make(request)
    form = PathwayForm.of(request.user, "", [])
    if key := request.GET.get("from", ""):
        path = path_of(request.user, key)
        form = PathwayForm.of(request.user, f"{path.name}, changed", path.steps)
    return _form(request, form, uuid.uuid4())


@saves
def _make(request: SignedInRequest) -> HttpResponse:
    form, token = PathwayForm.sent(request.user, request.POST), read_id(request.POST.get("token"))
    if form.do(request.POST.get("do", "")):
        return _form(request, form, token)
    if not form.is_valid():
        return _form(request, form, token)
    # Sent twice, it is one: its id comes from the page that it was written on.
    row = Pathway(pk=uuid.uuid5(request.user.pk, str(token)), therapist=request.user)
    row.seal(request.user, form.name, form.steps)
    Pathway.objects.bulk_create([row], ignore_conflicts=True)
    messages.success(request, "The pathway is saved.")
    return redirect("care:pathway", pathway=row.pk)


@keeps_sent
@require_http_methods(["GET", "HEAD", "POST"])
def pathway(request: SignedInRequest, pathway: uuid.UUID) -> HttpResponse:
    """One's own, to change."""
    if request.method == "POST":
        return _save(request, pathway=pathway)
    row = access.own_pathway(request.user, pathway)
    name, steps = row.open(request.user)
    return _form(request, PathwayForm.of(request.user, name, steps), uuid.uuid4(), row)


@partial(saves, gone=DELETED)
def _save(request: SignedInRequest, pathway: uuid.UUID) -> HttpResponse:
    row = access.own_pathway(request.user, pathway)
    form = PathwayForm.sent(request.user, request.POST)
    if form.do(request.POST.get("do", "")):
        return _form(request, form, uuid.uuid4(), row)
    if not form.is_valid():
        return _form(request, form, uuid.uuid4(), row)
    with transaction.atomic():
        row = access.own_pathway(request.user, pathway, lock=True)
        row.seal(request.user, form.name, form.steps)
        row.save(update_fields=["sealed"])
    messages.success(request, "The pathway is saved. What was assigned before stays as it was.")
    return redirect("care:pathway", pathway=row.pk)


def _form(
    request: SignedInRequest, form: PathwayForm, token: uuid.UUID, row: Pathway | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "token": token,
        "pathway": row,
        "owner": owner_mark(request.user),
        "moved": request.method == "POST" and not form.faulty,
        "no_longer": NO_LONGER_OFFERED,
    }
    return render(request, "care/pathway.html", context, status=422 if form.faulty else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def delete_pathway(request: SignedInRequest, pathway: uuid.UUID) -> HttpResponse:
    """Says what goes; pressed once more, it is gone."""
    row = access.own_pathway(request.user, pathway)
    name, steps = row.open(request.user)
    if request.method == "POST":
        shown.note([(PATHWAY, row.pk)])
        row.delete()
        messages.success(request, "The pathway is deleted.")
        return redirect("care:pathways")
    context = {"pathway": row, "name": name, "count": len(steps)}
    return render(request, "care/pathway_delete.html", context)

"""What a client is called, ending with one, and deleting what is kept of them."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from exercises import access, carelinks, clientfiles
from exercises.care.inviting_forms import LabelForm
from trustbook.accounts.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def label(request: SignedInRequest, file: uuid.UUID) -> HttpResponse:
    """Another label; nothing is left of the one before."""
    found = access.own_file(request.user, file)
    now = found.label(request.user)
    typed = request.POST if request.method == "POST" else None
    form = LabelForm(request.user, file, typed, initial={"label": now})
    if request.method == "POST" and form.is_valid():
        clientfiles.rename(request.user, found, form.cleaned_data["label"])
        return redirect("care:client", file=file)
    context = {"form": form, "label": now, "file": found}
    return render(request, "care/label.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: SignedInRequest, file: uuid.UUID) -> HttpResponse:
    """Says what happens, then does it at once. Whom it has ended with is sent on, told nothing."""
    found = access.own_file(request.user, file)
    link = access.link_of(found)
    if link and request.method != "POST":
        context = {"label": found.label(request.user), "file": found}
        return render(request, "care/end.html", context)
    if link:
        carelinks.end(link)
    return redirect("care:client", file=file)


@require_http_methods(["GET", "HEAD", "POST"])
def delete_file(request: SignedInRequest, file: uuid.UUID) -> HttpResponse:
    """Says what goes, then does it for good; not while somebody is linked."""
    found = access.own_file(request.user, file)
    linked = access.link_of(found) is not None
    if request.method == "POST" and not linked and clientfiles.delete(request.user, found):
        messages.success(request, "The label and your notes are deleted.")
        return redirect("care:clients")
    context = {
        "label": found.label(request.user),
        "file": found,
        "linked": linked or request.method == "POST",
        "notes": found.notes.exists(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "care/delete_file.html", context, status=status)

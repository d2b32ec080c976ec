"""The promise ledger of two: what was promised, and what each of them says became of it."""

import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from exercises import access
from exercises.models.promise import State
from exercises.saving import read_id, saves
from exercises.together import ledger_of_promises as ledger
from exercises.together.own_list import own_list
from exercises.together.promise_forms import PromiseForm, SayForm
from exercises.together.promise_plot import plot
from lessons.kinds import Refused
from trustbook.accounts.owner_mark import owner_mark
from trustbook.accounts.requests import SignedInRequest

NOT_HERE = (
    "This can’t be kept here any more, so nothing was saved. What you wrote is below, to copy."
)
TOKEN = "promise:token"  # noqa: S105 - the name of a field


@require_safe
def promises(request: SignedInRequest) -> HttpResponse:
    """What both have promised, over time, and what one could take over from one's own list."""
    couple = access.own_couple(request.user)
    found = access.promises_of(couple, request.user)
    context = {
        "promises": found,
        "plot": plot(found),
        "own": own_list(request.user, couple),
        "form": PromiseForm(),
        "token": uuid.uuid4(),
        "owner": owner_mark(request.user),
    }
    return render(request, "together/promises.html", context)


@partial(saves, gone=NOT_HERE)
def write(request: SignedInRequest) -> HttpResponse:
    """Writes a promise down."""
    form = PromiseForm(request.POST)
    token = read_id(request.POST.get(TOKEN))
    if not form.is_valid():
        access.own_couple(request.user)
        return _form(request, form, token, status=422)
    try:
        ledger.write_down(request.user, by_me=form.by_me, wording=form.wording, token=token)
    except Refused as full:
        form.add_error(None, str(full))
        return _form(request, form, token, status=422)
    messages.success(request, "It is written down. Both of you see it now.")
    return redirect("together:promises")


@require_safe
def write_anew(request: SignedInRequest, promise: uuid.UUID) -> HttpResponse:
    """The form, filled with an earlier promise, which stays as it is."""
    found = access.promise_of(access.own_couple(request.user), request.user, promise)
    wording = found.wording
    by = "me" if found.by_me else "them"
    initial = {"by": by, "what": wording.what, "until": wording.until, "due": wording.due}
    return _form(request, PromiseForm(initial=initial), uuid.uuid4(), anew=found)


@require_safe
def copy(request: SignedInRequest, copy: uuid.UUID) -> HttpResponse:
    """The form, filled with a promise from one's own list: what stands in it will be seen."""
    own = own_list(request.user, access.own_couple(request.user))
    found = next((promise for promise in own if promise.token == copy), None)
    if found is None:
        raise Http404
    if found.copied:
        return redirect("together:promise", promise=found.copied)
    given = found.given
    initial = {"by": given.by, "what": given.what, "until": given.until}
    return _form(request, PromiseForm(initial=initial), copy, own=found)


def _form(
    request: SignedInRequest,
    form: PromiseForm,
    token: uuid.UUID,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    context |= {"form": form, "token": token, "owner": owner_mark(request.user)}
    return render(request, "together/promise_form.html", context, status=status)


@require_safe
def promise(request: SignedInRequest, promise: uuid.UUID) -> HttpResponse:
    """One promise: both views beside each other, and what was said before."""
    found = access.promise_of(access.own_couple(request.user), request.user, promise)
    return _one(request, found, SayForm(initial={"state": found.mine}))


@partial(saves, gone=NOT_HERE)
def say(request: SignedInRequest, promise: uuid.UUID) -> HttpResponse:
    """Says for oneself what became of a promise."""
    form = SayForm(request.POST)
    token = read_id(request.POST.get(TOKEN))
    if not form.is_valid():
        found = access.promise_of(access.own_couple(request.user), request.user, promise)
        return _one(request, found, form, status=422)
    ledger.say(request.user, promise, State(form.cleaned_data["state"]), token)
    messages.success(request, "That is what you say now.")
    return redirect("together:promise", promise=promise)


def _one(
    request: SignedInRequest, found: access.Promised, form: SayForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "promise": found,
        "form": form,
        "token": uuid.uuid4(),
        "owner": owner_mark(request.user),
    }
    return render(request, "together/promise.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedInRequest, promise: uuid.UUID) -> HttpResponse:
    """Says what goes; pressed once more, it is gone for both."""
    if request.method == "POST":
        try:
            ledger.remove(request.user, promise)
        except Http404:
            return render(request, "together/promise_gone.html", status=404)
        messages.success(request, "The promise is removed, for both of you.")
        return redirect("together:promises")
    found = access.promise_of(access.own_couple(request.user), request.user, promise)
    if not found.written_by_me:
        raise Http404
    return render(request, "together/promise_remove.html", {"promise": found})

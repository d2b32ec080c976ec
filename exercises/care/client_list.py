"""The list of clients: at a glance, as a table for spreadsheets, and what is put away."""

import uuid
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exercises import access
from exercises.care import client_rows
from exercises.care.finding import ListForm, Order, SearchForm, Show, chosen, with_label
from exercises.care.waiting import Line, lines_for
from trustbook.accounts.requests import SignedInRequest
from trustbook.lib import csv_cells

MANY = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


@require_http_methods(["GET", "HEAD", "POST"])
def clients(request: SignedInRequest) -> HttpResponse:
    """All clients, or some. Only a search is posted; it changes nothing."""
    form, search = ListForm(request.GET), SearchForm(request.POST or None)
    sound = form.is_valid() and (search.is_valid() or not search.is_bound)
    lines = lines_for(request.user)
    words = search.cleaned_data["words"].strip() if search.is_bound and sound else ""
    found = with_label(lines, words) if words else _chosen(lines, form)
    context = {
        "form": form,
        "search": search,
        "words": words,
        "news": _news(lines),
        "found": found,
        "rows": client_rows.table(found, request.user.zone),
        "none_yet": not lines,
        "query": _query(form) if not words else "",
    }
    return render(request, "care/clients.html", context, status=200 if sound else 422)


@require_safe
def clients_csv(request: SignedInRequest) -> HttpResponse:
    """The same clients as a table for spreadsheets. Nothing that a client wrote is in it."""
    form = ListForm(request.GET)
    if not form.is_valid():
        return redirect(f"{reverse('care:clients')}?{request.GET.urlencode()}")
    lines = _chosen(lines_for(request.user), form)
    table = csv_cells.table(client_rows.cells(lines, request.user.zone))
    attachment = {"Content-Disposition": 'attachment; filename="clients.csv"'}
    return HttpResponse(table, content_type="text/csv; charset=utf-8", headers=attachment)


class ArchiveForm(forms.Form):
    """Whether a file is put away; without saying, the other way round than it is."""

    away = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")], required=False)


@require_POST
def archive(request: SignedInRequest, file: uuid.UUID) -> HttpResponse:
    """Puts a file away, or takes it out again. The client notices nothing, and nothing ends."""
    found = access.own_file(request.user, file)
    form = ArchiveForm(request.POST)
    asked = form.cleaned_data["away"] if form.is_valid() else ""
    away = asked == "yes" if asked else found.archived_at is None
    found.archived_at = timezone.now() if away else None
    found.save(update_fields=["archived_at"])
    messages.success(request, PUT_AWAY if away else TAKEN_OUT)
    return redirect("care:clients")


PUT_AWAY = "The file is in the archive now. Your client notices nothing, and nothing ends by it."
TAKEN_OUT = "The file is back in the list of clients."


@dataclass(frozen=True)
class _News:
    """How much is new, in the list and in what was put away."""

    said: str
    away: bool


def _news(lines: list[Line]) -> _News:
    count = sum(line.new for line in lines if not line.archived)
    number = MANY[count] if count < len(MANY) else str(count)
    said = f"{number} thing{'' if count == 1 else 's'} {'is' if count == 1 else 'are'} new"
    away = any(line.new for line in lines if line.archived)
    return _News(f"{said}: not opened or answered yet." if count else "Nothing is new.", away)


def _chosen(lines: list[Line], form: ListForm) -> list[Line]:
    """What the form asks for; what it could not read is left as it is without a form."""
    said = form.cleaned_data if form.is_valid() else {}
    return chosen(lines, Show(said.get("show", "")), Order(said.get("order", "")))


def _query(form: ListForm) -> str:
    """The same choice once more, for an address."""
    said = form.cleaned_data if form.is_valid() else {}
    return urlencode({name: one for name, one in said.items() if one})

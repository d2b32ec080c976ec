"""The session sheet: what is new since the last session, to print or as a PDF."""

import uuid
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from exercises import access
from exercises.care.opening import opens
from exercises.care.page_forms import Met
from exercises.care.reading import about
from exercises.care.sheet import Asked, pdf_of, sheet_of
from exercises.models import ClientFile, How
from trustbook.accounts.requests import SignedInRequest
from trustbook.lib.typesetting import NotSet


@require_safe
@opens
def sheet(request: SignedInRequest, file: uuid.UUID) -> HttpResponse:
    """To print; ``?all`` has everything that is shared, ``?notes`` the private notes as well."""
    found = access.own_file(request.user, file)
    asked = Asked.of(request.GET)
    context = about(request.user, found) | {
        "sheet": sheet_of(request.user, found, How.SHEET, asked),
        "asked": asked,
    }
    return render(request, "care/sheet.html", context)


@require_safe
@opens
def sheet_pdf(request: SignedInRequest, file: uuid.UUID) -> HttpResponse:
    """The same as a PDF, under a name that says nothing."""
    found = access.own_file(request.user, file)
    asked = Asked.of(request.GET)
    made = sheet_of(request.user, found, How.PDF, asked)
    try:
        content = pdf_of(made, found.label(request.user), timezone.localtime())
    except NotSet:
        context = about(request.user, found) | {"asked": asked}
        return render(request, "care/no_pdf.html", context, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="sheet.pdf"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def met(request: SignedInRequest, file: uuid.UUID) -> HttpResponse:
    """When the last session was; from then on, what is shared is new."""
    found = access.own_file(request.user, file)
    today = Met.today_of(request.user)
    if request.method != "POST":
        return _ask(request, found, Met(today, initial={"day": found.met_on or today}))
    form = Met(today, request.POST)
    if not form.is_valid():
        return _ask(request, found, form, status=422)
    _hold(found, form.cleaned_data["day"])
    messages.success(request, "Saved. The next sheet has what is new since that day.")
    return redirect("care:client", file=file)


def _ask(request: SignedInRequest, file: ClientFile, form: Met, status: int = 200) -> HttpResponse:
    context = about(request.user, file) | {"form": form}
    return render(request, "care/met.html", context, status=status)


def _hold(file: ClientFile, day: date) -> None:
    file.met_on = day
    file.save(update_fields=["met_on"])

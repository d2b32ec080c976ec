"""Taking everything along: one press, after a fresh proof of who is pressing."""

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from trustbook.accounts.requests import SignedInRequest
from trustbook.privacy.archive import Archive

FILES = "X-Workbook-Files"
"""How many files the archive holds at most, for the script that shows how far it is."""


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def export(request: SignedInRequest) -> HttpResponseBase:
    """The page with the button; pressed, the archive."""
    if request.method != "POST":
        return render(request, "privacy/export.html")
    archive = Archive(request.user)
    response = StreamingHttpResponse(archive.stream(), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="workbook.zip"'
    response[FILES] = str(len(archive.files()))
    return response

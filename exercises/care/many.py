"""Inviting several clients at once: a pasted list is looked at first, then made as a whole."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from exercises import clientfiles
from exercises.care import invitations, pasted
from exercises.care.invitations import Draft
from exercises.care.inviting_forms import NOTHING, YOURSELF, ManyForm
from exercises.care.pasted import MOST_LINES, Line
from exercises.invitations import limits
from trustbook.accounts.models import User
from trustbook.accounts.requests import SignedInRequest
from trustbook.lib.csv_cells import table

NOTHING_MADE = "Nothing was made, and what you typed is still here."
USED = "This list was sent before, and the invitation has been used or withdrawn since."
CHANGED = (
    "Not every line can be used as it stands, so nothing was made. Mend those lines, or "
    "choose the others alone."
)
NONE_GOOD = "No line can be used as it stands, so nothing was made."
HEADINGS = ("Client", "E-mail address", "Link", "Code", "Open until")


@dataclass(frozen=True)
class Row:
    """One line, and what becomes of it."""

    line: Line
    draft: Draft | None = None
    """Of a line that can be used."""
    until: datetime | None = None
    """Of what this very form has made already."""


@dataclass(frozen=True)
class Batch:
    """A list as it was looked at."""

    rows: list[Row]

    @property
    def good(self) -> list[Row]:
        """What can be made, or was made by this very form."""
        return [row for row in self.rows if row.draft]

    @property
    def drafts(self) -> list[Draft]:
        """The same."""
        return [row.draft for row in self.rows if row.draft]

    @property
    def wrong(self) -> list[Row]:
        """What cannot."""
        return [row for row in self.rows if row.line.wrong]

    @property
    def by_mail(self) -> int:
        """How many mails it takes."""
        return sum(1 for row in self.good if row.line.email and not row.until)


@require_http_methods(["GET", "HEAD", "POST"])
def invite_many(request: SignedInRequest) -> HttpResponse:
    """A place to paste into; then each line with what is wrong with it; then what was made."""
    form = ManyForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, 422 if form.errors else 200)
    try:
        lines = pasted.read(form.cleaned_data["lines"])
    except pasted.TooManyLines as found:
        form.add_error(
            "lines",
            f"These are {found.lines:,} lines, and {MOST_LINES} can be invited at a time. "
            f"{NOTHING_MADE}",
        )
        return _page(request, form, 422)
    batch = looked_at(request.user, form.cleaned_data["token"], lines)
    if not batch.rows:
        form.add_error("lines", NOTHING)
        return _page(request, form, 422)
    wanted = request.POST.get("save")
    return _decided(request, form, batch, wanted) if wanted else _page(request, form, 200, batch)


def looked_at(therapist: User, token: str, lines: list[Line]) -> Batch:
    """What would become of each line now."""
    drafts = {
        line.number: invitations.drafted(therapist, token, line.label, line.email)
        for line in lines
        if not (line.wrong or line.left_out)
    }
    before = invitations.already(therapist, drafts.values())
    known = clientfiles.known_labels(therapist, but=before)
    still = invitations.still_open(therapist, drafts.values()) if before else {}
    rows = []
    for line in lines:
        draft = drafts.get(line.number)
        if draft is None:
            rows.append(Row(line))
            continue
        wrong = ""
        if draft.file in before:
            wrong = "" if draft.file in still else USED
        elif line.email.lower() == therapist.email.lower():
            wrong = YOURSELF
        elif clientfiles.same(line.label) in known:
            wrong = clientfiles.KNOWN
        usable = None if wrong else draft
        rows.append(Row(replace(line, wrong=wrong), usable, still.get(draft.file)))
    return Batch(rows)


def _decided(request: SignedInRequest, form: ManyForm, batch: Batch, wanted: str) -> HttpResponse:
    """Makes all of it or, if that was chosen, the good lines; else nothing."""
    if not batch.good or (wanted == "all" and batch.wrong):
        form.add_error(None, CHANGED if batch.good else NONE_GOOD)
        return _page(request, form, 422, batch)
    if wanted == "table":
        return _table(request, batch)
    spent = limits.spend_many(request, "invite_client_by_mail", batch.by_mail)
    if spent is None:
        form.add_error(
            None,
            f"This list asks for {batch.by_mail} mails, and fifty can go out within a day. "
            f"{NOTHING_MADE} Leave addresses out, or try tomorrow.",
        )
        return _page(request, form, 429, batch)
    try:
        invitations.invite(request.user, batch.drafts)
    except invitations.TooMany as refusal:
        limits.give_back(spent)
        form.add_error(
            None,
            f"{invitations.MOST_OPEN} invitations can be open at a time, so there is room for "
            f"{refusal.left} more. {NOTHING_MADE}",
        )
        return _page(request, form, 422, batch)
    rest = "\n".join(row.line.text for row in batch.wrong)
    context = {"batch": batch, "form": form, "rest": ManyForm(initial={"lines": rest})}
    return render(request, "care/invited_many.html", context)


def _table(request: SignedInRequest, batch: Batch) -> HttpResponse:
    """What was made, for a spreadsheet; it makes nothing."""
    rows = [
        (
            row.line.label,
            row.line.email,
            row.draft.made.link,
            row.draft.made.read_aloud,
            f"{timezone.localtime(row.until, request.user.zone):%Y-%m-%d %H:%M}",
        )
        for row in batch.rows
        if row.draft and row.until
    ]
    response = HttpResponse(table([HEADINGS, *rows]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="invitations.csv"'
    return response


def _page(
    request: SignedInRequest, form: ManyForm, status: int, batch: Batch | None = None
) -> HttpResponse:
    context = {"form": form, "batch": batch}
    return render(request, "care/invite_many.html", context, status=status)

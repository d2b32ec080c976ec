"""The two pages."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from trustbook.accounts.requests import SignedInRequest
from trustbook.lib.outbox import choosing, letters
from trustbook.lib.outbox.one_press import by_one_press
from trustbook.reminders import actions
from trustbook.reminders.forms import RemindersForm
from trustbook.reminders.models import Schedule


@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: SignedInRequest) -> HttpResponse:
    """What one wants to be told about, and when; what such a mail says."""
    schedule = Schedule.objects.of(request.user)
    next_at = schedule.next_at
    form = RemindersForm(request.POST or None, instance=schedule)
    if request.method == "POST" and form.is_valid():
        actions.set_reminders(schedule, form.kinds())
        messages.success(request, "Saved.")
        return redirect("reminders:reminders")
    context = {
        "form": form,
        "next_at": next_at,
        "subject": letters.NOTICE_SUBJECT,
        "body": letters.notice_body("(an address of your own)"),
    }
    return render(request, "reminders/reminders.html", context, status=422 if form.errors else 200)


@by_one_press("reminders/stop.html")
def stop(token: str) -> None:
    """Ends all notices of whom ``token`` is about."""
    person_id = choosing.person_of(token)
    if person_id:
        actions.stop(person_id)

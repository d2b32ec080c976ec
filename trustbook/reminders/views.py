"""The two pages."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from trustbook.accounts.requests import SignedInRequest
from trustbook.lib.outbox import choosing, letters
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


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ends all notices of whom ``token`` is about, by one POST without a cookie (RFC 8058).

    Looking changes nothing: programs that read mail open every link in it. What a token is about,
    or whether it is one, can't be told from the page.
    """
    stopped = request.method == "POST"
    person_id = choosing.person_of(token) if stopped else None
    if person_id:
        actions.stop(person_id)
    # Without the request: what a private page shows of its person is not looked up.
    response = HttpResponse(render_to_string("reminders/stop.html", {"stopped": stopped}))
    response["Referrer-Policy"] = "no-referrer"
    add_never_cache_headers(response)
    return response

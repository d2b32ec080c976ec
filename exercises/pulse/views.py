"""The weekly check-in of a minute, and the weeks to look back on."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from exercises.asked import as_asked
from exercises.pulse import actions
from exercises.pulse.page import Page, one_week, this_week
from exercises.pulse.prompts import PROMPTS, prompt_called
from exercises.recording import Recorded
from exercises.saving import prompts_sent, saves
from exercises.slots import reply
from exercises.weeks import week_of
from lessons.kinds import Refused
from trustbook.accounts.kept import kept
from trustbook.accounts.owner_mark import owner_mark
from trustbook.accounts.requests import SignedInRequest


@require_safe
def weeks(request: SignedInRequest) -> HttpResponse:
    """This week to fill in, and the weeks before as lines and numbers; ``?all`` shows them all."""
    return show(request, this_week(request.user, {}, whole="all" in request.GET))


@require_safe
def week(request: SignedInRequest, week: date) -> HttpResponse:
    """One week: its numbers, and a note to write or change."""
    return show(request, _page_of(request, week, {}))


@saves
def save_prompt(request: SignedInRequest, prompt: str) -> HttpResponse:
    """Keeps the numbers or the note while they are given; 409 when another page was faster."""
    asked = as_asked(prompt_called(prompt), request.POST)
    _, recorded = actions.save_week(request.user, asked, request.POST)
    return reply(request.user, asked, recorded)


@saves
def save_page(request: SignedInRequest) -> HttpResponse:
    """Keeps the whole form, as its button and a browser without scripts send it."""
    week = week_of(request.user)
    sent = prompts_sent(request.POST)
    conflicts: dict[str, Recorded] = {}
    refusals = []
    for prompt in PROMPTS:
        if prompt.id not in sent:
            continue
        try:
            asked = as_asked(prompt, request.POST)
            week, recorded = actions.save_week(request.user, asked, request.POST)
        except Refused as refusal:
            refusals.append(f"“{prompt.ask}” {refusal}")
        else:
            if recorded and recorded.conflict:
                conflicts[prompt.id] = recorded
    if refusals:
        return kept(request, 422, "refused", " ".join(refusals))
    return show(request, _page_of(request, week, conflicts), saved=True)


def _page_of(request: SignedInRequest, week: date, conflicts: dict[str, Recorded]) -> Page:
    """The page of ``week``, which for this one looks back on all."""
    if week == week_of(request.user):
        return this_week(request.user, conflicts)
    return one_week(request.user, week, conflicts)


def show(request: SignedInRequest, page: Page, *, saved: bool = False) -> HttpResponse:
    """The page; 409 when it shows two texts of which one must be chosen."""
    context = {"page": page, "saved": saved, "owner": owner_mark(request.user)}
    template = "pulse/weeks.html" if page.week == week_of(request.user) else "pulse/week.html"
    return render(request, template, context, status=409 if page.conflict else 200)

"""The workbook: a lesson beside its exercise, and the addresses that keep what is written."""

import uuid

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from exercises import access, labels
from exercises.answering import actions
from exercises.answering.page import Page, page_for
from exercises.answering.printed import printed, way_values
from exercises.asked import as_asked
from exercises.models import Audience
from exercises.models.assigned import OWN
from exercises.practices import practice_beside
from exercises.recording import Recorded
from exercises.saving import (
    NO_LONGER_ASKED,
    prompts_sent,
    saves,
    written_elsewhere,
)
from exercises.slots import reply
from lessons.kinds import Refused
from trustbook.accounts import discreet
from trustbook.accounts.kept import keeps_typed, kept
from trustbook.accounts.models import User
from trustbook.accounts.owner_mark import owner_mark
from trustbook.accounts.requests import SignedInRequest


@require_safe
def lesson(request: SignedInRequest, course: str, slug: str) -> HttpResponse:
    """The lesson beside the exercise."""
    found = access.lesson_at(course, slug)
    return show(request, page_for(request.user, found))


@require_safe
def own_lesson(request: SignedInRequest, lesson: uuid.UUID) -> HttpResponse:
    """The same of a lesson that the person's therapist wrote and gave them."""
    found = access.given_lesson(request.user, f"{OWN}{lesson}")
    return show(request, page_for(request.user, found))


@saves
def save_prompt(request: SignedInRequest, lesson: str, prompt: str) -> HttpResponse:
    """Keeps one answer while it is typed; 409 with both texts when another page was faster."""
    found = access.lesson_for(request.user, lesson)
    asked = as_asked(access.prompt_of(found, prompt), request.POST)
    recorded = actions.save_answer(request.user, found, asked, request.POST)
    return reply(request.user, asked, recorded)


@saves
def save_page(request: SignedInRequest, lesson: str) -> HttpResponse:
    """Keeps the whole page, as a browser without scripts sends it; may finish the lesson."""
    found = access.lesson_for(request.user, lesson)
    sent = prompts_sent(request.POST)
    conflicts, refusals = {}, []
    for prompt in found.exercise.prompts:
        if not prompt.answered or prompt.id not in sent:
            continue
        try:
            asked = as_asked(prompt, request.POST)
            recorded = actions.save_answer(request.user, found, asked, request.POST)
        except Refused as refusal:
            refusals.append(f"“{prompt.ask}” {refusal}")
        else:
            if recorded and recorded.conflict:
                conflicts[prompt.id] = recorded
    if written_elsewhere(found, request.POST):
        refusals.append(NO_LONGER_ASKED)
    if refusals:
        return kept(request, 422, "refused", " ".join(refusals))
    if "finish" in request.POST and not conflicts:
        actions.finish_lesson(request.user, found)
    return show(
        request, _after_saving(request, page_for(request.user, found), conflicts), saved=True
    )


@saves
def place(request: SignedInRequest, lesson: str) -> HttpResponse:
    """Keeps the place of reading."""
    text = request.POST.get("place", "")
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise Refused("The place of reading is the number of a block of text.")
    actions.keep_place(request.user, access.lesson_for(request.user, lesson), int(text))
    return HttpResponse(status=204)


@keeps_typed
@require_safe
def token(request: SignedInRequest) -> HttpResponse:
    """A new CSRF token and the owner's mark, for a page whose own token has grown old."""
    response = JsonResponse({"csrf": get_token(request), "owner": owner_mark(request.user)})
    add_never_cache_headers(response)
    return response


def show(request: SignedInRequest, page: Page, *, saved: bool = False) -> HttpResponse:
    """The page of a lesson; 409 when it shows two texts of which one must be chosen."""
    conflict = any(slot.typed is not None for slot in page.slots)
    finished = page.lesson.id in page.finished
    told = {"lesson": page.lesson, "finished": finished, "conflict": conflict}
    same = printed(page.lesson)
    values = way_values(page.way) | {
        **discreet.words(request),
        "csrf": get_token(request),
        "owner": owner_mark(request.user),
        "notice": render_to_string("workbook/saved.html", told) if saved else "",
        "exercise": page.exercise,
        "promise": labels.promise(page.seen),
        "between": same.between if Audience.PARTNER in page.seen.audiences else "",
        "task": _task(request, page),
        "practice": practice_of_their_therapist(request.user, page),
        "finish": "Finished" if finished else "Finish this lesson",
    }
    return HttpResponse(same.page.fill(values), status=409 if conflict else 200)


def _task(request: SignedInRequest, page: Page) -> str:
    if page.task is None:
        return ""
    context = {"task": page.task, "csrf": get_token(request)}
    return render_to_string("workbook/task.html", context)


def practice_of_their_therapist(person: User, page: Page) -> str:
    """Beside a lesson about getting help; nothing for somebody who has no therapist here."""
    wanted = page.lesson.therapist and Audience.THERAPIST in page.seen.audiences
    return practice_beside(person) if wanted else ""


def _after_saving(request: SignedInRequest, page: Page, conflicts: dict[str, Recorded]) -> Page:
    """The page as it was sent: what was typed stands in the inputs, asked-for rows are added."""
    for slot in page.slots:
        if recorded := conflicts.get(slot.prompt.id):
            slot.typed = recorded.row.open(recorded.revision, request.user).value
        slot.more = int(request.POST.get("more") == slot.prompt.id)
    return page

"""A therapist's own lessons: written in the browser, kept in versions, withdrawn."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from exercises import access
from exercises.care import lesson_versions
from exercises.care.lesson_editor import COUNT, Editor
from exercises.care.lesson_versions import Draft, Stale
from exercises.models import OwnLesson, OwnLessonVersion
from exercises.own_lessons import lesson_of, source_of, text_of, title_of
from exercises.saving import read_id, saves
from lessons.kinds import BasePrompt
from trustbook.accounts.owner_mark import owner_mark
from trustbook.accounts.requests import SignedInRequest

RATES = {"preview": "40/m/user", "save": "20/m/user"}
"""Each starts a process of two seconds at most."""
OFTEN = "That was often within one minute. Wait a moment, then press it again."
NOT_HERE = "This lesson is not there (any more), so nothing was saved. What you wrote is below."


@dataclass(frozen=True)
class Line:
    """One lesson in the list."""

    row: OwnLesson
    title: str


@require_safe
def lessons(request: SignedInRequest) -> HttpResponse:
    """All of them by title; those that were withdrawn apart."""
    rows = access.written_lessons(request.user)
    lines = [Line(row, title_of(row.head, request.user)) for row in rows]
    lines.sort(key=lambda line: (line.title.casefold(), line.row.pk))
    context = {
        "offered": [line for line in lines if line.row.withdrawn_on is None],
        "withdrawn": [line for line in lines if line.row.withdrawn_on is not None],
    }
    return render(request, "care/lessons.html", context)


@require_safe
def new_lesson(request: SignedInRequest) -> HttpResponse:
    """The form, blank."""
    return _editor(request, Editor.blank(), None)


@require_safe
def lesson(request: SignedInRequest, lesson: uuid.UUID) -> HttpResponse:
    """The form, filled with the newest version."""
    row = access.written_lesson(request.user, lesson)
    source = source_of(row.head, request.user)
    return _editor(request, Editor.of(source), row)


@partial(saves, gone=NOT_HERE)
def save_new(request: SignedInRequest) -> HttpResponse:
    """Keeps the first version of a lesson."""
    return _sent(request, None)


@partial(saves, gone=NOT_HERE)
def save_lesson(request: SignedInRequest, lesson: uuid.UUID) -> HttpResponse:
    """Keeps another version; 409 with both texts where another page was faster."""
    return _sent(request, access.written_lesson(request.user, lesson))


def _sent(request: SignedInRequest, row: OwnLesson | None) -> HttpResponse:
    editor = Editor.sent(request.POST)
    if wish := request.POST.get("do", ""):
        return _editor(request, editor.rearranged(wish), row)
    shows = "preview" in request.POST
    if not _may(request, "preview" if shows else "save"):
        editor.lesson.add_error(None, OFTEN)
        return _editor(request, editor, row, status=429)
    token = read_id(request.POST.get("lesson:token"))
    pk = row.pk if row else lesson_versions.new_id(request.user, token)
    valid = editor.is_valid(lesson_versions.questions_of(request.user, pk), token)
    if shows or not valid:
        preview = _preview(editor) if shows else ""
        return _editor(request, editor, row, preview=preview, status=200 if valid else 422)
    base = request.POST.get("lesson:base")
    draft = Draft(editor.source, editor.rendered, read_id(base) if base else None, token)
    try:
        version = lesson_versions.save(request.user, pk, draft)
    except Stale as newer:
        return _editor(request, editor, newer.row, newer=newer.row.head, status=409)
    messages.success(request, f"Saved as version {version.number}.")
    return redirect("care:lesson", lesson=version.row_id)


def _may(request: SignedInRequest, what: str) -> bool:
    """Counts one try; whether it was one too many."""
    used = ratelimit.consume(request, app="exercises.care", action=what, config=RATES)
    return used is not None


def _editor(
    request: SignedInRequest,
    editor: Editor,
    row: OwnLesson | None,
    *,
    preview: str = "",
    newer: OwnLessonVersion | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page. What it is sent to, and what it began from, come along when it is sent again."""
    base = request.POST.get("lesson:base") or (str(row.head_id) if row else "")
    save = reverse("care:save_lesson", args=[row.pk]) if row else reverse("care:save_new")
    context = {
        "editor": editor,
        "count": COUNT,
        "row": row,
        "save": save,
        "base": str(newer.pk) if newer else base,
        "token": uuid.uuid4() if newer else request.POST.get("lesson:token") or uuid.uuid4(),
        "owner": owner_mark(request.user),
        "preview": preview,
        "newer": newer,
        "newer_text": text_of(newer, request.user) if newer else "",
    }
    return render(request, "care/lesson_editor.html", context, status=status)


@partial(saves, gone=NOT_HERE)
def preview(request: SignedInRequest) -> HttpResponse:
    """What a client will see, for a script, while somebody types; and what is still wrong."""
    if not _may(request, "preview"):
        return JsonResponse({"message": OFTEN}, status=429)
    editor = Editor.sent(request.POST)
    editor.is_valid({}, uuid.uuid4())
    wrong = editor.messages
    message = f"Not ready to be saved: {wrong[0]}" if wrong else ""
    return JsonResponse({"html": _preview(editor), "message": message})


def _preview(editor: Editor) -> str:
    """What is there already, with nothing that could be filled in."""
    said, rendered = editor.lesson.cleaned_data, editor.rendered
    intro = SafeString(rendered.get("intro", ""))  # both cleaned by nh3
    lesson = {
        "title": said.get("title", ""),
        "summary": said.get("summary", ""),
        "html": SafeString(rendered.get("html", "")),
        "exercise": {"intro_html": intro},
    }
    return render_to_string("care/_lesson.html", {"lesson": lesson, **_asked(editor.prompts)})


def _asked(prompts: Iterable[BasePrompt]) -> dict[str, object]:
    """Questions with their inputs, blank, to look at."""
    return {"asked": [(one, one.form(one.empty())) for one in prompts]}


@require_http_methods(["GET", "HEAD"])
def versions(request: SignedInRequest, lesson: uuid.UUID) -> HttpResponse:
    """All versions, the newest first; ``?version=3`` shows one of them."""
    row = access.written_lesson(request.user, lesson)
    wanted = request.GET.get("version", "")
    chosen = None
    if wanted:
        number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 9 else 0
        chosen = access.version_of(row, number)
    context = {
        "row": row,
        "title": title_of(row.head, request.user),
        "versions": [
            (version, title_of(version, request.user))
            for version in access.versions_of(request.user, row.pk)[::-1]
        ],
        "chosen": chosen,
        "token": uuid.uuid4(),
        "owner": owner_mark(request.user),
    }
    if chosen:
        found = lesson_of(chosen, request.user)
        context |= {"lesson": found, **_asked(found.exercise.prompts)}
    return render(request, "care/lesson_versions.html", context)


@partial(saves, gone=NOT_HERE)
def bring_back(request: SignedInRequest, lesson: uuid.UUID, number: int) -> HttpResponse:
    """Makes an earlier version the newest."""
    row = access.written_lesson(request.user, lesson)
    version = access.version_of(row, number)
    base, token = (read_id(request.POST.get(f"lesson:{name}")) for name in ("base", "token"))
    try:
        made = lesson_versions.bring_back(request.user, version, base, token)
    except Stale:
        messages.warning(
            request, "A newer version was saved meanwhile. Look at it first; it is below."
        )
    else:
        messages.success(request, f"Brought back, as version {made.number}.")
    return redirect("care:versions", lesson=row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_lesson(request: SignedInRequest, lesson: uuid.UUID) -> HttpResponse:
    """Says what it means; pressed once more, nobody is given the lesson anew."""
    row = access.written_lesson(request.user, lesson)
    if request.method == "POST":
        if "again" in request.POST:
            lesson_versions.offer_again(request.user, row.pk)
            messages.success(request, "It can be assigned again.")
        else:
            lesson_versions.withdraw(request.user, row.pk)
            messages.success(request, "It is withdrawn. Whoever has it keeps it.")
        return redirect("care:lessons")
    title = title_of(row.head, request.user)
    context = {"row": row, "title": title, "holders": access.holders_of(row)}
    return render(request, "care/lesson_withdraw.html", context)


@require_POST
def give_newest(request: SignedInRequest, assignment: uuid.UUID) -> HttpResponse:
    """Moves one open assignment to the newest version."""
    lesson_versions.give_newest(request.user, access.given_assignment(request.user, assignment))
    messages.success(request, "Your client has the newest version now. What they wrote stays.")
    return redirect("care:assignment", assignment=assignment)

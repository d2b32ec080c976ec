"""The public pages: what this is, the courses, the lessons, help, the operator's texts."""

from dataclasses import replace

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from lessons.catalogue import Catalogue, Course, Part, catalogue
from lessons.forms import SearchForm
from lessons.heartbeat import Heartbeat, heartbeat
from lessons.help_lines import CHECKED, COUNTRIES
from lessons.kinds import BasePrompt, Pulse, Recall
from lessons.kinds.then_and_now import Told, then_and_now
from lessons.legal import NAMES, legal_text, legal_version
from lessons.promises import PROMISES
from lessons.public import Context, public_page
from lessons.search import search, words

ASKED = {"Cache-Control": "private, max-age=300", "Referrer-Policy": "no-referrer"}
"""What is searched for can be intimate. The browser in which it was typed may keep the page, so
that Back works; a cache between may not, and the page that is opened next is not told."""


@public_page("lessons/landing.html")
def landing() -> Context:
    """What this is, for whom, and what it promises."""
    return {"courses": catalogue().courses}


@public_page("lessons/courses.html")
def courses() -> Context:
    """All courses."""
    return {"courses": catalogue().courses}


@public_page("lessons/course.html")
def course(course: str) -> Context:
    """One course: its parts, and the lessons in each."""
    found = catalogue().course(course)
    if found is None:
        raise Http404("No such course.")
    return {"course": found, "parts": _filled(found), "way": _whole_way(len(found.lessons))}


@public_page("lessons/lesson.html")
def lesson(course: str, slug: str) -> Context:
    """One lesson, and its exercise as it will be asked."""
    courses = catalogue()
    found = courses.lesson(course, slug)
    if found is None:
        raise Http404("No such lesson.")
    asked = [(prompt, _inputs(prompt, courses)) for prompt in found.exercise.prompts]
    return {
        "lesson": found,
        "asked": asked,
        "before": courses.lesson(course, found.previous or ""),
        "after": courses.lesson(course, found.next or ""),
        "way": _whole_way(found.total, found.number),
    }


@login_not_required
@csrf_exempt
@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """The lessons in which some words occur: nothing is looked at but these words."""
    form = SearchForm(request.GET)
    sound = form.is_valid()
    query = form.cleaned_data["q"] if sound else form.data.get("q", "")
    context = {
        "query": query,
        "refusal": _refusal(form, query),
        "found": search(catalogue(), query) if sound else [],
    }
    html = render_to_string("lessons/search.html", context)
    return HttpResponse(html, status=200 if sound else 422, headers=ASKED)


@public_page("lessons/help.html")
def help_page() -> Context:
    """Where help is found. That somebody opened this page must never be written to a log."""
    return {"countries": COUNTRIES, "checked": CHECKED}


@public_page("lessons/promises.html", version=lambda: settings.SOURCE_URL)
def promises() -> Context:
    """What the program promises, and how each promise is tested."""
    return {"promises": PROMISES, "source": settings.SOURCE_URL}


@public_page("lessons/leaving.html")
def leaving() -> Context:
    """What leaving quickly does, and what it cannot do."""
    return {}


@public_page("lessons/legal.html", version=legal_version)
def legal(name: str) -> Context:
    """One of the operator's texts."""
    found = legal_text(name)
    if found is None:
        raise Http404("No such text.")
    return {"text": found, "about": f"{found.title}: the text of whoever runs this site."}


@public_page("lessons/sitemap.xml", legal_version, "application/xml; charset=utf-8")
def sitemap() -> Context:
    """All public pages, for search engines. Django's own view of this would need the request."""
    found = catalogue().courses
    lessons = [lesson for course in found for lesson in course.lessons if not lesson.draft]
    pages = [
        *(
            reverse(f"lessons:{name}")
            for name in ("landing", "courses", "help", "leaving", "promises")
        ),
        *(reverse("lessons:legal", args=[name]) for name in NAMES if legal_text(name)),
        *(reverse("lessons:course", args=[course.id]) for course in found),
        *(reverse("lessons:lesson", args=[one.course_id, one.slug]) for one in lessons),
    ]
    return {"pages": pages}


@public_page("lessons/robots.txt", content_type="text/plain; charset=utf-8")
def robots() -> Context:
    """What search engines should leave alone: pages that would send them to sign in."""
    return {}


def _refusal(form: SearchForm, query: str) -> str:
    """What is wrong with the query; nothing if it is empty."""
    errors = [str(text) for texts in form.errors.values() for text in texts]
    if not errors and query and not words(query):
        errors = ["There is no word in this. Type at least one."]
    return " ".join(errors)


def _filled(course: Course) -> list[Part]:
    """The parts in which there is something to read."""
    return [part for part in course.parts if part.lessons]


def _whole_way(total: int, here: int | None = None) -> Heartbeat:
    """The line with all its beats but ``here``: nobody's progress, but what the course is."""
    beats = [number for number in range(1, total + 1) if number != here]
    return replace(heartbeat(total, beats, here), label=heartbeat(total, here=here).label)


def _inputs(prompt: BasePrompt, courses: Catalogue) -> SafeString:
    """The inputs of ``prompt``, empty; for a recalled answer, where it will come from."""
    if not isinstance(prompt, Recall):
        return prompt.form(prompt.empty())
    source = courses.lesson_by_id(prompt.lesson)
    asked = source.exercise.prompt(prompt.prompt) if source else None
    if source is None or asked is None:
        return SafeString("")
    href = reverse("lessons:lesson", args=[source.course_id, source.slug])
    if isinstance(asked, Pulse):
        table = then_and_now(Told("Your first week"), Told("This week"))
        text = '<div class="recalled"><p>Your first week, from <a href="{}">{}</a>:</p>{}</div>'
        return format_html(text, href, source.title, table)
    return format_html(
        '<p class="recalled">In your workbook, your answer to “{}” from <a href="{}">{}</a> '
        "is shown here again.</p>",
        asked.ask,
        href,
        source.title,
    )

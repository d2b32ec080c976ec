"""Addresses in a lesson that lead to nothing on this site. Other sites are not asked."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import Resolver404, ResolverMatch, resolve, reverse

from lessons.course import Catalogue, Lesson
from lessons.legal import NAMES

HREF, ID = re.compile(r'\s(?:href|src)="([^"]*)"'), re.compile(r'\sid="([^"]*)"')


def dead_links(html: str, lesson: Lesson, catalogue: Catalogue) -> Iterator[str]:
    """The addresses in ``html``, as written there, that a reader of ``lesson`` cannot follow."""
    page = address_of(lesson)
    for address in dict.fromkeys(unescape(found) for found in HREF.findall(html)):
        parts = urlsplit(address)
        outside = parts.scheme or parts.netloc
        if not outside and not _leads_somewhere(urljoin(page, address), catalogue):
            yield address


def addresses(lesson: Lesson, catalogue: Catalogue) -> list[str]:
    """What ``lesson`` may link to: its own headings, the other lessons, the pages around them."""
    lessons = (one for course in catalogue.courses for one in course.lessons)
    legal = (reverse("lessons:legal", args=[name]) for name in NAMES)
    around = [reverse("lessons:help"), reverse("lessons:courses"), *legal]
    return [*(f"#{id_}" for id_, _ in lesson.headings), *map(address_of, lessons), *around]


def address_of(lesson: Lesson) -> str:
    """The public page of ``lesson``."""
    return reverse("lessons:lesson", args=[lesson.course_id, lesson.slug])


def _leads_somewhere(address: str, catalogue: Catalogue) -> bool:
    parts = urlsplit(address)
    path, anchor = unquote(parts.path), unquote(parts.fragment)
    if path.startswith(settings.STATIC_URL):
        return finders.find(path.removeprefix(settings.STATIC_URL)) is not None
    try:
        return _exists(resolve(path), anchor, catalogue)
    except Resolver404:
        return False


def _exists(match: ResolverMatch, anchor: str, catalogue: Catalogue) -> bool:
    """Whether there is such a page, and in a lesson the place on it that ``anchor`` names."""
    course, slug = match.kwargs.get("course"), match.kwargs.get("slug")
    if slug:
        lesson = catalogue.lesson(str(course), slug)
        return lesson is not None and (not anchor or anchor in ID.findall(lesson.html))
    if course:
        return catalogue.course(course) is not None
    return match.view_name != "lessons:legal" or match.kwargs["name"] in NAMES

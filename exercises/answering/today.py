"""Today: where one stopped, how far one is, what comes next."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import pluralize
from django.utils import timezone
from django.views.decorators.http import require_safe

from exercises import access, assignments
from exercises.answering.page import way_through
from exercises.models import Answer, Reading
from exercises.weeks import week_of
from lessons.catalogue import Course, Lesson, catalogue
from lessons.heartbeat import Heartbeat
from trustbook.accounts.requests import SignedInRequest


@dataclass(frozen=True)
class CourseProgress:
    """How far a person is in one course. Counts lessons; scores nobody."""

    course: Course
    finished: frozenset[str]
    """Lesson ids."""
    opened: frozenset[str]
    next: Lesson | None
    """The first lesson that is not finished."""
    here: Lesson | None
    """The one to go on with, else ``next``."""

    @property
    def done(self) -> int:
        """How many lessons are finished."""
        return sum(lesson.id in self.finished for lesson in self.course.lessons)

    @property
    def way(self) -> Heartbeat:
        """The heartbeat line."""
        return way_through(self.course.lessons, self.finished, self.here)


FIRST = 3
"""So many of what is assigned stand here; the rest is on the page about the therapist."""


@require_safe
def today(request: SignedInRequest) -> HttpResponse:
    """The way back in."""
    readings = access.own_readings(request.user)
    answers = access.own_answers(request.user)
    pulses = access.own_pulses(request.user)
    week = week_of(request.user)
    taken = any(pulse.week == week for pulse in pulses)
    stopped = resume(readings, answers, taken)
    courses = [progress(course, readings, stopped) for course in catalogue().courses]
    has_therapist = access.care_of(request.user) is not None
    assigned = assignments.waiting(request.user) if has_therapist else []
    context = {
        "assigned": assignments.tasks(assigned[:FIRST], assignments.today_of(request.user)),
        "more_assigned": len(assigned) - FIRST,
        "greeting": greeting(timezone.localtime().hour),
        "resume": stopped,
        "courses": courses,
        "next": next((course.next for course in courses if course.next), None),
        "new": not readings,
        "pulse_taken": taken,
        "pulse_before": bool(pulses),
        "shown_to_me": shown_to_me(*access.shown_counts(request.user)),
        "responded": len(access.responded_rows(request.user)) if has_therapist else 0,
    }
    return render(request, "workbook/today.html", context)


def progress(course: Course, readings: list[Reading], stopped: "Resume | None") -> CourseProgress:
    """How far the readings lead in ``course``."""
    finished = frozenset(row.lesson_id for row in readings if row.finished_at)
    upcoming = next((lesson for lesson in course.lessons if lesson.id not in finished), None)
    opened = frozenset(row.lesson_id for row in readings)
    here = stopped.lesson if stopped and stopped.lesson in course.lessons else upcoming
    return CourseProgress(course, finished, opened, upcoming, here)


@dataclass(frozen=True)
class Resume:
    """The lesson that was last worked on and is not finished."""

    lesson: Lesson
    reading: Reading
    answered: int
    asked: int

    @property
    def minutes_left(self) -> int:
        """Minutes of reading that are left, from the place and the lesson's own figure."""
        blocks = max(self.lesson.html.count(' id="b'), 1)
        left = 1 - min(self.reading.place / blocks, 1)
        return max(1, round(self.lesson.minutes * left))


def resume(readings: list[Reading], answers: list[Answer], pulse_taken: bool) -> Resume | None:
    """Where to go on: what was read or answered last, of the lessons that are not finished.

    ``pulse_taken`` says whether this week's pulse, which is no answer to a lesson, is there.
    """
    answered_at: dict[str, list[Answer]] = {}
    for answer in answers:
        answered_at.setdefault(answer.lesson_id, []).append(answer)

    def last_work(row: Reading) -> float:
        saves = [answer.head.saved_at for answer in answered_at.get(row.lesson_id, [])]
        return max([row.touched_at, *saves]).timestamp()

    for row in sorted(readings, key=last_work, reverse=True):
        lesson = catalogue().lesson_by_id(row.lesson_id)
        if lesson and not row.finished_at:
            asked = [prompt for prompt in lesson.exercise.prompts if prompt.answered]
            answered = {answer.prompt_id for answer in answered_at.get(lesson.id, [])}
            pulses = {prompt.id for prompt in asked if prompt.kind == "pulse" and pulse_taken}
            done = sum(prompt.id in answered | pulses for prompt in asked)
            return Resume(lesson, row, done, len(asked))
    return None


def shown_to_me(lessons: int, weeks: int) -> str:
    """``answers on 2 lessons and 1 week``; empty where no partner shows anything."""
    said = [
        f"answers on {lessons} lesson{pluralize(lessons)}" if lessons else "",
        f"{weeks} week{pluralize(weeks)}" if weeks else "",
    ]
    return " and ".join(part for part in said if part)


def greeting(hour: int) -> str:
    """By the clock of the person's time zone."""
    if 5 <= hour < 12:
        return "Good morning."
    return "Good afternoon." if 12 <= hour < 18 else "Good evening."

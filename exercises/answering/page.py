"""What one person's page of one lesson holds: five queries, whatever was answered or shared.

Two more for whoever has a therapist, who may have assigned the lesson, or written about an answer.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from exercises import access, assignments, labels
from exercises.answering import actions
from exercises.answering.printed import printed
from exercises.answering.start_and_now import start_and_now
from exercises.models import Answer, Audience, Pulse
from exercises.models.answer import Place
from exercises.offers import offer_of_week
from exercises.slots import Slot, fill
from exercises.weeks import week_of
from lessons.catalogue import Lesson, catalogue
from lessons.heartbeat import Heartbeat, heartbeat
from lessons.kinds import BasePrompt, Recall
from lessons.kinds import Pulse as PulsePrompt
from trustbook.accounts.models import User


@dataclass
class Page:
    """A lesson beside a person's answers."""

    lesson: Lesson
    finished: set[str]
    """The ids of all lessons that the person has finished."""
    slots: list[Slot]
    recalled: dict[str, SafeString]
    seen: access.Seen
    task: assignments.Task | None = None
    """What the person's therapist asked for here."""

    @property
    def exercise(self) -> SafeString:
        """The prompts as HTML."""
        frames = printed(self.lesson).prompts
        parts = [
            frames[slot.prompt.id].fill({"inputs": self.recalled[slot.prompt.id]})
            if slot.prompt.id in self.recalled
            else fill(frames[slot.prompt.id], slot)
            for slot in self.slots
        ]
        return SafeString("".join(parts))

    @property
    def way(self) -> Heartbeat:
        """The heartbeat of the course, with this lesson's place on it."""
        course = catalogue().course(self.lesson.course_id)
        return way_through(course.lessons if course else (), self.finished, self.lesson)


def way_through(
    lessons: tuple[Lesson, ...], finished: Collection[str], here: Lesson | None
) -> Heartbeat:
    """The heartbeat of a course for somebody who has finished the lessons with these ids."""
    done = {lesson.number for lesson in lessons if lesson.id in finished}
    return heartbeat(len(lessons), done, here.number if here else None)


def page_for(person: User, lesson: Lesson) -> Page:
    """The page; opening a lesson for the first time is noted."""
    readings = access.own_progress(person)
    if all(row.lesson_id != lesson.id for row in readings):
        actions.open_lesson(person, lesson)
    prompts = lesson.exercise.prompts
    recalls = [prompt for prompt in prompts if isinstance(prompt, Recall)]
    places = [(recall.lesson, recall.prompt) for recall in recalls]
    answers = access.own_answers_beside(person, lesson, places)
    pulses = access.own_pulses(person) if _needs_pulses(lesson, recalls) else []
    week = week_of(person)
    seen = access.seen_beside(person, lesson.id, week)
    slots = [_slot(person, lesson, prompt, answers, pulses, week) for prompt in prompts]
    for slot in slots:
        slot.who = _under(seen, lesson, slot)
    return Page(
        lesson=lesson,
        finished={row.lesson_id for row in readings if row.finished_at},
        slots=slots,
        seen=seen,
        task=_task(person, lesson, seen),
        recalled={
            recall.id: _recalled(person, recall, answers, pulses, week) for recall in recalls
        },
    )


def _task(person: User, lesson: Lesson, seen: access.Seen) -> assignments.Task | None:
    if Audience.THERAPIST not in seen.audiences:
        return None
    return assignments.at_lesson(person, lesson.id)


def _needs_pulses(lesson: Lesson, recalls: list[Recall]) -> bool:
    asked = any(isinstance(prompt, PulsePrompt) for prompt in lesson.exercise.prompts)
    return asked or any(isinstance(_recalled_prompt(recall), PulsePrompt) for recall in recalls)


def _recalled_prompt(recall: Recall) -> BasePrompt | None:
    lesson = catalogue().lesson_by_id(recall.lesson)
    return lesson.exercise.prompt(recall.prompt) if lesson else None


def _slot(
    person: User,
    lesson: Lesson,
    prompt: BasePrompt,
    answers: dict[Place, Answer],
    pulses: list[Pulse],
    week: date,
) -> Slot:
    if isinstance(prompt, PulsePrompt):
        row: Any = next((pulse for pulse in pulses if pulse.week == week), None)
        slot = Slot(prompt, week=week.isoformat())
    else:
        row = answers.get((lesson.id, prompt.id))
        slot = Slot(prompt)
    if row is not None:
        slot.kept, slot.revision, slot.opened = row, row.head, row.open(row.head, person)
    return slot


def _under(seen: access.Seen, lesson: Lesson, slot: Slot) -> SafeString:
    """Who can see the answer, and in a couple what the two can do there."""
    offers = printed(lesson).offers[slot.prompt.id]
    if slot.week:
        offers = offer_of_week(slot.week)
    return labels.under(seen, slot.kept, offers)


def _recalled(
    person: User,
    recall: Recall,
    answers: dict[Place, Answer],
    pulses: list[Pulse],
    week: date,
) -> SafeString:
    """The earlier answer in the wording of then; of a pulse, the first week beside this one."""
    lesson = catalogue().lesson_by_id(recall.lesson)
    title = lesson.title if lesson else "an earlier lesson"
    href = reverse("workbook:lesson", args=[lesson.course_id, lesson.slug]) if lesson else ""
    if isinstance(_recalled_prompt(recall), PulsePrompt):
        table, wording = start_and_now(person, pulses, week)
        return recall.shows(table, wording, title, href)
    row = answers.get((recall.lesson, recall.prompt))
    if row is None:
        return recall.shows(None, "", title, href)
    opened = row.open(row.head, person)
    shown = opened.prompt.show(opened.value)
    return recall.shows(shown, opened.snapshot["ask"], title, href)

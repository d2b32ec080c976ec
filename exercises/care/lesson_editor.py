"""The page on which a lesson is written, as it was sent: read, rearranged, checked."""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from pydantic import ValidationError

from exercises.care.lesson_forms import LessonForm, QuestionForm, initial_of, prompt_of
from exercises.own_lessons import Source
from lessons import apart
from lessons.explain import Around, place_of, say
from lessons.kinds import BasePrompt, prompt_from
from lessons.schema import OwnLessonFile

MOST_BYTES = 32 * 1024
MOST_QUESTIONS = 40
COUNT = "questions"
"""The field that says how many questions were sent."""
TOO_LONG = (
    "The text could not be laid out within two seconds. Look for long rows of brackets, stars or "
    "quotation marks, or shorten it."
)
SCHEMA_FIELDS = {"options": "parts", "columns": "parts", "lesson": "recalls", "prompt": "recalls"}
"""Where a key of a lesson is typed, if not in the field of that name."""
Before = Mapping[str, dict[str, Any]]
"""The newest wording of each question that a lesson ever had, by its id."""


@dataclass
class Editor:
    """The forms of one lesson."""

    lesson: LessonForm
    questions: list[QuestionForm]
    source: Source = field(default_factory=dict)
    """What is kept of it, once it is valid."""
    rendered: dict[str, Any] = field(default_factory=dict)
    """What is kept beside it: the HTML of the text and of what stands above the questions."""

    @classmethod
    def blank(cls) -> "Editor":
        """Of a lesson that nobody has begun."""
        return cls(LessonForm(), [QuestionForm(prefix="q0")])

    @classmethod
    def of(cls, source: Source) -> "Editor":
        """Of one that was saved."""
        said = {name: source[name] for name in ("title", "summary", "minutes", "text")}
        said["intro"] = source["exercise"].get("intro") or ""
        prompts = source["exercise"]["prompts"]
        return cls(LessonForm(initial=said), _unsent(map(initial_of, prompts)))

    @classmethod
    def sent(cls, post: QueryDict) -> "Editor":
        """Of what a page has sent."""
        forms_ = [QuestionForm(post, prefix=f"q{number}") for number in range(_count(post))]
        return cls(LessonForm(post), forms_)

    def rearranged(self, wish: str) -> "Editor":
        """The same, unchecked, with what a button does: ``add``, ``up-3``, ``down-0``, ``out-1``.

        Anything else changes nothing.
        """
        typed = [_typed(form) for form in self.questions]
        word, _, number = wish.partition("-")
        at = int(number) if number.isascii() and number.isdigit() and len(number) < 3 else -1
        if word == "add" and len(typed) < MOST_QUESTIONS:
            typed.append({})
        elif word == "out" and 0 <= at < len(typed):
            del typed[at]
        elif word == "up" and 0 < at < len(typed):
            typed[at - 1], typed[at] = typed[at], typed[at - 1]
        elif word == "down" and 0 <= at < len(typed) - 1:
            typed[at + 1], typed[at] = typed[at], typed[at + 1]
        return Editor(LessonForm(initial=_typed(self.lesson)), _unsent(typed))

    def is_valid(self, before: Before, token: uuid.UUID) -> bool:
        """Whether it can be kept, with every message at its field; then ``source`` is there.

        New questions are named by ``token``, so that what is sent twice says the same twice.
        ``rendered`` is there of whatever text could be rendered, to look at. Takes two seconds
        and a little at most.
        """
        valid = not sum(not form.is_valid() for form in (self.lesson, *self.questions))
        if not self.questions:
            self.lesson.add_error(None, "Ask at least one question.")
        said = self.lesson.cleaned_data
        small = self._is_small(said.get("text", ""))
        valid = small and self._renders(said.get("text", ""), said.get("intro", "")) and valid
        if not valid or not self.questions:
            return False
        source = self._source(before, token)
        if self._is_small(json.dumps(source, ensure_ascii=False)) and self._fits(source):
            self.source = source
        return bool(self.source)

    @property
    def messages(self) -> list[str]:
        """All that is wrong, each with the name of its field."""
        found = []
        for number, form in enumerate([self.lesson, *self.questions]):
            for name, errors in form.errors.items():
                label = str(form.fields[name].label) if name in form.fields else ""
                where = f"question {number}, {label}" if number else label
                found += [f"{where}: {error}" if where else str(error) for error in errors]
        return found

    @property
    def prompts(self) -> list[BasePrompt]:
        """The questions that are whole, to look at."""
        said = [form.cleaned_data for form in self.questions if form.is_valid()]
        return [prompt_from(prompt_of(one, f"q-{n}", {})) for n, one in enumerate(said)]

    def _is_small(self, text: str) -> bool:
        size = len(text.encode())
        if size > MOST_BYTES:
            large = f"The lesson is {size / 1024:.0f} KB large; at most 32 KB can be kept."
            self.lesson.add_error("text", f"{large} Divide it into two lessons.")
        return size <= MOST_BYTES

    def _source(self, before: Before, token: uuid.UUID) -> Source:
        said = self.lesson.cleaned_data
        exercise: dict[str, Any] = {"intro": said["intro"]} if said["intro"] else {}
        taken: set[str] = set()
        exercise["prompts"] = prompts = []
        for form in self.questions:
            id_ = _id(form.cleaned_data, before, taken, token)
            taken.add(id_)
            prompts.append(prompt_of(form.cleaned_data, id_, before.get(id_, {})))
        return {
            "title": said["title"],
            "summary": said["summary"],
            "minutes": said["minutes"],
            "exercise": exercise,
            "text": said["text"],
        }

    def _fits(self, source: Source) -> bool:
        """The check that lessons of the courses go through."""
        try:
            OwnLessonFile.model_validate({key: source[key] for key in source if key != "text"})
        except ValidationError as error:
            for finding in error.errors(include_url=False):
                place = place_of(finding)
                message, hint = say(finding, place, Around(OwnLessonFile, source))
                form, name = self._field_at(place)
                form.add_error(name, f"{message.rpartition('”: ')[2]} {hint}".strip())
            return False
        return True

    def _field_at(self, place: tuple[str | int, ...]) -> tuple[forms.Form, str | None]:
        form: forms.Form = self.lesson
        key = str(place[0])
        if len(place) > 3 and place[:2] == ("exercise", "prompts"):
            form, key = self.questions[int(place[2])], str(place[3])
            key = SCHEMA_FIELDS.get(key, key)
            key = "parts" if key == "steps" and len(place) > 4 else key
        elif place[:2] == ("exercise", "intro"):
            key = "intro"
        return form, key if key in form.fields else None

    def _renders(self, text: str, intro: str) -> bool:
        try:
            rendered = apart.render(text, intro)
        except apart.TakesTooLong:
            self.lesson.add_error("text", TOO_LONG)
            return False
        for wrong in rendered.faults:
            line = f"Line {wrong.line}: " if wrong.where == "text" else ""
            self.lesson.add_error(wrong.where, f"{line}{wrong.message} {wrong.hint}")
        self.rendered = asdict(rendered)
        del self.rendered["faults"]
        return not rendered.faults


def _id(said: dict[str, Any], before: Before, taken: set[str], token: uuid.UUID) -> str:
    """The permanent id of a question. Of another kind, it is another question.

    What clients answered to the earlier one stays theirs, with the wording of then.
    """
    id_ = str(said["id"])
    kept = id_ in before and before[id_]["kind"] == said["kind"] and id_ not in taken
    new = uuid.uuid5(token, f"{len(taken)} {said['kind']}")
    return id_ if kept else f"q-{new.hex[:12]}"


def _count(post: QueryDict) -> int:
    said = post.get(COUNT, "")
    return min(int(said), MOST_QUESTIONS) if said.isascii() and said.isdigit() and said else 0


def _typed(form: forms.Form) -> dict[str, Any]:
    """What was sent for a form, as it was typed."""
    return {name: form[name].value() for name in form.fields}


def _unsent(typed: Iterable[dict[str, Any]]) -> list[QuestionForm]:
    return [QuestionForm(initial=said, prefix=f"q{number}") for number, said in enumerate(typed)]

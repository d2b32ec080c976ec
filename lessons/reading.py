"""One content file at a time: read, divided, validated, rendered; every fault in it is noted."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from lessons.course import Exercise
from lessons.explain import explain
from lessons.faults import Code, Faults
from lessons.files import decode, read_bytes
from lessons.front_matter import Divided, divide
from lessons.rendering import Rendered, render_body, render_intro
from lessons.schema import ContentModel, CourseFile, LessonFile
from lessons.strict_yaml import Document, parse

Model = TypeVar("Model", bound=ContentModel)


@dataclass(frozen=True)
class ReadLesson:
    """A lesson file after reading. ``file`` is None if its front matter says nothing usable."""

    path: Path
    faults: Faults
    document: Document
    file: LessonFile | None = None
    body: Rendered | None = None
    exercise: Exercise | None = None
    digest: str = ""
    source: Divided | None = None

    def said(self, *place: str) -> object:
        """What the file says at ``place``, even if it is not valid; None if nothing."""
        found: object = self.document.data
        for key in place:
            found = found.get(key) if isinstance(found, Mapping) else None
        return found

    def prompt_ids(self) -> list[str]:
        """The ids of the prompts as far as they can be made out."""
        prompts = self.said("exercise", "prompts")
        found = prompts if isinstance(prompts, list) else []
        return [
            str(prompt["id"]) for prompt in found if isinstance(prompt, dict) and "id" in prompt
        ]


def read_lesson(path: Path, root: Path) -> ReadLesson:
    """The lesson in ``path``, which lies in the content folder ``root``. Never raises."""
    faults = Faults(path, Code.FILE)
    raw = read_bytes(path, root, faults)
    text = None if raw is None else decode(raw, faults)
    divided = None if text is None else divide(text, faults)
    if raw is None or divided is None:
        return ReadLesson(path, faults, Document())
    document = parse(divided.front, faults, first_line=2)
    if not divided.body.strip():
        hint = 'Write the lesson below the second "---".'
        faults.add(divided.body_line, "The lesson has no text.", hint, Code.BODY)
    body = render_body(divided.body, faults, divided.body_line)
    file = validated(LessonFile, document, faults)
    exercise = _exercise(file, document, faults) if file else None
    _refuse_repeated_prompts(document, faults)
    _check_talk(file, document, faults)
    digest = sha256(raw).hexdigest()
    return ReadLesson(path, faults, document, file, body, exercise, digest, divided)


def read_course(path: Path, root: Path, faults: Faults) -> tuple[CourseFile | None, Document]:
    """The ``course.yaml`` in ``path``; None, with faults noted, if it cannot be used."""
    raw = read_bytes(path, root, faults)
    text = None if raw is None else decode(raw, faults)
    document = Document() if text is None else parse(text, faults)
    return validated(CourseFile, document, faults), document


def validated(model: type[Model], document: Document, faults: Faults) -> Model | None:
    """``document`` as ``model``; None, with the faults noted, if it does not fit."""
    if not document.whole:
        return None
    if not isinstance(document.data, dict | None):
        hint = 'Write lines such as "title: Promises".'
        faults.add(document.line(()), "This is not a block of keys.", hint, Code.KEY)
        return None
    try:
        return model.model_validate(document.data or {})
    except ValidationError as error:
        explain(error, model, document, faults)
        return None


def _exercise(file: LessonFile, document: Document, faults: Faults) -> Exercise:
    line = document.line(("exercise", "intro"))
    intro = render_intro(file.exercise.intro or "", faults, line)
    return Exercise(intro_html=intro, prompts=file.exercise.prompts)


def _refuse_repeated_prompts(document: Document, faults: Faults) -> None:
    """Notes a fault for each prompt that has the id of an earlier one."""
    data = document.data
    exercise = data.get("exercise") if isinstance(data, dict) else None
    prompts = exercise.get("prompts") if isinstance(exercise, dict) else None
    first: dict[str, int] = {}
    for number, prompt in enumerate(prompts if isinstance(prompts, list) else []):
        id_ = prompt.get("id") if isinstance(prompt, dict) else None
        if not isinstance(id_, str):
            continue
        line = document.line(("exercise", "prompts", number, "id"))
        if id_ in first:
            hint = f"Line {first[id_]} has it already: give this prompt an id of its own."
            faults.add(line, f'The prompt id "{id_}" is used twice.', hint, Code.TWICE)
        first.setdefault(id_, line)


def _check_talk(file: LessonFile | None, document: Document, faults: Faults) -> None:
    """Notes a fault for each prompt that opens to two people and leaves them there, or the reverse.

    The kinds themselves ask for nothing of this: what they refuse, an old answer could not say.
    """
    for number, prompt in enumerate(file.exercise.prompts if file else ()):
        place, start = ("exercise", "prompts", number), f'Prompt "{prompt.id}": '
        if prompt.opens_together and not prompt.talk:
            hint = 'Write "talk:" and below it two or three questions, each after "- ".'
            faults.add(document.line(place), f'{start}"talk" is missing.', hint, Code.KEY)
        elif prompt.reveal and not prompt.opens_together:
            message = f'{start}"reveal" cannot be used with the kind {prompt.kind}.'
            hint = "Take the line out; it belongs to a prompt that keeps an answer of its own."
            faults.add(document.line((*place, "reveal")), message, hint, Code.KEY)
        elif prompt.talk and not prompt.opens_together:
            message = f'{start}"talk" needs answers that open to both.'
            hint = 'Add "reveal: together", or take "talk" out.'
            faults.add(document.line((*place, "talk")), message, hint, Code.KEY)

"""A course that its author goes on changing: prompts, lessons and parts, at random."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import yaml

Prompt = dict[str, Any]
NAMED = {
    "choice": "options",
    "choices": "options",
    "table": "columns",
    "sequence": "steps",
    "letter": "steps",
}
"""The kinds with named parts, and the key under which these stand."""
KINDS = ("text", "scale", "list", "predict", "promises", *NAMED)


@dataclass
class Lesson:
    """A lesson; ``id`` never changes, the rest may."""

    id: str
    slug: str
    prompts: list[Prompt]
    draft: bool = False


class ChangingCourse:
    """The course ``moving``: three parts, some lessons, and an author with ideas."""

    def __init__(self, root: Path, chance: Random) -> None:
        self.root, self.chance, self.numbers = root, chance, count(1)
        self.answered: set[tuple[str, str]] = set()
        """Lesson and prompt of what was written at; an author brings back what is there."""
        self.parts: list[list[Lesson]] = [[self.new_lesson(), self.new_lesson()] for _ in range(3)]
        self.changes = (
            *(self.rename, self.reword, self.reorder, self.move, self.split, self.withdraw_lesson),
            *(self.withdraw_prompt, self.change_kind, self.relabel, self.drop_part, self.add_part),
            *(self.add_prompt, self.recall, self.hide, self.show_again, self.add_lesson),
        )
        self.write()

    def release(self) -> None:
        """One to four changes at once, then the files."""
        for change in self.chance.choices(self.changes, k=self.chance.randint(1, 4)):
            change()
        self.write()

    def lessons(self) -> list[Lesson]:
        """Those that are offered, in order."""
        return [lesson for part in self.parts for lesson in part if not lesson.draft]

    def beside(self, lesson: Lesson) -> list[str]:
        """The slugs of the lessons before and after, if there are any."""
        lessons = self.lessons()
        at = lessons.index(lesson)
        return [one.slug for one in (*lessons[max(at - 1, 0) : at], *lessons[at + 1 : at + 2])]

    def asked(self) -> Iterator[tuple[Lesson, Prompt]]:
        """All that is asked and keeps an answer."""
        for lesson in self.lessons():
            for prompt in lesson.prompts:
                if prompt["kind"] != "recall":
                    yield lesson, prompt

    # What an author may do.

    def rename(self) -> None:
        self.some_lesson().slug = self.name("called")

    def reword(self) -> None:
        if prompt := self.some_prompt():
            prompt["ask"] = self.words("Reworded")

    def reorder(self) -> None:
        self.chance.shuffle(self.chance.choice(self.parts))
        self.chance.shuffle(self.some_lesson().prompts)

    def move(self) -> None:
        lesson = self.some_lesson()
        next(part for part in self.parts if lesson in part).remove(lesson)
        self.chance.choice(self.parts).append(lesson)

    def split(self) -> None:
        """The second half of the questions goes into a new lesson, under ids of its own."""
        lesson = self.some_lesson()
        half = len(lesson.prompts) // 2
        if half:
            new = Lesson(self.name("lesson"), self.name("split"), lesson.prompts[half:])
            lesson.prompts = lesson.prompts[:half]
            self.chance.choice(self.parts).append(new)

    def withdraw_lesson(self) -> None:
        if len(self.lessons()) > 3:
            lesson = self.some_lesson()
            next(part for part in self.parts if lesson in part).remove(lesson)

    def hide(self) -> None:
        if len(self.lessons()) > 3:
            self.some_lesson().draft = True

    def show_again(self) -> None:
        """A lesson that was hidden, with whatever answers it has, is offered once more."""
        if hidden := [lesson for part in self.parts for lesson in part if lesson.draft]:
            self.chance.choice(hidden).draft = False

    def withdraw_prompt(self) -> None:
        lesson = self.some_lesson()
        if len(lesson.prompts) > 1:
            lesson.prompts.remove(self.chance.choice(lesson.prompts))

    def change_kind(self) -> None:
        """The same words, asked in another way."""
        if prompt := self.some_prompt():
            kept = {key: prompt[key] for key in ("id", "ask")}
            prompt.clear()
            prompt.update(kept | self.shape(self.chance.choice(KINDS)))

    def relabel(self) -> None:
        if labels := self.some_labels():
            labels[self.chance.choice(list(labels))] = self.words("Relabelled")

    def drop_part(self) -> None:
        """An option, a column or a step goes."""
        if (labels := self.some_labels()) and len(labels) > 2:
            del labels[self.chance.choice(list(labels))]

    def add_part(self) -> None:
        if (labels := self.some_labels()) and len(labels) < 6:
            labels[self.name("part")] = self.words("Added")

    def add_prompt(self) -> None:
        self.some_lesson().prompts.append(self.new_prompt())

    def add_lesson(self) -> None:
        self.chance.choice(self.parts).append(self.new_lesson())

    def recall(self) -> None:
        """A lesson brings back an answer of another one, whose question may be put better now."""
        asked = list(self.asked())
        written = [one for one in asked if (one[0].id, one[1]["id"]) in self.answered]
        if places := written or asked:
            lesson, prompt = self.chance.choice(places)
            if self.chance.random() < 0.5:
                prompt["ask"] = self.words("Reworded")
            where = {"lesson": lesson.id, "prompt": prompt["id"]}
            recall = {"id": self.name("recall"), "kind": "recall", "ask": "Then", **where}
            self.some_lesson().prompts.append(recall)

    # What the changes are made of.

    def name(self, start: str) -> str:
        """A name that was never used."""
        return f"{start}-{next(self.numbers)}"

    def words(self, start: str) -> str:
        """Words that no other words hold."""
        return f"{self.name(start)}."

    def some_lesson(self) -> Lesson:
        return self.chance.choice(self.lessons())

    def some_prompt(self) -> Prompt | None:
        return self.chance.choice([prompt for _, prompt in self.asked()] or [None])

    def some_labels(self) -> dict[str, str] | None:
        found: list[dict[str, str] | None] = [
            prompt[NAMED[prompt["kind"]]] for _, prompt in self.asked() if prompt["kind"] in NAMED
        ]
        return self.chance.choice(found or [None])

    def new_lesson(self) -> Lesson:
        return Lesson(self.name("lesson"), self.name("slug"), [self.new_prompt() for _ in range(3)])

    def new_prompt(self) -> Prompt:
        asked = {"id": self.name("prompt"), "ask": self.words("Question")}
        return asked | self.shape(self.chance.choice(KINDS))

    def shape(self, kind: str) -> Prompt:
        """What belongs to ``kind``."""
        shape: Prompt = {"kind": kind}
        if kind in NAMED:
            shape[NAMED[kind]] = {self.name("part"): self.words("Label") for _ in range(3)}
        if kind == "letter":
            shape["checklist"] = {self.name("item"): self.words("Label")}
        if kind == "scale":
            shape |= {"steps": self.chance.randint(3, 9), "low": "Little", "high": "Much"}
        if kind == "predict":
            shape |= {"guess": self.words("Guess"), "talk": [self.words("Talk"), "And you?"]}
        return shape

    # The files.

    def write(self) -> None:
        """Lays the course out anew, without recalls of what is no longer asked."""
        places = {(lesson.id, prompt["id"]) for lesson, prompt in self.asked()}
        folder = self.root / "moving"
        shutil.rmtree(folder, ignore_errors=True)
        listed = []
        for number, part in enumerate(self.parts, start=1):
            name = f"{number:02}-part-{number}"
            (folder / name).mkdir(parents=True)
            listed.append({"folder": name, "title": "Part", "summary": "A part."})
            for at, lesson in enumerate(part, start=1):
                lesson.prompts = [p for p in lesson.prompts if _stands(p, places)]
                lesson.prompts = lesson.prompts or [self.new_prompt()]
                (folder / name / f"{at:02}-{lesson.slug}.md").write_text(_markdown(lesson))
        course = {"id": "moving", "title": "Moving", "summary": "It changes.", "parts": listed}
        (folder / "course.yaml").write_text(_yaml(course))


def _stands(prompt: Prompt, places: set[tuple[str, str]]) -> bool:
    return prompt["kind"] != "recall" or (prompt["lesson"], prompt["prompt"]) in places


def _markdown(lesson: Lesson) -> str:
    front = {
        "id": lesson.id,
        "title": lesson.slug,
        "summary": "A lesson.",
        "minutes": 5,
        "exercise": {"prompts": lesson.prompts},
        "draft": lesson.draft,
    }
    return f"---\n{_yaml(front)}---\nA text.\n"


def _yaml(data: dict[str, Any]) -> str:
    return yaml.dump(data, Dumper=_WithoutAliases, sort_keys=False, allow_unicode=True)


class _WithoutAliases(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True

"""A course is released again and again while somebody writes: no answer gets lost on the way."""

import re
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest

from tests.exercises.releases import NAMED, ChangingCourse, Lesson, Prompt
from tests.exercises.workbook import Workbook

AUTHORS, RELEASES = 10, 10
CHANGED = "This question has changed since you answered it"
Place = tuple[str, str]


@dataclass(frozen=True)
class Saved:
    """One acknowledged save: the question as it was asked, what is to be seen of the answer."""

    prompt: Prompt
    chosen: tuple[str, ...]
    shown: tuple[str, ...]
    revision: str


@dataclass(frozen=True)
class OpenPage:
    """A question on the screen, as it was asked, and what was typed and not yet sent."""

    lesson: Lesson
    prompt: Prompt
    question: str
    typed: dict[str, Any]
    chosen: Any
    shown: Any


class Writer:
    """Somebody who goes on writing, and remembers all of it."""

    def __init__(self, course: ChangingCourse, chance: Random, book: Workbook) -> None:
        self.course, self.chance, self.book = course, chance, book
        self.kept: dict[Place, list[Saved]] = {}
        self.histories: dict[Place, str] = {}

    def save_some(self) -> None:
        """Writes at some of the questions, going on from what stands there."""
        asked = list(self.course.asked())
        for lesson, prompt in self.chance.sample(asked, min(3, len(asked))):
            typed, chosen, shown = self.answer_to(prompt)
            reply = self.send(lesson, prompt, typed)
            assert reply.status_code == 200, reply.content
            self.remember(lesson, prompt, chosen, shown, reply.json())

    def type_into_pages(self) -> list[OpenPage]:
        """Pages that are open while the next release comes, with something typed."""
        asked = list(self.course.asked())
        pages = self.chance.sample(asked, min(5, len(asked)))
        return [self.open_page(*deepcopy(page)) for page in pages]

    def open_page(self, lesson: Lesson, prompt: Prompt) -> OpenPage:
        page = self.page(f"/workbook/moving/{lesson.slug}/")
        [question] = re.findall(f'name="{prompt["id"]}:asked" value="([^"]+)"', page)
        return OpenPage(lesson, prompt, question, *self.answer_to(prompt))

    def send_page(self, page: OpenPage) -> None:
        """It is kept in the wording that stood there, or the question is gone and it comes back."""
        lesson, prompt = page.lesson, page.prompt
        reply = self.send(lesson, prompt, page.typed, asked=page.question)
        places = [(at.id, now["id"]) for at, now in self.course.asked()]
        if (lesson.id, prompt["id"]) not in places:
            assert reply.status_code == 404
            assert_holds(reply.content.decode(), texts_of(page.typed))
            return
        assert reply.status_code == 200, reply.content
        before, texts = self.kept.get((lesson.id, prompt["id"])), texts_of(page.typed)
        assert not (texts and before and before[-1].revision == reply.json()["revision"])
        self.remember(lesson, prompt, page.chosen, page.shown, reply.json())

    def send(self, lesson: Lesson, prompt: Prompt, typed: dict[str, Any], **more: str) -> Any:
        self.book.lesson = lesson.id
        before = self.kept.get((lesson.id, prompt["id"]))
        base = before[-1].revision if before else ""
        fields = {f"{prompt['id']}{part}": value for part, value in typed.items()}
        fields |= self.book.fields(prompt["id"], {}, base=base, **more)
        path = f"/workbook/save/{lesson.id}/{prompt['id']}/"
        return self.book.post(path, fields | {"owner": self.book.owner}, script=False)

    def remember(
        self, lesson: Lesson, prompt: Prompt, chosen: Any, shown: Any, reply: dict[str, str]
    ) -> None:
        place = (lesson.id, prompt["id"])
        self.histories[place] = reply["history"]
        self.course.answered.add(place)
        saves = self.kept.setdefault(place, [])
        if not saves or saves[-1].revision != reply["revision"]:  # the same tick is saved once
            saves.append(Saved(deepcopy(prompt), tuple(chosen), tuple(shown), reply["revision"]))

    def answer_to(self, prompt: Prompt) -> tuple[dict[str, Any], Any, Any]:
        """Fields by what follows the id, the ids that are chosen, and what is to be seen."""
        text, kind = self.course.words("Text"), prompt["kind"]
        if kind == "text":
            return {"": text}, (), (text,)
        if kind == "scale":
            number = self.chance.randint(1, prompt["steps"])
            return {"": str(number)}, (), (f"<b>{number}</b> of {prompt['steps']}",)
        if kind == "list":
            return {".1.line": text}, (), (text,)
        if kind == "predict":
            return {".mine": text, ".guess": f"{text} too"}, (), (f"{text} too", prompt["guess"])
        if kind == "promises":
            return {".1.what": text, ".1.by": "me", ".1.state": "open"}, (), (text, "I promised")
        labels = prompt[NAMED[kind]]
        if kind in ("choice", "choices"):
            chosen = self.chance.sample(list(labels), 1 if kind == "choice" else 2)
            return {"": chosen}, chosen, [labels[one] for one in chosen]
        start = ".1." if kind == "table" else "."
        texts = {f"{start}{part}": f"{text} {part}" for part in labels}
        return texts, (), (*texts.values(), *labels.values())

    # What must hold after every release.

    def finds_everything(self) -> None:
        """Among all answers, each once, in the wording of then."""
        entries = self.page("/workbook/answers/").split('<div class="entry">')[1:]
        assert len(entries) == len(self.kept)
        for place, saves in self.kept.items():
            [entry] = [one for one in entries if self.histories[place] in one]
            assert_shown(entry, saves[-1])

    def finds_every_version(self) -> None:
        """In its history."""
        for place, saves in self.kept.items():
            path = self.histories[place]
            assert self.page(path).count("?version=") == len(saves) - 1
            for saved in saves[:-1]:
                assert_shown(self.page(f"{path}?version={saved.revision}"), saved)

    def goes_on(self, lesson: Lesson) -> None:
        """The lesson has the answers in its inputs, or begins anew and shows what was before."""
        page = self.page(f"/workbook/moving/{lesson.slug}/")
        assert re.findall(r'href="(\S+)" class="secondary" rel="\w+"', page) == [
            f"/workbook/moving/{slug}/" for slug in self.course.beside(lesson)
        ]
        parts = {part.partition('"')[0]: part for part in page.split('data-prompt="')[1:]}
        for prompt in lesson.prompts:
            if prompt["kind"] != "recall":
                self.goes_on_at(parts[prompt["id"]], lesson, prompt)
            elif saves := self.kept.get((prompt["lesson"], prompt["prompt"])):
                assert_shown(page, saves[-1])

    def goes_on_at(self, part: str, lesson: Lesson, prompt: Prompt) -> None:
        if (lesson.id, prompt["id"]) not in self.kept:
            assert "Not answered yet" in part
            return
        last = self.kept[lesson.id, prompt["id"]][-1]
        assert f'name="{prompt["id"]}:base" value="{last.revision}"' in part
        assert (CHANGED in part) == (not still_fits(last, prompt))
        if CHANGED in part:
            assert_shown(part, last)
        else:
            assert_holds(part, [text for text in last.shown if text.startswith("Text")])

    def page(self, path: str) -> str:
        reply = self.book.browser.get(path)
        assert reply.status_code == 200
        return str(reply.content.decode())


def texts_of(typed: dict[str, Any]) -> list[str]:
    """What was typed, without what was chosen."""
    return [text for text in typed.values() if str(text).startswith("Text")]


def assert_holds(html: str, texts: Iterable[str]) -> None:
    assert [text for text in texts if text not in html] == []


def assert_shown(html: str, saved: Saved) -> None:
    """The question as it was asked, and the answer with the labels of then."""
    assert_holds(html, [saved.prompt["ask"], *saved.shown])


def still_fits(saved: Saved, now: Prompt) -> bool:
    """Whether it is still the same question, and the answer one that can be given to it."""
    then = saved.prompt
    if any(then.get(key) != now.get(key) for key in ("kind", "ask", "guess", "low", "high")):
        return False
    if now["kind"] in ("choice", "choices"):
        return set(saved.chosen) <= set(now["options"])
    if now["kind"] == "scale":
        return bool(then["steps"] == now["steps"])
    key = NAMED.get(now["kind"])
    return key is None or set(then[key]) == set(now[key])


@pytest.mark.parametrize("author", range(AUTHORS))
def test_whatever_an_author_releases_no_answer_is_lost(author, tmp_path, settings, writing, writer):
    settings.CONTENT_DIRS, settings.SHOW_DRAFTS = [tmp_path], False
    chance = Random(author)
    course = ChangingCourse(tmp_path, chance)
    person = Writer(course, chance, Workbook(writing, writer))
    person.save_some()
    for _ in range(RELEASES):
        pages = person.type_into_pages()
        course.release()
        for page in pages:
            person.send_page(page)
        person.save_some()
        person.finds_everything()
        person.goes_on(course.some_lesson())
    person.finds_every_version()
    for lesson in course.lessons():
        person.goes_on(lesson)

"""The form in which a therapist writes a lesson: its text, and one small form a question."""

import re
from typing import Any, ClassVar

from django import forms

from lessons.catalogue import catalogue
from lessons.kinds.base import CONTROL
from lessons.kinds.fields import MOST_ROWS
from lessons.kinds.pulse import ASK

MOST_IN_A_LINE, MOST_IN_INTRO = 600, 4_000
"""As ``lessons.schema`` has them."""
MOST_TYPED = 60_000
"""Of one text field; how large a whole lesson may be is said by ``own_lesson_checks``."""
MOST_PARTS = 20
OFF = {"autocomplete": "off"}
KINDS = {
    "text": "A text in their own words",
    "list": "A list",
    "table": "A table",
    "choice": "One of several options",
    "choices": "Several options, to tick",
    "scale": "A scale",
    "sequence": "Steps, one after the other",
    "letter": "A letter in steps, with a checklist",
    "recall": "An earlier answer of theirs, shown again",
    "pulse": "Their week, as five statements",
}
"""What one person is asked. What two people open together, the course alone can ask."""
PARTS = {
    "choice": "options",
    "choices": "options",
    "table": "columns",
    "sequence": "steps",
    "letter": "steps",
}
"""What the lines of ``parts`` are called in a lesson, by the kind of question."""
LEAST = {"choice": 2, "choices": 2, "table": 2}


class Words(forms.CharField):
    """A text with line ends as ``\\n``, without characters that nobody sees."""

    def to_python(self, value: Any) -> str:
        """``value``, cleaned."""
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: Any) -> None:
        """Refuses what the lesson could not be kept with."""
        super().validate(value)
        if CONTROL.search(value):
            raise forms.ValidationError(
                "An invisible character stands in it, probably pasted along. Type it anew."
            )


def _line(label: str, *, required: bool = True, help_text: str = "", **said: Any) -> Words:
    widget = forms.TextInput(attrs=OFF)
    said = {"label": label, "help_text": help_text, "widget": widget, **said}
    return Words(max_length=MOST_IN_A_LINE, required=required, **said)


def _lines(label: str, help_text: str) -> Words:
    widget = forms.Textarea(attrs={"rows": 4, **OFF})
    most = MOST_PARTS * (MOST_IN_A_LINE + 1)
    return Words(label=label, help_text=help_text, widget=widget, max_length=most, required=False)


def _number(label: str, least: int, most: int, help_text: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=least,
        max_value=most,
        required=False,
        widget=forms.NumberInput(attrs=OFF),
    )


def recallable() -> list[tuple[str, str | list[tuple[str, str]]]]:
    """Every question of the courses that keeps an answer, grouped by lesson, for a select."""
    found: list[tuple[str, str | list[tuple[str, str]]]] = [("", "Choose one")]
    for course in catalogue().courses:
        for lesson in course.lessons:
            prompts = [prompt for prompt in lesson.exercise.prompts if prompt.answered]
            asked = [(f"{lesson.id}/{prompt.id}", prompt.ask) for prompt in prompts]
            if asked:
                found.append((lesson.title, asked))
    return found


class LessonForm(forms.Form):
    """What stands beside the questions."""

    title = _line("Title", error_messages={"required": "Give the lesson a title."})
    summary = _line(
        "In one sentence",
        help_text="It stands under the title.",
        error_messages={"required": "Say in one sentence what it is about."},
    )
    minutes = forms.IntegerField(
        label="Minutes, with the exercise",
        min_value=1,
        max_value=120,
        initial=10,
        widget=forms.NumberInput(attrs=OFF),
        error_messages={"required": "Write how many minutes it takes, about."},
    )
    text = Words(
        label="Text",
        help_text=(
            "An empty line begins a new paragraph, ## a heading, - a list; *one star* slants, "
            "**two** make bold; [words](https://address) is a link."
        ),
        max_length=MOST_TYPED,
        widget=forms.Textarea(attrs={"rows": 16, **OFF}),
        error_messages={"required": "Write the text of the lesson."},
    )
    intro = Words(
        label="Above the questions",
        help_text="A sentence or two, if you like.",
        max_length=MOST_IN_INTRO,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, **OFF}),
    )

    @property
    def above(self) -> list[forms.BoundField]:
        """All but the last, which stands with the questions."""
        return [self[name] for name in self.fields if name != "intro"]


class QuestionForm(forms.Form):
    """One question. Which fields count depends on its kind; the others are left out."""

    id = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="Kind", choices=KINDS.items, widget=forms.Select(attrs=OFF), initial="text"
    )
    ask = _line("Question", required=False)
    help = _line("A second, quieter line", required=False, help_text="If you like.")
    size = forms.ChoiceField(
        label="Room to write",
        choices=[("long", "A page"), ("short", "Two lines")],
        required=False,
        widget=forms.Select(attrs=OFF),
    )
    parts = _lines("Options, columns or steps", "One a line.")
    checklist = _lines("Checklist", "What the letter should say, one a line.")
    most = _number("How many may be ticked", 1, MOST_PARTS, "Leave it empty for any number.")
    rows = _number("Rows, at most", 1, MOST_ROWS, "Leave it empty for ten.")
    steps = _number("Steps of the scale", 2, 11, "Leave it empty for seven.")
    low = _line("Words for the lowest", required=False)
    high = _line("Words for the highest", required=False)
    recalls = forms.ChoiceField(
        label="Which answer", choices=recallable, required=False, widget=forms.Select(attrs=OFF)
    )

    ONLY: ClassVar[dict[str, str]] = {
        "size": "text",
        "parts": "choice choices table sequence letter",
        "checklist": "letter",
        "most": "choices",
        "rows": "list table",
        "steps": "scale",
        "low": "scale",
        "high": "scale",
        "recalls": "recall",
    }
    """The kinds for which a field counts; the style sheet shows it for these only."""

    @property
    def special(self) -> list[tuple[str, forms.BoundField]]:
        """Those fields, each with its kinds."""
        return [(kinds, self[name]) for name, kinds in self.ONLY.items()]

    def clean(self) -> dict[str, Any]:
        """Says what is missing for the kind that was chosen."""
        said = self.cleaned_data
        kind = said.get("kind", "")
        if not said.get("ask") and "ask" not in self.errors and kind != "pulse":
            self.add_error("ask", "Write the question, or take it out.")
        if kind in PARTS and "parts" not in self.errors:
            self._check_lines("parts", PARTS[kind], LEAST.get(kind, 1))
        if kind == "table" and len(lines_of(said.get("parts"))) > 6:
            self.add_error("parts", "A table can have six columns at most.")
        if kind == "letter" and "checklist" not in self.errors:
            self._check_lines("checklist", "lines", 1)
        if kind == "choices" and (said.get("most") or 0) > len(lines_of(said.get("parts"))):
            self.add_error("most", "There are fewer options than that.")
        if kind == "scale":
            for end in ("low", "high"):
                if not said.get(end) and end not in self.errors:
                    self.add_error(end, "Say what this end of the scale means.")
        if kind == "recall" and not said.get("recalls") and "recalls" not in self.errors:
            self.add_error("recalls", "Choose the answer that is shown again.")
        return said

    def _check_lines(self, field: str, what: str, least: int) -> None:
        lines = lines_of(self.cleaned_data.get(field))
        if len(lines) < least:
            needed = f"at least {least} {what}, one a line" if least > 1 else "at least one line"
            self.add_error(field, f"Write {needed}.")
        elif len(lines) > MOST_PARTS:
            self.add_error(field, f"There can be {MOST_PARTS} {what} at most.")
        elif len(set(lines)) < len(lines):
            self.add_error(field, "Two of these lines are the same.")
        elif any(len(line) > MOST_IN_A_LINE for line in lines):
            self.add_error(field, f"A line can have {MOST_IN_A_LINE} characters at most.")


def lines_of(text: str | None) -> list[str]:
    """The lines in which anything stands."""
    return [line.strip() for line in (text or "").split("\n") if line.strip()]


def prompt_of(said: dict[str, Any], id_: str, before: dict[str, Any]) -> dict[str, Any]:
    """A question as a lesson says it, from a form that is valid.

    ``before`` is the same question in an earlier version: what stays in it keeps its ids.
    """
    kind = said["kind"]
    prompt: dict[str, Any] = {"id": id_, "kind": kind, "ask": said["ask"] or ASK}
    if said["help"]:
        prompt["help"] = said["help"]
    if kind in PARTS:
        name = PARTS[kind]
        prompt[name] = with_ids(lines_of(said["parts"]), before.get(name) or {})
    if kind == "letter":
        prompt["checklist"] = with_ids(lines_of(said["checklist"]), before.get("checklist") or {})
    if kind == "scale":
        prompt |= {"steps": said["steps"] or 7, "low": said["low"], "high": said["high"]}
    if kind == "text" and said["size"] == "short":
        prompt["size"] = "short"
    if kind == "choices" and said["most"]:
        prompt["most"] = said["most"]
    if kind in ("list", "table") and said["rows"]:
        prompt["rows"] = said["rows"]
    if kind == "recall":
        prompt["lesson"], _, prompt["prompt"] = said["recalls"].partition("/")
    return prompt


def with_ids(lines: list[str], before: dict[str, str]) -> dict[str, str]:
    """A permanent id for each line: the one that it had; for one that was reworded in its place,
    the one that stood there; else one that was not there before.
    """
    had = {label: id_ for id_, label in before.items()}
    there = list(before.items()) if len(before) == len(lines) else []
    found: dict[str, str] = {}
    for number, line in enumerate(lines):
        id_ = had.get(line)
        if id_ is None and there and there[number][1] not in lines:
            id_ = there[number][0]
        found[id_ or _new_id(line, {*found, *before})] = line
    return found


def _new_id(line: str, taken: set[str]) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", line.lower())[:30].strip("-") or "part"
    slug = "part" if slug == "checked" else slug  # a field of its own, in a letter
    numbered = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return next(id_ for id_ in (slug, *numbered) if id_ not in taken)


def initial_of(prompt: dict[str, Any]) -> dict[str, Any]:
    """What stands in the form of a question that was written before."""
    said = {name: prompt.get(name, "") for name in ("id", "kind", "ask", "help", "size", "most")}
    said |= {name: prompt.get(name, "") for name in ("rows", "low", "high")}
    kind = prompt["kind"]
    if kind in PARTS:
        said["parts"] = "\n".join(prompt[PARTS[kind]].values())
    if kind == "letter":
        said["checklist"] = "\n".join(prompt["checklist"].values())
    if kind == "scale":
        said["steps"] = prompt["steps"]
    if kind == "recall":
        said["recalls"] = f"{prompt['lesson']}/{prompt['prompt']}"
    return said

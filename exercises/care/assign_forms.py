"""The forms by which a therapist assigns lessons, and changes what was assigned."""

import uuid
from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms

from exercises import access
from exercises.assignments import today_of
from exercises.care.giving import (
    Ended,
    NotDone,
    Over,
    Planned,
    Seen,
    Withdrawn,
    along,
    at_once,
    check,
)
from exercises.care.offered import Group, offered, titles
from exercises.care.paths import Path
from exercises.models import CareLink
from exercises.words import Day, Words
from trustbook.accounts.models import User

LATEST = date(2199, 12, 31)
MOST_IN_A_NOTE = 2_000
MOST_AT_ONCE = 1_000
NOT_OFFERED = (
    "A lesson that was chosen is not offered any more, so nothing was assigned. Look at what is "
    "chosen below, and try again."
)
NOT_A_CLIENT = "Somebody who was chosen is not in your list of clients. Choose again."
TOO_MANY = "That would be more than 1,000 assignments at once. Choose fewer clients or lessons."
AFTER = "This is after the day on which it is due. Choose an earlier one."
OVER = "That day is over already where the client is. Choose a later one."
SEEN = "Your client can see this already, so its first day stays as it is."
NOTE_HELP = "If you like. The client reads it beside the lesson."


class Several(forms.Field):
    """What was ticked, each once, in the order in which it was sent."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        """The values."""
        return list(dict.fromkeys(value or []))


def _note() -> Words:
    return Words(
        label="A note",
        help_text=NOTE_HELP,
        max_length=MOST_IN_A_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )


class AssignForm(forms.Form):
    """To whom, and with which words; what and when is said by the two that follow."""

    clients = Several(error_messages={"required": "Choose at least one client."})
    note = _note()
    path: Path | None = None
    dates: tuple[str, ...] = ("due", "starts")
    """The fields of days; the first is the one that may turn out to be over."""

    def __init__(self, therapist: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.therapist = therapist
        self.groups: list[Group] = offered(therapist)
        self.titles = titles(self.groups)
        files = access.own_files(therapist)
        self.labels = {file.pk: file.label(therapist) for file in files}
        self.links: dict[uuid.UUID, CareLink] = access.own_links(therapist, list(self.labels))
        self.live = sorted(self.links, key=lambda file: (self.labels[file].casefold(), str(file)))
        self.archived = {file.pk for file in files if file.archived_at}
        self.plan: list[Planned] = []

    def clean_clients(self) -> list[uuid.UUID]:
        """The files of those who are linked with the therapist now."""
        chosen = []
        for text in self.cleaned_data["clients"]:
            try:
                chosen.append(uuid.UUID(text))
            except ValueError:
                raise forms.ValidationError(NOT_A_CLIENT) from None
        if any(file not in self.labels for file in chosen):
            raise forms.ValidationError(NOT_A_CLIENT)
        if gone := [file for file in chosen if file not in self.links]:
            raise forms.ValidationError(self._ended(gone))
        return chosen

    def clean(self) -> dict[str, Any]:
        """Lessons and days, held against the day that it is for each client."""
        data: dict[str, Any] = self.cleaned_data
        for name in self.dates:
            if data.get(name) and data[name] > LATEST:
                self.add_error(name, "Choose a day before 2200.")
        if not self.errors:
            self.plan = self.planned()
        if not self.errors and len(self.plan) * len(data["clients"]) > MOST_AT_ONCE:
            self.add_error("clients", TOO_MANY)
        if not self.errors:
            try:
                check(self.chosen, self.plan)
            except Over as over:
                self.add_error(self.dates[0], self._over(over.files))
        return data

    def planned(self) -> list[Planned]:
        """What the form asks for, once each field of it is sound."""
        raise NotImplementedError

    @property
    def chosen(self) -> dict[uuid.UUID, CareLink]:
        """The links of the clients that were chosen, in the order of their labels."""
        return {
            file: self.links[file] for file in self.live if file in self.cleaned_data["clients"]
        }

    def refuse(self, refusal: NotDone) -> None:
        """Says at its field why nothing was assigned after all."""
        if isinstance(refusal, Ended):
            self.add_error("clients", self._ended(refusal.files))
        elif isinstance(refusal, Over):
            self.add_error(self.dates[0], self._over(refusal.files))
        else:
            self.add_error("lessons" if "lessons" in self.fields else None, NOT_OFFERED)

    def ticked(self, name: str) -> list[str]:
        """What is ticked of a field, sound or not."""
        value = self[name].value()
        return [str(one) for one in value] if isinstance(value, list) else []

    def _ended(self, files: Collection[uuid.UUID]) -> str:
        is_not = "are not" if len(files) > 1 else "is not"
        return (
            f"{self._named(files)} {is_not} linked with you any more, so nothing was assigned. "
            "Everything else that you chose still stands here."
        )

    def _over(self, files: Collection[uuid.UUID]) -> str:
        return f"That day is over already for {self._named(files)}. Choose a later one."

    def _named(self, files: Collection[uuid.UUID]) -> str:
        named = sorted(f"“{self.labels[file]}”" for file in files if file in self.labels)
        more = f" and {len(named) - 3} more" if len(named) > 3 else ""
        return ", ".join(named[:3]) + more


class LessonsForm(AssignForm):
    """Lessons, one by one or by parts, all with the same days."""

    lessons = Several(required=False)
    parts = Several(required=False)
    due = Day(label="Due on", help_text="Until the end of that day, where the client is.")
    starts = Day(
        label="Shown from", help_text="If it should not be there yet. Left empty: at once."
    )

    def clean_lessons(self) -> list[str]:
        """Those that are offered."""
        chosen: list[str] = self.cleaned_data["lessons"]
        if any(lesson not in self.titles for lesson in chosen):
            raise forms.ValidationError(NOT_OFFERED)
        return chosen

    def clean_parts(self) -> list[str]:
        """Those that are offered."""
        chosen: list[str] = self.cleaned_data["parts"]
        if any(part not in {group.key for group in self.groups if group.key} for part in chosen):
            raise forms.ValidationError(NOT_OFFERED)
        return chosen

    def planned(self) -> list[Planned]:
        """Each lesson once, in reading order."""
        data = self.cleaned_data
        whole = [group.lessons for group in self.groups if group.key in data["parts"]]
        wanted = {lesson.lesson_id for lessons in whole for lesson in lessons} | {*data["lessons"]}
        if not wanted:
            self.add_error("lessons", "Choose at least one lesson, or a part.")
        if data["due"] and data["starts"] and data["starts"] > data["due"]:
            self.add_error("starts", AFTER)
        return at_once([one for one in self.titles if one in wanted], data["starts"], data["due"])


class PathForm(AssignForm):
    """A pathway, from a first day on."""

    first = Day(
        label="First day",
        help_text="From then on the first lesson is shown; the others follow as the pathway says.",
        required=True,
    )
    dates = ("first",)

    def __init__(self, path: Path, therapist: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(therapist, *args, **kwargs)
        self.path = path
        self.steps = [step for step in path.steps if step.lesson_id in self.titles]
        if not self.is_bound:
            self.initial.setdefault("first", today_of(therapist))

    @property
    def left_out(self) -> int:
        """How many of its lessons are not offered any more."""
        return len(self.path.steps) - len(self.steps) if self.path else 0

    def planned(self) -> list[Planned]:
        """Its lessons that are offered."""
        if not self.steps:
            self.add_error(None, "None of the lessons of this pathway is offered any more.")
        return along(self.steps, self.cleaned_data["first"])


class ChangeForm(forms.Form):
    """Days and note of one assignment."""

    due = Day(label="Due on", help_text="Until the end of that day, where the client is.")
    starts = Day(
        label="Shown from",
        help_text="Before that day the client does not see it. Left empty: at once.",
    )
    note = _note()

    def __init__(self, *args: Any, begun: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if begun:  # what the client is at work on is not hidden from them
            del self.fields["starts"]

    def clean(self) -> dict[str, Any]:
        """Days of this age, the first before the last."""
        data: dict[str, Any] = self.cleaned_data
        due, starts = data.get("due"), data.get("starts")
        for name, day in (("due", due), ("starts", starts)):
            if day and day > LATEST:
                self.add_error(name, "Choose a day before 2200.")
        if due and starts and starts > due:
            self.add_error("starts", AFTER)
        return data

    def refuse(self, refusal: NotDone) -> None:
        """Says why nothing was changed."""
        if isinstance(refusal, Withdrawn):
            self.add_error(None, "It is done or withdrawn already, so it stays as it is.")
        elif isinstance(refusal, Seen):
            self.add_error("starts", SEEN)
        else:
            self.add_error("due", OVER)

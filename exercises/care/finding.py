"""Which clients a therapist wants to see, and in which order."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db import models

from exercises.care.waiting import Line, Waits
from lessons.search import fold, words

SOON = timedelta(days=7)
LONGEST = 100
CHOOSE = "There is no such choice. Choose one from the list."


class Show(models.TextChoices):
    """Which of them."""

    CURRENT = "", "All but the archive"
    YOU = "you", "Waits on you"
    CLIENT = "client", "Waits on the client"
    DUE = "due", "Due within a week, or was due"
    UNLINKED = "unlinked", "Not linked"
    ARCHIVED = "archived", "In the archive"


class Order(models.TextChoices):
    """In which order. None goes by the time at which anything was written or shared."""

    NEW = "", "What is new"
    LABEL = "label", "Label"
    DUE = "due", "Next due"


class ListForm(forms.Form):
    """What stands in the address of the page, and of the table."""

    show = forms.ChoiceField(
        choices=Show.choices, required=False, error_messages={"invalid_choice": CHOOSE}
    )
    order = forms.ChoiceField(
        choices=Order.choices,
        required=False,
        label="Sorted by",
        error_messages={"invalid_choice": CHOOSE},
    )


class SearchForm(forms.Form):
    """Words of a label. They are posted: an address with them would be logged."""

    words = forms.CharField(
        required=False,
        max_length=LONGEST,
        label="Search by label",
        error_messages={
            "max_length": f"That is longer than {LONGEST} characters. A few words are enough."
        },
    )


def chosen(lines: list[Line], show: Show, order: Order) -> list[Line]:
    """Those that are wanted, sorted."""
    return sorted(filter(_WANTED[show], lines), key=_KEYS[order])


def with_label(lines: list[Line], query: str) -> list[Line]:
    """Those with each word of ``query`` in their label, in the archive or not, sorted by label.

    Neither case nor accents matter.
    """
    wanted = words(query)
    if not wanted:
        return sorted((line for line in lines if query in line.label), key=_by_label)
    folded = ((line, fold(line.label)) for line in lines)
    found = [line for line, label in folded if all(word in label for word in wanted)]
    return sorted(found, key=_by_label)


def _is_due(line: Line) -> bool:
    return line.due_on is not None and line.due_on <= line.today + SOON


_WANTED: dict[Show, Callable[[Line], bool]] = {
    Show.CURRENT: lambda line: not line.archived,
    Show.YOU: lambda line: not line.archived and line.waits is Waits.YOU,
    Show.CLIENT: lambda line: not line.archived and line.waits is Waits.CLIENT,
    Show.DUE: lambda line: not line.archived and _is_due(line),
    Show.UNLINKED: lambda line: not (line.archived or line.linked or line.invited_until),
    Show.ARCHIVED: lambda line: line.archived,
}


def _by_label(line: Line) -> tuple[str, str]:
    return (line.label.casefold(), line.file.pk.hex)


_KEYS: dict[Order, Callable[[Line], Any]] = {
    Order.NEW: lambda line: (-line.new, line.waits is not Waits.CLIENT, *_by_label(line)),
    Order.LABEL: _by_label,
    Order.DUE: lambda line: (line.due_on or date.max, *_by_label(line)),
}

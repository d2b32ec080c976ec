"""A recalled pulse: how one began, beside the week that one is in."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString

from exercises.models import Pulse
from exercises.weeks import week_name
from lessons.kinds.then_and_now import Told, then_and_now
from trustbook.accounts.models import User


def start_and_now(
    person: User, pulses: Iterable[Pulse], week: date
) -> tuple[SafeString | None, str]:
    """The table, and what was asked then; nothing before the first number.

    ``pulses`` stand with the first week first; ``week`` is the present one.
    """
    told = ((pulse.week, _told(pulse, person)) for pulse in pulses)
    first, then = next((one for one in told if any(one[1].numbers.values())), (None, None))
    if first is None or then is None:
        return None, ""
    now = next((_told(pulse, person) for pulse in pulses if pulse.week == week), Told(""))
    beside = None if first == week else Told("This week", now.numbers, now.statements)
    return then_and_now(then, beside, reverse("pulse:weeks")), then.asked


def _told(pulse: Pulse, person: User) -> Told:
    opened = pulse.open(pulse.head, person)
    name = f"The {week_name(pulse.week)}"
    return Told(name, opened.value, opened.snapshot["statements"], opened.snapshot["ask"])

"""What waits on whom: one line for each client of a therapist."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone

from exercises import access
from exercises.access import Caseload, Given, News
from exercises.lesson_names import Names, name_of, own_names
from exercises.models import ClientFile
from trustbook.accounts.models import User

NOTHING_NEW = News()


class Waits(StrEnum):
    """On whom."""

    YOU = "you"
    CLIENT = "client"
    NOBODY = ""


@dataclass(frozen=True)
class Task:
    """One assignment as the list tells it."""

    title: str
    state: str
    """``begun 20 Nov``."""
    due_on: date | None
    """None once it is done."""
    waits: bool
    """Whether the client sees it by now and has not done it."""


@dataclass(frozen=True)
class Line:
    """One client."""

    file: ClientFile
    label: str
    linked: bool
    today: date
    """The client's own day."""
    tasks: list[Task] = field(default_factory=list)
    news: News = NOTHING_NEW
    invited_until: datetime | None = None

    @property
    def archived(self) -> bool:
        """Whether the file was put away."""
        return self.file.archived_at is not None

    @property
    def new(self) -> int:
        """How many things the therapist has not seen yet."""
        return sum(self.news)

    @property
    def waits(self) -> Waits:
        """On the therapist where there is anything to read, else on who has something to do."""
        if self.new:
            return Waits.YOU
        to_do = self.invited_until or any(task.waits for task in self.tasks)
        return Waits.CLIENT if to_do else Waits.NOBODY

    @property
    def due_on(self) -> date | None:
        """The first day on which something open is due, or was."""
        return min((task.due_on for task in self.tasks if task.due_on), default=None)


def lines_for(therapist: User) -> list[Line]:
    """All clients of a therapist, in no order. Their labels are deciphered."""
    load = access.caseload(therapist)
    days = {name: _today(name) for name in {*load.zones.values(), therapist.time_zone}}
    titles = _Titles(own_names(therapist))
    return [_line(therapist, load, file, days, titles) for file in load.files]


def _line(
    therapist: User, load: Caseload, file: ClientFile, days: dict[str, date], titles: "_Titles"
) -> Line:
    label = file.label(therapist)
    zone = load.zones.get(file.link_id) if file.link_id else None
    if zone is None or file.link_id is None:
        until = load.invited.get(file.pk)
        return Line(file, label, False, days[therapist.time_zone], invited_until=until)
    today = days[zone]
    given = sorted(load.given.get(file.link_id, ()), key=_rank)
    tasks = [_task(one, today, titles) for one in given]
    return Line(file, label, True, today, tasks, load.news.get(file.link_id, NOTHING_NEW))


def _rank(given: Given) -> tuple[bool, date, int, str]:
    """What is open first, by the day on which it is due; then what is done, the last first."""
    if given.done_on:
        return (True, date.fromordinal(date.max.toordinal() - given.done_on.toordinal()), 0, "")
    return (False, given.due_on or date.max, given.position, given.lesson_id)


def _task(given: Given, today: date, titles: "_Titles") -> Task:
    if given.done_on:
        return Task(titles[given.lesson_id], f"done {short(given.done_on, today)}", None, False)
    visible = given.starts_on is None or given.starts_on <= today
    if given.begun_on:
        state = f"begun {short(given.begun_on, today)}"
    else:
        state = "not begun" if visible else f"from {short(given.starts_on, today)}"
    return Task(titles[given.lesson_id], state, given.due_on, visible)


def short(day: date | None, today: date) -> str:
    """``24 Nov``, with the year where it is not this one."""
    if day is None:
        return ""
    return f"{day.day} {day:%b}" if day.year == today.year else f"{day.day} {day:%b %Y}"


def counted(news: News) -> Iterator[str]:
    """``2 answers``, ``1 week``, ``1 reply``; what there is none of is left out."""
    words = (("answer", "answers"), ("week", "weeks"), ("reply", "replies"))
    for number, (one, many) in zip(news, words, strict=True):
        if number:
            yield f"{number} {one if number == 1 else many}"


class _Titles(dict[str, str]):
    """The title of each lesson, looked up once."""

    def __init__(self, own: Names) -> None:
        super().__init__()
        self.own = own

    def __missing__(self, lesson_id: str) -> str:
        self[lesson_id] = found = name_of(lesson_id, self.own)
        return found


def _today(zone: str) -> date:
    try:
        return timezone.localdate(timezone=ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        return timezone.localdate(timezone=ZoneInfo("UTC"))

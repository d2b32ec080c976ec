"""What a person wrote, to read: a chapter a lesson, one for the weeks, one for the way so far."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from exercises import access
from exercises.exported import KEPT, Keeping, in_order
from exercises.lesson_names import Names, kept_names, name_of, names_for
from exercises.models import Keeper, Keepsake, Kept, Pulse, Reading, Revision
from exercises.ordering import Written, by_lesson
from exercises.own_lessons import is_own
from lessons.catalogue import catalogue
from lessons.kinds.pulse import NAMES, STATEMENTS, STEPS
from trustbook.accounts.models import User
from trustbook.lib.export import Chapter, Curve, Entry

BY_WEEK = ("week",)
REPLACED = "Replaced later"
KEPT_ASIDE = "Kept aside: saved while another page had saved something newer"
KEPT_BESIDE = "What the two of you wrote together, kept beside the text that counts"


def chapters_of(person: User) -> Iterator[Chapter]:
    """In the order of the courses; then the weeks; then which lessons were opened."""
    readings = {row.lesson_id: row for row in access.own_readings(person)}
    answers, keepsakes = access.own_answers(person), access.own_keepsakes(person)
    own = names_for(person, [*readings, *(row.lesson_id for row in answers)])
    kept = kept_names(person, keepsakes)
    for written in by_lesson(answers, keepsakes, own, kept):
        yield _lesson(person, written, readings.get(written.lesson_id))
    yield from _together(person)
    yield from _weeks(person)
    if readings:
        yield _way(person, readings, {**kept, **own})


def _lesson(person: User, written: Written, reading: Reading | None) -> Chapter:
    where: dict[str, object] = {"lesson_id": written.lesson_id}
    answers = [_entry(person, row, row.head) for row in written.answers]
    kept = [
        _entry(person, row, row.head, remark=row.get_kept_from_display())
        for row in written.keepsakes
    ]
    readers = [_earlier(person, KEPT[key], where) for key in ("answers", "keepsakes")]
    return Chapter(
        name=written.name,
        title=written.title,
        about=_about(person, written, reading),
        entries=(*answers, *kept),
        earlier=lambda: (entry for read in readers for entry in read()),
    )


def _about(person: User, written: Written, reading: Reading | None) -> str:
    """“Trust, lesson 6 of 16 · opened 3 May 2026 · finished 4 May 2026”."""
    lesson = written.lesson
    said = [f"{lesson.course_title}, lesson {lesson.number} of {lesson.total}"] if lesson else []
    if reading:
        said.append(f"opened {_day(person, reading.opened_at)}")
        if reading.finished_at:
            said.append(f"finished {_day(person, reading.finished_at)}")
    return " · ".join(said)


def _entry(
    person: User,
    row: Kept,
    revision: Revision,
    about: str = "",
    remark: str = "",
    keeper: Keeper | None = None,
) -> Entry:
    opened = row.open(revision, keeper or person)
    prompt = opened.prompt
    asked = f"{about}: {prompt.ask}" if about else prompt.ask
    moment = revision.saved_at.astimezone(person.zone) if revision.saved_at else None
    return Entry(asked, prompt.as_text(opened.value), moment, remark)


def _earlier(
    person: User, keeping: Keeping, where: dict[str, object]
) -> Callable[[], Iterator[Entry]]:
    """Reads, when it is called, all that is not the newest."""

    def read() -> Iterator[Entry]:
        for row in access.own_rows(person, keeping.kept, *keeping.where, **where):
            week = _week(row.week) if keeping.where == BY_WEEK else ""  # type: ignore[attr-defined]
            for revision in in_order(row):
                if revision.pk != row.head_id:
                    remark = KEPT_ASIDE if revision.aside else REPLACED
                    if isinstance(row, Keepsake):
                        remark = KEPT_BESIDE
                    yield _entry(person, row, revision, week, remark)

    return read


def _together(person: User) -> Iterator[Chapter]:
    """What two people write together, as one chapter; none without any."""
    couple = access.couple_of(person)
    rows = access.joint_answers(couple) if couple else []
    if couple is None or not rows:
        return

    def entry(row: Any, revision: Any, aside: str = "") -> Entry:
        whose = "by you" if revision.writer_id == person.pk else "by your partner"
        remark = f"{whose}, {aside}" if aside else whose
        return _entry(person, row, revision, _title(row.lesson_id), remark, couple)

    def earlier() -> Iterator[Entry]:
        for row in access.joint_rows(couple):
            for one in in_order(row):
                if one.pk != row.head_id:
                    yield entry(row, one, "kept aside" if one.aside else "replaced later")

    yield Chapter(
        name="written-together",
        title="Written together",
        about="Both of you see and may change this.",
        entries=tuple(entry(row, row.head) for row in rows),
        earlier=earlier,
    )


def _weeks(person: User) -> Iterator[Chapter]:
    """All that is kept by week, as one chapter; none without any."""
    keepings = [keeping for keeping in KEPT.values() if keeping.where == BY_WEEK]
    rows = [row for keeping in keepings for row in access.own_newest(person, keeping.kept)]
    if not rows:
        return
    rows.sort(key=lambda row: (row.week, row.place), reverse=True)
    readers = [_earlier(person, keeping, {}) for keeping in keepings]
    yield Chapter(
        name="weeks",
        title="Your weeks",
        about="How true five statements were for you, from 1, not at all, to 7, completely. "
        "This is no tested scale, and there is no total.",
        entries=tuple(_entry(person, row, row.head, _week(row.week)) for row in rows),
        earlier=lambda: (entry for read in readers for entry in read()),
        curves=tuple(_curves(person, access.own_pulses(person))),
    )


def _curves(person: User, pulses: list[Pulse]) -> Iterator[Curve]:
    """One a statement, over the weeks in which any was answered; none of notes alone."""
    values = [(pulse.week, pulse.open(pulse.head, person).value) for pulse in pulses]
    if not values:
        return
    for part, name in NAMES.items():
        points = tuple((week, numbers.get(part)) for week, numbers in values)
        yield Curve(name, STATEMENTS[part], STEPS, points)


def _way(person: User, readings: dict[str, Reading], own: Names) -> Chapter:
    rows = sorted(readings.values(), key=lambda row: (row.opened_at, row.lesson_id))
    facts = [(_title(row.lesson_id, own), _facts(person, row)) for row in rows]
    return Chapter("reading", "The lessons that you opened", facts=facts, printed=False)


def _title(lesson_id: str, own: Names | None = None) -> str:
    lesson = catalogue().lesson_by_id(lesson_id)
    if is_own(lesson_id):
        return name_of(lesson_id, own or {})
    return lesson.title if lesson else f"A lesson that is no longer offered ({lesson_id})"


def _facts(person: User, row: Reading) -> str:
    said = [
        f"opened {_day(person, row.opened_at)}",
        f"read last {_day(person, row.touched_at)}, down to block {row.place} of the text",
    ]
    if row.finished_at:
        said.append(f"finished {_day(person, row.finished_at)}")
    return "; ".join(said)


def _day(person: User, moment: datetime) -> str:
    return f"{moment.astimezone(person.zone):%-d %B %Y}"


def _week(week: date) -> str:
    return f"The week of {week:%-d %B %Y}"

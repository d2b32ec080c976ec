"""The form of a pathway: a name and rows that can be moved without scripts."""

from dataclasses import dataclass, field

from django.http import QueryDict

from exercises.care.offered import Group, offered, titles
from exercises.models.assigned import Step
from trustbook.accounts.models import User

MOST_IN_A_NAME = 120
MOST_STEPS = 40
MOST_DAYS = 365
USUAL_DAYS = "7"


@dataclass
class Row:
    """One lesson of it, as it was typed."""

    lesson: str = ""
    days: str = USUAL_DAYS
    errors: list[str] = field(default_factory=list)


class PathwayForm:
    """What a therapist is writing; nothing of it is kept until it is sound and saved."""

    def __init__(self, therapist: User, name: str = "", rows: list[Row] | None = None) -> None:
        self.groups: list[Group] = offered(therapist)
        self.titles = titles(self.groups)
        self.name = name
        self.rows = rows or []
        self.errors: list[str] = []
        self.name_errors: list[str] = []

    @classmethod
    def of(cls, therapist: User, name: str, steps: list[Step]) -> "PathwayForm":
        """A pathway that there is, with room for one more lesson."""
        rows = [Row(step.lesson_id, str(step.days)) for step in steps]
        return cls(therapist, name, [*rows, Row()])

    @classmethod
    def sent(cls, therapist: User, post: QueryDict) -> "PathwayForm":
        """What was sent, sound or not."""
        pairs = zip(post.getlist("lesson"), post.getlist("days"), strict=False)
        rows = [Row(lesson, days.strip()) for lesson, days in pairs]
        said = [row for row in rows if row.lesson or row.days.strip(USUAL_DAYS)] or rows[:1]
        return cls(therapist, post.get("name", "").strip(), said[: MOST_STEPS + 1])

    def do(self, what: str) -> bool:
        """Moves, removes or adds a row; False where ``what`` is none of these."""
        verb, _, number = what.partition(".")
        if verb == "more":
            self.rows.append(Row())
            return True
        at = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else -1
        if not 0 <= at < len(self.rows):
            return False
        if verb == "remove":
            del self.rows[at]
        elif verb in {"up", "down"}:
            to = max(at - 1, 0) if verb == "up" else at + 1
            self.rows.insert(to, self.rows.pop(at))
        else:
            return False
        return True

    def is_valid(self) -> bool:
        """Whether it can be kept; if not, each fault is said where it is."""
        if not self.name:
            self.name_errors.append("Give it a name, by which you find it again.")
        if len(self.name) > MOST_IN_A_NAME:
            self.name_errors.append(f"The name can have {MOST_IN_A_NAME} characters at most.")
        if "\0" in self.name:
            self.name_errors.append("The name contains a character that cannot be saved.")
        seen = set[str]()
        for row in self.rows:
            if row.lesson:
                self._check(row, seen)
                seen.add(row.lesson)
        if not seen:
            self.errors.append("Choose at least one lesson.")
        if len(seen) > MOST_STEPS:
            self.errors.append(f"A pathway can have {MOST_STEPS} lessons at most.")
        return not (self.errors or self.name_errors or any(row.errors for row in self.rows))

    def _check(self, row: Row, seen: set[str]) -> None:
        if row.lesson not in self.titles:
            row.errors.append("This lesson is not offered any more. Choose another, or remove it.")
        if row.lesson in seen:
            row.errors.append("This lesson stands above already. Choose another, or remove it.")
        number = row.days.isascii() and row.days.isdigit() and len(row.days) <= 3
        if not number or int(row.days) > MOST_DAYS:
            row.errors.append(f"Days are a whole number from 0 to {MOST_DAYS}.")

    @property
    def steps(self) -> list[Step]:
        """What is kept, once it is sound."""
        return [Step(row.lesson, int(row.days)) for row in self.rows if row.lesson]

    @property
    def faulty(self) -> bool:
        """Whether anything was found wanting."""
        return bool(self.errors or self.name_errors or any(row.errors for row in self.rows))

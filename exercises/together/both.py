"""What the Together page of one of two people holds."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from exercises import access
from exercises.access import Promised
from exercises.models import Couple, Share
from exercises.models.promise import State
from exercises.together.addresses import word_for
from exercises.together.openable import Openable, openable
from exercises.together.pieces import Ours, Pair, lesson_title, ours_of, questions
from lessons.catalogue import catalogue
from trustbook.accounts.models import User

NEWEST = 3
"""So many of what was opened together stand on the page with their texts."""
A_FEW = 4
"""So many promises."""


@dataclass(frozen=True)
class Counted:
    """How much of one lesson, or of the weeks, each of the two shows the other."""

    lesson_id: str
    mine: int
    theirs: int
    word: str = ""
    """What stands for the lesson in an address."""

    @property
    def title(self) -> str:
        """The lesson's, as long as there is one."""
        return lesson_title(self.lesson_id)


@dataclass(frozen=True)
class Page:
    """The page of one of two people."""

    newest: list[Pair]
    """What was opened last, with its texts."""
    older: list[Pair]
    lessons: list[Counted]
    weeks: Counted | None
    ours: list[Ours]
    promises: list[Promised]
    """A few: first those of which one of the two has said nothing, the next one due before."""
    more_promises: int
    openable: list[Openable]


def page_for(person: User, couple: Couple) -> Page:
    """All of it. The number of queries depends on nothing that anybody wrote."""
    asked = questions()
    mine, theirs = access.shown_to_partner(person), access.shared_with(person)
    opened = access.opened_pairs(couple, person)
    promised = sorted(access.promises_of(couple, person), key=_settled)
    newest = sorted(opened, key=lambda pair: pair.since, reverse=True)[:NEWEST]
    return Page(
        newest=[Pair.of(pair) for pair in newest],
        older=[Pair.of(pair) for pair in opened if pair not in newest],
        lessons=_by_lesson(couple, mine, theirs),
        weeks=_of_weeks(mine, theirs),
        ours=ours_of(couple, access.joint_answers(couple), asked),
        promises=promised[:A_FEW],
        more_promises=len(promised[A_FEW:]),
        openable=openable(person, opened, access.own_ready(couple, person), asked),
    )


def _by_lesson(couple: Couple, mine: Iterable[Share], theirs: Iterable[Share]) -> list[Counted]:
    """In the order of the courses, then what was withdrawn."""
    of_mine, of_theirs = (
        Counter(share.answer.lesson_id for share in shares if share.answer)
        for shares in (mine, theirs)
    )
    order = [lesson.id for course in catalogue().courses for lesson in course.lessons]
    shown = of_mine.keys() | of_theirs.keys()
    ids = [lesson_id for lesson_id in order if lesson_id in shown]
    ids += sorted(shown - set(order))
    return [Counted(one, of_mine[one], of_theirs[one], word_for(couple, one)) for one in ids]


def _of_weeks(mine: Iterable[Share], theirs: Iterable[Share]) -> Counted | None:
    both = [sum(share.pulse is not None for share in shares) for shares in (mine, theirs)]
    return Counted("", both[0], both[1]) if any(both) else None


def _settled(promised: Promised) -> bool:
    return State.OPEN not in (promised.mine, promised.theirs)

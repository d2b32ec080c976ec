"""Saves that belong to one sitting, however many there were."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from exercises.models import Revision

SITTING = timedelta(minutes=30)
"""Saves that are no further apart than this belong to one sitting."""


def by_sitting(
    revisions: Iterable[Revision], whose: Callable[[Revision], object] = lambda _: None
) -> list[list[Revision]]:
    """The revisions, which stand in the order of saving, the last first.

    They are parted where there was a longer pause, or somebody else went on.
    """
    groups: list[list[Revision]] = []
    for revision in reversed(list(revisions)):
        if groups and _goes_on(groups[-1][-1], revision, whose):
            groups[-1].append(revision)
        else:
            groups.append([revision])
    return groups


def _goes_on(later: Revision, one: Revision, whose: Callable[[Revision], object]) -> bool:
    return whose(later) == whose(one) and later.saved_at - one.saved_at <= SITTING

"""Pathways: those of a therapist, and those that come with the courses."""

import uuid
from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from exercises import access
from exercises.models import Pathway
from exercises.models.assigned import Step
from lessons.catalogue import SuppliedPathway, catalogue
from trustbook.accounts.models import User


@dataclass(frozen=True)
class Path:
    """Lessons in order, with the days from one to the next."""

    key: str
    """What an address or a form calls it."""
    name: str
    summary: str
    """Empty for a therapist's own."""
    steps: list[Step]
    supplied: bool

    @property
    def href(self) -> str:
        """Its page."""
        return reverse(
            "care:supplied_pathway" if self.supplied else "care:pathway", args=[self.key]
        )

    @property
    def days(self) -> int:
        """From its first day until the last lesson is due."""
        return sum(step.days for step in self.steps)


def own_paths(therapist: User) -> list[Path]:
    """A therapist's own, by name."""
    found = [_own(therapist, row) for row in access.own_pathways(therapist)]
    return sorted(found, key=lambda path: (path.name.casefold(), path.key))


def supplied_paths() -> list[Path]:
    """Those that come with the courses."""
    return [_supplied(path) for path in catalogue().pathways]


def path_of(therapist: User, key: str) -> Path:
    """The one that is called so. Raises ``Http404``."""
    try:
        return _own(therapist, access.own_pathway(therapist, uuid.UUID(key)))
    except ValueError:
        found = catalogue().pathway(key)
    if found is None:
        raise Http404
    return _supplied(found)


def _own(therapist: User, row: Pathway) -> Path:
    name, steps = row.open(therapist)
    return Path(str(row.pk), name, "", steps, supplied=False)


def _supplied(path: SuppliedPathway) -> Path:
    steps = [Step(lesson, days) for lesson, days in path.steps]
    return Path(path.id, path.title, path.summary, steps, supplied=True)

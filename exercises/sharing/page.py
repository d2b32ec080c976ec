"""What a page of consent says of one answer or week: exactly the text that is, or will be, seen."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.safestring import SafeString

from exercises import access, labels
from exercises.access import Shown
from exercises.lesson_names import Names, Place, names_for, place_of
from exercises.models import Answer, Audience, Revision
from exercises.weeks import week_name
from trustbook.accounts.models import User


@dataclass(frozen=True)
class Text:
    """One version to read: the question as it was asked, and the answer."""

    revision: uuid.UUID
    asked: str
    shown: SafeString


@dataclass(frozen=True)
class Sight:
    """What one audience sees of it."""

    audience: Audience
    since: date | None = None
    earlier: Text | None = None
    """What they see, where that is not the newest text."""
    opened: datetime | None = None
    """When a therapist opened it last; of a partner nothing is noted."""

    @property
    def name(self) -> str:
        """``your partner``."""
        return labels.name(self.audience)

    @property
    def noted(self) -> bool:
        """Whether each opening is on record."""
        return self.audience is Audience.THERAPIST


@dataclass(frozen=True)
class Page:
    """One answer or week, and who sees it."""

    row: access.Showable
    text: Text
    place: Place
    sights: list[Sight]
    opened: list[Shown]
    """How it was opened together, which ends for both."""

    @property
    def is_week(self) -> bool:
        """Whether it is the pulse of a week."""
        return not isinstance(self.row, Answer)


def page_of(person: User, row: access.Showable, seen: access.Seen) -> Page:
    """The page of consent for ``row``, to everybody to whom it could be shown."""
    care = access.care_of(person) if Audience.THERAPIST in seen.audiences else None
    opened = access.last_opened(care).get(row.pk) if care else None
    return Page(
        row=row,
        text=text_of(person, row, row.head),
        place=place_in(row, names_for(person, [getattr(row, "lesson_id", "")])),
        sights=[_sight(person, row, one, seen.of(row), opened) for one in seen.audiences],
        opened=[one for one in seen.of(row) if one.topic],
    )


def text_of(person: User, row: access.Showable, revision: Revision) -> Text:
    """One revision as whoever is shown it reads it."""
    opened = row.open(revision, person)
    asked = opened.prompt.ask
    if not isinstance(row, Answer):
        asked = f"The {week_name(row.week)}"
    return Text(revision.pk, asked, opened.prompt.show(opened.value))


def place_in(row: access.Showable, own: Names) -> Place:
    """The lesson, if it is still there, or the weeks."""
    if not isinstance(row, Answer):
        return Place("Your week", reverse("pulse:week", args=[row.week]))
    return place_of(row.lesson_id, own)


def _sight(
    person: User,
    row: access.Showable,
    audience: Audience,
    shown: list[Shown],
    opened: datetime | None,
) -> Sight:
    shares = [one for one in shown if one.audience == audience and not one.topic]
    if not shares:
        return Sight(audience)
    [share] = shares
    noted = opened if audience is Audience.THERAPIST else None
    if share.revision_id == row.head_id:
        return Sight(audience, share.since, opened=noted)
    earlier = text_of(person, row, access.revision_of(row, share.revision_id))
    return Sight(audience, share.since, earlier, noted)

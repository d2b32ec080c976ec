"""What a therapist says of their practice, as their own clients see it."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from exercises import access
from exercises.models import About, CareLink
from trustbook.accounts.models import User


def practice_for(link: CareLink) -> About | None:
    """What the client of ``link`` is shown, None where their therapist has written nothing."""
    return own_practice(link.therapist)


def own_practice(therapist: User) -> About | None:
    """The same, for the therapist."""
    row = access.practice_of(therapist)
    return row.open(therapist) if row else None


def practice_beside(client: User) -> SafeString:
    """The page of the client's own therapist, for a lesson about getting help; else nothing."""
    link = access.care_of(client)
    about = practice_for(link) if link else None
    return SafeString(render_to_string("client/_beside.html", {"about": about}) if about else "")

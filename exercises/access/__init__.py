"""The only place that says who may read or write what.

Each function fetches for one person or raises ``Http404``, the same for what is missing and for
what belongs to somebody else.
"""

from exercises.access.couple import (
    couple_of,
    locked_couple,
    own_couple,
    own_shares,
    partner_in,
    partner_known_as,
)
from exercises.access.invitations import (
    invitation_for,
    own_invitation,
    own_invitations,
)
from exercises.access.opened import (
    Chosen,
    OpenedPair,
    locked_rows_about,
    opened_pair,
    opened_pairs,
    own_ready,
    own_ready_for,
    own_rows_about,
)
from exercises.access.own import (
    Row,
    lesson_at,
    lesson_with,
    own_answers,
    own_answers_beside,
    own_hidden,
    own_kept,
    own_last_touch,
    own_newest,
    own_progress,
    own_pulses,
    own_readings,
    own_rows,
    own_week,
    own_week_notes,
    prompt_of,
    revision_of,
    revisions_of,
    weeks_written_about,
)

__all__ = [
    "Chosen",
    "OpenedPair",
    "Row",
    "couple_of",
    "invitation_for",
    "lesson_at",
    "lesson_with",
    "locked_couple",
    "locked_rows_about",
    "opened_pair",
    "opened_pairs",
    "own_answers",
    "own_answers_beside",
    "own_couple",
    "own_hidden",
    "own_invitation",
    "own_invitations",
    "own_kept",
    "own_last_touch",
    "own_newest",
    "own_progress",
    "own_pulses",
    "own_readings",
    "own_ready",
    "own_ready_for",
    "own_rows",
    "own_rows_about",
    "own_shares",
    "own_week",
    "own_week_notes",
    "partner_in",
    "partner_known_as",
    "prompt_of",
    "revision_of",
    "revisions_of",
    "weeks_written_about",
]

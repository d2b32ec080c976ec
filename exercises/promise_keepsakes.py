"""What each of two people keeps, when they part, of the promises that they wrote down: undated."""

import uuid
from collections.abc import Iterator

from exercises import access
from exercises.models import Couple, Keepsake, KeepsakeRevision
from exercises.models.promise import State
from exercises.models.revisions import to_json
from exercises.recording import MOST_BYTES_AN_ANSWER
from lessons.kinds import prompt_from
from lessons.kinds.fields import MOST_ROWS
from trustbook.accounts.keys.vault import KeyGone
from trustbook.accounts.models import User

PROMPT = prompt_from(
    {"id": "promises", "kind": "promises", "ask": "Promises the two of you wrote down"}
)
"""It is in no lesson."""
STATES = {State.KEPT: "kept", State.CHANGED: "changed", State.NOT_KEPT: "not-kept"}
"""As the person's own list says it; whatever else they said, there it is still open."""
Row = dict[str, str]


def copy_promises_for(person: User, couple: Couple) -> None:
    """Copies the ledger, as the person saw it, under their own key; done once, it stays.

    So many that no single answer could hold them become several, each with a source of its own.
    What cannot be opened cannot be copied, and keeps nobody from leaving.
    """
    try:
        rows = [_row(promised) for promised in access.readable_promises(couple, person)]
        for number, part in enumerate(_parts(rows)):
            _keep(person, part, uuid.uuid5(couple.pk, str(number)) if number else couple.pk)
    except KeyGone:
        return


def _keep(person: User, rows: list[Row], source: uuid.UUID) -> None:
    """One keepsake."""
    if Keepsake._base_manager.filter(author=person, source=source).exists():
        return
    keepsake = Keepsake.of_piece(source, person, "", PROMPT.id)
    revision = KeepsakeRevision(id=keepsake.head_id, row=keepsake, token=uuid.uuid4())
    keepsake.seal(revision, person, PROMPT, rows)
    keepsake.save(force_insert=True)
    revision.save(force_insert=True)


def _row(promised: access.Promised) -> Row:
    return {
        "id": promised.id.hex,
        "what": promised.wording.what,
        "by": "me" if promised.by_me else "them",
        "until": promised.wording.when,
        "state": STATES.get(promised.mine, "open"),
    }


def _parts(rows: list[Row]) -> Iterator[list[Row]]:
    """The rows in parts, each of which an answer can hold."""
    part: list[Row] = []
    room = MOST_BYTES_AN_ANSWER
    for row in rows:
        size = len(to_json(row)) + 1
        if part and (len(part) == MOST_ROWS or size >= room):
            yield part
            part, room = [], MOST_BYTES_AN_ANSWER
        part.append(row)
        room -= size
    if part:
        yield part

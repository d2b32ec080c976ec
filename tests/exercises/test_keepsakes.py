"""What each keeps of what two people wrote together, once they have parted."""

import logging
import uuid

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exercises import couples, deletion, joint
from exercises.models import (
    Couple,
    JointAnswer,
    JointRevision,
    Keepsake,
    KeepsakeRevision,
    Membership,
)
from exercises.recording import Draft, record
from lessons.kinds import prompt_from
from tests.exercises.two import joint as written
from trustbook.accounts import erasure
from trustbook.accounts.keys import vault
from trustbook.accounts.models import User
from trustbook.lib import ledger
from trustbook.lib.encryption import Unreadable

PROMPT = prompt_from({"id": "moment", "kind": "text", "ask": "What?"})
OURS, ASIDE, LATER = "we keep the heron", "or the egret", "or the crane"
pytestmark = pytest.mark.postgres


def aside(couple, writer, text):
    """A text that was kept beside the newest."""
    row = JointAnswer.objects.get()
    opened = row.open(row.head, couple)
    first = row.revisions.earliest("saved_at")
    draft = Draft(text, first.pk, uuid.uuid4())
    where = {"lesson_id": row.lesson_id, "prompt_id": row.prompt_id}
    return record(JointAnswer, where, couple, opened.prompt, draft, writer=writer)


def again(couple, writer, text):
    """The newest text from now on."""
    row = JointAnswer.objects.get()
    draft = Draft(text, row.head_id, uuid.uuid4())
    where = {"lesson_id": row.lesson_id, "prompt_id": row.prompt_id}
    prompt = row.open(row.head, couple).prompt
    return record(JointAnswer, where, couple, prompt, draft, writer=writer)


def said(person):
    """What a person's keepsakes say, with what is kept aside before what counts."""
    return [
        row.open(one, person).value
        for row in Keepsake.objects.filter(author=person)
        for one in row.revisions.order_by(*KeepsakeRevision.order)
    ]


def test_the_newest_text_and_what_was_kept_aside(couple, writer, partner):
    written(couple, writer, "a first thought")
    again(couple, partner, OURS)
    assert aside(couple, writer, ASIDE).conflict
    couples.leave(writer)
    for person in (writer, partner):
        assert said(person) == [ASIDE, OURS]


def test_it_opens_only_under_ones_own_key_in_ones_own_row(couple, writer, partner):
    written(couple, writer, OURS)
    couples.leave(writer)
    mine, theirs = (Keepsake.objects.get(author=one) for one in (writer, partner))
    assert opens(mine, mine.head, writer)
    assert not opens(mine, mine.head, partner)
    assert not opens(theirs, mine.head, writer)
    assert not opens(Keepsake(pk=mine.pk, author=partner), mine.head, writer)


def opens(row, revision, keeper):
    try:
        row.open(revision, keeper)
    except Unreadable:
        return False
    return True


def test_a_joint_text_opens_only_under_the_key_of_both_in_its_own_row(couple, writer, stranger):
    written(couple, writer, OURS)
    row = JointAnswer.objects.get()
    assert opens(row, row.head, couple)
    assert not opens(row, row.head, writer)
    assert not opens(JointAnswer(couple=couple), row.head, couple)
    other = couples.make_couple(stranger, User.objects.create_user("other@example.org", None))
    assert not opens(JointAnswer(pk=row.pk, couple=other), row.head, couple)
    assert not opens(row, row.head, other)


def test_it_has_no_date_anywhere(couple, writer):
    written(couple, writer, OURS)
    couples.leave(writer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM exercises_keepsakerevision")
        columns = [column[0] for column in cursor.description]
    assert sorted(columns) == ["aside", "base", "id", "row_id", "sealed", "token"]
    assert KeepsakeRevision.objects.filter(base=None).count() == 2


def test_an_early_ending_of_the_key_keeps_nobody_from_leaving(couple, writer):
    written(couple, writer, OURS)
    vault.destroy_key(couple.data_key_id)
    couples.leave(writer)
    assert (Couple.objects.count(), Keepsake.objects.count()) == (0, 0)


def test_a_text_that_does_not_open_keeps_nobody_from_leaving(couple, writer, partner, caplog):
    written(couple, writer, OURS)
    row = JointAnswer.objects.get()
    broken = JointRevision(
        id=uuid.uuid4(), row=row, token=uuid.uuid4(), writer=writer, sealed=b"x" * 99
    )
    broken.save(force_insert=True)
    JointAnswer.objects.update(head=broken)
    with caplog.at_level(logging.ERROR):
        couples.leave(writer)
    assert (Membership.objects.count(), Keepsake.objects.count()) == (0, 0)
    assert len(caplog.records) == 2


@pytest.mark.parametrize("pieces", [1, 60])
def test_many_pieces_are_copied_with_few_statements(couple, writer, pieces):
    many(couple, writer, pieces)
    with CaptureQueriesContext(connection) as asked:
        couples._part(couple)
    statements = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]
    # For each person and piece two inserts; for each of them twenty pieces at a time.
    reads = 2 * (1 + -(-pieces // 20))
    assert len(statements) - 2 * 2 * pieces - reads == 10
    assert Keepsake.objects.count() == KeepsakeRevision.objects.count() == 2 * pieces


def many(couple, writer, pieces):
    """Pieces with three versions each."""
    for number in range(pieces):
        where, base = {"lesson_id": f"lesson-{number}", "prompt_id": "moment"}, None
        for version in range(3):
            draft = Draft(f"text {version}", base, uuid.uuid4())
            made = record(JointAnswer, where, couple, PROMPT, draft, writer=writer)
            assert made
            base = made.head.pk


class TestRestoring:
    """A backup from before brings back a couple, with all that it wrote; the ledger goes on."""

    def restored(self, couple, writer, partner, text=OURS):
        """As the backup has it: the couple, its key, what it wrote, and no keepsakes."""
        Keepsake._base_manager.all().delete()
        back = couples.make_couple(writer, partner)
        Membership.objects.filter(couple=back).delete()
        Couple.objects.filter(pk=back.pk).delete()
        back.pk = couple.pk
        back.save(force_insert=True)
        for person in (writer, partner):
            Membership.objects.create(couple=back, person=person, known_as=person.email)
        return back

    def piece(self, couple, writer, pk):
        row = JointAnswer(pk=pk, couple=couple, lesson_id="every-kind", prompt_id="moment")
        revision = JointRevision(id=uuid.uuid4(), row=row, token=uuid.uuid4(), writer=writer)
        row.seal(revision, couple, PROMPT, OURS)
        row.head_id = revision.pk
        row.save(force_insert=True)
        revision.save(force_insert=True)

    def replay(self, first=()):
        return erasure.replay([*first, *ledger.read(settings.LEDGER)])

    def test_a_keepsake_that_was_deleted_is_not_made_again(self, couple, writer, partner):
        written(couple, writer, OURS)
        piece, was = JointAnswer.objects.get().pk, couple.pk
        couples.leave(writer)
        mine = Keepsake.objects.get(author=writer)
        assert deletion.hide(mine, mine.head_id)
        deletion.purge_now(mine)
        couple.pk = was
        self.piece(self.restored(couple, writer, partner), writer, piece)
        # Somebody else deleted a keepsake long before: that word is replayed first.
        self.replay([("keepsake", uuid.uuid4())])
        assert [row.author for row in Keepsake.objects.all()] == [partner]

    def test_what_was_deleted_for_both_does_not_come_back_as_keepsakes(
        self, couple, writer, partner
    ):
        written(couple, writer, OURS)
        row, was = JointAnswer.objects.get(), couple.pk
        joint.delete(couple, row, row.head_id)
        couples.leave(writer)
        couple.pk = was
        self.piece(self.restored(couple, writer, partner), writer, row.pk)
        # Another couple parted long before.
        self.replay([(couples.WORD, uuid.uuid4())])
        assert (JointAnswer.objects.count(), Keepsake._base_manager.count()) == (0, 0)

    def test_what_was_deleted_for_both_does_not_come_back_to_them(self, couple, writer):
        written(couple, writer, OURS)
        row = JointAnswer.objects.get()
        piece = row.pk
        joint.delete(couple, row, row.head_id)
        self.piece(couple, writer, piece)
        assert self.replay().entries == 1
        assert not JointAnswer.objects.exists()


def test_the_ledger_comes_first(couple, writer, monkeypatch):
    written(couple, writer, OURS)
    row = JointAnswer.objects.get()
    noted = []

    def note(entries):
        noted.extend(entries)
        assert JointAnswer.objects.filter(pk=row.pk).exists()

    monkeypatch.setattr("exercises.shown.note", note)
    assert joint.delete(couple, row, row.head_id)
    assert noted == [("joint", row.pk)]

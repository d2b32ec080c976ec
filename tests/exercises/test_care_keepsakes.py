"""What a client keeps of their work with a therapist, once it has ended; and what a therapist."""

import logging
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exercises import carelinks, deletion, threads
from exercises.models import (
    Answer,
    Assignment,
    CareLink,
    ClientFile,
    Keepsake,
    Pathway,
    Pulse,
    Reading,
    Response,
)
from lessons.kinds.fields import MOST_CHARACTERS
from tests.conftest import a_file, at_the_desk, signed_in
from tests.exercises.answering.test_keepsakes import chapters, words
from tests.exercises.care_of import assigned, shared
from tests.exercises.own import WORDS, written
from tests.exercises.workbook import FORM, Workbook
from tests.privacy.test_import import bring_document, document_of
from trustbook.accounts import erasure
from trustbook.accounts.keys import vault
from trustbook.accounts.keys.models import DataKey
from trustbook.lib import ledger
from trustbook.privacy import workbook

ANSWERS = "/workbook/answers/"
FROM = "Kept from your work with a therapist"
TOLD, REPLIED, LATER = "the egret asks", "the heron answers", "and the crane nods"
THREAD = f"Your therapist:\n{TOLD}\n\nYou:\n{REPLIED}"
KEPT_LESSON = f"One evening.\n\n{WORDS}\n\n- Which lantern did you see?\n- Where?"
WROTE = datetime(2020, 2, 5, 12, 34, tzinfo=UTC)
pytestmark = pytest.mark.postgres


def said(link, row, text, writer, *, at=WROTE, withdrawn=None):
    """Something that was said about a shared answer or week."""
    about = {"answer": row} if isinstance(row, Answer) else {"pulse": row}
    response = Response(
        link=link,
        revision=row.head_id,
        shared_on=date(2026, 5, 3),
        writer=writer,
        token=uuid.uuid4(),
        written_at=at,
        withdrawn_at=withdrawn,
        **about,
    )
    response.seal(link, text)
    response.save()
    return response


def own_lesson(therapist):
    """The newest version of a lesson that the therapist wrote."""
    return written(therapist, "Reeds").head


def opened(person, lesson_id):
    now = timezone.now()
    Reading.objects.create(
        reader=person, lesson_id=lesson_id, place=0, opened_at=now, touched_at=now
    )


def kept(person):
    """What the person's keepsakes say, by lesson and prompt."""
    vault.forget_all()
    rows = Keepsake.objects.filter(author=person)
    found = {(row.lesson_id, row.prompt_id, row.open(row.head, person).value) for row in rows}
    assert len(found) == len(rows)
    return found


@pytest.fixture
def thread(trial, care, therapist, writer, writing):
    """The client shared an answer; each has said something about it."""
    share = shared(care, writing)
    said(care, share.answer, TOLD, therapist)
    said(care, share.answer, REPLIED, writer, at=WROTE + timedelta(days=1))
    return share.answer


@pytest.fixture
def all_of_it(thread, care, therapist, writer):
    """A thread, two notes, and a lesson of the therapist's own that was opened."""
    assigned(care, note="read it slowly")
    version = own_lesson(therapist)
    assigned(care, version.row.lesson_id, "", version=version)
    opened(writer, version.row.lesson_id)
    return {
        ("every-kind", "moment", THREAD),
        ("every-kind", "note", "read it slowly"),
        (version.row.lesson_id, "lesson", KEPT_LESSON),
    }


ENDINGS = {
    "by the client": lambda link: signed_in(link.client).post("/therapist/end/"),
    "by the therapist": lambda link: at_the_desk(link.therapist).post(
        f"/care/clients/{link.file.pk}/end/"
    ),
    "with the role": lambda link: call_command("revoke_therapist", link.therapist.email),
    "with the therapist’s account": lambda link: erasure.erase(link.therapist),
}


@pytest.mark.parametrize("how", ENDINGS)
def test_whoever_ends_it_the_client_keeps_the_same(all_of_it, care, writer, how):
    ENDINGS[how](care)
    assert kept(writer) == all_of_it
    assert (CareLink.objects.count(), Response.objects.count()) == (0, 0)


def test_the_therapist_keeps_the_label_alone(all_of_it, care, therapist):
    carelinks.end(care)
    assert Keepsake._base_manager.filter(author=therapist).count() == 0
    [file] = ClientFile.objects.all()
    assert (file.label(therapist), file.link) == ("Tuesday, 10:00", None)
    assert (Response.objects.count(), Assignment.objects.count()) == (0, 0)


def test_with_the_client_their_copies_go(all_of_it, care, writer):
    erasure.erase(writer)
    assert Keepsake._base_manager.count() == 0


def test_what_was_withdrawn_is_not_kept(thread, care, therapist, writer):
    said(care, thread, "", therapist, withdrawn=WROTE)
    said(care, thread, LATER, therapist, withdrawn=WROTE)
    assigned(care, note="not any more", withdrawn_on=date(2026, 5, 4))
    carelinks.end(care)
    assert kept(writer) == {("every-kind", "moment", THREAD)}


@time_machine.travel("2026-05-03 12:00Z")
def test_what_the_client_was_not_to_see_yet_is_not_kept(trial, care, therapist, writer):
    """Days are the client's: on the other side of the world the next one has begun."""
    writer.time_zone = "Pacific/Kiritimati"
    writer.save()
    today = timezone.localdate(timezone=writer.zone)
    assigned(care, "every-kind", "from today on", starts_on=today)
    assigned(care, "last", "from tomorrow on", starts_on=today + timedelta(days=1))
    carelinks.end(care)
    assert kept(writer) == {("every-kind", "note", "from today on")}


def test_a_lesson_that_was_never_opened_is_not_kept(trial, care, therapist, writer, stranger):
    version = own_lesson(therapist)
    assigned(care, version.row.lesson_id, "", version=version)
    opened(stranger, version.row.lesson_id)
    opened(writer, "every-kind")
    carelinks.end(care)
    assert kept(writer) == set()


def test_a_lesson_that_was_answered_is_kept(trial, care, therapist, writer, writing):
    version = own_lesson(therapist)
    assigned(care, version.row.lesson_id, "", version=version, withdrawn_on=date(2026, 5, 4))
    Workbook(writing, writer).saved("moment", "a heron")
    Answer.objects.update(lesson_id=version.row.lesson_id)
    carelinks.end(care)
    assert kept(writer) == {(version.row.lesson_id, "lesson", KEPT_LESSON)}


def test_about_a_week(trial, care, therapist, writer, writing):
    Workbook(writing, writer).saved("week", {"openness": "5"})
    pulse = Pulse.objects.of(writer).get()
    said(care, pulse, TOLD, therapist)
    carelinks.end(care)
    assert kept(writer) == {("", "week", f"Your therapist:\n{TOLD}")}
    [[title, _, texts], _] = chapters(writing)
    assert (title, texts) == ("About your weeks, with a therapist", [f"Your therapist:\n{TOLD}"])


def test_nothing_of_an_answer_that_was_deleted(thread, care, writer):
    thread.refresh_from_db()
    assert deletion.hide(thread, thread.head_id)
    carelinks.end(care)
    assert kept(writer) == set()


def test_more_than_a_text_can_hold(trial, care, therapist, writer):
    long = "".join(f"{number} reeds in the rain\n" for number in range(2_000))
    assert len(long) > 2 * MOST_CHARACTERS
    assigned(care, note=long)
    carelinks.end(care)
    parts = [value for _, _, value in kept(writer)]
    assert len(parts) == 3
    assert max(map(len, parts)) <= MOST_CHARACTERS
    lines = sorted(line for part in parts for line in part.splitlines())
    assert lines == sorted(long.strip().splitlines())


def test_a_text_without_any_line_end_is_broken_off_all_the_same(trial, care, writer):
    assigned(care, note="x" * (MOST_CHARACTERS + 1))
    carelinks.end(care)
    assert sorted(len(value) for _, _, value in kept(writer)) == [1, MOST_CHARACTERS]


class TestWhatCannotBeOpened:
    """A key that is gone, as in a restored backup, or bytes that were changed, keep nobody."""

    def test_the_key_of_the_link(self, all_of_it, care, writer, caplog):
        vault.destroy_key(care.data_key_id)
        with caplog.at_level(logging.ERROR):
            carelinks.end(care)
        assert kept(writer) == {one for one in all_of_it if one[1] == "lesson"}
        assert (CareLink.objects.count(), caplog.records) == (0, [])

    def test_the_key_of_the_therapist(self, all_of_it, care, therapist, writer):
        vault.destroy_key(therapist.data_key_id)
        carelinks.end(care)
        assert kept(writer) == {one for one in all_of_it if one[1] != "lesson"}

    def test_the_key_of_the_client(self, all_of_it, care, writer):
        vault.destroy_key(writer.data_key_id)
        carelinks.end(care)
        assert (CareLink.objects.count(), Keepsake.objects.count()) == (0, 0)

    def test_what_is_damaged(self, all_of_it, care, writer, caplog):
        Response.objects.update(sealed=b"x" * 99)
        Assignment.objects.update(sealed_note=b"x" * 99)
        with caplog.at_level(logging.ERROR):
            carelinks.end(care)
        assert kept(writer) == {one for one in all_of_it if one[1] == "lesson"}
        assert len(caplog.records) == 4
        assert TOLD not in caplog.text


def test_copied_again_nothing_changes(all_of_it, care, writer):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CareLink, "delete", lambda self: None)
        carelinks.end(care)
    ids = set(Keepsake.objects.values_list("pk", flat=True))
    CareLink.objects.update(ended_at=None)
    carelinks.end(care)
    assert set(Keepsake.objects.values_list("pk", flat=True)) == ids
    assert kept(writer) == all_of_it


def test_two_times_with_a_therapist_make_two_copies(thread, care, therapist, writer):
    carelinks.end(care)
    again = carelinks.make_link(a_file(therapist, "again"), writer)
    said(again, Answer.objects.get(), LATER, therapist)
    carelinks.end(again)
    assert kept(writer) == {
        ("every-kind", "moment", THREAD),
        ("every-kind", "moment", f"Your therapist:\n{LATER}"),
    }


@pytest.mark.parametrize("notes", [1, 30])
def test_many_are_copied_with_few_statements(trial, care, writer, notes):
    for number in range(notes):
        assigned(care, f"lesson-{number}", "read it")
    with CaptureQueriesContext(connection) as asked:
        carelinks._part(care)
    statements = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]
    assert len(statements) - 2 * notes == 7
    assert Keepsake.objects.count() == notes


class TestRestoring:
    """A backup brings the link back, with all that was written under it; the ledger goes on."""

    def restored(self, care, note, row):
        """As the backup has it, with a key: the link and one assignment, and no copies."""
        Keepsake._base_manager.all().delete()
        key = vault.make_key()
        back = CareLink.objects.create(
            pk=care,
            therapist=note.therapist,
            client=note.client,
            data_key_id=key,
            since="2026-05-03",
        )
        again = Assignment(pk=row, link=back, lesson_id="every-kind", assigned_on="2026-05-03")
        again.seal_note(back, "read it slowly")
        again.save(force_insert=True)

    def replay(self):
        # Somebody else deleted a copy long before: that word is replayed first.
        return erasure.replay([("keepsake", uuid.uuid4()), *ledger.read(settings.LEDGER)])

    def test_it_ends_again_and_is_copied_again(self, trial, care, writer):
        row, was = assigned(care, note="read it slowly").pk, care.pk
        carelinks.end(care)
        self.restored(was, care, row)
        self.replay()
        assert kept(writer) == {("every-kind", "note", "read it slowly")}
        assert (CareLink.objects.count(), DataKey.objects.count()) == (0, 2)

    def test_a_copy_that_was_deleted_is_not_made_again(self, trial, care, writer):
        row, was = assigned(care, note="read it slowly").pk, care.pk
        carelinks.end(care)
        mine = Keepsake.objects.get()
        assert deletion.hide(mine, mine.head_id)
        deletion.purge_now(mine)
        self.restored(was, care, row)
        self.replay()
        assert (CareLink.objects.count(), Keepsake._base_manager.count()) == (0, 0)

    def test_what_was_withdrawn_is_not_copied(self, thread, care, therapist, writer):
        """The backup is from before; its line may come after that of the end."""
        row = Response.objects.get(writer=therapist)
        threads.withdraw(row)
        row.withdrawn_at = None
        row.seal(care, TOLD)
        row.save()
        ledger.append(settings.LEDGER, [(carelinks.WORD, care.pk)])
        assert erasure.replay(reversed(list(ledger.read(settings.LEDGER)))).entries == 1
        assert kept(writer) == {("every-kind", "moment", f"You:\n{REPLIED}")}

    def test_what_was_withdrawn_does_not_come_back(self, thread, care, therapist):
        row = Response.objects.get(writer=therapist)
        threads.withdraw(row)
        assert erasure.replay(ledger.read(settings.LEDGER)).entries == 0  # it is still withdrawn
        Response.objects.filter(pk=row.pk).update(withdrawn_at=None)
        assert erasure.replay(ledger.read(settings.LEDGER)).entries == 1
        assert [one.writer for one in Response.objects.all()] == [care.client]

    def test_a_pathway_that_was_deleted_does_not_come_back(self, therapist):
        row = Pathway(therapist=therapist)
        row.seal(therapist, "Beginning", [])
        row.save()
        was = row.pk
        at_the_desk(therapist).post(f"/care/pathways/{was}/delete/")
        assert not Pathway.objects.exists()
        row.save(force_insert=True)
        assert erasure.replay(ledger.read(settings.LEDGER)).entries == 1
        assert not Pathway.objects.exists()

    def test_an_answer_that_was_deleted_leaves_no_copy(self, thread, care, writer):
        """Deleted before the end, with what was said about it; its line may come later."""
        ledger.append(settings.LEDGER, [(carelinks.WORD, care.pk), ("answer", thread.pk)])
        self.replay()
        assert kept(writer) == set()


class TestAmongMyAnswers:
    def test_it_stands_with_its_lesson(self, thread, care, writing):
        assigned(care, note="read it slowly")
        carelinks.end(care)
        [[title, entries, texts]] = chapters(writing)
        assert (title, len(entries)) == ("Every kind", 1)
        assert texts == [THREAD, "read it slowly"]
        shown = words(writing.get(ANSWERS))
        assert shown.count(FROM) == 1
        assert "the two of you" not in shown

    def test_a_lesson_of_the_therapists_keeps_its_title(self, trial, care, therapist, writing):
        """Where it can be read no more, the copy stands in its place."""
        version = own_lesson(therapist)
        assigned(care, version.row.lesson_id, "", version=version)
        opened(care.client, version.row.lesson_id)
        carelinks.end(care)
        assert chapters(writing) == [("Reeds", [], [KEPT_LESSON])]
        assert "/lessons/own" not in writing.get(ANSWERS).content.decode()

    def test_it_is_found_by_its_words(self, thread, care, writing):
        carelinks.end(care)
        for wanted, hits in (("egret", 1), ("nowhere", 0)):
            response = writing.post(ANSWERS, f"words={wanted}", content_type=FORM)
            assert response.context["hits"] == hits

    def test_by_itself_and_to_be_deleted(self, thread, care, writing):
        carelinks.end(care)
        row = Keepsake.objects.get()
        for path in (f"{ANSWERS}{row.pk}/", f"{ANSWERS}{row.pk}/delete/"):
            shown = words(writing.get(path))
            assert TOLD in shown
            assert "the two of you" not in shown
            assert "wrote it with" not in shown
        assert FROM in words(writing.get(f"{ANSWERS}{row.pk}/"))
        assert "The therapist is shown nothing of it" in shown

    def test_nothing_says_when(self, thread, care, writing):
        carelinks.end(care)
        row = Keepsake.objects.get()
        assert [row.head.saved_at, row.head.base] == [None, None]
        assert "2020" not in words(writing.get(f"{ANSWERS}{row.pk}/"))

    def test_nobody_else_has_it(self, thread, care, desk, strange):
        carelinks.end(care)
        row = Keepsake.objects.get()
        for browser in (desk, strange):
            assert browser.get(f"{ANSWERS}{row.pk}/").status_code == 404


def test_it_is_taken_along_and_brought_in_again(all_of_it, care, writer, stranger, monkeypatch):
    monkeypatch.setattr(workbook, "pdf", lambda *_: b"%PDF")
    carelinks.end(care)
    held = document_of(writer)
    assert {row["kept_from"] for row in held["keepsakes"]} == {"therapist"}
    assert bring_document(stranger, held).status_code == 200
    assert kept(stranger) == all_of_it
    assert set(Keepsake.objects.values_list("kept_from", flat=True)) == {"therapist"}


def test_what_was_taken_back_before_it_could_be_seen_is_not_kept(trial, care, writer):
    today = timezone.localdate()
    assigned(care, note="never seen", starts_on=today, withdrawn_on=today - timedelta(days=1))
    carelinks.end(care)
    assert kept(writer) == set()

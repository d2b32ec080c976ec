"""Deleting an answer: hidden at once, taken back within 30 seconds, then gone with its history."""

import re
import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command

from exercises.models import Answer, AnswerRevision, Pulse, WeekNote
from exercises.pulse.prompts import NOTE, PULSE
from exercises.recording import Draft, record
from tests.conftest import signed_in
from tests.exercises.answering.test_queries import queries
from tests.exercises.pulse.checkin import noted
from tests.exercises.workbook import SCRIPT, Workbook
from trustbook.lib import ledger

pytestmark = pytest.mark.postgres

LESSON, TODAY, ANSWERS = "/workbook/trial/every-kind/", "/workbook/", "/workbook/answers/"
WEEK = date(2026, 3, 2)
TEXT = "a heron stood in the rain"


@pytest.fixture
def clock():
    with time_machine.travel("2026-03-04 12:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def written(page, clock):
    """Two versions of an answer, and another answer that stays."""
    first = page.saved("moment", "a heron")
    clock.shift(60)
    page.saved("moment", TEXT, base=first)
    Workbook(page.browser, page.person, "last").saved("one", "It stays.")
    for lesson in ("every-kind", "looking-back"):
        page.browser.get(f"/workbook/trial/{lesson}/")
    return page


def delete(book, row, **changes):
    """Presses the button of the page that asks."""
    form = {"seen": str(row.head_id)} | changes
    return book.browser.post(f"{ANSWERS}{row.pk}/delete/", form)


def deleted(book, prompt="moment"):
    """Deletes an answer; its row as it was."""
    row = book.answer(prompt)
    assert delete(book, row).headers["Location"] == f"/workbook/deleted/{row.pk}/"
    return row


def about_a_week(book, kept):
    """A week with its numbers and a note; the one of the two."""
    value = PULSE.empty() | {"safety": 2}
    record(Pulse, {"week": WEEK}, book.person, PULSE, Draft(value, None, uuid.uuid4()))
    record(WeekNote, {"week": WEEK}, book.person, NOTE, Draft("heron", None, uuid.uuid4()))
    return kept.objects.get()


def looked_back_on(book):
    """Whether the week's numbers, and its note, are there to look back on."""
    (week,) = book.browser.get("/workbook/pulse/").context["page"].weeks
    return bool(week.numbers), bool(week.note)


def undo(book, row):
    return book.browser.post(f"/workbook/deleted/{row.pk}/undo/")


def said(book, row):
    """What the versions of a row say, the first one first."""
    revisions = row.revisions.order_by("saved_at", "pk")
    return [row.open(revision, book.person).value for revision in revisions]


def stored():
    """How many answers and revisions there are, hidden or not."""
    return Answer._base_manager.count(), AnswerRevision.objects.count()


def everywhere(book):
    """All that any page shows of the workbook."""
    pages = [
        book.browser.get(path) for path in (TODAY, ANSWERS, LESSON, "/workbook/trial/looking-back/")
    ]
    search = book.browser.post(
        ANSWERS, "words=heron", content_type="application/x-www-form-urlencoded"
    )
    return "".join(page.content.decode() for page in [*pages, search])


class TestTheQuestion:
    def test_it_says_what_goes(self, written):
        response = written.browser.get(f"{ANSWERS}{written.answer('moment').pk}/delete/")
        text = response.content.decode()
        assert response.status_code == 200
        for said in (
            TEXT,
            "All 2 versions",
            "For 30 seconds",
            "30 days at most",
            "What others keep",
        ):
            assert said in text
        assert stored() == (2, 3)

    def test_the_pages_lead_there(self, written):
        path = f"{ANSWERS}{written.answer('moment').pk}/"
        for page in (ANSWERS, path):
            assert f'href="{path}delete/"' in written.browser.get(page).content.decode()

    def test_a_newer_version_is_looked_at_first(self, written):
        row = written.answer("moment")
        written.saved("moment", "said since", base=str(row.head_id))
        response = delete(written, row)
        assert response.status_code == 409
        assert "said since" in response.content.decode()
        assert written.value("moment") == "said since"

    @pytest.mark.parametrize("seen", ["", "no id", str(uuid.UUID(int=1))])
    def test_a_page_that_was_tampered_with_deletes_nothing(self, written, seen):
        assert delete(written, written.answer("moment"), seen=seen).status_code == 409
        assert written.value("moment") == TEXT


class TestAtOnce:
    def test_no_page_shows_it_any_more(self, written):
        row = written.answer("moment")
        before = everywhere(written)
        assert before.count("heron") > 3, "the positive control"
        assert str(row.pk) in before
        deleted(written)
        after = everywhere(written)
        # What the search was for stands in its field and in the sentence about it.
        assert re.sub('value="heron"|0 answers with “heron”', "", after).count("heron") == 0
        assert str(row.pk) not in after
        assert "It stays." in after

    def test_what_counts_answers_counts_it_no_more(self, written):
        written.saved("place", "home")  # the last work, so that Today speaks of this lesson
        assert written.browser.get(TODAY).context["resume"].answered == 2
        deleted(written)
        assert written.browser.get(TODAY).context["resume"].answered == 1

    def test_a_lesson_that_recalls_it_finds_nothing(self, written):
        assert TEXT in written.browser.get("/workbook/trial/looking-back/").content.decode()
        deleted(written)
        assert TEXT not in written.browser.get("/workbook/trial/looking-back/").content.decode()

    @pytest.mark.parametrize("path", ["", "?version={head}", "delete/"])
    def test_its_addresses_are_gone(self, written, path):
        row = written.answer("moment")
        address = f"{ANSWERS}{row.pk}/{path.format(head=row.head_id)}"
        assert written.browser.get(address).status_code == 200
        deleted(written)
        assert written.browser.get(address).status_code == 404

    def test_its_versions_are_not_brought_back(self, written):
        row = deleted(written)
        fields = {
            "owner": written.owner,
            "revision": str(row.head_id),
            "base": str(row.head_id),
            "token": str(uuid.uuid4()),
        }
        assert written.post(f"{ANSWERS}{row.pk}/bring-back/", fields).status_code == 404

    def test_pressed_twice_it_is_the_same(self, written):
        row = deleted(written)
        assert delete(written, row).headers["Location"] == f"/workbook/deleted/{row.pk}/"
        assert stored() == (2, 3)

    def test_the_notice_shows_nothing_of_it(self, written):
        row = deleted(written)
        response = written.browser.get(f"/workbook/deleted/{row.pk}/")
        assert (response.status_code, response.context["seconds"]) == (200, 30)
        assert "heron" not in response.content.decode()


class TestTakingBack:
    def test_it_is_all_there_again(self, written, clock):
        before = everywhere(written)
        row = deleted(written)
        clock.shift(29)
        response = undo(written, row)
        assert response.headers["Location"] == f"{ANSWERS}{row.pk}/"
        assert written.history("moment") == ["a heron", TEXT]
        assert written.browser.get(f"{ANSWERS}{row.pk}/").status_code == 200

        def masked(html):
            return re.sub(r'name="(csrfmiddlewaretoken|[a-z-]+:token)" value="[^"]*"', "", html)

        assert masked(everywhere(written)) == masked(before)

    def test_pressed_twice_it_is_the_same(self, written):
        row = deleted(written)
        for _ in range(2):
            assert undo(written, row).headers["Location"] == f"{ANSWERS}{row.pk}/"
        assert written.history("moment") == ["a heron", TEXT]

    def test_after_thirty_seconds_it_is_too_late(self, written, clock):
        row = deleted(written)
        clock.shift(30)
        response = undo(written, row)
        assert response.status_code == 404
        assert "There is nothing to take back" in response.content.decode()
        assert stored() == (1, 1)

    def test_too_late_also_where_nothing_purged_it(self, written, clock):
        row = deleted(written)
        clock.shift(30)
        other = signed_in(written.person)  # a session that does not know of it
        assert other.post(f"/workbook/deleted/{row.pk}/undo/").status_code == 404
        assert not Answer.objects.filter(pk=row.pk).exists()

    @pytest.mark.parametrize("action", ["", "undo/", "purge/"])
    def test_nobody_else_does(self, written, strange, action):
        row = deleted(written)
        ask = strange.post if action else strange.get
        theirs, nobodys = (
            ask(f"/workbook/deleted/{pk}/{action}") for pk in (row.pk, uuid.UUID(int=1))
        )
        assert theirs.status_code == nobodys.status_code == 404
        assert Answer.hidden.filter(pk=row.pk).exists()

    @pytest.mark.parametrize("kept", [Pulse, WeekNote])
    def test_a_week_and_a_note_are_taken_back_too(self, page, clock, kept):
        row = about_a_week(page, kept)
        asked = page.browser.get(f"{ANSWERS}{row.pk}/delete/").content.decode()
        assert f"Delete this {'note' if kept is WeekNote else 'week'}?" in asked
        delete(page, row)
        assert not kept.objects.exists()
        assert looked_back_on(page) == (kept is WeekNote, kept is Pulse)
        assert undo(page, row).headers["Location"] == f"{ANSWERS}{row.pk}/"
        assert kept.objects.get() == row
        assert looked_back_on(page) == (True, True)

    def test_a_note_written_anew_meanwhile_stays_the_newest(self, page, clock):
        row = about_a_week(page, WeekNote)
        delete(page, row)
        clock.shift(5)
        noted(page.person, row.week, "Another walk")
        undo(page, row)
        assert said(page, WeekNote.objects.get()) == ["heron", "Another walk"]


class TestWritingAnewMeanwhile:
    def test_the_new_text_is_an_answer_of_its_own(self, written):
        row = deleted(written)
        written.saved("moment", "something else")
        assert written.history("moment") == ["something else"]
        assert written.answer("moment").pk != row.pk

    def test_a_page_that_still_has_the_old_text_loses_nothing(self, written):
        row = deleted(written)
        written.saved("moment", "typed on in another tab", base=str(row.head_id))
        assert written.history("moment") == ["typed on in another tab"]

    def test_taking_back_keeps_both_the_new_one_newest(self, written, clock):
        row = deleted(written)
        clock.shift(5)
        first = written.saved("moment", "something")
        clock.shift(5)
        head = written.saved("moment", "something else", base=first)
        page = written.browser
        assert undo(written, row).headers["Location"] == f"{ANSWERS}{row.pk}/"
        assert "stays the newest" in page.get(f"{ANSWERS}{row.pk}/").content.decode()
        assert written.history("moment") == ["a heron", TEXT, "something", "something else"]
        assert written.value("moment") == "something else"
        assert stored() == (2, 5)
        # The tab in which it was written goes on without a conflict.
        written.saved("moment", "something else again", base=head)
        assert written.value("moment") == "something else again"

    def test_purging_leaves_the_new_one(self, written, clock):
        deleted(written)
        written.saved("moment", "something else")
        clock.shift(31)
        written.browser.get(TODAY)
        assert written.history("moment") == ["something else"]
        assert stored() == (2, 2)

    def test_deleted_again_and_again(self, written, clock):
        for number in range(3):
            deleted(written)
            written.saved("moment", f"number {number}")
        assert stored() == (5, 6)
        clock.shift(31)
        written.browser.get(TODAY)
        assert stored() == (2, 2)


class TestPurging:
    @pytest.mark.parametrize("path", [TODAY, ANSWERS, LESSON, "/accounts/sessions/"])
    def test_the_next_request_does_it(self, written, clock, path):
        row = deleted(written)
        clock.shift(29)
        written.browser.get(path)
        assert stored() == (2, 3)
        clock.shift(1)
        written.browser.get(path)
        assert stored() == (1, 1)
        assert list(ledger.read(settings.LEDGER)) == [("answer", row.pk)]

    def test_so_does_the_script_of_the_page(self, written):
        row = deleted(written)
        response = written.browser.post(f"/workbook/deleted/{row.pk}/purge/", headers=SCRIPT)
        assert (response.status_code, stored()) == (204, (1, 1))

    def test_so_does_who_does_not_want_to_wait(self, written):
        row = deleted(written)
        response = written.browser.post(f"/workbook/deleted/{row.pk}/purge/")
        assert (response.headers["Location"], stored()) == (ANSWERS, (1, 1))
        assert undo(written, row).status_code == 404

    def test_so_does_the_daily_command(self, written, clock, capsys):
        deleted(written)
        call_command("finish_erasures")
        assert stored() == (2, 3)
        clock.shift(30)
        call_command("finish_erasures")
        assert "Deleted entries purged: 1." in capsys.readouterr().out
        assert stored() == (1, 1)

    @pytest.mark.parametrize(("kept", "word"), [(Pulse, "pulse"), (WeekNote, "note")])
    def test_a_week_and_a_note_go_with_all_versions(self, page, clock, kept, word):
        row = about_a_week(page, kept)
        delete(page, row)
        clock.shift(30)
        page.browser.get(TODAY)
        assert (kept._base_manager.count(), row.revisions.count()) == (0, 0)
        assert list(ledger.read(settings.LEDGER)) == [(word, row.pk)]

    def test_it_can_no_longer_be_undone_before_the_ledger_names_it(self, written, monkeypatch):
        """Killed between the two, undone, and then restored: the ledger would delete it."""
        row = deleted(written)
        found: list[int] = []

        def note(path, entries):
            found.extend(undo(written, row).status_code for _ in entries)

        monkeypatch.setattr(ledger, "append", note)
        written.browser.post(f"/workbook/deleted/{row.pk}/purge/")
        assert found == [404]

    def test_a_full_disk_does_not_lock_its_author_out(self, written, clock, monkeypatch, caplog):
        def full(*_):
            raise OSError("No space left on device")

        deleted(written)
        clock.shift(30)
        with monkeypatch.context() as broken:
            broken.setattr(ledger, "append", full)
            assert written.browser.get(TODAY).status_code == 200
        assert [record.message for record in caplog.records] == [
            "What was deleted could not be purged yet."
        ]
        assert stored() == (2, 3)
        call_command("finish_erasures")
        assert stored() == (1, 1)

    def test_what_others_deleted_is_left_to_them(self, written, strange, stranger, clock):
        theirs = Workbook(strange, stranger)
        theirs.saved("moment", "the stranger's")
        row = deleted(theirs)
        deleted(written)
        clock.shift(30)
        written.browser.get(TODAY)
        assert Answer._base_manager.filter(pk=row.pk).exists()


class TestQueries:
    def test_a_deletion_costs_no_page_anything(self, written):
        before = [queries(lambda path=path: written.browser.get(path)) for path in (TODAY, ANSWERS)]
        deleted(written)
        after = [queries(lambda path=path: written.browser.get(path)) for path in (TODAY, ANSWERS)]
        assert before == after

    @pytest.mark.parametrize("versions", [1, 30])
    def test_deleting(self, page, versions):
        base = ""
        for number in range(versions):
            base = page.saved("moment", f"text {number}", base=base)
        row = page.answer("moment")
        address = f"{ANSWERS}{row.pk}/delete/"
        assert queries(lambda: page.browser.get(address)) == (4, 0)

    @pytest.mark.parametrize("number", [1, 3])
    def test_purging(self, page, number):
        for prompt, typed in (("moment", TEXT), ("place", "home"), ("sure", "3"))[:number]:
            page.saved(prompt, typed)
            deleted(page, prompt)
        with time_machine.travel(timedelta(seconds=60), tick=True):
            counted = queries(lambda: page.browser.get(TODAY))
            plain = queries(lambda: page.browser.get(TODAY))
        # The session, which forgets of it; four tables are asked; revisions, answers, and whatever
        # showed them or was said about them, of which nothing is left.
        assert counted[0] - plain[0] == 14

"""What is stored opens in its own row, for its own author, as what it is; or not at all."""

import random

import pytest
from django.db import connection

from exercises.models import (
    Answer,
    AnswerRevision,
    Pulse,
    PulseRevision,
    Revision,
    WeekNote,
    WeekNoteRevision,
)
from tests.exercises.pulse.checkin import CheckIn
from tests.exercises.workbook import Workbook
from trustbook.accounts.keys import vault
from trustbook.lib.encryption import Unreadable


@pytest.fixture
def rows(page, strange, stranger):
    """Two answers, a week and a note on it of each of the two; two revisions each."""
    found = []
    for book in (page, Workbook(strange, stranger)):
        for prompt in ("moment", "theirs"):
            typed = "mine" if prompt == "moment" else {"mine": "mine"}
            more = "more" if prompt == "moment" else {"mine": "more"}
            book.saved(prompt, more, base=book.saved(prompt, typed))
        book.saved("week", {"safety": "7"}, base=book.saved("week", {"safety": "1"}))
        found += [*Answer.objects.filter(author=book.person)]
        notes = CheckIn(book.browser, book.person)
        notes.saved("note", "more", base=notes.saved("note", "mine"))
        found += [*Pulse.objects.filter(author=book.person)]
        found += [*WeekNote.objects.filter(author=book.person)]
    return found


def opens(row: Answer | Pulse | WeekNote, revision: Revision) -> bool:
    try:
        row.open(revision, row.author)
    except Unreadable:
        return False
    return True


def stored(rows):
    return [(row, revision) for row in rows for revision in row.revisions.all()]


def test_all_open_where_they_are(rows):
    assert [opens(*pair) for pair in stored(rows)] == [True] * 16


def test_no_ciphertext_opens_in_the_place_of_another(rows):
    places = stored(rows)
    taken = []
    for row, revision in places:
        own = bytes(revision.sealed)
        for _, other in places:
            revision.sealed = other.sealed
            if other.pk != revision.pk and opens(row, revision):
                taken.append((row, other))
        revision.sealed = own
    assert taken == []


def test_no_revision_opens_under_another_row_or_author(rows, writer, stranger):
    """As if somebody had changed the ids of a row in the database."""
    taken = []
    for row, revision in stored(rows):
        for other in rows:
            for author in (writer, stranger):
                moved = type(other)(pk=other.pk, author=author)
                if (other.pk, author.pk) != (row.pk, row.author_id) and opens(moved, revision):
                    taken.append((row, other, author))
    assert taken == []


def test_an_answer_is_no_pulse(page, writer):
    page.saved("week", {"safety": "1"})
    pulse = Pulse.objects.get()
    assert not opens(Answer(pk=pulse.pk, author=writer), pulse.head)


def test_a_note_is_no_pulse(page, writer):
    CheckIn(page.browser, page.person).saved("note", "Away")
    note = WeekNote.objects.get()
    assert opens(WeekNote(pk=note.pk, author=writer), note.head)
    assert not opens(Pulse(pk=note.pk, author=writer), note.head)


def test_every_flipped_bit_of_a_stored_answer_is_found(page):
    page.saved("moment", "a heron stood in the rain")
    answer = page.answer("moment")
    whole = bytes(answer.head.sealed)
    taken = []
    for bit in range(len(whole) * 8):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        answer.head.sealed = bytes(changed)
        if opens(answer, answer.head):
            taken.append(bit)
    assert (len(whole) * 8 > 4_000, taken) == (True, [])


def test_10_000_flipped_bits_over_many_revisions_are_found(rows):
    chance, taken = random.Random(11), []
    places = stored(rows)
    for _ in range(10_000):
        row, revision = chance.choice(places)
        own = bytes(revision.sealed)
        changed = bytearray(own)
        changed[chance.randrange(len(own))] ^= 1 << chance.randrange(8)
        revision.sealed = bytes(changed)
        if opens(row, revision):
            taken.append(changed)
        revision.sealed = own
    assert taken == []


def test_keys_swapped_between_people_open_nothing(page, writer, strange, stranger):
    page.saved("moment", "mine")
    writer.data_key_id, stranger.data_key_id = stranger.data_key_id, writer.data_key_id
    assert not opens_as(page, writer)


def test_a_destroyed_key_opens_nothing(page, writer):
    page.saved("moment", "mine")
    vault.destroy_key(writer.data_key_id)
    assert not opens_as(page, writer)


def opens_as(page, person) -> bool:
    answer = page.answer("moment")
    try:
        answer.open(answer.head, person)
    except Unreadable:
        return False
    return True


@pytest.mark.parametrize("model", [AnswerRevision, PulseRevision, WeekNoteRevision])
def test_nothing_of_a_text_stands_in_the_row(page, model):
    page.saved("moment", "a heron stood")
    page.saved("week", {"safety": "1"})
    CheckIn(page.browser, page.person).saved("note", "a heron stood")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {model._meta.db_table}")
        row = repr(cursor.fetchall())
    for word in ("heron", "moment", "comes to mind", "safety", "beside me"):
        assert word not in row

"""One client's page: what was pressed and what is shared, opened nowhere; and one's own."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from exercises import carelinks
from exercises.access import read_shared
from exercises.models import Assignment, How, Invitation, Opening, Share
from tests.conftest import a_file
from tests.exercises.care.client_page import at, main_of, record_of, week_shared, words_of
from tests.exercises.care_of import CANARY, SAID, assigned, shared
from tests.exercises.workbook import Workbook
from trustbook.accounts import erasure

MONDAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _on_trial(trial):
    """On the small course."""


def test_what_is_shared_is_named_and_not_opened(care, writing, desk):
    shared(care, writing)
    shared(care, writing, "place", "outside")
    week_shared(care, MONDAY, 3)
    words = words_of(desk, at(care))
    assert (
        "Every kind Which moment comes to mind? shared 3 May 2026 not opened yet "
        "Where was it? shared 3 May 2026 not opened yet"
    ) in words
    assert "1 week, the last shared 3 May 2026; 1 not opened yet ." in words
    assert CANARY not in words
    assert "Out with others" not in words
    assert record_of(care) == []


def test_when_it_was_opened_last(care, writing, desk, therapist):
    shared(care, writing)
    read_shared(therapist, care.file.pk, How.SCREEN)
    [row] = Opening.objects.all()
    local = timezone.localtime(row.opened_at, therapist.zone)
    expected = f"opened {local.day} {local:%B %Y, %H:%M}"
    assert expected in words_of(desk, at(care))
    assert "not opened yet" not in words_of(desk, at(care))


def test_a_newer_shared_text_is_not_opened_yet(care, writer, writing, desk, therapist):
    share = shared(care, writing)
    read_shared(therapist, care.file.pk, How.SCREEN)
    share.delete()
    book = Workbook(writing, writer)
    book.saved("moment", "Newer.", base=str(book.answer("moment").head_id))
    answer = book.answer("moment")
    Share.objects.create(
        owner=writer,
        care=care,
        audience="therapist",
        since="2026-05-04",
        **Share.fields_of(answer, answer.head),
    )
    assert "shared 4 May 2026 not opened yet" in words_of(desk, at(care))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({}, "3 May 2026 – Not begun"),
        ({"due_on": date(2020, 1, 2)}, "was due 2 January 2020 Not begun"),
        ({"due_on": date(2020, 1, 2), "done_on": date(2020, 1, 1)}, "due 2 January 2020 Done"),
        ({"begun_on": date(2020, 1, 1)}, "– Begun 1 January 2020"),
        ({"begun_on": date(2020, 1, 1), "withdrawn_on": date(2020, 1, 2)}, "– Withdrawn 2 January"),
    ],
)
def test_assignments_have_one_of_four_states(care, desk, days, said):
    assigned(care, **days)
    words = words_of(desk, at(care))
    assert said in words
    assert f"Every kind {SAID}" in words


def test_put_aside_or_read_before_looks_like_not_begun(care, desk):
    row = assigned(care)
    before = main_of(desk, at(care))
    Assignment.objects.filter(pk=row.pk).update(aside_at=timezone.now())
    assert without_tokens(main_of(desk, at(care))) == without_tokens(before)


def without_tokens(html):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)


@pytest.mark.parametrize("how", ["ended", "client erased", "never accepted", "switched off"])
def test_without_a_link_there_is_one_plain_page(care, writer, writing, desk, therapist, how):
    shared(care, writing)
    file = care.file
    if how == "ended":
        carelinks.end(care)
    elif how == "client erased":
        erasure.erase(writer)
    elif how == "switched off":
        writer.is_active = False
        writer.save(update_fields=["is_active"])
    else:
        file = a_file(therapist, "Tuesday, 10:00")
    words = words_of(desk, f"/care/clients/{file.pk}/")
    assert words == (
        "Clients Tuesday, 10:00 Not linked with a client now. What is yours is here: the label and "
        "your notes. Your private notes There are none yet. Only you can read them; nobody is told "
        "that there are any. Write a note for today This file Change the label Put it "
        "away Invite again Delete this file…"
    )


def test_an_open_invitation_can_be_withdrawn(therapist, desk):
    file = a_file(therapist, "New")
    Invitation.objects.create(inviter=therapist, secret_mark=b"1", code_mark=b"2", file=file)
    words = words_of(desk, f"/care/clients/{file.pk}/")
    assert "An invitation is open until" in words
    assert "Withdraw the invitation" in words
    Invitation.objects.update(made_at=timezone.now() - timedelta(hours=73))
    assert "invitation is open" not in words_of(desk, f"/care/clients/{file.pk}/")


def test_the_same_queries_for_one_and_for_many(care, writing, desk, django_assert_num_queries):
    shared(care, writing)
    week_shared(care, MONDAY, 3)
    assigned(care)
    desk.get(at(care))
    with django_assert_num_queries(12):
        desk.get(at(care))
    for prompt, text in (("place", "outside"), ("sure", "3")):
        shared(care, writing, prompt, text)
    for week in (1, 2):
        week_shared(care, MONDAY + timedelta(weeks=week), 3)
    assigned(care, "looking-back")
    assigned(care, "last")
    with django_assert_num_queries(12):
        desk.get(at(care))

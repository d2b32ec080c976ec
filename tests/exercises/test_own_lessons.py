"""A therapist's own lesson: who may read it, in which version, and what it is called where."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404
from django.utils import timezone

from exercises import access, carelinks
from exercises.care import lesson_versions
from exercises.lesson_names import given_names, name_of, names_for, own_names, place_of
from exercises.models import OwnLessonVersion
from exercises.models.revisions import Immutable
from exercises.own_lessons import text_of
from tests.conftest import a_file, a_therapist
from tests.exercises.care_of import assigned
from tests.exercises.own import TITLE, WORDS, given, rewritten, written
from trustbook.lib.encryption import Unreadable


def test_a_client_reads_what_they_were_given(care, therapist, writer):
    row = written(therapist)
    given(care, row)
    lesson = access.lesson_for(writer, row.lesson_id)
    assert (lesson.id, lesson.title, lesson.html) == (
        *(row.lesson_id, TITLE),
        f'<p id="b1">{WORDS}</p>',
    )
    assert [prompt.kind for prompt in lesson.exercise.prompts] == ["text", "choice"]


def test_nobody_else_does(care, couple, therapist, writer, partner, stranger):
    row = written(therapist)
    given(care, row)
    other = a_therapist("other@example.org")
    carelinks.make_link(a_file(therapist, "Wednesday"), stranger)
    for person in (partner, stranger, therapist, other):
        with pytest.raises(Http404):
            access.lesson_for(person, row.lesson_id)
    with pytest.raises(Http404):
        access.written_lesson(other, row.pk)


def test_a_lesson_of_the_course_is_anybodys(stranger):
    assert access.lesson_for(stranger, "every-kind").title == "Every kind"


@pytest.mark.parametrize("how", ["withdrawn", "later", "ended", "no role", "never given"])
def test_when_it_is_not_there(care, therapist, writer, how):
    row, today = written(therapist), timezone.localdate()
    if how != "never given":
        given(
            care,
            row,
            **{
                "withdrawn": {"withdrawn_on": today},
                "later": {"starts_on": today + timedelta(days=1)},
            }.get(how, {}),
        )
    if how == "ended":
        carelinks.end(care)
    if how == "no role":
        therapist.is_therapist = False
        therapist.save(update_fields=["is_therapist"])
    with pytest.raises(Http404):
        access.lesson_for(writer, row.lesson_id)
    assert names_for(writer, [row.lesson_id]) == {}


def test_what_was_assigned_stays_that_version(care, therapist, writer):
    row = written(therapist)
    first = given(care, row)
    rewritten(therapist, row, "The harbour by day")
    assert access.lesson_for(writer, row.lesson_id).title == TITLE
    first.done_on = date(2026, 5, 4)
    first.save(update_fields=["done_on"])
    given(care, access.written_lesson(therapist, row.pk))
    assert access.lesson_for(writer, row.lesson_id).title == "The harbour by day"


def test_withdrawing_a_lesson_takes_it_from_nobody(care, therapist, writer):
    row = written(therapist)
    given(care, row)
    lesson_versions.withdraw(therapist, row.pk)
    assert access.lesson_for(writer, row.lesson_id).title == TITLE
    assert access.written_lesson(therapist, row.pk).withdrawn_on == timezone.localdate()


@pytest.mark.parametrize("number", [1, 3])
def test_names_take_the_same_queries_for_one_and_for_three(
    care, therapist, django_assert_num_queries, number
):
    rows = [written(therapist, f"{TITLE} {n}") for n in range(number)]
    for row in rows:
        given(care, row)
    rewritten(therapist, rows[0], "Renamed")
    therapist.data_key()  # fetched once in five minutes
    link = access.own_care(care.client)
    assert link.client
    with django_assert_num_queries(1):
        names = own_names(therapist)
    assert names[rows[0].lesson_id] == "Renamed"
    with django_assert_num_queries(1):
        names = given_names(link)
    assert dict(names) == {row.lesson_id: f"{TITLE} {n}" for n, row in enumerate(rows)}


def test_names_without_any_take_no_query(writer, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert names_for(writer, ["every-kind", ""]) == {}


def test_where_it_is_named(care, therapist, writer):
    row = written(therapist)
    given(care, row)
    place = place_of(row.lesson_id, names_for(writer, [row.lesson_id]))
    assert (place.title, place.href) == (TITLE, f"/workbook/own/{row.pk}/")
    carelinks.end(care)
    place = place_of(row.lesson_id, names_for(writer, [row.lesson_id]))
    assert (place.title, place.href) == ("A lesson from your therapist", "")
    assert name_of("gone", {}) == "A lesson that is no longer offered"


def test_an_assignment_without_a_version_shows_nothing(care, therapist, writer):
    assigned(care, lesson=written(therapist).lesson_id)
    assert access.given_lessons(writer) == []


def test_the_text_to_keep(therapist):
    assert text_of(written(therapist).head, therapist) == (
        f"# {TITLE}\n\nOne evening.\n\n{WORDS}\n\n- Which lantern did you see?\n- Where?\n"
    )


def test_a_version_never_changes(therapist):
    version = written(therapist).head
    with pytest.raises(Immutable):
        version.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        OwnLessonVersion.objects.update(number=7)
    assert OwnLessonVersion.objects.get().number == 1


def test_a_version_is_bound_to_its_therapist_and_lesson(therapist):
    first, second = written(therapist).head, written(therapist).head
    moved = OwnLessonVersion(pk=first.pk, row_id=second.row_id, sealed=first.sealed)
    with pytest.raises(Unreadable):
        moved.open(therapist)
    with pytest.raises(Unreadable):
        first.open(a_therapist("other@example.org"))

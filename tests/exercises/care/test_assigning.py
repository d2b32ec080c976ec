"""Assigning: to one or many, once, all or nothing, in the client's days."""

import uuid
from datetime import date

import pytest
import time_machine
from django.http import Http404

from exercises import access, carelinks, telling
from exercises.care import giving
from exercises.carelinks import make_link
from exercises.models import Assignment, CareLink, OwnLesson, Pathway
from exercises.models.assigned import Step
from tests.conftest import a_file, a_therapist, at_the_desk
from tests.exercises.care.desk import ASSIGN, confirm, given, send
from tests.exercises.care_of import assigned
from tests.exercises.own import TITLE, rewritten, written
from trustbook.accounts.models import User

pytestmark = pytest.mark.usefixtures("trial")
MAY_3 = date(2026, 5, 3)
NOTE = "read it slowly, and only once"
NOON = "2026-05-03 12:00Z"


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def other(therapist, stranger):
    """A second client of the same therapist."""
    return make_link(a_file(therapist, "Friday, 9:00"), stranger)


@pytest.fixture
def told(monkeypatch):
    """Whom a mail would be about."""
    links: list[CareLink] = []
    monkeypatch.setattr(telling, "tell_client", lambda link, *_: links.append(link))
    return links


def client(link):
    return str(link.file.pk)


def test_one_lesson_for_one_client_takes_one_step(desk, care, therapist, told):
    response = send(
        desk, therapist, ASSIGN, clients=client(care), lessons="last", due="2026-05-10", note=NOTE
    )
    assert response.status_code == 200
    assert given(care) == [("last", None, date(2026, 5, 10), NOTE)]
    assert told == [care]
    assert "Tuesday, 10:00" in response.content.decode()


def test_the_note_is_not_in_the_database(desk, care, therapist):
    confirm(desk, therapist, clients=client(care), lessons="last", note=NOTE)
    [row] = Assignment.objects.all()
    assert NOTE.encode() not in bytes(row.sealed_note)


def test_many_are_shown_first(desk, care, other, therapist, told):
    fields = {"clients": [client(care), client(other)], "lessons": ["last", "every-kind"]}
    response = send(desk, therapist, ASSIGN, **fields, due="2026-05-10", note=NOTE)
    assert [one.label for one in response.context["clients"]] == ["Friday, 9:00", "Tuesday, 10:00"]
    assert (Assignment.objects.count(), told) == (0, [])
    response = confirm(desk, therapist, **fields, due="2026-05-10", note=NOTE)
    due = date(2026, 5, 10)
    for link in (care, other):
        # in reading order, whatever the order of ticking
        assert given(link) == [("every-kind", None, due, NOTE), ("last", None, due, NOTE)]
    assert {link.pk for link in told} == {care.pk, other.pk}


def test_what_was_not_shown_is_not_confirmed(desk, care, other, therapist):
    fields = {"clients": [client(care), client(other)], "lessons": "last"}
    mark = send(desk, therapist, ASSIGN, **fields).context["mark"]
    assigned(other, "last")
    response = send(desk, therapist, ASSIGN, **fields, step="confirm", mark=mark)
    assert response.context["changed"] is True
    assert Assignment.objects.count() == 1


def test_a_part_of_a_course(desk, care, therapist):
    [part] = [group for group in desk.get(ASSIGN).context["form"].groups if group.key]
    confirm(desk, therapist, clients=client(care), parts=part.key)
    assert [row[0] for row in given(care)] == ["every-kind", "looking-back", "last"]


def test_sent_twice_it_is_done_once(desk, care, other, therapist, told):
    fields = {
        "clients": [client(care), client(other)],
        "lessons": "last",
        "token": str(uuid.uuid4()),
    }
    mark = send(desk, therapist, ASSIGN, **fields).context["mark"]
    for link in (care, other):
        assert given(link) == []
    first, second = (
        send(desk, therapist, ASSIGN, **fields, step="confirm", mark=mark) for _ in range(2)
    )
    assert [len(given(link)) for link in (care, other)] == [1, 1]
    assert len(told) == 2
    assert first.status_code == second.status_code == 200


def test_the_verb_itself_may_be_said_twice(care, therapist, told):
    token, plan = uuid.uuid4(), giving.at_once(["last"], None, None)
    said = [giving.give(therapist, [care.file.pk], plan, NOTE, token) for _ in range(2)]
    assert said[0] == said[1]
    assert (len(given(care)), told) == (1, [care])


def test_what_a_client_has_open_stays_as_it_is_and_the_rest_goes_through(
    desk, care, other, therapist, told
):
    assigned(care, "last", "the first note")
    response = confirm(
        desk, therapist, clients=[client(care), client(other)], lessons="last", note=NOTE
    )
    assert [row[3] for row in given(care)] == ["the first note"]
    assert [row[3] for row in given(other)] == [NOTE]
    assert told == [other]
    says = {
        one.label: [line.outcome.has_it for line in one.lines]
        for one in response.context["clients"]
    }
    assert says == {"Friday, 9:00": [False], "Tuesday, 10:00": [True]}


@pytest.mark.parametrize("day", ["done_on", "withdrawn_on"])
def test_assigned_again(desk, care, therapist, day):
    row = assigned(care, "last")
    Assignment.objects.filter(pk=row.pk).update(**{day: MAY_3})
    confirm(desk, therapist, clients=client(care), lessons="last")
    assert Assignment.objects.filter(link=care).count() == 2


def refused(response, field):
    """What is said at a field of the page that came back, which keeps what was typed."""
    assert response.status_code == 422
    form = response.context["form"]
    assert f">{NOTE}</textarea>" in response.content.decode().replace("\r\n", "").replace("\n", "")
    return form.errors[field]


def test_a_day_that_is_over(desk, care, other, therapist):
    response = confirm(
        desk,
        therapist,
        clients=[client(care), client(other)],
        lessons="last",
        due="2026-05-02",
        note=NOTE,
    )
    [said] = refused(response, "due")
    assert said.startswith("That day is over already for “Friday, 9:00”, “Tuesday, 10:00”.")
    assert Assignment.objects.count() == 0


def test_today_is_not_over(desk, care, therapist):
    confirm(desk, therapist, clients=client(care), lessons="last", due="2026-05-03")
    assert len(given(care)) == 1


@pytest.mark.parametrize("lesson", ["withdrawn", "own:" + str(uuid.UUID(int=1)), "\0", "a" * 200])
def test_a_lesson_that_is_not_offered(desk, care, therapist, lesson):
    response = confirm(desk, therapist, clients=client(care), lessons=[lesson, "last"], note=NOTE)
    [said] = refused(response, "lessons")
    assert said.startswith("A lesson that was chosen is not offered any more")
    assert given(care) == []


def test_a_client_who_ended_in_the_meantime(desk, care, other, therapist):
    fields = {"clients": [client(care), client(other)], "lessons": "last", "note": NOTE}
    mark = send(desk, therapist, ASSIGN, **fields).context["mark"]
    carelinks.end(care)
    response = send(desk, therapist, ASSIGN, **fields, step="confirm", mark=mark)
    [said] = refused(response, "clients")
    assert said.startswith("“Tuesday, 10:00” is not linked with you any more")
    assert Assignment.objects.count() == 0


def test_a_client_who_ends_at_that_very_moment(desk, care, other, therapist, monkeypatch):
    locks = access.own_links

    def late(person, files, *, lock=False):
        if lock:
            carelinks.end(care)
        return locks(person, files, lock=lock)

    monkeypatch.setattr(access, "own_links", late)
    fields = {"clients": [client(care), client(other)], "lessons": "last", "note": NOTE}
    [said] = refused(confirm(desk, therapist, **fields), "clients")
    assert said.startswith("“Tuesday, 10:00” is not linked with you any more")
    assert Assignment.objects.count() == 0


def test_nobody_elses_client(desk, care, therapist, stranger):
    foreign = make_link(a_file(a_therapist("other@example.org"), "x"), stranger)
    pages = [
        confirm(desk, therapist, clients=[wrong, client(care)], lessons="last", note=NOTE)
        for wrong in (client(foreign), str(uuid.uuid4()), "x")
    ]
    assert {refused(page, "clients")[0] for page in pages} == {
        "Somebody who was chosen is not in your list of clients. Choose again."
    }
    assert Assignment.objects.count() == 0


@pytest.mark.parametrize(
    ("note", "says"),
    [
        ("a" * 2_001, "at most 2000 characters"),
        ("a\0b", "Null characters are not allowed."),
    ],
)
def test_a_note_that_cannot_be_kept(desk, care, therapist, note, says):
    response = confirm(desk, therapist, clients=client(care), lessons="last", note=note)
    assert response.status_code == 422
    assert says in response.context["form"].errors["note"][0]


def test_half_a_character_is_refused_with_the_text(desk, care, therapist):
    body = f"owner=x&clients={client(care)}&lessons=last&note=a%ED%A0%80b"
    response = desk.post(ASSIGN, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400
    assert given(care) == []


def test_nothing_chosen(desk, care, therapist):
    response = confirm(desk, therapist, note=NOTE)
    assert refused(response, "clients") == ["Choose at least one client."]


def test_a_pathway_gives_each_lesson_its_days(desk, care, therapist):
    path = Pathway(therapist=therapist)
    steps = [Step("every-kind", 7), Step("last", 0), Step("looking-back", 14)]
    path.seal(therapist, "Calm", steps)
    path.save()
    confirm(
        desk, therapist, clients=client(care), pathway=str(path.pk), first="2026-05-04", note=NOTE
    )
    assert given(care) == [
        ("every-kind", date(2026, 5, 4), date(2026, 5, 11), NOTE),
        ("last", date(2026, 5, 4), date(2026, 5, 11), NOTE),
        ("looking-back", date(2026, 5, 11), date(2026, 5, 25), NOTE),
    ]


def test_a_pathway_across_the_change_of_the_clocks_counts_days():
    [one, two] = giving.along([Step("a", 7), Step("b", 7)], date(2026, 3, 27))
    assert (one.due_on, two.due_on) == (date(2026, 4, 3), date(2026, 4, 10))


def test_a_pathway_that_was_deleted_meanwhile(desk, care, therapist):
    response = send(
        desk,
        therapist,
        ASSIGN,
        clients=client(care),
        pathway=str(uuid.uuid4()),
        first="2026-05-04",
        note=NOTE,
    )
    assert refused(response, "__all__")[0].startswith("This pathway was deleted meanwhile.")
    assert desk.get(f"{ASSIGN}?pathway={uuid.uuid4()}").status_code == 404


def test_an_own_lesson_stays_as_it_was_assigned(desk, care, therapist):
    row = written(therapist)
    assert TITLE in desk.get(ASSIGN).content.decode()
    confirm(desk, therapist, clients=client(care), lessons=row.lesson_id)
    [kept] = Assignment.objects.all()
    assert kept.version == row.head
    rewritten(therapist, row, "Another title")
    kept.refresh_from_db()
    assert kept.version == row.head
    OwnLesson.objects.update(withdrawn_on=MAY_3)
    response = confirm(desk, therapist, clients=client(care), lessons=row.lesson_id, note=NOTE)
    assert refused(response, "lessons")


def test_nobody_elses_written(desk, care, therapist):
    row = written(a_therapist("other@example.org"))
    response = confirm(desk, therapist, clients=client(care), lessons=row.lesson_id, note=NOTE)
    assert refused(response, "lessons")


@pytest.mark.parametrize("others", [0, 3])
def test_the_page_asks_as_often_for_one_client_as_for_many(
    desk, care, therapist, django_assert_num_queries, others
):
    for number in range(others):
        person = User.objects.create_user(f"client{number}@example.org", "a password of theirs")
        make_link(a_file(therapist, f"{number}"), person)
    desk.get(ASSIGN)
    with django_assert_num_queries(6):
        desk.get(ASSIGN)


# The days are the client's


def moved(user: User, zone: str):
    user.time_zone = zone
    user.save()


@pytest.mark.parametrize(
    ("zone", "due", "goes"),
    [
        # It is noon of 3 May in Greenwich: already 4 May in Kiritimati, still 3 May in Honolulu.
        ("Pacific/Kiritimati", "2026-05-03", False),
        ("Pacific/Kiritimati", "2026-05-04", True),
        ("Pacific/Honolulu", "2026-05-03", True),
        ("Pacific/Honolulu", "2026-05-02", False),
    ],
)
def test_what_is_over_is_over_where_the_client_is(desk, care, writer, therapist, zone, due, goes):
    moved(writer, zone)
    moved(therapist, "Pacific/Auckland")
    confirm(desk, therapist, clients=client(care), lessons="last", due=due)
    assert len(given(care)) == goes


def test_the_day_of_assigning_is_the_clients(desk, care, writer, therapist):
    moved(writer, "Pacific/Kiritimati")
    confirm(desk, therapist, clients=client(care), lessons="last")
    assert Assignment.objects.get().assigned_on == date(2026, 5, 4)


# Changing and withdrawing


def page_of(row):
    return f"/care/assignments/{row.pk}/"


def test_it_is_changed(desk, care, therapist):
    row = assigned(care, "last", due_on=date(2026, 5, 1))
    fields = {"due": "2026-05-01", "starts": "", "note": "another"}
    assert send(desk, therapist, page_of(row), **fields).status_code == 302  # over, and not touched
    fields["due"] = "2026-05-02"
    response = send(desk, therapist, page_of(row), **fields)
    assert response.status_code == 422
    assert response.context["form"].errors["due"]
    fields |= {"due": "2026-05-09", "starts": "2026-05-03"}
    assert send(desk, therapist, page_of(row), **fields).status_code == 302
    assert given(care) == [("last", MAY_3, date(2026, 5, 9), "another")]


@pytest.mark.parametrize("first", [None, date(2026, 5, 2), MAY_3])
def test_what_the_client_can_see_is_not_hidden_again(desk, care, therapist, first):
    row = assigned(care, "last", starts_on=first)
    response = send(desk, therapist, page_of(row), due="2026-05-09", starts="2026-05-04", note=NOTE)
    assert refused(response, "starts") == [
        "Your client can see this already, so its first day stays as it is."
    ]
    assert 'value="2026-05-04"' in response.content.decode()
    [(_, kept, due, _)] = given(care)
    assert (kept, due) == (first, None)
    send(desk, therapist, page_of(row), due="", starts="2026-05-03", note=NOTE)
    assert given(care) == [("last", MAY_3, None, NOTE)]


def test_what_they_cannot_see_yet_can_start_later(desk, care, therapist):
    row = assigned(care, "last", starts_on=date(2026, 5, 4))
    assert (
        send(desk, therapist, page_of(row), due="", starts="2026-05-08", note="").status_code == 302
    )
    assert [kept for _, kept, *_ in given(care)] == [date(2026, 5, 8)]


def test_what_is_begun_is_not_hidden_again(desk, care, therapist):
    row = assigned(care, "last", begun_on=MAY_3)
    assert "starts" not in desk.get(page_of(row)).context["form"].fields
    send(desk, therapist, page_of(row), due="2026-05-09", starts="2026-05-08", note="")
    assert given(care) == [("last", None, date(2026, 5, 9), "")]


def test_begun_since_the_page_was_opened_it_is_not_hidden_either(care, therapist):
    row = assigned(care, "last", begun_on=MAY_3)
    giving.change(therapist, row, "", None, date(2026, 5, 8))
    assert given(care) == [("last", None, None, "")]


def test_a_change_after_the_end_gives_the_text_back(desk, care, therapist):
    row = assigned(care, "last")
    carelinks.end(care)
    response = send(desk, therapist, page_of(row), due="", note=NOTE)
    assert response.status_code == 404
    assert NOTE in response.content.decode()


def test_it_is_withdrawn_in_two_steps(desk, care, therapist):
    row = assigned(care, "last")
    path = f"{page_of(row)}withdraw/"
    assert desk.get(path).status_code == 200
    assert Assignment.objects.open().count() == 1
    for _ in range(2):
        assert desk.post(path).status_code == 302
    assert Assignment.objects.get().withdrawn_on == MAY_3


def test_what_is_done_is_neither_changed_nor_withdrawn(desk, care, therapist):
    row = assigned(care, "last", done_on=MAY_3)
    desk.post(f"{page_of(row)}withdraw/")
    response = send(desk, therapist, page_of(row), due="2026-05-09", note="x")
    assert response.status_code == 422
    row.refresh_from_db()
    assert (row.withdrawn_on, row.due_on) == (None, None)


def test_another_therapist_finds_nothing(care):
    row = assigned(care, "last")
    elsewhere = at_the_desk(a_therapist("other@example.org"))
    for path in (page_of(row), f"{page_of(row)}withdraw/"):
        assert elsewhere.get(path).status_code == 404
    with pytest.raises(Http404):
        giving.take_back(a_therapist("third@example.org"), row)

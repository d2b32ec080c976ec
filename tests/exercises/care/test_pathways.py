"""Pathways: written, moved about, copied, deleted; sound or not kept at all."""

import uuid

import pytest

from exercises.models import Pathway
from exercises.models.assigned import Step
from tests.conftest import a_therapist, at_the_desk
from tests.exercises.care.desk import send

pytestmark = pytest.mark.usefixtures("trial")
NEW = "/care/pathways/new/"
NAME = "A heron’s weeks"


def kept(therapist):
    return [row.open(therapist) for row in Pathway.objects.filter(therapist=therapist)]


def write(desk, therapist, **fields):
    typed = {"name": NAME, "lesson": ["every-kind", "last"], "days": ["7", "14"], "do": "save"}
    return send(desk, therapist, NEW, **typed | fields)


def rows(response):
    return [(row.lesson, row.days) for row in response.context["form"].rows]


def test_it_is_written_and_encrypted(desk, therapist):
    response = write(desk, therapist)
    [row] = Pathway.objects.all()
    assert response.headers["Location"] == f"/care/pathways/{row.pk}/"
    assert kept(therapist) == [(NAME, [Step("every-kind", 7), Step("last", 14)])]
    assert NAME.encode() not in bytes(row.sealed)
    assert NAME in desk.get("/care/pathways/").content.decode()


def test_sent_twice_it_is_one(desk, therapist):
    token = str(uuid.uuid4())
    first, second = (write(desk, therapist, token=token) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Pathway.objects.count() == 1


@pytest.mark.parametrize(
    ("do", "order"),
    [
        ("up.1", ["last", "every-kind"]),
        ("down.0", ["last", "every-kind"]),
        ("up.0", ["every-kind", "last"]),
        ("remove.0", ["last"]),
        ("more", ["every-kind", "last", ""]),
    ],
)
def test_rows_are_moved_without_saving(desk, therapist, do, order):
    response = write(desk, therapist, do=do)
    assert [lesson for lesson, _ in rows(response)] == order
    assert response.status_code == 200
    assert Pathway.objects.count() == 0


def test_days_go_with_their_lesson(desk, therapist):
    assert rows(write(desk, therapist, do="up.1")) == [("last", "14"), ("every-kind", "7")]


@pytest.mark.parametrize("do", ["up.9", "down.-1", "nowhere.0", "up.x", "up.²"])
def test_a_button_that_there_is_not_saves_what_is_sound(desk, therapist, do):
    assert write(desk, therapist, do=do).status_code == 302


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"name": " "}, "Give it a name, by which you find it again."),
        ({"name": "a" * 121}, "The name can have 120 characters at most."),
        ({"name": "a\0"}, "The name contains a character that cannot be saved."),
        ({"lesson": ["", ""]}, "Choose at least one lesson."),
        ({"lesson": ["last", "last"]}, "This lesson stands above already."),
        ({"lesson": ["withdrawn", "last"]}, "This lesson is not offered any more."),
        ({"days": ["7", "366"]}, "Days are a whole number from 0 to 365."),
        ({"days": ["7", "-1"]}, "Days are a whole number from 0 to 365."),
        ({"days": ["7", "²"]}, "Days are a whole number from 0 to 365."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(desk, therapist, fields, says):
    response = write(desk, therapist, **fields)
    assert response.status_code == 422
    assert says in response.content.decode()
    assert Pathway.objects.count() == 0


def test_empty_rows_are_left_out(desk, therapist):
    write(desk, therapist, lesson=["", "last"], days=["x", "3"])
    assert kept(therapist) == [(NAME, [Step("last", 3)])]


def test_it_is_changed(desk, therapist):
    path = write(desk, therapist).headers["Location"]
    assert rows(desk.get(path)) == [("every-kind", "7"), ("last", "14"), ("", "7")]
    fields = {"name": "Shorter", "lesson": "last", "days": "0", "do": "save"}
    assert send(desk, therapist, path, **fields).status_code == 302
    assert kept(therapist) == [("Shorter", [Step("last", 0)])]


def test_a_change_after_deleting_gives_the_text_back(desk, therapist):
    path = write(desk, therapist).headers["Location"]
    Pathway.objects.all().delete()
    response = send(desk, therapist, path, name=NAME, lesson="last", days="0", do="save")
    assert response.status_code == 404
    assert NAME in response.content.decode()


def test_a_copy_is_another(desk, therapist):
    path = write(desk, therapist).headers["Location"]
    form = desk.get(f"{NEW}?from={path.split('/')[3]}").context["form"]
    assert form.name == f"{NAME}, changed"
    assert [row.lesson for row in form.rows] == ["every-kind", "last", ""]
    assert Pathway.objects.count() == 1


def test_it_is_deleted_in_two_steps(desk, therapist):
    path = write(desk, therapist).headers["Location"]
    assert NAME in desk.get(f"{path}delete/").content.decode()
    assert Pathway.objects.count() == 1
    assert desk.post(f"{path}delete/").headers["Location"] == "/care/pathways/"
    assert Pathway.objects.count() == 0


def test_another_therapist_finds_nothing(desk, therapist):
    path = write(desk, therapist).headers["Location"]
    other = a_therapist("other@example.org")
    elsewhere = at_the_desk(other)
    pages = [
        elsewhere.get(path),
        elsewhere.get(f"{path}delete/"),
        elsewhere.post(f"{path}delete/"),
        elsewhere.get(f"{NEW}?from={path.split('/')[3]}"),
        elsewhere.get(f"/care/assign/?pathway={path.split('/')[3]}"),
        send(elsewhere, other, path, name="x", lesson="last", days="1", do="save"),
    ]
    assert [page.status_code for page in pages] == [404] * 6
    assert [NAME in page.content.decode() for page in pages] == [False] * 6
    assert NAME not in elsewhere.get("/care/pathways/").content.decode()
    assert [name for name, _ in kept(therapist)] == [NAME]


def test_a_supplied_one_is_shown_and_copied(desk, settings):
    settings.CONTENT_DIRS = [settings.BASE_DIR / "content"]
    html = desk.get("/care/pathways/supplied/after-a-breach/").content.decode()
    assert ("Repairing after a breach" in html, "A real apology" in html) == (True, True)
    form = desk.get(f"{NEW}?from=after-a-breach").context["form"]
    assert [row.lesson for row in form.rows][:2] == ["naming-the-breach", "a-real-apology"]
    assert desk.get("/care/pathways/supplied/nothing/").status_code == 404


def test_a_name_and_an_id_are_not_confused(desk, therapist):
    [key] = [write(desk, therapist).headers["Location"].split("/")[3]]
    assert desk.get(f"/care/pathways/supplied/{key}/").status_code == 404

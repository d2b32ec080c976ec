"""Two clients side by side: what each shares with the therapist, and each in their own record."""

import pytest
from django.http import Http404

from exercises import access, carelinks, couples
from exercises.carelinks import make_link
from exercises.models import ClientFile, Opening, Ready, ReadyPin
from tests.conftest import a_file, a_therapist, at_the_desk, signed_in
from tests.exercises.care.client_page import at, main_of, record_of, words_of
from tests.exercises.care_of import CANARY, shared
from tests.exercises.workbook import Workbook

THEIRS = "a wren sang in the hedge"


@pytest.fixture(autouse=True)
def _on_trial(trial):
    """On the small course."""


@pytest.fixture
def other(therapist, partner):
    """The partner is the therapist's client too."""
    return make_link(a_file(therapist, "M. and partner"), partner)


def put(desk, care, other):
    """Chooses ``other`` beside ``care``."""
    response = desk.post(at(care, "beside/"), {"other": str(other.file.pk)})
    assert (response.status_code, response.headers["Location"]) == (302, at(care, "beside/"))


def pairs():
    """Who is beside whom."""
    return dict(ClientFile.objects.exclude(beside=None).values_list("pk", "beside"))


def test_both_lesson_by_lesson(care, other, writing, beside, desk):
    shared(care, writing)
    shared(other, beside, text=THEIRS)
    shared(other, beside, "place", "outside")
    put(desk, care, other)
    words = words_of(desk, at(care, "beside/"))
    assert (
        f"Every kind Which moment comes to mind? Tuesday, 10:00 {CANARY} Shared 3 May 2026 "
        f"M. and partner {THEIRS} Shared 3 May 2026 Where was it? Tuesday, 10:00 "
        "Nothing shared here. M. and partner Out with others Shared 3 May 2026"
    ) in words
    assert record_of(care) == [("moment", "screen")]
    assert record_of(other) == [("moment", "screen"), ("place", "screen")]


def test_it_is_mutual_and_taken_apart(care, other, desk, therapist, stranger):
    third = make_link(a_file(therapist, "Third"), stranger)
    put(desk, care, other)
    one, two, three = care.file.pk, other.file.pk, third.file.pk
    assert pairs() == {one: two, two: one}
    put(desk, third, other)
    assert pairs() == {three: two, two: three}
    response = desk.post(at(other, "beside/"), {"apart": "1"})
    assert (response.status_code, response.headers["Location"]) == (302, at(other))
    assert pairs() == {}


@pytest.mark.parametrize("together", [False, True])
def test_a_workbook_of_two_plays_no_part(care, other, writer, partner, desk, together):
    if together:
        couples.make_couple(writer, partner)
    put(desk, care, other)
    words = [words_of(desk, at(link, what)) for link in (care, other) for what in ("", "beside/")]
    assert not any("workbook" in text for text in words)
    assert not any("couple" in text for text in words)


def test_what_is_open_between_the_two_is_not_shown(
    care, other, writer, partner, writing, beside, desk
):
    couple = couples.make_couple(writer, partner)
    for person, browser, text in ((writer, writing, CANARY), (partner, beside, THEIRS)):
        book = Workbook(browser, person)
        book.saved("moment", text)
        answer = book.answer("moment")
        topic = "answer.every-kind.moment"
        ready = Ready.objects.create(
            couple=couple, person=person, topic=topic, opened_on="2026-05-03"
        )
        ReadyPin.objects.create(ready=ready, answer=answer, answer_revision=answer.head)
    put(desk, care, other)
    words = words_of(desk, at(care, "beside/"))
    assert "Neither of them shares an answer with you now." in words
    assert CANARY not in words
    assert THEIRS not in words
    assert not Opening.objects.exists()


def test_neither_client_finds_a_trace_of_it(care, other, writing, beside, desk):
    shared(care, writing)
    shared(other, beside, text=THEIRS)
    pages = ["/workbook/", "/workbook/answers/", "/sharing/", "/together/", "/privacy/"]
    before = [main_of(browser, page) for browser in (writing, beside) for page in pages]
    put(desk, care, other)
    after = [main_of(browser, page) for browser in (writing, beside) for page in pages]
    assert [len(page) for page in after] == [len(page) for page in before]
    assert "M. and partner" not in "".join(after)


@pytest.mark.parametrize("which", ["nobody", "itself", "another's", "not linked", "unknown"])
def test_only_two_own_linked_clients(care, therapist, desk, stranger, which):
    others = a_therapist("other@example.org")
    ids = {
        "nobody": "",
        "itself": str(care.file.pk),
        "another's": str(make_link(a_file(others, "x"), stranger).file.pk),
        "not linked": str(a_file(therapist, "y").pk),
        "unknown": "00000000-0000-0000-0000-000000000001",
    }
    response = desk.post(at(care, "beside/"), {"other": ids[which]})
    assert response.status_code == 422
    assert pairs() == {}


def test_once_one_has_ended_the_other_is_alone(care, other, writing, beside, desk):
    shared(care, writing)
    shared(other, beside, text=THEIRS)
    put(desk, care, other)
    gone = at(other, "beside/")
    carelinks.end(other)
    assert desk.get(gone).status_code == 404
    page = desk.get(at(care, "beside/")).content.decode()
    assert THEIRS not in page
    assert CANARY not in page
    assert not Opening.objects.exists()
    assert "M. and partner" not in words_of(desk, at(care))


def test_both_or_neither(care, other, writing, beside, desk, monkeypatch):
    """The second of the two ends in between: nothing is shown, and nothing was opened."""
    shared(care, writing)
    shared(other, beside, text=THEIRS)
    put(desk, care, other)
    last = max((care, other), key=lambda link: link.file.pk)

    read = access.read_shared

    def ended(therapist, file, *how, **narrower):
        if file == last.file.pk:
            raise Http404
        return read(therapist, file, *how, **narrower)

    monkeypatch.setattr(access, "read_shared", ended)
    assert desk.get(at(care, "beside/")).status_code == 404
    assert not Opening.objects.exists()


def test_asking_for_the_head_opens_nothing(care, other, writing, beside, desk):
    shared(care, writing)
    put(desk, care, other)
    assert desk.head(at(care, "beside/")).status_code == 200
    assert not Opening.objects.exists()


def test_somebody_elses_therapist_finds_nothing(care, other, desk):
    browser = at_the_desk(a_therapist("other@example.org"))
    path = at(care, "beside/")
    assert browser.get(path).status_code == 404
    assert browser.post(path, {"other": str(other.file.pk)}).status_code == 404
    assert browser.post(path, {"apart": "1"}).status_code == 404
    assert signed_in(care.client).get(path).status_code == 404
    assert pairs() == {}


def test_the_same_queries_for_one_and_for_many(
    care, other, writing, beside, desk, django_assert_num_queries
):
    shared(care, writing)
    shared(other, beside, text=THEIRS)
    put(desk, care, other)
    desk.get(at(care, "beside/"))
    with django_assert_num_queries(23):
        desk.get(at(care, "beside/"))
    for prompt, text in (("place", "outside"), ("sure", "3")):
        shared(care, writing, prompt, text)
    with django_assert_num_queries(23):
        desk.get(at(care, "beside/"))

"""A therapist writes about a shared text, changes it and withdraws it, openly."""

import uuid
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from exercises import access, carelinks, shown, threads
from exercises.exported_care import responses
from exercises.models import How, Opening, Response, Share
from tests.conftest import a_file, a_therapist, at_the_desk
from tests.exercises.answering.test_queries import queries
from tests.exercises.care_of import CANARY, shared
from tests.exercises.talk import (
    BACK,
    WORDS,
    replies,
    respond_path,
    responds,
    send,
    stored,
    thread_path,
    words,
)
from tests.exercises.workbook import FORM, Workbook
from trustbook.accounts.owner_mark import owner_mark


@pytest.fixture
def share(care, writing):
    """A text that the therapist is shown."""
    return shared(care, writing)


def page(desk, care, share):
    return words(desk.get(respond_path(care, share)))


def newer(care, writing, share, text="the heron is gone"):
    """The client writes another text and shares that in place of the first."""
    book = Workbook(writing, care.client)
    book.saved("moment", text, base=str(share.revision_id))
    answer = book.answer("moment")
    Share.objects.filter(pk=share.pk).update(answer_revision=answer.head, since="2026-05-05")
    return Share.objects.get(pk=share.pk)


def test_the_page_shows_the_text_and_notes_that_it_did(care, desk, share, writer):
    said = page(desk, care, share)
    assert "Tuesday, 10:00 About one shared text Which moment comes to mind?" in said
    assert f"{CANARY} Shared on 3 May 2026." in said
    [noted] = access.own_openings(writer)
    assert (noted.row, noted.how) == (share.row_id, How.SCREEN)


def test_where_nobody_looks_nothing_is_opened(care, desk, share, writer):
    path = respond_path(care, share)
    assert desk.head(path).status_code == 200
    assert desk.get(path, headers={"Sec-Purpose": "prefetch"}).status_code == 503
    assert not access.own_openings(writer).exists()


def test_what_is_said_is_read_by_both(care, desk, writing, share):
    response = responds(desk, care, share)
    assert (response.status_code, response["Location"]) == (302, respond_path(care, share))
    assert stored(care) == [WORDS]
    assert WORDS in page(desk, care, share)
    assert WORDS in words(writing.get(thread_path(share)))


def test_it_stands_once_beside_what_is_read(care, desk, share):
    responds(desk, care, share)
    read = desk.get(f"/care/clients/{care.file.pk}/shared/").content.decode()
    assert read.count(f'action="{respond_path(care, share)}send/"') == 1
    assert read.count(WORDS) == 1
    sheet = desk.get(f"/care/clients/{care.file.pk}/sheet/").content.decode()
    assert (sheet.count(WORDS), "/send/" in sheet) == (1, False)


def test_it_is_under_the_links_key(care, desk, share):
    responds(desk, care, share)
    row = Response.objects.get()
    assert WORDS.encode() not in bytes(row.sealed)
    carelinks.end(care)
    assert Response.objects.count() == 0


def test_sent_twice_it_is_one(care, desk, share):
    token = uuid.uuid4()
    for _ in range(2):
        assert responds(desk, care, share, token=token).status_code == 302
    assert stored(care) == [WORDS]
    responds(desk, care, share, "another text of a page that was gone back to", token=token)
    assert len(stored(care)) == 2
    first = Response.objects.earliest("written_at")
    change(desk, care, first, "changed")
    responds(desk, care, share, token=token)
    assert len(stored(care)) == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", threads.BLANK),
        (" \n ", threads.BLANK),
        ("a" * 4_001, "This is 4,001 characters long; 4,000 can be sent at once"),
        ("a heron\0", "an invisible character (NUL) that cannot be saved"),
    ],
)
def test_what_cannot_be_sent_is_said_and_stays(care, desk, share, text, says):
    response = responds(desk, care, share, text)
    assert response.status_code == 422
    assert says in response.content.decode()
    assert text.strip()[:7] in response.content.decode()
    assert stored(care) == []


def test_half_a_character_is_refused(care, desk, share):
    sent = urlencode({"owner": owner_mark(care.therapist)}) + "&text=a+heron%ED%A0%80"
    response = desk.post(f"{respond_path(care, share)}send/", sent, content_type=FORM)
    assert (response.status_code, stored(care)) == (400, [])
    assert "a heron" in response.content.decode()


def test_4000_characters_are_not_too_many(care, desk, share):
    assert responds(desk, care, share, "ä" * 4_000).status_code == 302


def test_what_was_taken_back_gets_no_response(care, desk, writer, share):
    shown.withdraw(Share.objects.all())
    response = responds(desk, care, share)
    assert response.status_code == 404
    told = response.content.decode()
    assert "This is not shared with you (any more), so nothing was sent." in told
    assert (WORDS in told, stored(care)) == (True, [])
    assert desk.get(respond_path(care, share)).status_code == 404


def test_an_ended_link_gets_none(care, desk, share):
    path = respond_path(care, share)
    carelinks.end(care)
    response = send(desk, care.therapist, f"{path}send/", WORDS, revision=share.revision_id)
    assert (response.status_code, Response.objects.count()) == (422, 0)
    fields = {"revision": share.revision_id, "token": uuid.uuid4()}
    response = send(desk, care.therapist, f"{path}send/", WORDS, **fields)
    assert response.status_code == 404
    assert WORDS in response.content.decode()
    assert desk.get(path).status_code == 404


def test_what_was_said_goes_with_the_share_and_comes_back_with_it(care, desk, writing, share):
    responds(desk, care, share)
    replies(writing, care, share)
    pin = {"answer": share.answer, "answer_revision": share.answer_revision}
    shown.withdraw(Share.objects.all())
    assert desk.get(respond_path(care, share)).status_code == 404
    assert access.shown_responses(care) == []
    Share.objects.create(
        owner=care.client, care=care, audience="therapist", since="2026-05-06", **pin
    )
    said = page(desk, care, share)
    assert (WORDS in said, BACK in said) == (True, True)


def test_replies_about_what_is_not_shared_stay_closed(care, desk, writing, share):
    other = shared(care, writing, "place", "home")
    replies(writing, care, other, "about the other one")
    shown.withdraw(Share.objects.filter(pk=other.pk))
    assert page(desk, care, share).count("about the other one") == 0
    assert (
        threads.therapists_threads(care, [(other.row_id, other.revision_id)])[other.row_id].said
        == []
    )


def test_it_names_the_version_once_a_newer_one_is_shared(care, desk, writing, share):
    responds(desk, care, share)
    about = "about the version shared on 3 May 2026"
    assert about not in page(desk, care, share)
    later = newer(care, writing, share)
    assert about in page(desk, care, share)
    assert about in words(writing.get(thread_path(share)))
    responds(desk, care, later, "to the newer one")
    assert page(desk, care, share).count("about the version") == 1


def test_a_newer_text_is_read_before_anything_is_said_about_it(care, desk, writing, share):
    newer(care, writing, share)
    response = responds(desk, care, share)
    assert (response.status_code, stored(care)) == (409, [])
    said = words(response)
    assert "A newer text was shared after you opened this page, so nothing was sent." in said
    assert (WORDS in said, "the heron is gone" in said) == (True, True)


def change(desk, care, response, text, **fields):
    was = {"was": response.edited_at.isoformat() if response.edited_at else ""}
    path = f"/care/responses/{response.pk}/save/"
    return send(desk, care.therapist, path, text, **(was | fields))


def test_it_is_changed_openly_and_nothing_is_kept(care, desk, writing, share):
    responds(desk, care, share)
    response = Response.objects.get()
    assert WORDS in desk.get(f"/care/responses/{response.pk}/").content.decode()
    done = change(desk, care, response, "another otter")
    assert (done.status_code, done["Location"]) == (302, respond_path(care, share))
    Response.objects.update(edited_at=datetime(2026, 5, 4, 12, tzinfo=UTC))
    for read in (page(desk, care, share), words(writing.get(thread_path(share)))):
        assert "(edited 4 May 2026) another otter" in read
        assert WORDS not in read
    assert stored(care) == ["another otter"]


def test_two_pages_do_not_overwrite_each_other(care, desk, share):
    responds(desk, care, share)
    response = Response.objects.get()
    change(desk, care, response, "another otter")
    refused = change(desk, care, response, "a third one")
    assert refused.status_code == 409
    said = words(refused)
    assert "This was changed in another page, so nothing was changed now." in said
    assert ("another otter" in said, "a third one" in said) == (True, True)
    assert stored(care) == ["another otter"]


def test_it_is_withdrawn_openly(care, desk, writing, share):
    responds(desk, care, share)
    path = f"/care/responses/{Response.objects.get().pk}/"
    for _ in range(2):
        assert desk.post(f"{path}withdraw/")["Location"] == respond_path(care, share)
    Response.objects.update(withdrawn_at=datetime(2026, 5, 5, 12, tzinfo=UTC))
    for read in (page(desk, care, share), words(writing.get(thread_path(share)))):
        assert "(withdrawn 5 May 2026)" in read
        assert WORDS not in read
    assert stored(care) == [""]
    assert desk.get(path).status_code == 404
    assert change(desk, care, Response.objects.get(), "once more").status_code == 404
    assert stored(care) == [""]


def test_only_ones_own(care, desk, writing, share):
    replies(writing, care, share)
    path = f"/care/responses/{Response.objects.get().pk}/"
    assert desk.get(path).status_code == 404
    assert change(desk, care, Response.objects.get(), "mine").status_code == 404
    assert desk.post(f"{path}withdraw/").status_code == 404
    assert stored(care) == [BACK]


def test_another_therapist_finds_nothing(care, desk, share, stranger):
    responds(desk, care, share)
    other = a_therapist("other@example.org")
    carelinks.make_link(a_file(other, "x"), stranger)
    away = at_the_desk(other)
    response = Response.objects.get()
    assert away.get(respond_path(care, share)).status_code == 404
    assert away.get(f"/care/responses/{response.pk}/").status_code == 404
    sent = {"revision": share.revision_id, "token": uuid.uuid4()}
    assert send(away, other, f"{respond_path(care, share)}send/", "x", **sent).status_code == 404
    assert away.post(f"/care/responses/{response.pk}/withdraw/").status_code == 404
    assert stored(care) == [WORDS]


def test_twenty_are_as_many_as_fit(care, desk, writing, share):
    for number in range(19):
        responds(desk, care, share, f"text {number}")
    assert replies(writing, care, share).status_code == 302
    for full in (responds(desk, care, share), replies(writing, care, share, "one more")):
        assert full.status_code == 422
        assert "There are 20 texts in this conversation" in full.content.decode()
    assert len(stored(care)) == 20
    assert "This conversation holds 20 texts and is full." in page(desk, care, share)
    assert "This conversation holds 20 texts and is full." in words(writing.get(thread_path(share)))


def test_signed_out_the_text_comes_back(care, desk, share):
    desk.logout()
    response = responds(desk, care, share)
    assert response.status_code == 401
    assert WORDS in response.content.decode()


@pytest.mark.parametrize("number", [1, 15])
def test_however_much_was_said(care, desk, share, number):
    for each in range(number):
        responds(desk, care, share, f"text {each}")
    other = [(share.row_id, share.revision_id)]
    assert queries(lambda: desk.get(respond_path(care, share))) == (11, 0)
    assert len(threads.therapists_threads(care, other)[share.row_id].said) == number
    assert Opening.objects.count() >= 1


def test_what_was_deleted_cannot_be_told_from_what_was_taken_back(care, desk, share, writer):
    """By the therapist's own words: neither by their address nor by what is taken along."""
    responds(desk, care, share)
    said = Response.objects.get()
    assert len(list(responses(care, care.therapist))) == 1
    shown.withdraw(Share.objects.filter(pk=share.pk))

    def looks():
        taken_along = list(responses(care, care.therapist))
        return desk.get(f"/care/responses/{said.pk}/").status_code, len(taken_along)

    before = looks()
    share.row.delete()
    assert looks() == before == (404, 0)

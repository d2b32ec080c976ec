"""A client reads what a therapist wrote about their text, and writes back."""

import uuid

import pytest

from exercises import access, carelinks, deletion, shown
from exercises.models import Response, Share
from exercises.weeks import week_of
from tests.exercises.answering.test_queries import queries
from tests.exercises.care_of import CANARY, shared
from tests.exercises.pulse.checkin import told
from tests.exercises.talk import BACK, WORDS, replies, responds, send, stored, thread_path, words
from tests.exercises.workbook import Workbook

LESSON = "/workbook/trial/every-kind/"
LINK = "Your therapist wrote to you"


@pytest.fixture
def share(care, writing):
    """A text that the therapist is shown."""
    return shared(care, writing)


def thread(browser, share):
    return words(browser.get(thread_path(share)))


def test_ones_own_text_and_what_was_said(care, desk, writing, share):
    assert f"Which moment comes to mind? {CANARY} As you share it" in thread(writing, share)
    assert "not opened yet" in thread(writing, share)
    responds(desk, care, share)
    assert replies(writing, care, share)["Location"] == thread_path(share)
    said = thread(writing, share)
    assert said.index(WORDS) < said.index(BACK)
    assert stored(care) == [WORDS, BACK]


def test_after_taking_it_back_it_is_ones_own(care, desk, writing, share):
    responds(desk, care, share)
    shown.withdraw(Share.objects.all())
    said = thread(writing, share)
    assert (WORDS in said, "Your therapist does not see any of this now." in said) == (True, True)
    refused = replies(writing, care, share)
    assert refused.status_code == 404
    assert BACK in refused.content.decode()
    assert "This is not shared with a therapist (any more), so nothing was sent." in (
        refused.content.decode()
    )
    assert stored(care) == [WORDS]


def test_a_text_about_which_nothing_was_said_and_that_is_not_shared(care, writing, writer):
    book = Workbook(writing, writer)
    book.saved("moment", CANARY)
    assert writing.get(f"/therapist/answers/{book.answer('moment').pk}/").status_code == 404


@pytest.mark.parametrize("end", [False, True])
def test_who_has_no_therapist_any_more_finds_what_everybody_finds(
    care, desk, writing, share, strange, stranger, end
):
    responds(desk, care, share)
    if end:
        carelinks.end(care)
    else:
        care.therapist.is_therapist = False
        care.therapist.save()
    Workbook(strange, stranger).saved("moment", CANARY)
    theirs = Workbook(strange, stranger).answer("moment")
    paths = ("/therapist/answers/", thread_path(share))
    others = ("/therapist/answers/", f"/therapist/answers/{theirs.pk}/")
    for mine, other in zip(paths, others, strict=True):
        one, two = writing.get(mine), strange.get(other)
        assert (one.status_code, two.status_code) == (404, 404)
        assert words(one) == words(two)
    assert replies(writing, care, share).status_code == 404
    assert LINK not in writing.get(LESSON).content.decode()
    assert "Your therapist wrote" not in writing.get("/workbook/").content.decode()


def test_it_is_changed_and_withdrawn_by_who_said_it(care, desk, writing, writer, share):
    replies(writing, care, share)
    responds(desk, care, share)
    mine, theirs = Response.objects.order_by("written_at")
    path = f"/therapist/responses/{mine.pk}/"
    assert BACK in writing.get(path).content.decode()
    assert send(writing, writer, f"{path}save/", "another", was="").status_code == 302
    assert stored(care) == ["another", WORDS]
    assert writing.post(f"{path}withdraw/")["Location"] == thread_path(share)
    assert stored(care) == ["", WORDS]
    other = f"/therapist/responses/{theirs.pk}/"
    assert writing.get(other).status_code == 404
    assert send(writing, writer, f"{other}save/", "another", was="").status_code == 404
    assert writing.post(f"{other}withdraw/").status_code == 404
    assert stored(care) == ["", WORDS]


def test_what_a_therapist_said_cannot_be_changed_as_a_client(care, desk, share, therapist):
    """A therapist who is a client of somebody else, without the second step."""
    responds(desk, care, share)
    path = f"/therapist/responses/{Response.objects.get().pk}/"
    assert desk.get(path).status_code == 404
    assert send(desk, therapist, f"{path}save/", "x", was="").status_code == 404
    assert desk.post(f"{path}withdraw/").status_code == 404
    assert stored(care) == [WORDS]


def test_a_stranger_finds_nothing(care, desk, share, strange, stranger):
    responds(desk, care, share)
    response = Response.objects.get()
    missing = uuid.uuid4()
    for path in ("/therapist/answers/{}/", "/therapist/responses/{}/"):
        about = share.row_id if "answers" in path else response.pk
        one, other = strange.get(path.format(about)), strange.get(path.format(missing))
        assert (one.status_code, words(one)) == (404, words(other))


def test_the_lesson_leads_there_and_says_no_more(care, desk, writing, share):
    before = writing.get(LESSON).content.decode()
    responds(desk, care, share)
    after = writing.get(LESSON).content.decode()
    assert (LINK in before, after.count(LINK)) == (False, 1)
    under = after.partition('data-prompt="moment"')[2].partition("data-prompt")[0]
    assert f'<a href="{thread_path(share)}">{LINK}</a>' in under
    assert WORDS not in after
    writing.get(LESSON)
    assert queries(lambda: writing.get(LESSON)) == (7, 0)


def test_so_does_the_week(care, desk, writing, writer):
    told(writer, week_of(writer), {"openness": 3})
    [pulse] = access.own_pulses(writer)
    pin = Share.fields_of(pulse, pulse.head)
    share = Share.objects.create(
        owner=writer, care=care, audience="therapist", since="2026-05-03", **pin
    )
    assert responds(desk, care, share).status_code == 302
    assert LINK in writing.get("/workbook/pulse/").content.decode()
    said = thread(writing, share)
    assert (f"The week of {pulse.week:%-d}" in said, WORDS in said) == (True, True)
    assert f"The week of {pulse.week:%-d}" in words(writing.get("/therapist/answers/"))


def test_today_has_one_line(care, desk, writing, share):
    assert "Your therapist wrote" not in words(writing.get("/workbook/"))
    responds(desk, care, share)
    responds(desk, care, share, "and again")
    line = "Your therapist wrote about one of your answers. Read it"
    assert line in words(writing.get("/workbook/"))
    responds(desk, care, shared(care, writing, "sure", "3"))
    assert "Your therapist wrote about 2 of your answers. Read it" in words(
        writing.get("/workbook/")
    )
    for response in Response.objects.all():
        desk.post(f"/care/responses/{response.pk}/withdraw/")
    assert "Your therapist wrote" not in words(writing.get("/workbook/"))


def test_ones_own_words_are_no_news(care, writing, share):
    replies(writing, care, share)
    assert LINK not in writing.get(LESSON).content.decode()
    assert "Your therapist wrote" not in words(writing.get("/workbook/"))


def test_all_of_them_stand_on_one_page(care, desk, writing, share):
    assert "Nothing was said yet." in words(writing.get("/therapist/answers/"))
    responds(desk, care, share)
    responds(desk, care, shared(care, writing, "sure", "3"))
    shown.withdraw(Share.objects.filter(pk=share.pk))
    said = words(writing.get("/therapist/answers/"))
    assert said.index("Which moment comes to mind? Every kind") < said.index("How sure are you?")
    assert said.count("Not shared now, so your therapist does not see it.") == 1
    assert queries(lambda: writing.get("/therapist/answers/")) == (4, 0)


def test_what_was_deleted_takes_it_along(care, desk, writing, writer, share):
    page = f"/workbook/answers/{share.row_id}/delete/"
    goes = "What your therapist and you said to each other about it."
    assert goes not in words(writing.get(page))
    responds(desk, care, share)
    assert goes in words(writing.get(page))
    answer = access.own_showable(writer, share.row_id)
    deletion.hide(answer, answer.head_id)
    assert writing.get(thread_path(share)).status_code == 404
    assert "Nothing was said yet." in words(writing.get("/therapist/answers/"))
    assert "Your therapist wrote" not in words(writing.get("/workbook/"))
    deletion.purge_now(access.own_hidden(writer, share.row_id))
    assert Response.objects.count() == 0


def test_a_partner_with_the_same_therapist_reads_nothing_of_it(
    care, desk, writing, share, couple, partner, beside, therapist
):
    from tests.conftest import a_file

    theirs = carelinks.make_link(a_file(therapist, "Thursday"), partner)
    before = words(beside.get("/workbook/")), words(beside.get("/therapist/answers/"))
    responds(desk, care, share)
    replies(writing, care, share)
    assert (words(beside.get("/workbook/")), words(beside.get("/therapist/answers/"))) == before
    assert beside.get(thread_path(share)).status_code == 404
    assert access.shown_responses(theirs) == []

"""The pages of the promise ledger."""

import re
import uuid
from unittest.mock import patch

import pytest

from exercises import couples
from exercises.couples import make_couple
from exercises.models import Promise, PromiseView
from exercises.models.promise import State
from tests.conftest import signed_in
from tests.exercises.together.ledger import (
    CALL,
    PROMISES,
    fields,
    say,
    says,
    text_of,
    views,
    write,
    written,
)
from trustbook.accounts.keys.vault import KeyGone
from trustbook.accounts.models import User

OTHERS = "Leave the heron alone"


@pytest.fixture
def theirs(stranger):
    """A promise of another couple."""
    other = User.objects.create_user("other@example.org", "another password")
    make_couple(stranger, other)
    return written(stranger, OTHERS)


def test_before_the_first_one_it_says_who_will_see_it(couple, writing):
    page = text_of(writing.get(PROMISES))
    assert "Nothing is written down yet." in page
    assert "Both of you see what is written here, as soon as it is written" in page
    assert "Over time" not in page
    assert "From your own list" not in page


def test_a_promise_is_written_down_for_both(couple, writing, writer, beside):
    response = write(writing, writer, due="2026-05-03")
    assert (response.status_code, response["Location"]) == (302, PROMISES)
    facts = "each evening, by 3 May 2026 you: still open your partner: still open"
    assert f"{CALL} made by you, {facts}" in text_of(writing.get(PROMISES))
    assert f"{CALL} made by your partner, {facts}" in text_of(beside.get(PROMISES))


def test_one_may_write_down_what_the_other_promised(couple, writing, writer, beside):
    write(writing, writer, by="them", until="")
    assert f"{CALL} made by your partner you: still open" in text_of(writing.get(PROMISES))
    assert f"{CALL} made by you you: still open" in text_of(beside.get(PROMISES))


def test_a_double_click_makes_one(couple, writing, writer):
    sent = fields(writer)
    for _ in range(2):
        assert write(writing, writer, **sent).status_code == 302
    assert Promise.objects.count() == 1


def test_each_side_says_for_itself(couple, writing, writer, beside, partner):
    promise = written(writer)
    assert say(writing, writer, promise.pk, "kept").status_code == 302
    assert say(beside, partner, promise.pk, "not-kept").status_code == 302
    address = f"{PROMISES}{promise.pk}/"
    assert "You Kept Your partner Not kept" in text_of(writing.get(address))
    assert "You Not kept Your partner Kept" in text_of(beside.get(address))
    assert "you: kept your partner: not kept" in text_of(writing.get(PROMISES))
    assert "you: not kept your partner: kept" in text_of(beside.get(PROMISES))


def test_what_was_said_before_stays_on_its_own_page(couple, writing, writer):
    promise = written(writer)
    for state in (State.KEPT, State.OTHERWISE):
        says(writer, promise, state)
    page = text_of(writing.get(f"{PROMISES}{promise.pk}/"))
    day = r"\d+ \w+ \d{4}"
    assert re.search(rf"{day} · you: kept {day} · you: remembered otherwise", page)
    assert "you: kept" not in text_of(writing.get(PROMISES))


def test_only_the_day_is_told(couple, writer, beside):
    promise = written(writer)
    says(writer, promise, State.KEPT)
    for address in (PROMISES, f"{PROMISES}{promise.pk}/"):
        assert re.findall(r"\d\d:\d\d", text_of(beside.get(address))) == []


def test_whoever_writes_anew_begins_from_the_old_words(couple, writing, writer, beside):
    promise = written(writer, CALL, "each evening")
    html = beside.get(f"{PROMISES}{promise.pk}/anew/").content.decode()
    assert f">\n{CALL}</textarea>" in html
    assert 'value="each evening"' in html
    assert re.findall(r'value="(\w+)"[^>]* checked', html) == ["them"]
    assert Promise.objects.count() == 1


def test_who_wrote_it_down_may_remove_it(couple, writing, writer, beside):
    promise = written(writer)
    says(writer, promise, State.KEPT)
    address = f"{PROMISES}{promise.pk}/remove/"
    assert "It goes for both of you, at once and for good." in text_of(writing.get(address))
    assert Promise.objects.count() == 1
    assert writing.post(address).status_code == 302
    assert (Promise.objects.count(), PromiseView.objects.count()) == (0, 0)
    for browser in (writing, beside):
        assert browser.get(f"{PROMISES}{promise.pk}/").status_code == 404
        assert CALL not in browser.get(PROMISES).content.decode()
    assert writing.post(address).status_code == 404


def test_the_other_may_not(couple, writer, beside):
    promise = written(writer, by_me=False)
    address = f"{PROMISES}{promise.pk}/remove/"
    assert [beside.get(address).status_code, beside.post(address).status_code] == [404, 404]
    assert "Remove it" not in text_of(beside.get(f"{PROMISES}{promise.pk}/"))
    assert Promise.objects.count() == 1


def test_a_promise_of_others_is_as_one_that_never_was(couple, writing, writer, theirs):
    seen = []
    for promise in (theirs.pk, uuid.uuid4()):
        gets = [writing.get(f"{PROMISES}{promise}/{what}") for what in ("", "anew/", "remove/")]
        posts = [
            say(writing, writer, promise, "kept"),
            writing.post(f"{PROMISES}{promise}/remove/"),
        ]
        assert {response.status_code for response in gets + posts} == {404}
        seen.append([masked(response, promise) for response in gets + posts])
    assert seen[0] == seen[1]
    assert OTHERS not in "".join(seen[0])
    assert (Promise.objects.count(), PromiseView.objects.count()) == (1, 0)


def masked(response, promise):
    text = response.content.decode().replace(str(promise), "")
    return re.sub(r'(name="(?:csrfmiddlewaretoken|promise:token)" value=)"[^"]*"', r"\1", text)


def test_whoever_is_in_no_couple_finds_nothing(couple, strange, stranger, writer):
    promise = written(writer)
    addresses = ["", f"{promise.pk}/", f"{promise.pk}/anew/", f"{promise.pk}/remove/"]
    assert {strange.get(PROMISES + address).status_code for address in addresses} == {404}
    assert write(strange, stranger).status_code == 404
    assert say(strange, stranger, promise.pk, "kept").status_code == 404
    assert write(strange, stranger, what="").status_code == 404


@pytest.mark.parametrize("who", ["writer", "partner"])
def test_after_leaving_the_text_is_still_there(couple, writing, writer, partner, who):
    promise = written(writer)
    couples.leave({"writer": writer, "partner": partner}[who])
    response = write(writing, writer, what="I will write again")
    assert response.status_code == 404
    assert "I will write again</textarea>" in response.content.decode()
    assert "Send it again" not in text_of(response)
    assert say(writing, writer, promise.pk, "kept").status_code == 404
    assert not Promise.objects.exists()


def test_whoever_is_left_while_they_read_finds_nothing(couple, writer, beside):
    """The key goes after the page has found the couple, and before it opens anything."""
    promise = written(writer)
    with patch("exercises.models.Couple.data_key", side_effect=KeyGone):
        for address in ("", f"{promise.pk}/", f"{promise.pk}/anew/", f"{promise.pk}/remove/"):
            assert beside.get(PROMISES + address).status_code == 404


def test_a_page_of_one_says_nothing_for_the_other(couple, writer, writing, beside, partner):
    """Two people at one computer: the page of the one, sent in the session of the other."""
    promise = written(writer)
    mark = fields(writer)["owner"]
    for response in (
        say(beside, partner, promise.pk, "kept", owner=mark),
        write(beside, partner, owner=mark),
    ):
        assert response.status_code == 403
    assert views(writer) == [(CALL, "open", "open")]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"by": ""}, "Choose who promised it."),
        ({"by": "nobody"}, "Select a valid choice."),
        ({"what": " \n"}, "Write what was promised."),
        ({"what": "x" * 2_001}, "at most 2000 characters"),
        ({"until": "x" * 171}, "at most 170 characters"),
        ({"due": "soon"}, "Choose a day, or write it as year, month and day"),
        ({"due": "1999-12-31"}, "Choose a day from 2000 to 2199"),
        ({"due": "9999-12-31"}, "Choose a day from 2000 to 2199"),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays(couple, writing, writer, changes, told):
    sent = fields(writer, **changes)
    response = write(writing, writer, **sent)
    html = response.content.decode()
    assert response.status_code == 422
    assert told in text_of(response)
    assert f'name="promise:token" value="{sent["promise:token"]}"' in html
    assert sent["what"].strip() in html
    assert sent["until"] in html
    assert sent["due"] in html
    assert not Promise.objects.exists()


def test_nothing_said_is_refused(couple, writing, writer):
    promise = written(writer)
    for state in ("", "broken"):
        assert say(writing, writer, promise.pk, state).status_code == 422
    assert not PromiseView.objects.exists()


def test_a_page_without_its_token_is_refused_with_the_text(couple, writing, writer):
    response = write(writing, writer, **{"promise:token": "x"})
    assert response.status_code == 422
    assert f"{CALL}</textarea>" in response.content.decode()


def test_line_ends_are_kept_as_one_character(couple, writing, writer):
    write(writing, writer, what="one\r\ntwo")
    assert views(writer) == [("one\ntwo", "open", "open")]


def test_it_counts_and_judges_nothing(couple, writing, writer, partner):
    for number, state in enumerate(State):
        promise = written(writer, f"Promise {'abcdef'[number]}")
        says(writer, promise, state)
        says(partner, promise, State.NOT_KEPT)
    page = text_of(writing.get(PROMISES))
    assert re.findall(r"%|\bscore|\bstreak|\btotal|\d+ of \d+|\d+ promises?", page) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_are_as_many_whatever_is_written(
    couple, writing, writer, django_assert_num_queries, count
):
    for number in range(count):
        says(writer, written(writer, f"Promise {number}"), State.KEPT)
    writing.get(PROMISES)
    with django_assert_num_queries(6):
        writing.get(PROMISES)


def test_a_visitor_is_asked_to_sign_in(couple, visiting, writer):
    promise = written(writer)
    for address in ("", f"{promise.pk}/", f"{promise.pk}/remove/"):
        assert visiting.get(PROMISES + address).status_code == 302
    assert write(visiting, writer).status_code == 401


def test_two_browsers_of_a_kind_may_hold_two_couples(couple, writer, theirs):
    """The positive control of what the others see."""
    assert OTHERS in text_of(signed_in(theirs.writer).get(PROMISES))

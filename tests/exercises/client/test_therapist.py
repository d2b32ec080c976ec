"""My therapist, and ending it by either."""

from contextlib import suppress
from datetime import date

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, get_resolver, reverse

from exercises import access, carelinks
from exercises.models import About, CareLink, ClientFile, Opening, Practice
from tests.conftest import a_therapist, at_the_desk, signed_in
from tests.exercises.care_of import CANARY, SAID, assigned, shared
from tests.exercises.client.invited import MINE, masked, words
from trustbook.accounts import erasure
from trustbook.accounts.keys.models import DataKey
from trustbook.accounts.models import User
from trustbook.lib import ledger

END = "/therapist/end/"
PAGES = (MINE, "/therapist/accept/", END, "/sharing/", "/workbook/", "/together/")
HOW = ["client", "therapist", "gone", "role", "disabled"]


def ended(how, care, therapist, writing):
    """Ends it as ``how`` says, by the pages where there are some."""
    if how == "client":
        assert writing.post(END).status_code == 302
    elif how == "therapist":
        desk = at_the_desk(therapist)
        assert desk.post(f"/care/clients/{care.file.pk}/end/").status_code == 302
    elif how == "gone":
        erasure.erase(therapist)
    else:
        field = "is_therapist" if how == "role" else "is_active"
        User.objects.filter(pk=therapist.pk).update(**{field: False})


def test_the_page_says_who_it_is_what_they_see_and_what_they_gave(care, therapist, writing):
    practice = Practice(therapist=therapist)
    practice.seal(therapist, About(name="Dr Hester", booking="https://example.org/book"))
    practice.save()
    shared(care, writing)
    assigned(care, due_on=date(2026, 5, 3))
    assigned(care, "last", due_on=date(2126, 5, 3))
    assigned(care, "looking-back", starts_on=date(2126, 5, 3))
    said = words(writing.get(MINE))
    for told in (
        f"Dr Hester, {therapist.email}. Your therapist here since",
        "You share 1 thing with them now.",
        "Every kind was due 3 May",
        "Last by Friday, 3 May",
        "Nobody watches this in an emergency.",
    ):
        assert told in said
    assert "Last due Friday, 3 May 2126" in said.partition("was due 3 May")[2]
    assert "Looking back" not in said
    page = writing.get(MINE).content.decode()
    for way in ("/sharing/", "/therapist/opened/", END, "/help/", "https://example.org/book"):
        assert f'href="{way}"' in page
    assert "Tuesday, 10:00" not in page


@pytest.mark.parametrize("how", HOW)
def test_afterwards_all_pages_are_those_of_somebody_who_never_had_one(
    trial, care, therapist, writer, writing, strange, stranger, how
):
    ended(how, care, therapist, writing)
    for path in PAGES:
        one, other = writing.get(path), strange.get(path)
        assert (one.status_code, one.get("Location")) == (other.status_code, other.get("Location"))
        assert masked(one, writer.email) == masked(other, stranger.email), path
        assert sorted(one.cookies) == sorted(other.cookies)


def test_with_a_therapist_they_are_not(trial, care, writing, strange):
    """The positive control of the test before this one."""
    differ = [path for path in PAGES if masked(writing.get(path)) != masked(strange.get(path))]
    assert differ[:3] == [MINE, "/therapist/accept/", END]


def test_before_ending_the_client_is_told_what_stays(care, writing, writer, therapist):
    said = words(writing.get(END))
    assert f"{therapist.email} is your therapist here." in said
    for told in (
        "They are not told.",
        "You keep a copy, without dates, of what they said to you",
        "All that you wrote stays yours",
        "They keep their own label for you and their own notes.",
    ):
        assert told in said
    assert access.care_of(writer) == care


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "head"])
def test_other_methods_end_nothing(care, writing, writer, method):
    getattr(writing, method)(END)
    assert access.care_of(writer) == care


@pytest.mark.parametrize("how", HOW[:3])
def test_the_end_is_whole_at_the_very_next_request(trial, care, therapist, writer, writing, how):
    """In each tab that was open, of both."""
    shared(care, writing)
    assigned(care)
    tab, desk, file = signed_in(writer), at_the_desk(therapist), care.file.pk
    ended(how, care, therapist, writing)
    assert masked(tab.get(MINE)) == masked(writing.get(MINE))
    assert access.own_shares(writer) == []
    assert not DataKey.objects.filter(pk=care.data_key_id).exists()
    assert (carelinks.WORD, care.pk) in list(ledger.read(settings.LEDGER))
    assert not CareLink.objects.exists()
    for path in addresses(file):
        for answer in (desk.get(path), tab.get(path)):
            body = answer.getvalue().decode(errors="replace")
            assert CANARY not in body
            assert SAID not in body
    assert Opening.objects.count() == 0
    assert ClientFile.objects.count() == (how != "gone")


def addresses(file):
    """Every page about one client, with what it names where that is known."""
    known = {"file": file, "lesson": "every-kind", "day": "2026-05-03", "row": file}
    for name in ("care", "client"):
        _, (_, room) = next(
            found for found in get_resolver().namespace_dict.items() if found[0] == name
        )
        for view in room.reverse_dict:
            parts = room.reverse_dict.getlist(view)[0][0][0][1] if isinstance(view, str) else None
            if parts is not None and set(parts) <= set(known):
                with suppress(NoReverseMatch):  # of lessons of their own, another kind of id
                    yield reverse(f"{name}:{view}", kwargs={part: known[part] for part in parts})


def test_every_page_about_a_client_is_among_them(therapist):
    found = set(addresses(therapist.pk))
    for part in ("shared/", "sheet.pdf", "lessons/every-kind/", "fhir/every-kind/"):
        assert f"/care/clients/{therapist.pk}/{part}" in found
    assert {MINE, END, "/care/clients.csv", "/therapist/fhir/every-kind/"} <= found


@pytest.mark.parametrize("how", ["never", *HOW])
def test_whoever_has_none_ends_nothing_and_is_told_nothing(care, therapist, writing, stranger, how):
    browser = signed_in(stranger) if how == "never" else writing
    if how != "never":
        ended(how, care, therapist, writing)
    for answer in (browser.get(END), browser.post(END), browser.post(END)):
        assert (answer.status_code, answer["Location"], answer.content) == (302, MINE, b"")
        assert not answer.cookies


def test_ending_while_the_role_rests_ends_it_for_good(care, therapist, writer, writing):
    ended("role", care, therapist, writing)
    writing.post(END)
    User.objects.filter(pk=therapist.pk).update(is_therapist=True)
    assert access.care_of(writer) is None


def test_anothers_therapist_is_not_ended(care, strange, writer):
    strange.post(END)
    assert access.care_of(writer) == care
    at_the_desk(a_therapist("other@example.org")).post(f"/care/clients/{care.file.pk}/end/")
    assert access.care_of(writer) == care


def test_the_queries_do_not_grow(trial, care, writing, django_assert_num_queries):
    assigned(care)
    with django_assert_num_queries(5):
        writing.get(MINE)
    for lesson in ("last", "looking-back"):
        assigned(care, lesson)
    with django_assert_num_queries(5):
        writing.get(MINE)

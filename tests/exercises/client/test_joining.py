"""Accepting the invitation of a therapist."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError
from django.test import Client

from exercises import access, carelinks, couples
from exercises.care import invitations as of_therapists
from exercises.care.inviting_forms import new_token
from exercises.client import accepting
from exercises.models import About, CareLink, ClientFile, Couple, Invitation, Practice
from exercises.together import invitations as of_couples
from tests.conftest import a_file, a_therapist, at_the_desk, signed_in
from tests.exercises.client.invited import (
    MINE,
    NOBODYS,
    PAGE,
    accept,
    look,
    made_for,
    masked,
    words,
)
from trustbook.accounts import erasure
from trustbook.accounts.keys.models import DataKey
from trustbook.accounts.models import User

NOW = datetime(2026, 5, 3, 18, 0, tzinfo=UTC)


@pytest.fixture
def made(therapist):
    """The therapist has invited somebody."""
    return made_for(therapist)


def led_to_the_therapist(response):
    return (response.status_code, response.get("Location")) == (302, MINE)


@pytest.mark.parametrize("how", ["link", "code", "read_aloud"])
def test_a_client_accepts(made, therapist, writer, writing, how):
    typed = made.code.text.lower() if how == "code" else getattr(made, how)
    shown = look(writing, typed)
    assert shown.status_code == 200
    assert not CareLink.objects.exists()
    [sent_on] = re.findall(r'name="invitation" value="(.*?)"', shown.content.decode())
    assert led_to_the_therapist(accept(writing, sent_on))
    link = access.care_of(writer)
    assert link
    [file] = access.own_files(therapist)
    assert (file.link, file.label(therapist), file.began_on) == (link, "J. L.", link.since)
    assert not Invitation.objects.exists()
    assert therapist.email in words(writing.get(MINE))


def test_beforehand_it_says_in_plain_words_what_will_be_seen(made, therapist, writing):
    said = words(look(writing, made.link))
    for told in (
        f"{therapist.email} invites you",
        "Two presses of yours: “begin” and “done”, on what they assign to you",
        "Each says beforehand what it shows.",
        "Until then a lesson is not begun for them, whatever you have read.",
        "The answers that you share with them, one by one, each in two steps",
        "What you write to them about an answer that you shared, if you write back.",
        "That you have accepted, and on which day.",
        "Nothing else.",
        "each time they open something that you shared",
        "the record is yours to read",
        "Nobody watches this in an emergency",
        "Either of you can end it at any time, silently and at once.",
        "They keep their own label for you and their own notes.",
        "or have copied",
        "You keep all that you wrote",
    ):
        assert told in said
    assert 'href="/help/"' in look(writing, made.link).content.decode()


def test_it_says_who_invites(made, therapist, writing):
    practice = Practice(therapist=therapist)
    practice.seal(
        therapist,
        About(
            name="Dr <Hester>",
            credentials="Psychologist",
            licence="12-34",
            licensed_by="Board of Kerry",
        ),
    )
    practice.save()
    said = words(look(writing, made.link))
    assert "Dr <Hester> invites you" in said
    assert "Psychologist Licence12-34, Board of Kerry" in said
    assert f"Their address here is {therapist.email}." in said
    assert "<Hester>" not in look(writing, made.link).content.decode()
    assert "J. L." not in said


def test_looking_uses_nothing_up(made, writing, strange, visiting):
    for browser in (writing, strange):
        for _ in range(7):
            assert look(browser, made.link).status_code == 200
            assert browser.get(f"{PAGE}?invitation={made.code.text}").status_code == 200
    assert visiting.get("/invitation/").status_code == 200
    assert Invitation.objects.count() == 1
    assert led_to_the_therapist(accept(writing, made.link))


def test_it_is_used_up(made, writing, strange):
    accept(writing, made.link)
    for send in (look, accept):
        assert send(strange, made.link).status_code == 422


@pytest.fixture
def wrong(writer, partner, therapist, stranger):
    """Each way of being wrong, with what is typed by the writer, who is a therapist as well."""
    with time_machine.travel(NOW - timedelta(hours=72), tick=False):
        old = made_for(therapist).link
    people = {
        name: a_therapist(f"{name}@example.org")
        for name in ("former", "inactive", "erasing", "gone", "without")
    }
    partner.is_therapist = writer.is_therapist = True
    partner.save()
    writer.save()
    used = made_for(therapist)
    accept(signed_in(stranger), used.link)
    withdrawn = made_for(therapist)
    invited = Invitation.objects.get(**withdrawn.secret.where)
    assert invited.file
    of_therapists.withdraw(therapist, invited.file)
    again = made_for(therapist)
    invited = Invitation.objects.get(**again.secret.where)
    assert invited.file
    of_therapists.invite_again(therapist, invited.file, new_token(), "")
    couples.make_couple(people["former"], writer)
    couples.leave(writer)
    couples.make_couple(partner, writer)
    typed = {name: made_for(person).link for name, person in people.items()}
    User.objects.filter(pk=people["inactive"].pk).update(is_active=False)
    User.objects.filter(pk=people["without"].pk).update(is_therapist=False)
    erasure.mark(people["erasing"])
    erasure.erase(people["gone"])
    return {
        "never made": "#" + "x" * 22,
        "a code never made": NOBODYS,
        "old": old,
        "used": used.link,
        "withdrawn": withdrawn.link,
        "replaced": again.link,
        "own": made_for(writer).link,
        "the partner's": made_for(partner).link,
        "to share a workbook": of_couples.invite(stranger, again=True).link,
        **typed,
    }


@pytest.mark.usefixtures("_now")
def test_whatever_is_wrong_is_told_in_the_same_bytes(wrong, writer):
    browser, pages = signed_in(writer), {}
    keys = DataKey.objects.count()
    for name, typed in wrong.items():
        for send in (look, accept):
            cache.clear()
            response = send(browser, typed)
            assert response.status_code == 422, name
            headers = {
                key: value
                for key, value in response.headers.items()
                if key not in ("Content-Length", "Expires")
            }
            page = masked(response, typed)
            pages[page, str(headers), str(sorted(response.cookies))] = name
    assert len(pages) == 1, list(pages.values())
    [(page, *_)] = pages
    assert 'value="<typed>"' in page
    assert access.care_of(writer) is None
    assert DataKey.objects.count() == keys


@pytest.fixture
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def test_what_is_right_is_told_differently(wrong, writer, therapist):
    """The positive control of the test before this one."""
    assert look(signed_in(writer), made_for(therapist).link).status_code == 200


def test_the_invitation_of_a_therapist_opens_no_shared_workbook(made, writing):
    response = writing.post("/together/join/", {"invitation": made.link, "accept": "yes"})
    assert response.status_code == 422
    assert not Couple.objects.exists()
    assert Invitation.objects.count() == 1


def test_wrong_tries_of_both_kinds_count_together(made, therapist, writing):
    for at in range(5):
        page = PAGE if at % 2 else "/together/join/"
        assert writing.post(page, {"invitation": NOBODYS}).status_code == 422
    for page in (PAGE, "/together/join/"):
        refused = writing.post(page, {"invitation": made.code.text})
        assert refused.status_code == 429
        assert f'value="{made.code.text}"' in refused.content.decode()
    assert not CareLink.objects.exists()


def test_what_is_right_does_not_count(made, writing):
    for _ in range(4):
        look(writing, NOBODYS)
    for _ in range(4):
        assert look(writing, made.link).status_code == 200
    assert look(writing, NOBODYS).status_code == 422
    assert look(writing, made.link).status_code == 429


@pytest.mark.parametrize("typed", ["", "12345", "not a code at all", "a" * 501, "\0"])
def test_what_is_no_code_at_all_is_said_and_does_not_count(made, writing, typed):
    for _ in range(6):
        response = look(writing, typed)
        assert response.status_code == 422
        assert "opens no invitation" not in response.content.decode()
    assert look(writing, made.link).status_code == 200


def test_whoever_has_a_therapist_is_told_what_to_do_and_nothing_is_used_up(
    care, therapist, writing, writer
):
    made = made_for(a_therapist("other@example.org"))
    for response, status in (
        (writing.get(PAGE), 200),
        (look(writing, made.link), 409),
        (accept(writing, made.link), 409),
    ):
        assert response.status_code == status
        said = words(response)
        assert f"{therapist.email} has been your therapist here since" in said
        assert "end it with" in said
        assert "other@example.org" not in said
    assert access.care_of(writer) == care
    assert Invitation.objects.count() == 1
    writing.post("/therapist/end/")
    assert led_to_the_therapist(accept(writing, made.link))


def test_pressing_twice_is_told_whose_client_one_is(made, therapist, writing):
    assert led_to_the_therapist(accept(writing, made.link))
    again = accept(writing, made.link)
    assert again.status_code == 409
    assert therapist.email in words(again)
    assert CareLink.objects.count() == 1


@pytest.mark.parametrize("change", ["withdrawn", "linked", "role", "file deleted"])
def test_what_changed_after_looking_counts(made, therapist, writer, stranger, change):
    invitation = Invitation.objects.select_related("file", "inviter").get()
    keys = DataKey.objects.count() + (change == "linked")
    assert invitation.file
    if change == "withdrawn":
        of_therapists.withdraw(therapist, invitation.file)
    elif change == "linked":
        carelinks.make_link(invitation.file, stranger)
    elif change == "role":
        User.objects.filter(pk=therapist.pk).update(is_therapist=False)
    else:
        invitation.file.delete()
        invitation = Invitation(pk=invitation.pk, inviter=therapist, file=invitation.file)
    with pytest.raises(carelinks.NotPossible):
        accepting.accept(writer, invitation)
    assert access.care_of(writer) is None
    assert DataKey.objects.count() == keys


def test_a_therapist_who_lost_the_role_keeps_nobody_from_having_another(
    care, made, therapist, writer, writing
):
    User.objects.filter(pk=therapist.pk).update(is_therapist=False)
    other = made_for(a_therapist("other@example.org"))
    assert led_to_the_therapist(accept(writing, other.link))
    User.objects.filter(pk=therapist.pk).update(is_therapist=True)
    link = access.care_of(writer)
    assert link
    assert link.therapist.email == "other@example.org"
    assert CareLink.objects.count() == 1
    assert not DataKey.objects.filter(pk=care.data_key_id).exists()


@pytest.mark.parametrize("late", ["withdrawn", "linked"])
def test_what_cannot_be_accepted_ends_nothing(care, made, therapist, writer, monkeypatch, late):
    User.objects.filter(pk=therapist.pk).update(is_therapist=False)
    made_for(a_therapist("other@example.org"))
    invitation = Invitation.objects.get(inviter__email="other@example.org")
    if late == "withdrawn":
        Invitation.objects.filter(pk=invitation.pk).delete()
    else:  # as if somebody else were faster after the last look

        def slower(*_):
            raise IntegrityError

        monkeypatch.setattr(carelinks, "_linked", slower)
    with pytest.raises(carelinks.NotPossible):
        accepting.accept(writer, invitation)
    assert CareLink.objects.get().ended_at is None
    assert DataKey.objects.filter(pk=care.data_key_id).exists()


def test_both_of_a_couple_by_their_own_consent_each(couple, therapist, writer, partner, writing):
    accept(writing, made_for(therapist, "one").link)
    assert (access.care_of(writer) is None, access.care_of(partner)) == (False, None)
    accept(signed_in(partner), made_for(therapist, "two").link)
    assert access.care_of(partner)
    assert access.couple_of(writer) == couple


def test_a_therapist_can_be_anothers_client(therapist, desk):
    other = a_therapist("other@example.org")
    assert led_to_the_therapist(accept(desk, made_for(other).link))
    assert at_the_desk(other).get(MINE).status_code == 200


def test_the_first_page_is_the_same_for_everybody(visiting, writing, strange, care, made):
    pages = {
        (answer.status_code, str(answer.headers.items()), answer.content)
        for browser in (visiting, writing, strange)
        for answer in [browser.get("/invitation/"), browser.get("/invitation/?who=me")]
    }
    [(status, headers, content)] = pages
    assert status == 200
    assert ("ETag" in headers, "Cookie" in headers, "public" in headers) == (True, False, True)
    assert b'href="/therapist/accept/"' in content


def test_a_visitor_is_asked_to_sign_in_before_anything_is_looked_up(
    visiting, django_assert_num_queries
):
    for path in (PAGE, MINE, "/therapist/end/"):
        with django_assert_num_queries(0):
            response = visiting.get(path)
        assert (response.status_code, response["Location"]) == (
            302,
            f"/accounts/login/?next={path}",
        )


def test_nothing_of_it_is_logged_or_stands_in_an_address(made, writing, therapist, caplog):
    caplog.set_level(0)
    for typed in (NOBODYS, made.link, made.code.text):
        look(writing, typed)
    kept = caplog.text + str(accept(writing, made.link).headers)
    for text in (made.secret.text, made.code.text, NOBODYS, therapist.email):
        assert text not in kept


def test_a_forged_acceptance_is_refused(made, writer):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(writer)
    assert accept(browser, made.link).status_code == 403
    assert not CareLink.objects.exists()


def test_a_file_of_which_the_invitation_is_used_stays_one(made, therapist, writing):
    a_file(therapist, "another")
    accept(writing, made.link)
    assert ClientFile.objects.count() == 2

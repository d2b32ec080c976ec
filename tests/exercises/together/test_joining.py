"""Being invited."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from exercises import access, couples
from exercises.invitations import limits
from exercises.invitations.marks import grouped
from exercises.models import Couple, Invitation, Membership, Parted
from exercises.together import invitations
from tests.conftest import signed_in
from tests.exercises.together.invited import accept, join, masked
from trustbook.accounts import erasure
from trustbook.accounts.keys.models import DataKey
from trustbook.accounts.models import User
from trustbook.lib.personal_data import ask_all

PAGE = "/together/join/"
NOBODYS = "0000000000"


def led_to_together(response):
    return (response.status_code, response.get("Location")) == (302, "/together/")


@pytest.mark.parametrize("how", ["link", "code", "read_aloud"])
def test_two_people_come_together(made, writer, partner, beside, how):
    typed = made.code.text.lower() if how == "code" else getattr(made, how)
    shown = join(beside, typed)
    page = shown.content.decode()
    assert shown.status_code == 200
    assert f"<h1>{writer.email} invites you</h1>" in page
    assert f"the other sees <b>{partner.email}</b>" in page
    assert not Couple.objects.exists()
    fields = dict(re.findall(r'<input type="hidden" name="(invitation|again)" value="(.*?)"', page))
    assert set(fields) == {"invitation"}
    assert led_to_together(accept(beside, fields["invitation"]))
    couple = Couple.objects.get()
    assert [access.couple_of(one) for one in (writer, partner)] == [couple] * 2
    assert access.partner_known_as(writer) == partner.email
    assert access.partner_known_as(partner) == writer.email


def test_looking_uses_nothing_up(made, beside, strange, visiting):
    """Neither a GET, nor seeing who invites, nor either of them by many."""
    for browser in (beside, strange):
        for _ in range(7):
            assert join(browser, made.link).status_code == 200
            assert browser.get(f"{PAGE}?invitation={made.code.text}").status_code == 200
    assert visiting.get("/join/").status_code == 200
    assert Invitation.objects.count() == 1
    assert led_to_together(accept(beside, made.link))


def test_it_is_used_up_by_whoever_accepts_with_all_of_both(made, writer, partner, beside, strange):
    for person in (writer, partner):
        invitations.invite(person, again=True)
    accept(beside, made.link)
    assert not Invitation.objects.exists()
    for typed in (made.link, made.code.text):
        assert join(strange, typed).status_code == 422


def test_pressing_twice_leads_to_the_same_place(made, beside):
    assert led_to_together(accept(beside, made.link))
    assert led_to_together(accept(beside, made.link))
    assert Couple.objects.count() == 1


@pytest.mark.parametrize("send", [join, accept])
def test_a_press_that_another_press_overtook(made, writer, partner, beside, monkeypatch, send):
    """The first press comes through after the second has found no couple yet."""
    spend = limits.spend

    def overtaken(*arguments):
        couples.make_couple(writer, partner)
        return spend(*arguments)

    monkeypatch.setattr(limits, "spend", overtaken)
    assert led_to_together(send(beside, made.link))


def test_whoever_shares_a_workbook_is_led_to_it(couple, writing, stranger):
    made = invitations.invite(stranger, again=False)
    for response in (writing.get(PAGE), join(writing, made.link), accept(writing, made.link)):
        assert led_to_together(response)
    assert Invitation.objects.count() == 1


@pytest.fixture
def wrong(clock, writer, partner, stranger, visiting):
    """Each way of being wrong, with what is typed, by who was invited; the last one is right."""

    def by(person, **how):
        return invitations.invite(person, **{"again": True} | how).link

    people = {
        name: User.objects.create_user(f"{name}@example.org")
        for name in ("used", "other", "former", "inactive", "erasing", "gone", "apart")
    }
    old = by(stranger)
    clock.shift(timedelta(hours=72))
    used = by(people["used"])
    accept(signed_in(people["other"]), used)
    withdrawn = by(stranger)
    Invitation.objects.filter(inviter=stranger).delete()
    own = by(partner)
    couples.make_couple(people["former"], partner)
    couples.leave(partner)
    own = by(partner)
    former = by(people["former"], again=False)
    couples.make_couple(people["apart"], partner)
    couples.leave(people["apart"])
    own = by(partner)
    apart = by(people["apart"])
    typed = {name: by(people[name]) for name in ("inactive", "erasing", "gone")}
    User.objects.filter(email="inactive@example.org").update(is_active=False)
    erasure.mark(people["erasing"])
    erasure.erase(people["gone"])
    return {
        "never made": "#" + "x" * 22,
        "a code never made": NOBODYS,
        "old": old,
        "used": used,
        "withdrawn": withdrawn,
        "own": own,
        "former, only the invited says so": former,
        "apart, only the inviter says so": apart,
        **typed,
    }


def test_whatever_is_wrong_is_told_in_the_same_bytes(wrong, partner):
    browser, pages = signed_in(partner), {}
    for name, typed in wrong.items():
        again = {"again": "on"} if "only the invited" in name else {}
        for send in (join, accept):
            cache.clear()
            response = send(browser, typed, **again)
            assert response.status_code == 422, name
            headers = {
                key: value
                for key, value in response.headers.items()
                if key not in ("Content-Length", "Expires")
            }
            page = masked(response, typed).replace(" checked", "")
            pages[page, str(headers), str(sorted(response.cookies))] = name
    assert len(pages) == 1, list(pages.values())
    [(page, *_)] = pages
    assert "ask for a new one" in page
    assert "both of you must say so" in page
    assert 'value="<typed>"' in page
    assert not Membership.objects.filter(person=partner).exists()


def test_what_is_right_is_told_differently(wrong, partner, stranger):
    """The positive control of the test before this one."""
    right = invitations.invite(stranger, again=False).link
    assert join(signed_in(partner), right).status_code == 200


def test_it_can_be_accepted_for_72_hours(clock, writer, partner):
    made = invitations.invite(writer, again=False)
    clock.shift(timedelta(hours=72, seconds=-1))
    assert join(signed_in(partner), made.link).status_code == 200
    clock.shift(timedelta(seconds=1))
    for typed in (made.link, made.code.text):
        assert accept(signed_in(partner), typed).status_code == 422
    assert Invitation.objects.exists()
    ask_all("finish")
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("invites", "joins", "together"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_who_parted_come_together_again_only_if_both_say_so(
    couple, writer, partner, invites, joins, together
):
    couples.leave(writer)
    made = invitations.invite(partner, again=invites)
    again = {"again": "on"} if joins else {}
    browser = signed_in(writer)
    for send in (join, accept):
        response = send(browser, made.link, **again)
        assert response.status_code == ((200 if send is join else 302) if together else 422)
    assert bool(access.couple_of(writer)) == together
    assert Parted.objects.count() == (0 if together else 2)


def test_the_page_that_asks_sends_on_that_both_said_so(couple, writer, partner):
    couples.leave(partner)
    made = invitations.invite(partner, again=True)
    page = join(signed_in(writer), made.link, again="on").content.decode()
    assert '<input type="hidden" name="again" value="on">' in page


def test_the_boxes_change_nothing_for_two_who_never_met(writer, partner, beside):
    made = invitations.invite(writer, again=True)
    with_box, without = (masked(join(beside, made.link, **more)) for more in ({"again": "on"}, {}))
    assert with_box.replace('<input type="hidden" name="again" value="on">', "") == without


def test_a_secret_of_the_installation_may_be_replaced(made, beside, settings, partner):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert join(signed_in(partner), made.code.text).status_code == 200


@pytest.mark.parametrize("typed", ["", "   ", "12345", "not a code at all", "a" * 501, "\0"])
def test_what_is_no_code_at_all_is_said_and_does_not_count(made, beside, typed):
    for _ in range(8):
        response = join(beside, typed, again="on")
        assert response.status_code == 422
        assert "opens no invitation" not in response.content.decode()
        assert re.search(r'name="again"[^>]* checked', response.content.decode())
    assert join(beside, made.link).status_code == 200


def test_five_wrong_tries_an_hour_then_the_right_one_has_to_wait(clock, writer, partner):
    made = invitations.invite(writer, again=False)
    browser = signed_in(partner)
    sends = [join, accept, join, accept, join]
    assert [send(browser, NOBODYS).status_code for send in sends] == [422] * 5
    for send in (join, accept):
        response = send(browser, grouped(made.code.text), again="on")
        page = response.content.decode()
        assert response.status_code == 429
        assert "Wait an hour" in page
        assert f'value="{grouped(made.code.text)}"' in page
        assert re.search(r'name="again"[^>]* checked', page)
    assert not Couple.objects.exists()
    assert signed_in(partner).get(PAGE).status_code == 200
    clock.shift(timedelta(minutes=59))
    assert join(signed_in(partner), made.link).status_code == 429
    clock.shift(timedelta(minutes=1))
    assert led_to_together(accept(signed_in(partner), made.link))


def test_guessing_holds_up_nobody_else_at_once(made, beside, strange):
    for _ in range(6):
        join(strange, NOBODYS)
    assert join(beside, made.link).status_code == 200


def test_many_accounts_at_one_network_address_are_held_up(made, beside):
    for number in range(4):
        other = signed_in(User.objects.create_user(f"guesser{number}@example.org"))
        assert [join(other, NOBODYS).status_code for _ in range(5)] == [422] * 5
    assert join(beside, made.link).status_code == 429
    beside.defaults["REMOTE_ADDR"] = "203.0.113.7"
    assert join(beside, made.link).status_code == 200


def test_what_is_right_does_not_count(made, beside):
    for _ in range(4):
        join(beside, NOBODYS)
    for _ in range(4):
        assert join(beside, made.link).status_code == 200
    assert join(beside, NOBODYS).status_code == 422
    assert join(beside, NOBODYS).status_code == 429


def test_a_refused_couple_leaves_no_key(made, writer, partner, stranger):
    """Between looking and locking, the inviter may have joined somebody else."""
    invitation = Invitation.objects.get()
    couples.make_couple(writer, stranger)
    keys = DataKey.objects.count()
    with pytest.raises(couples.NotFree):
        invitations.accept(partner, invitation, again=True)
    assert DataKey.objects.count() == keys
    assert access.couple_of(partner) is None


@pytest.mark.parametrize("change", ["withdrawn", "inactive"])
def test_what_changed_after_looking_counts(made, writer, partner, change):
    invitation = Invitation.objects.get()
    if change == "withdrawn":
        Invitation.objects.all().delete()
    else:
        User.objects.filter(pk=writer.pk).update(is_active=False)
    with pytest.raises(couples.NotFree):
        invitations.accept(partner, invitation, again=True)
    assert not Couple.objects.exists()


def test_the_address_that_is_remembered_is_the_one_of_now(made, writer, partner):
    invitation = Invitation.objects.select_related("inviter").get()
    User.objects.filter(pk=writer.pk).update(email="new@example.org")
    invitations.accept(partner, invitation, again=False)
    assert access.partner_known_as(partner) == "new@example.org"


def test_the_first_page_is_the_same_for_everybody(visiting, writing, beside, made, couple):
    pages = {
        (answer.status_code, str(answer.headers.items()), answer.content)
        for browser in (visiting, writing, beside)
        for answer in [browser.get("/join/"), browser.get("/join/?who=me")]
    }
    [(status, headers, content)] = pages
    assert status == 200
    assert "ETag" in headers
    assert "Cookie" not in headers
    assert "public" in headers
    assert b'href="/together/join/"' in content


def test_a_visitor_is_asked_to_sign_in_before_anything_is_looked_up(
    visiting, made, django_assert_num_queries
):
    for path in (PAGE, "/together/safety/", "/together/invite/", "/together/leave/"):
        with django_assert_num_queries(0):
            response = visiting.get(path)
        assert (response.status_code, response["Location"]) == (
            302,
            f"/accounts/login/?next={path}",
        )


def test_the_page_about_safety_changes_nothing(writing, couple, beside):
    shown = {masked(browser.get("/together/safety/")) for browser in (writing, beside)}
    assert len(shown) == 1
    assert 'href="/help/"' in shown.pop()


@pytest.mark.parametrize("path", [PAGE, "/together/invite/"])
def test_what_to_think_of_first_stands_on_both_pages(writing, path):
    page = writing.get(path).content.decode()
    assert 'href="/together/safety/"' in page
    assert 'href="/help/"' in page


def test_nothing_of_it_is_logged_or_stands_in_an_address(made, beside, caplog, writer):
    caplog.set_level(0)
    for typed in (NOBODYS, made.link, made.code.text):
        join(beside, typed)
    response = accept(beside, made.link)
    kept = caplog.text + str(response.headers)
    for text in (made.secret.text, made.code.text, NOBODYS, writer.email):
        assert text not in kept


def test_a_forged_acceptance_is_refused(made, partner):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(partner)
    assert accept(browser, made.link).status_code == 403
    assert not Couple.objects.exists()

"""What a client shares, as FHIR: for themselves, and for their therapist, who leaves a trace."""

import json
import re
import uuid
from datetime import date

import pytest

from exercises import access, carelinks
from exercises.models import Opening, Pulse, Share
from tests.conftest import a_therapist, at_the_desk, signed_in
from tests.exercises.care_of import CANARY, shared
from tests.exercises.fhir.reading import value_in
from tests.exercises.pulse.checkin import told
from tests.exercises.workbook import Workbook
from trustbook.lib import encryption

SECRET = "an otter slept on its back"
MINE = "/therapist/fhir/every-kind/"


@pytest.fixture
def theirs(care):
    """The address of one lesson for the therapist."""
    return f"/care/clients/{care.file.pk}/fhir/every-kind/"


@pytest.fixture
def both(trial, care, writing, desk, theirs):
    """The two browsers, each with its address."""
    return {"client": (writing, MINE), "therapist": (desk, theirs)}


def held(reply):
    """The resources in a reply, the Questionnaire first."""
    assert reply.status_code == 200
    return [entry["resource"] for entry in json.loads(reply.content)["entry"]]


@pytest.mark.parametrize("who", ["client", "therapist"])
def test_the_file(both, care, writing, who):
    shared(care, writing)
    browser, address = both[who]
    reply = browser.get(address)
    [form, told] = held(reply)
    assert value_in(form["item"][0], told["item"], "text") == CANARY
    assert (form["title"], form["item"][0]["text"]) == ("Every kind", "Which moment comes to mind?")
    assert reply.headers["Content-Type"] == "application/fhir+json; charset=utf-8"
    assert reply.headers["Content-Disposition"] == 'attachment; filename="exercise.fhir.json"'
    assert {"private", "no-store"} <= set(reply.headers["Cache-Control"].split(", "))


def test_both_are_given_the_same_bytes(both, care, writing):
    shared(care, writing)
    files = [browser.get(address).content for browser, address in both.values()]
    assert files[0] == files[1]


def test_nothing_says_whose_it_is_or_when_it_was_written(both, care, writing, writer, therapist):
    shared(care, writing)
    browser, address = both["therapist"]
    file = browser.get(address)
    names = [writer.email, therapist.email, str(writer.pk), str(care.pk), "Tuesday", "testserver"]
    years = ["2024", "2025", "2026", "2027"]
    assert [name for name in names + years if name in file.content.decode()] == []
    told = held(file)[1]
    assert {"subject", "author", "source", "authored"} & told.keys() == set()


@pytest.mark.parametrize("who", ["client", "therapist"])
def test_nothing_that_is_not_shared(both, care, writing, writer, who):
    book = Workbook(writing, writer)
    book.saved("theirs", {"mine": SECRET, "guess": SECRET})
    book.saved("place", "outside")
    share = shared(care, writing)
    book.saved("moment", f"later: {SECRET}", base=str(share.revision_id))
    browser, address = both[who]
    reply = browser.get(address)
    [form, told] = held(reply)
    assert [item["linkId"] for item in form["item"]] == ["moment"]
    assert told["item"][0]["answer"] == [{"valueString": CANARY}]
    assert SECRET not in reply.content.decode()
    assert "Where was it?" not in reply.content.decode()


@pytest.mark.parametrize("who", ["client", "therapist"])
@pytest.mark.parametrize("lesson", ["every-kind", "last", "weeks", "nothing", "%00", "a" * 300])
def test_where_nothing_is_shared_there_is_nothing(both, writing, writer, who, lesson):
    Workbook(writing, writer).saved("moment", SECRET)
    told(writer, date(2026, 5, 4), {"openness": 7})
    browser, address = both[who]
    assert browser.get(address.replace("every-kind", lesson)).status_code == 404
    assert Opening.objects.count() == 0


@pytest.mark.parametrize("who", ["client", "therapist"])
@pytest.mark.parametrize("lesson", ["last", "weeks", "nothing", "%00", "a" * 300])
def test_what_is_shared_elsewhere_is_no_answer(both, care, writing, writer, who, lesson):
    shared(care, writing)
    told(writer, date(2026, 5, 4), {"openness": 7})
    browser, address = both[who]
    assert browser.get(address.replace("every-kind", lesson)).status_code == 404
    assert Opening.objects.count() == 0


@pytest.mark.parametrize("who", ["client", "therapist"])
def test_nothing_after_the_end(both, care, writing, who):
    shared(care, writing)
    browser, address = both[who]
    assert browser.get(address).status_code == 200
    carelinks.end(care)
    assert browser.get(address).status_code == 404


def test_the_client_sees_that_it_was_taken(both, care, writing, writer):
    share = shared(care, writing)
    mine, theirs = both["client"], both["therapist"]
    mine[0].get(mine[1])
    assert not access.own_openings(writer).exists()
    theirs[0].get(theirs[1])
    [noted] = access.own_openings(writer)
    assert (noted.row, noted.revision, noted.how) == (share.row_id, share.revision_id, "export")


def test_nothing_leaves_that_could_not_be_noted(both, care, writing, monkeypatch):
    shared(care, writing)

    def fails(*_):
        raise encryption.Unreadable

    monkeypatch.setattr("exercises.access.openings._note", fails)
    browser, address = both["therapist"]
    with pytest.raises(encryption.Unreadable):
        browser.get(address)


def test_no_other_therapist(trial, care, writing, theirs):
    shared(care, writing)
    other = at_the_desk(a_therapist("other@example.org"))
    missing = theirs.replace(str(care.file.pk), str(uuid.uuid4()))
    assert [other.get(path).status_code for path in (theirs, missing)] == [404, 404]
    assert Opening.objects.count() == 0


def test_another_person_has_none(trial, care, writing, stranger):
    shared(care, writing)
    assert signed_in(stranger).get(MINE).status_code == 404


@pytest.mark.parametrize("who", ["client", "therapist"])
def test_the_weeks(both, care, writer, who):
    """Those that are shared, each with its Monday."""
    for week, number in ((date(2026, 5, 4), 7), (date(2026, 5, 11), 1), (date(2026, 5, 18), 2)):
        told(writer, week, {"openness": number})
    for pulse in Pulse.objects.of(writer).exclude(week=date(2026, 5, 11)):
        pin = Share.fields_of(pulse, pulse.head)
        Share.objects.create(
            owner=writer, care=care, audience="therapist", since="2026-05-20", **pin
        )
    browser, address = both[who]
    [form, *weeks] = held(browser.get(address.replace("every-kind", "weeks")))
    found = {
        one["item"][0]["answer"][0]["valueDate"]: value_in(form["item"][1], one["item"], "pulse")
        for one in weeks
    }
    rest = dict.fromkeys(["reliability", "boundaries", "support", "safety"])
    assert found == {"2026-05-04": {"openness": 7} | rest, "2026-05-18": {"openness": 2} | rest}
    assert Opening.objects.count() == (2 if who == "therapist" else 0)


def test_the_client_is_told_of_which_lessons_there_is_a_file(both, care, writing, writer):
    Workbook(writing, writer, "last").saved("one", SECRET)
    page = writing.get("/therapist/fhir/")
    assert "You share nothing with your therapist now" in page.content.decode()
    shared(care, writing)
    shared(care, writing, "sure", "3")
    told(writer, date(2026, 5, 4), {"openness": 7})
    week = Pulse.objects.of(writer).get()
    pin = Share.fields_of(week, week.head) | {"since": date(2026, 5, 20)}
    Share.objects.create(owner=writer, care=care, audience="therapist", **pin)
    page = writing.get("/therapist/fhir/").content.decode()
    files = re.findall(r'<b>(.*?)</b> <a href="(.*?)" download>', page)
    assert files == [("Every kind", MINE), ("Trust pulse", MINE.replace("every-kind", "weeks"))]
    assert [writing.get(address).status_code for _, address in files] == [200, 200]
    carelinks.end(care)
    assert writing.get("/therapist/fhir/").status_code == 404


def test_in_the_order_of_the_lesson(both, care, writing):
    shared(care, writing, "sure", "3")
    shared(care, writing, "moment")
    shared(care, writing, "place", "home")
    browser, address = both["therapist"]
    [form, told] = held(browser.get(address))
    order = [[item["linkId"] for item in one["item"]] for one in (form, told)]
    assert order == [["moment", "place", "sure"]] * 2

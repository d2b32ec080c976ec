"""A therapist's export and a client's: to each their own, and nothing of the other's texts."""

import json
from datetime import date

import pytest
from django.utils import timezone

from exercises import access, carelinks
from exercises.models import About, How, Practice, SessionNote
from exercises.pulse.prompts import NOTE
from exercises.recording import Draft, record
from tests.exercises.care_of import CANARY, SAID, assigned, shared
from tests.exercises.test_care_keepsakes import REPLIED, TOLD, said
from tests.privacy.test_archive import taken, texts
from tests.privacy.test_import import bring_document, document_of
from trustbook.privacy import workbook

CARE = ("therapists", "assignments", "responses", "openings")
THEIRS = ("practices", "clients", "pathways", "own_lessons")
NOTED = "the egret was tired"


@pytest.fixture(autouse=True)
def _without_pdf(monkeypatch):
    monkeypatch.setattr(workbook, "pdf", lambda *_: b"%PDF")


@pytest.fixture
def both(trial, care, therapist, writer, writing):
    """An answer is shared and was opened; each has said something; there is a note, put aside."""
    share = shared(care, writing)
    said(care, share.answer, TOLD, therapist)
    said(care, share.answer, REPLIED, writer)
    access.read_shared(therapist, care.file.pk, How.EXPORT)
    row = assigned(care)
    row.aside_at = timezone.now()
    row.save()
    draft = Draft(NOTED, None, share.pk)
    record(SessionNote, {"file": care.file, "day": "2026-05-03"}, therapist, NOTE, draft)
    practice = Practice(therapist=therapist)
    practice.seal(therapist, About(name="Dr Egret"))
    practice.save()
    return care


def everything(person):
    found = taken(person)
    return texts(found, ".md") + texts(found, ".json")


def test_a_therapist_takes_what_they_wrote_and_nothing_else(both, therapist, writer):
    text = everything(therapist)
    for theirs in (TOLD, SAID, NOTED, "Tuesday, 10:00", "Dr Egret"):
        assert theirs in text
    for secret in (CANARY, REPLIED, writer.email, "aside_at", "put aside", "openings"):
        assert secret not in text.replace(schema_in(text), "")


def schema_in(text):
    """The schema is the same for everybody."""
    start = text.index('{\n  "$schema"')
    return text[start:]


def test_a_client_takes_what_was_said_to_them_and_the_access_record(both, therapist, writer):
    held = document_of(writer)
    assert [held["therapists"][0]["since"]] == [both.since.isoformat()]
    [given] = held["assignments"]
    assert (given["note"], given["aside_at"] is None) == (SAID, False)
    assert [(one["writer"], one["value"]) for one in held["responses"]] in (
        [("therapist", TOLD), ("you", REPLIED)],
        [("you", REPLIED), ("therapist", TOLD)],
    )
    [opened] = held["openings"]
    assert (opened["how"], opened["prompt_id"]) == ("export", "moment")
    text = everything(writer)
    for secret in (NOTED, "Tuesday, 10:00", "Dr Egret", therapist.email, str(therapist.pk)):
        assert secret not in text


def test_a_client_does_not_take_what_they_are_not_to_see_yet(both, writer):
    assigned(both, "last", "for later", starts_on=date(2999, 1, 1))
    assert "for later" not in everything(writer)


def test_who_has_no_therapist_and_is_none_has_no_key_of_it(trial, writer):
    assert [key for key in document_of(writer) if key in (*CARE, *THEIRS)] == []


def test_after_the_end_the_client_keeps_copies_and_the_record(both, therapist, writer):
    carelinks.end(both)
    held = document_of(writer)
    assert [key for key in held if key in CARE] == ["openings"]
    assert len(held["keepsakes"]) == 2
    [client] = document_of(therapist)["clients"]
    assert (client["label"], client["assignments"], client["responses"]) == (
        "Tuesday, 10:00",
        [],
        [],
    )
    assert [one["value"] for one in client["notes"][0]["revisions"]] == [NOTED]


@pytest.mark.parametrize("field", ["is_active", "is_therapist"])
def test_nothing_goes_out_of_a_link_that_does_not_hold(both, therapist, writer, field):
    setattr(therapist, field, False)
    therapist.save()
    assert [key for key in document_of(writer) if key in CARE] == ["openings"]


def test_none_of_it_is_brought_in(both, therapist, stranger):
    assert bring_document(stranger, document_of(therapist)).status_code == 200
    assert [key for key in document_of(stranger) if key in (*CARE, *THEIRS)] == []


def test_the_key_that_goes_while_it_is_written_out(both, writer):
    """Ended between the first and the last row: what is left out was copied for the client."""
    from exercises import exported_care

    rows = exported_care.data_of(writer)
    carelinks.end(both)
    assert [list(rows[key]) for key in ("assignments", "responses")] == [[], []]
    assert json.dumps([row["value"] for row in document_keepsakes(writer)])


def document_keepsakes(person):
    return [row["revisions"][0] for row in document_of(person)["keepsakes"]]

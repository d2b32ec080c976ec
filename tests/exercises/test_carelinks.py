"""A therapist and a client: how that begins and ends, down to the rows and keys."""

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.http import Http404

from exercises import access, carelinks, couples
from exercises.models import Assignment, CareLink, ClientFile, How, Opening, Share
from tests.conftest import a_file, a_therapist
from tests.exercises.care_of import CANARY, assigned, shared
from trustbook.accounts import erasure
from trustbook.accounts.keys.models import DataKey
from trustbook.lib import ledger


def test_a_client_has_a_therapist(care, therapist, writer, stranger):
    assert access.care_of(writer) == care
    assert access.care_of(stranger) is access.care_of(therapist) is None
    [file] = access.own_files(therapist)
    assert (file.label(therapist), file.link) == ("Tuesday, 10:00", care)
    assert access.own_files(writer) == []


def test_nobody_has_two_therapists(care, writer):
    with pytest.raises(carelinks.NotPossible):
        carelinks.make_link(a_file(a_therapist("other@example.org"), "x"), writer)
    assert access.care_of(writer) == care
    assert DataKey.objects.count() == 4


def test_nobody_is_their_own_therapist(therapist):
    with pytest.raises(carelinks.NotPossible):
        carelinks.make_link(a_file(therapist, "me"), therapist)
    with pytest.raises(IntegrityError), transaction.atomic():
        CareLink.objects.create(
            therapist=therapist, client=therapist, data_key_id=therapist.pk, since="2026-05-03"
        )


def test_never_between_two_who_share_a_workbook(therapist, writer):
    couples.make_couple(therapist, writer)
    with pytest.raises(carelinks.NotPossible):
        carelinks.make_link(a_file(therapist, "x"), writer)
    couples.leave(writer)
    with pytest.raises(carelinks.NotPossible):
        carelinks.make_link(a_file(therapist, "x"), writer)


def test_never_a_couple_of_therapist_and_client(care, therapist, writer):
    with pytest.raises(couples.NotFree):
        couples.make_couple(therapist, writer)


@pytest.mark.parametrize("how", ["ended", "client erased", "therapist erased"])
def test_the_end(trial, care, therapist, writer, writing, how):
    named = (carelinks.WORD, care.pk)
    shared(care, writing)
    assigned(care)
    access.read_shared(therapist, care.file.pk, How.SCREEN)
    if how == "ended":
        carelinks.end(care)
    else:
        erasure.erase(writer if how == "client erased" else therapist)
    assert [model.objects.count() for model in (CareLink, Share, Assignment)] == [0, 0, 0]
    assert not DataKey.objects.filter(pk=care.data_key_id).exists()
    assert named in list(ledger.read(settings.LEDGER))
    assert ClientFile.objects.count() == (0 if how == "therapist erased" else 1)
    assert Opening.objects.count() == (0 if how == "client erased" else 1)
    if how != "therapist erased":
        [file] = access.own_files(therapist)
        assert (file.label(therapist), file.link) == ("Tuesday, 10:00", None)
        with pytest.raises(Http404):
            access.read_shared(therapist, file.pk, How.SCREEN)


@pytest.mark.parametrize("field", ["is_active", "is_therapist"])
def test_without_the_role_nothing_is_shown(trial, care, therapist, writer, writing, field):
    shared(care, writing)
    setattr(therapist, field, False)
    therapist.save()
    assert access.care_of(writer) is None
    assert access.audiences(writer) == ()
    with pytest.raises(Http404):
        access.read_shared(therapist, care.file.pk, How.SCREEN)
    assert Opening.objects.count() == 0


def test_each_reading_is_noted(trial, care, therapist, writer, writing):
    share = shared(care, writing)
    assert access.unread(care) == {share.row_id}
    [read] = access.read_shared(therapist, care.file.pk, How.SHEET)
    assert read.opened.value == CANARY
    [noted] = access.own_openings(writer)
    assert (noted.row, noted.revision, noted.how) == (share.row_id, share.revision_id, "sheet")
    assert access.unread(care) == set()


def test_what_cannot_be_noted_is_not_read(trial, care, therapist, writing, monkeypatch):
    shared(care, writing)

    def fails(*_):
        raise DatabaseError

    monkeypatch.setattr("exercises.access.openings._note", fails)
    with pytest.raises(DatabaseError):
        access.read_shared(therapist, care.file.pk, How.SCREEN)


@pytest.mark.postgres
def test_the_record_can_be_neither_changed_nor_deleted(trial, care, therapist, writer, writing):
    shared(care, writing)
    access.read_shared(therapist, care.file.pk, How.SCREEN)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.update(how=How.PDF)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.all().delete()
    [noted] = access.own_openings(writer)
    assert noted.how == "screen"

"""What a client is called, ending with one, and deleting what is kept of them."""

import pytest
from django.conf import settings

from exercises import access, carelinks, clientfiles
from exercises.models import CareLink, ClientFile, Invitation, SessionNote
from exercises.personal_data import forget
from tests.conftest import a_file
from tests.exercises.care.inviting import handed, invite, opened_by, words
from tests.exercises.client.invited import accept
from trustbook.accounts.models import User
from trustbook.lib import ledger


def at(file, what=""):
    return f"/care/clients/{file.pk}/{what}"


@pytest.fixture
def file(care):
    """The writer's, who is linked."""
    return care.file


def noted(file):
    """Something that the therapist keeps of the client."""
    return SessionNote.objects.filter(file=file).exists()


def test_another_label(desk, file, therapist):
    assert "Tuesday, 10:00" in words(desk.get(at(file, "label/")))
    response = desk.post(at(file, "label/"), {"label": " Thursday "})
    assert (response.status_code, response["Location"]) == (302, at(file))
    assert access.own_file(therapist, file.pk).label(therapist) == "Thursday"


@pytest.mark.parametrize("label", ["", "a" * 101, "a\0", "ANOTHER"])
def test_a_label_that_will_not_do(desk, file, therapist, label):
    a_file(therapist, "Another")
    response = desk.post(at(file, "label/"), {"label": label})
    assert response.status_code == 422
    assert label.replace("\0", "") in words(response).replace("\0", "")
    assert access.own_file(therapist, file.pk).label(therapist) == "Tuesday, 10:00"


def test_the_same_label_once_more_is_no_other_clients(desk, file):
    assert desk.post(at(file, "label/"), {"label": "tuesday, 10:00"}).status_code == 302


def test_before_ending_the_therapist_is_told_that_the_client_is_not(desk, file, writer):
    said = words(desk.get(at(file, "end/")))
    for told in ("Your client is not told.", "You keep</b> your label and your notes"):
        assert told in said
    assert access.care_of(writer)


def test_ended_by_a_press_and_the_file_stays(desk, file, writer, therapist):
    for _ in range(2):
        response = desk.post(at(file, "end/"))
        assert (response.status_code, response["Location"]) == (302, at(file))
    assert access.care_of(writer) is None
    [kept] = access.own_files(therapist)
    assert (kept.label(therapist), kept.link) == ("Tuesday, 10:00", None)
    assert desk.get(at(file, "end/"))["Location"] == at(file)


def test_nothing_is_deleted_while_the_client_is_one(desk, file, writer):
    assert "End it first" in words(desk.get(at(file, "delete/")))
    response = desk.post(at(file, "delete/"))
    assert response.status_code == 422
    assert "End it first" in words(response)
    assert access.care_of(writer)


def test_deleted_with_label_and_invitation_for_good(desk, therapist):
    link, _ = handed(invite(desk))
    [kept] = access.own_files(therapist)
    assert "go for good" in words(desk.get(at(kept, "delete/")))
    response = desk.post(at(kept, "delete/"))
    assert (response.status_code, response["Location"]) == (302, "/care/")
    assert not ClientFile.objects.exists()
    assert opened_by(link) is None
    assert (clientfiles.WORD, kept.pk) in list(ledger.read(settings.LEDGER))
    assert desk.post(at(kept, "delete/")).status_code == 404


def test_a_restored_backup_brings_none_of_it_back(care, file, writer):
    """Neither the file, nor a link that it had when the backup was made."""
    assert forget(clientfiles.WORD, [file.pk]) == 1
    assert (ClientFile.objects.exists(), CareLink.objects.exists()) == (False, False)
    assert access.care_of(writer) is None
    assert forget(clientfiles.WORD, [file.pk]) == 0


def test_what_the_ledger_cannot_be_told_is_not_deleted(desk, therapist, settings, tmp_path):
    kept = a_file(therapist, "kept")
    settings.LEDGER = tmp_path / "missing" / "ledger"
    with pytest.raises(OSError, match="No such file"):
        desk.post(at(kept, "delete/"))
    assert ClientFile.objects.get() == kept


def test_accepted_while_the_page_was_open(desk, therapist, writing, writer):
    link, _ = handed(invite(desk))
    [kept] = access.own_files(therapist)
    desk.get(at(kept, "delete/"))
    accept(writing, link)
    assert desk.post(at(kept, "delete/")).status_code == 422
    assert not clientfiles.delete(therapist, kept)
    assert access.care_of(writer)


def test_a_client_whose_account_is_closed_is_not_linked(desk, file, writer):
    User.objects.filter(pk=writer.pk).update(is_active=False)
    assert desk.get(at(file, "end/"))["Location"] == at(file)
    assert desk.post(at(file, "delete/"))["Location"] == "/care/"
    assert (ClientFile.objects.exists(), CareLink.objects.exists()) == (False, False)


def test_ended_and_deleted_nothing_is_left(desk, file, care):
    carelinks.end(care)
    desk.post(at(file, "delete/"))
    for model in (ClientFile, CareLink, Invitation, SessionNote):
        assert not model.objects.exists()

"""Killed between any two steps of ending a client's work with a therapist, nothing is half done.

Before the first commit all is as if nobody had ended it; after it nothing is shown any more, and
the client has their copies, once and whole. Whatever is left then, another process completes.
"""

import uuid
from datetime import date

import pytest
from django.conf import settings
from django.utils import timezone

from exercises import access, carelinks
from exercises.models import Answer, Assignment, CareLink, ClientFile, Keepsake, Response, Share
from exercises.recording import Draft, record
from lessons.kinds import prompt_from
from tests.conftest import a_file
from trustbook.accounts.keys import vault
from trustbook.accounts.keys.models import DataKey
from trustbook.accounts.models import User
from trustbook.lib import ledger

pytestmark = [pytest.mark.usefixtures("here"), pytest.mark.prove]

PROMPT = prompt_from({"id": "moment", "kind": "text", "ask": "What?"})
PIECES = 3
TEXTS = sorted(
    text
    for number in range(PIECES)
    for text in (f"note {number}", f"Your therapist:\nresponse {number}")
)
BEFORE = {
    "noted in the ledger": "trustbook.lib.ledger:append",
    "half of it copied": "exercises.models.joint:Keepsake.save#3",
    "copied, not committed": "exercises.carelinks:copy_care_for",
    "shares withdrawn, not committed": "exercises.shown:withdraw",
}
"""Steps after which all is as if nobody had ended it."""
AFTER = {
    "parted": "exercises.carelinks:_part",
    "key destroyed": "trustbook.accounts.keys.vault:destroy_key",
    "rows deleted": "exercises.models.care:CareLink.delete",
}


@pytest.fixture
def link():
    """A client with answers that are shared and were answered on, and with notes."""
    therapist, client = (User.objects.create_user(address(), None) for _ in range(2))
    User.objects.filter(pk=therapist.pk).update(is_therapist=True)
    therapist.refresh_from_db()
    care = carelinks.make_link(a_file(therapist, "Tuesday, 10:00"), client)
    for number in range(PIECES):
        given = Assignment(link=care, lesson_id=f"lesson-{number}", assigned_on=date(2026, 5, 3))
        given.seal_note(care, f"note {number}")
        given.save()
        discussed(care, f"lesson-{number}", f"response {number}")
    return care


def address():
    return f"{uuid.uuid4().hex}@example.org"


def discussed(care, lesson_id, text):
    """An answer that is shared, on which the therapist has answered."""
    where = {"lesson_id": lesson_id, "prompt_id": "moment"}
    saved = record(Answer, where, care.client, PROMPT, Draft("mine", None, uuid.uuid4()))
    assert saved
    answer = Answer.objects.get(pk=saved.row.pk)
    pin = Share.fields_of(answer, saved.head)
    since = date(2026, 5, 3)
    Share.objects.create(owner=care.client, care=care, audience="therapist", since=since, **pin)
    response = Response(link=care, answer=answer, revision=saved.head.pk, token=uuid.uuid4())
    response.shared_on = since
    response.writer, response.written_at = care.therapist, timezone.now()
    response.shared_on = timezone.localdate()
    response.seal(care, text)
    response.save()


def kept(person):
    """What a person's keepsakes say."""
    vault.forget_all()
    rows = Keepsake.objects.filter(author=person)
    return sorted(row.open(row.head, person).value for row in rows)


def nothing_is_left_of(link):
    vault.forget_all()
    assert not CareLink.objects.filter(pk=link.pk).exists()
    for model in (Assignment, Response):
        assert not model.objects.filter(link_id=link.pk).exists()
    assert not Share.objects.filter(care_id=link.pk).exists()
    assert not DataKey.objects.filter(pk=link.data_key_id).exists()
    assert ("care", link.pk) in ledger.read(settings.LEDGER)


@pytest.mark.parametrize("step", BEFORE)
def test_before_the_first_commit_nothing_has_ended(installation, link, step):
    installation.dies(BEFORE[step], "end_care", link.client.email)
    assert access.care_of(link.client) == link
    assert kept(link.client) == []
    assert len(access.shares_with_therapist(link)) == PIECES
    carelinks.end(CareLink.objects.get(pk=link.pk))
    assert kept(link.client) == TEXTS
    nothing_is_left_of(link)


@pytest.mark.parametrize("step", AFTER)
def test_after_it_nothing_is_shown_and_another_process_completes_the_rest(installation, link, step):
    installation.dies(AFTER[step], "end_care", link.client.email)
    assert access.care_of(link.client) is None
    assert Share.objects.filter(care_id=link.pk).count() == 0
    assert kept(link.client) == TEXTS
    installation.manage("finish_erasures")
    assert kept(link.client) == TEXTS
    nothing_is_left_of(link)
    [file] = ClientFile.objects.filter(therapist=link.therapist)
    assert (file.label(link.therapist), file.link) == ("Tuesday, 10:00", None)


def test_the_other_can_end_again_what_was_ended_half(installation, link):
    installation.dies(AFTER["parted"], "end_care", link.client.email)
    carelinks.end(CareLink.objects.get(pk=link.pk))
    assert kept(link.client) == TEXTS
    nothing_is_left_of(link)


@pytest.mark.parametrize("who", ["therapist", "client"])
def test_an_account_that_is_deleted_leaves_the_client_all(installation, link, who):
    going = getattr(link, who)
    installation.dies("trustbook.accounts.erasure:mark", "erase_account", going.email, "--yes")
    assert kept(link.client) == TEXTS
    installation.manage("finish_erasures")
    nothing_is_left_of(link)
    assert kept(link.client) == (TEXTS if who == "therapist" else [])
    files = ClientFile.objects.filter(therapist_id=link.therapist_id).count()
    assert files == (0 if who == "therapist" else 1)

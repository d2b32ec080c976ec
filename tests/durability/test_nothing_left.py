"""On SQLite nothing of what was deleted is left in any file, the log of the database included."""

import pytest
from django.db import connections

from exercises import deletion
from exercises.models import Answer
from tests.conftest import signed_in
from tests.durability.conftest import prepared
from tests.durability.installation import Installation
from tests.exercises.workbook import Workbook
from trustbook.accounts import erasure
from trustbook.accounts.keys.models import DataKey
from trustbook.accounts.models import User


@pytest.fixture
def place(tmp_path, own_databases):
    installation = prepared(Installation(tmp_path))
    with installation.here():
        yield tmp_path


def found(folder, *needles):
    """How many of the needles are in some file."""
    bodies = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return sum(needle in bodies for needle in needles)


def sealed(row):
    return [bytes(one) for one in row.revisions.values_list("sealed", flat=True)]


def test_neither_ciphertext_nor_key(place):
    person = User.objects.create_user("writer@example.org", None)
    book = Workbook(signed_in(person), person)
    book.saved("moment", "more", base=book.saved("moment", "a heron"))
    book.saved("place", "home")
    answer, other = book.answer("moment"), book.answer("place")
    ciphertexts = sealed(answer)
    assert found(place, *ciphertexts) == 2, "the positive control"

    assert deletion.hide(answer, answer.head_id)
    assert found(place, *ciphertexts) == 2, "it could not be undone"
    deletion.purge_now(Answer.hidden.get(pk=answer.pk))
    assert found(place, *ciphertexts) == 0

    wrapped = bytes(DataKey.objects.get(pk=person.data_key_id).wrapped)
    rest = [wrapped, *sealed(other), person.email.encode()]
    assert found(place, *rest) == 3
    for connection in connections.all():
        connection.close()
    erasure.erase(person)
    assert found(place, *rest) == 0

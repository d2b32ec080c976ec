"""``rotate_keys`` killed halfway leaves every key open to whoever has both master keys."""

import uuid

import pytest

from trustbook.accounts.keys import vault
from trustbook.accounts.keys.models import DataKey
from trustbook.accounts.models import User
from trustbook.lib.encryption import MasterKeys, Unreadable

PEOPLE = 5
STEPS = {
    "wrapped anew, not stored": "trustbook.lib.encryption:MasterKeys.wrap#3",
    "stored": "django.db.models.query:QuerySet.update#3",
}


@pytest.mark.parametrize("step", STEPS)
def test_rotation_killed_in_the_middle_is_completed_by_the_next(installation, own_databases, step):
    old, new = installation.env["TRUSTBOOK_MASTER_KEYS"], MasterKeys.make()
    with installation.here():
        for _ in range(PEOPLE):
            User.objects.create_user(f"{uuid.uuid4().hex}@example.org", None)
        keys = unwrapped()

    installation.env["TRUSTBOOK_MASTER_KEYS"] = f"{new},{old}"
    installation.dies(STEPS[step], "rotate_keys")
    with installation.here():
        done = under(new)
        assert done == (3 if step == "stored" else 2)
        assert done + under(old) == len(keys)
        assert unwrapped() == keys

    assert f"anew: {len(keys) - done}." in installation.manage("rotate_keys")
    installation.env["TRUSTBOOK_MASTER_KEYS"] = new
    with installation.here():
        assert unwrapped() == keys

    installation.env["TRUSTBOOK_MASTER_KEYS"] = old
    with installation.here(), pytest.raises(Unreadable):
        unwrapped()
    installation.env["TRUSTBOOK_MASTER_KEYS"] = new


def unwrapped():
    """All data keys by their ids."""
    return {pk: vault.data_key(pk) for pk in DataKey.objects.values_list("pk", flat=True)}


def under(master):
    """How many data keys this master key has wrapped."""
    mark = MasterKeys.parse(master).newest
    wrapped = DataKey.objects.values_list("wrapped", flat=True)
    return sum(bytes(one).startswith(mark) for one in wrapped)

"""Data keys: in memory for five minutes, wrapped by the newest master key, gone when destroyed."""

import time

import pytest
import time_machine
from django.core.management import call_command

from tests.exercises.workbook import Workbook
from trustbook.accounts.keys import vault
from trustbook.accounts.keys.models import DataKey
from trustbook.lib.encryption import MasterKeys, Unreadable

pytestmark = pytest.mark.postgres


@pytest.fixture
def keys():
    """Three data keys with what they are."""
    made = [vault.make_key() for _ in range(3)]
    return {key_id: vault.data_key(key_id) for key_id in made}


def unwrapped(keys):
    vault.forget_all()
    return {key_id: vault.data_key(key_id) for key_id in keys}


def fingerprints():
    return {bytes(row.wrapped)[:8] for row in DataKey.objects.all()}


def masters(settings, *texts):
    settings.MASTER_KEYS = MasterKeys.parse(",".join(texts))


def test_a_key_is_the_same_whenever_it_is_asked_for(keys):
    assert unwrapped(keys) == keys
    assert len(set(keys.values())) == 3


def test_the_database_holds_no_key_unwrapped(keys):
    for row in DataKey.objects.all():
        assert keys[row.pk] not in bytes(row.wrapped)


def test_a_wrapped_key_moved_to_another_row_does_not_open(keys):
    one, other, _ = keys
    DataKey.objects.filter(pk=one).update(wrapped=DataKey.objects.get(pk=other).wrapped)
    vault.forget_all()
    with pytest.raises(Unreadable):
        vault.data_key(one)


def test_every_flipped_bit_of_a_wrapped_key_is_found(keys):
    row = DataKey.objects.get(pk=next(iter(keys)))
    whole = bytes(row.wrapped)
    for bit in range(0, len(whole) * 8, 5):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        DataKey.objects.filter(pk=row.pk).update(wrapped=bytes(changed))
        vault.forget_all()
        with pytest.raises(Unreadable):
            vault.data_key(row.pk)


def test_it_stays_in_memory_for_five_minutes_at_most(keys, django_assert_num_queries, monkeypatch):
    [key_id, *_] = keys
    now = [1_000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    vault.forget_all()
    counts = []
    for seconds in (0, 299, 1, 299):
        now[0] += seconds
        with django_assert_num_queries(int(seconds in (0, 1)), using="keys"):
            vault.data_key(key_id)
        counts.append(len(vault._unwrapped))
    assert counts == [1, 1, 1, 1]


def test_others_are_forgotten_too(keys, monkeypatch):
    now = [1_000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    unwrapped(keys)
    now[0] += 300
    vault.data_key(next(iter(keys)))
    assert len(vault._unwrapped) == 1


def test_a_destroyed_key_is_gone_at_once(keys):
    [key_id, *_] = keys
    vault.destroy_key(key_id)
    for _ in range(2):
        with pytest.raises(vault.KeyGone):
            vault.data_key(key_id)
        vault.destroy_key(key_id)


class TestRotation:
    OLD, NEW = MasterKeys.make(), MasterKeys.make()

    @pytest.fixture(autouse=True)
    def _begin(self, settings):
        masters(settings, self.OLD)

    def test_afterwards_the_old_master_key_is_not_needed(self, keys, settings, capsys):
        masters(settings, self.NEW, self.OLD)
        call_command("rotate_keys")
        assert capsys.readouterr().out.startswith("Data keys wrapped anew: 3.")
        masters(settings, self.NEW)
        assert unwrapped(keys) == keys
        assert fingerprints() == {settings.MASTER_KEYS.newest}

    def test_a_second_time_there_is_nothing_to_do(self, keys, settings, capsys):
        masters(settings, self.NEW, self.OLD)
        call_command("rotate_keys")
        before = list(DataKey.objects.order_by("pk").values_list("wrapped", flat=True))
        capsys.readouterr()
        call_command("rotate_keys")
        assert capsys.readouterr().out.startswith("Data keys wrapped anew: 0.")
        assert [bytes(one) for one in before] == [
            bytes(one) for one in DataKey.objects.order_by("pk").values_list("wrapped", flat=True)
        ]

    def test_while_it_runs_both_kinds_open(self, keys, settings):
        masters(settings, self.NEW, self.OLD)
        next(vault.rewrap_all())
        assert len(fingerprints()) == 2
        assert unwrapped(keys) == keys

    def test_a_row_that_changed_meanwhile_is_left_alone(self, keys, settings, monkeypatch):
        """Two rotations at once: neither writes over what it did not unwrap."""
        masters(settings, self.NEW, self.OLD)
        [key_id, *_] = keys
        unwrap = MasterKeys.unwrap

        def meanwhile(self, wrapped, place):
            DataKey.objects.filter(pk=key_id).update(wrapped=b"by another")
            return unwrap(self, wrapped, place)

        monkeypatch.setattr(MasterKeys, "unwrap", meanwhile)
        assert key_id not in list(vault.rewrap_all())
        assert bytes(DataKey.objects.get(pk=key_id).wrapped) == b"by another"

    def test_a_master_key_that_is_not_there_is_named(self, keys, settings):
        mark = settings.MASTER_KEYS.newest.hex()
        masters(settings, self.NEW)
        with pytest.raises(Unreadable, match=f"No master key of TRUSTBOOK_MASTER_KEYS .* {mark}"):
            unwrapped(keys)
        with pytest.raises(Unreadable, match=mark):
            call_command("rotate_keys")


def test_answers_outlive_a_rotation(trial, writer, writing, settings):
    book = Workbook(writing, writer)
    book.saved("moment", "a heron stood")
    old, new = MasterKeys.make(), MasterKeys.make()
    settings.MASTER_KEYS = MasterKeys((*MasterKeys.parse(new).keys, *settings.MASTER_KEYS.keys))
    call_command("rotate_keys")
    masters(settings, new)
    vault.forget_all()
    assert book.value("moment") == "a heron stood"
    masters(settings, old)
    vault.forget_all()
    with pytest.raises(Unreadable):
        book.value("moment")


def test_when_it_was_made_is_known(keys):
    with time_machine.travel("2026-03-04 12:00Z", tick=False):
        made = DataKey.objects.get(pk=vault.make_key()).made_at
    assert f"{made:%Y-%m-%d %H:%M}" == "2026-03-04 12:00"

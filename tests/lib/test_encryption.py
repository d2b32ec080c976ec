"""Ciphertexts that open in their own place only, and lengths that say little."""

import os
import random
import zlib

import pytest

from trustbook.lib import encryption
from trustbook.lib.encryption import MasterKeys, Unreadable, pack, seal, slack, unpack, unseal

KEY = bytes(range(32))
PLACE = b"answer of somebody"


def opens(sealed: bytes, key: bytes = KEY, place: bytes = PLACE) -> bool:
    try:
        unseal(key, sealed, place)
    except Unreadable:
        return False
    return True


def flipped(whole: bytes, bit: int) -> bytes:
    changed = bytearray(whole)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@pytest.mark.parametrize("plain", [b"", b"x", os.urandom(5_000)])
def test_what_was_sealed_opens(plain):
    assert unseal(KEY, seal(KEY, plain, PLACE), PLACE) == plain


def test_no_text_is_sealed_twice_alike():
    assert len({seal(KEY, b"the same", PLACE) for _ in range(100)}) == 100


def test_28_bytes_longer_and_nothing_of_the_text():
    sealed = seal(KEY, b"a heron stood", PLACE)
    assert len(sealed) == len(b"a heron stood") + 28
    assert b"heron" not in sealed


def test_every_flipped_bit_is_found():
    sealed = seal(KEY, b"\0" * 64, PLACE)
    assert [bit for bit in range(len(sealed) * 8) if opens(flipped(sealed, bit))] == []
    assert opens(sealed)


def test_10_000_flipped_bits_of_many_texts_are_found():
    chance = random.Random(7)
    sealed = [seal(KEY, os.urandom(chance.randrange(2_000)), PLACE) for _ in range(100)]
    bits = [(one, chance.randrange(len(one) * 8)) for one in sealed for _ in range(100)]
    assert (len(bits), [bit for one, bit in bits if opens(flipped(one, bit))]) == (10_000, [])


def test_nothing_shorter_longer_or_empty_opens():
    sealed = seal(KEY, b"text", PLACE)
    for changed in (b"", sealed[:11], sealed[:27], sealed[:-1], sealed[1:], sealed + b"\0"):
        assert not opens(changed)


def test_another_key_or_place_opens_nothing():
    sealed = seal(KEY, b"text", PLACE)
    assert not opens(sealed, key=bytes(32))
    assert not opens(sealed, place=PLACE + b"\0")
    assert not opens(sealed, place=b"")


@pytest.mark.parametrize("parts", [[b"", b""], [b"wording", b"value"], [b"", os.urandom(9_000)]])
def test_what_was_packed_unpacks(parts):
    assert unpack(pack(parts, [0, 0]), 2) == parts


def test_packed_in_steps_of_512():
    lengths = {len(pack([b"w" * 300, os.urandom(n)], [0, 0])) for n in range(0, 3_100, 37)}
    assert lengths == {512, 1024, 1536, 2048, 2560, 3072, 3584}


def test_a_room_hides_the_length_of_whatever_fits_into_it():
    """Also of what deflate makes longer: random bytes next to none at all."""
    for room in (5, 400, 1_900):
        values = [b"", b"\0" * room, *(os.urandom(n) for n in range(0, room + 1, 13))]
        assert len({len(pack([b"wording", value], [0, room])) for value in values}) == 1


def test_deflate_never_adds_more_than_slack():
    for length in [*range(0, 600, 7), 4_096, 65_537, 400_000]:
        noise = os.urandom(length)
        assert len(zlib.compress(noise)) <= length + slack(length)


def test_nothing_unfolds_without_end():
    bomb = pack([bytes(encryption.MOST_BYTES + 1)], [0])
    assert len(bomb) < 10_000
    assert len(unpack(bomb, 1)[0]) == encryption.MOST_BYTES


@pytest.mark.parametrize("whole", [b"", b"\0" * 7, b"\xff" * 512, os.urandom(512)])
def test_what_was_not_packed_is_unreadable(whole):
    with pytest.raises(Unreadable):
        unpack(whole, 1)


class TestMasterKeys:
    def test_a_data_key_comes_back(self):
        keys = MasterKeys.parse(MasterKeys.make())
        assert keys.unwrap(keys.wrap(KEY, b"row 1"), b"row 1") == KEY

    def test_it_opens_in_its_own_row_only(self):
        keys = MasterKeys.parse(MasterKeys.make())
        with pytest.raises(Unreadable):
            keys.unwrap(keys.wrap(KEY, b"row 1"), b"row 2")

    def test_every_flipped_bit_is_found(self):
        keys = MasterKeys.parse(MasterKeys.make())
        wrapped = keys.wrap(KEY, b"row")
        for bit in range(len(wrapped) * 8):
            with pytest.raises(Unreadable):
                keys.unwrap(flipped(wrapped, bit), b"row")

    def test_the_newest_wraps_and_all_unwrap(self):
        old, new = MasterKeys.make(), MasterKeys.make()
        wrapped = MasterKeys.parse(old).wrap(KEY, b"row")
        both = MasterKeys.parse(f"{new},{old}")
        assert both.unwrap(wrapped, b"row") == KEY
        assert MasterKeys.parse(new).unwrap(both.wrap(KEY, b"row"), b"row") == KEY

    def test_an_unknown_master_key_is_named_by_its_mark(self):
        wrapped = MasterKeys.parse(MasterKeys.make()).wrap(KEY, b"row")
        with pytest.raises(Unreadable, match=wrapped[:8].hex()):
            MasterKeys.parse(MasterKeys.make()).unwrap(wrapped, b"row")

    def test_a_mark_tells_nothing_of_its_key(self):
        key = MasterKeys.parse(MasterKeys.make())
        assert key.newest not in key.keys[0]
        assert key.newest == MasterKeys(key.keys).newest

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("", "32 bytes in base64"),
            (",", "32 bytes in base64"),
            ("c2hvcnQ=", "32 bytes in base64"),
            ("not base64!", "not base64"),
            ("é" * 44, "not base64"),
        ],
    )
    def test_what_is_no_master_key(self, text, says):
        with pytest.raises(ValueError, match=says):
            MasterKeys.parse(text)

    def test_blanks_and_both_alphabets_are_fine(self):
        plain = "-_" * 21 + "8="
        assert MasterKeys.parse(f" {plain} , ").keys == MasterKeys.parse(plain).keys

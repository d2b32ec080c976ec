"""Authenticated encryption of answers, padding, and the master keys that wrap data keys.

AES-256-GCM with 96-bit random nonces (NIST SP 800-38D). The associated data says whose and which
row a ciphertext is, so that one moved to another place no longer opens.
"""

import base64
import hashlib
import os
import struct
import zlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE_BYTES = 12
FINGERPRINT_BYTES = 8
STEP = 512
"""Plain texts are padded to a multiple of this many bytes."""
MOST_BYTES = 4 * 1024 * 1024
"""A packed part never unfolds to more than this."""


class Unreadable(Exception):
    """A ciphertext that was changed, moved to another row, or is of another key."""

    says_nothing_private = True


def new_key() -> bytes:
    """32 random bytes."""
    return os.urandom(KEY_BYTES)


def seal(key: bytes, plain: bytes, associated: bytes) -> bytes:
    """``nonce + ciphertext + tag``: 28 bytes longer than ``plain``."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, associated)


def unseal(key: bytes, sealed: bytes, associated: bytes) -> bytes:
    """What was sealed. Raises ``Unreadable`` unless key, bytes and associated data all match."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], associated)
    except (InvalidTag, ValueError) as error:
        raise Unreadable("This ciphertext does not open with this key in this place.") from error


def pack(parts: list[bytes], rooms: list[int]) -> bytes:
    """The compressed ``parts``, each at least its room long, padded to a multiple of ``STEP``.

    A room (bytes, 0 for none) that is an upper bound on a part's own length hides that length
    entirely: deflate adds at most ``slack`` bytes to what it cannot shrink.
    """
    packed = []
    for part, room in zip(parts, rooms, strict=True):
        squeezed = zlib.compress(part)
        padded = squeezed.ljust(room + slack(room) if room else 0, b"\0")
        packed.append(struct.pack(">II", len(squeezed), len(padded)) + padded)
    whole = b"".join(packed)
    return whole + bytes(-len(whole) % STEP)


def slack(room: int) -> int:
    """The most by which deflate lengthens ``room`` bytes (zlib's ``compressBound``)."""
    return (room >> 12) + (room >> 14) + (room >> 25) + 13


def unpack(whole: bytes, count: int) -> list[bytes]:
    """The first ``count`` parts of what ``pack`` made. Raises ``Unreadable`` for anything else."""
    parts, at = [], 0
    try:
        for _ in range(count):
            length, padded = struct.unpack_from(">II", whole, at)
            unfolding = zlib.decompressobj()
            parts.append(unfolding.decompress(whole[at + 8 : at + 8 + length], MOST_BYTES))
            at += 8 + padded
    except (struct.error, zlib.error) as error:
        raise Unreadable("This text was not packed by trustbook.") from error
    return parts


@dataclass(frozen=True)
class MasterKeys:
    """The operator's keys, newest first: the first one wraps, all of them unwrap."""

    keys: tuple[bytes, ...]

    @classmethod
    def parse(cls, text: str) -> "MasterKeys":
        """Keys in base64, separated by commas. Raises ``ValueError`` with what is wrong."""
        words = [word.strip() for word in text.split(",") if word.strip()]
        try:
            keys = tuple(base64.b64decode(word, altchars=b"-_", validate=True) for word in words)
        except ValueError as error:
            raise ValueError("a master key is not base64") from error
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise ValueError("each master key is 32 bytes in base64, newest first")
        return cls(keys)

    @staticmethod
    def make() -> str:
        """A new master key in base64, as ``parse`` reads it."""
        return base64.urlsafe_b64encode(new_key()).decode()

    @property
    def newest(self) -> bytes:
        """The fingerprint of the key that wraps."""
        return fingerprint(self.keys[0])

    def wrap(self, data_key: bytes, associated: bytes) -> bytes:
        """``data_key`` sealed under the newest master key, that key's fingerprint before it."""
        return self.newest + seal(self.keys[0], data_key, self.newest + associated)

    def unwrap(self, wrapped: bytes, associated: bytes) -> bytes:
        """The data key. Raises ``Unreadable`` when no master key here has wrapped it."""
        mark, sealed = wrapped[:FINGERPRINT_BYTES], wrapped[FINGERPRINT_BYTES:]
        for key in self.keys:
            if fingerprint(key) == mark:
                return unseal(key, sealed, mark + associated)
        raise Unreadable(f"No master key of TRUSTBOOK_MASTER_KEYS has the mark {mark.hex()}.")


def fingerprint(key: bytes) -> bytes:
    """Eight bytes that tell master keys apart and nothing of the key."""
    return hashlib.blake2b(key, digest_size=FINGERPRINT_BYTES, person=b"trustbook master").digest()

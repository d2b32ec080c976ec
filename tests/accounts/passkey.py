"""A passkey in software: answers the site's challenges as a phone would."""

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

FLAGS = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class Passkey:
    """One credential for the site ``host``; its owner is always verified."""

    def __init__(self, host: str = "testserver") -> None:
        self.host = host
        self.id = os.urandom(16)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.owner = b""
        self.count = 0

    def registered(self, options: Any, *, alone: bool = True) -> str:
        """The answer to the options of a page that adds a passkey, as JSON."""
        asked = options["publicKey"]
        self.owner = _bytes_of(asked["user"]["id"])
        about = AttestedCredentialData.create(
            b"\0" * 16, self.id, ES256.from_cryptography_key(self.key.public_key())
        )
        data = AuthenticatorData.create(self._site, FLAGS | AuthenticatorData.FLAG.AT, 0, about)
        response = {
            "clientDataJSON": _text(self._client("webauthn.create", asked["challenge"])),
            "attestationObject": _text(bytes(AttestationObject.create("none", data, {}))),
        }
        return self._answer(response, {"credProps": {"rk": alone}})

    def signed(self, options: Any) -> str:
        """The answer to the options of a page that asks for a passkey, as JSON."""
        self.count += 1
        client = self._client("webauthn.get", options["publicKey"]["challenge"])
        data = bytes(AuthenticatorData.create(self._site, FLAGS, self.count))
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": _text(client),
            "authenticatorData": _text(data),
            "signature": _text(signature),
            "userHandle": _text(self.owner),
        }
        return self._answer(response, {})

    @property
    def _site(self) -> bytes:
        return sha256(self.host.encode()).digest()

    def _client(self, kind: str, challenge: str) -> bytes:
        about = {"type": kind, "challenge": challenge, "origin": f"http://{self.host}"}
        return json.dumps(about).encode()

    def _answer(self, response: dict[str, str], results: dict[str, Any]) -> str:
        return json.dumps(
            {
                "type": "public-key",
                "id": _text(self.id),
                "rawId": _text(self.id),
                "response": response,
                "clientExtensionResults": results,
                "authenticatorAttachment": "platform",
            }
        )


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes_of(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))

"""The session engine (``SESSION_ENGINE``): one query brings the session and its user.

The database holds a hash of the cookie, and the session's contents encrypted under the cookie: a
stolen dump opens no session, and shows nothing of what one holds.
"""

import hashlib
import hmac
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from trustbook.accounts.models import Session, User
from trustbook.accounts.models.session import SHARED_REST
from trustbook.lib import encryption

PLACE = b"session"
SHARED = "shared_device"
"""What a session holds from the form in which it is said until somebody is signed in."""


class SessionStore(SessionBase):
    """Django's session interface over ``accounts.Session``."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self.row: Session | None = None
        self.device = ""
        self.quiet = False
        """Whether this request only looks, and is no use of the session."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The model, asked for by management commands of other libraries."""
        return Session

    def load(self) -> dict[str, Any]:
        """The session's contents, empty for a cookie that is unknown, expired or ended."""
        key = str(self.session_key)
        rows = Session.objects.live().select_related("user")
        self.row = rows.filter(key_hash=key_hash(key)).first()
        plain = opened(key, bytes(self.row.data)) if self.row else None
        if self.row is None or plain is None:
            self.row = self._session_key = None
            return {}
        if not self.quiet:
            self.row.touch()
        return dict(self.serializer().loads(plain))

    def exists(self, session_key: str) -> bool:
        """Whether a session with this cookie is stored."""
        return Session.objects.filter(key_hash=key_hash(session_key)).exists()

    def create(self) -> None:
        """A new cookie and an empty row for it."""
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Writes the contents. Raises ``UpdateError`` when the session was ended meanwhile."""
        if self.session_key is None:
            self.create()
            return
        contents = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        row = Session() if must_create or self.row is None else self.row
        plain = self.serializer().dumps(contents)
        fields = {
            "user_id": contents.get(SESSION_KEY),
            "data": encryption.seal(
                content_key(self.session_key, settings.SECRET_KEY), plain, PLACE
            ),
            "expires_at": row.ends_after(timezone.now()),
        }
        if must_create:
            self._insert(fields)
        elif not Session.objects.filter(key_hash=key_hash(self.session_key)).update(**fields):
            raise UpdateError

    def _insert(self, fields: dict[str, Any]) -> None:
        try:
            with transaction.atomic():
                self.row = Session.objects.create(
                    key_hash=key_hash(str(self.session_key)), device=self.device, **fields
                )
        except IntegrityError as error:
            raise CreateError from error

    def renew(self) -> None:
        """Another cookie for the same row: who knows the one until now is out."""
        self._get_session()  # type: ignore[attr-defined]  # opened by the old cookie, sealed by the new
        old, self._session_key = self.session_key, self._get_new_session_key()  # type: ignore[attr-defined]
        with transaction.atomic():
            rows = Session.objects.filter(key_hash=key_hash(str(old)))
            rows.update(key_hash=key_hash(str(self.session_key)))
            self.save()
        self.modified = True

    def delete(self, session_key: str | None = None) -> None:
        """Ends a session at once; the next request with its cookie finds none."""
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(key_hash=key_hash(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """Deletes what no longer works."""
        Session.objects.filter(expires_at__lte=timezone.now()).delete()


def begin(request: HttpRequest, user: User) -> None:
    """Gives a session its rest when it is signed in: the person's own, or a shared device's.

    The cookie on a shared device ends with the browser.
    """
    row = current(request)
    if row is None:
        return
    row.shared = bool(request.session.pop(SHARED, False))
    row.begin(SHARED_REST if row.shared else user.longest_rest)
    if row.shared:
        request.session.set_expiry(0)


def rest(request: HttpRequest, user: User) -> None:
    """Lets all sessions of a person rest as they wish, but those on shared devices."""
    this = current(request)
    others = Session.objects.of(user).other_than(this)
    others.rest(user.longest_rest, never_later=user.is_therapist)
    if this and not this.shared:
        this.begin(user.longest_rest)


def hold(request: HttpRequest, user: Any) -> None:
    """Shortens the rest of a session to what its person may have at most, where it is longer.

    Such a session was begun in the moment in which somebody became a therapist.
    """
    row = current(request)
    if row is not None and row.rest > user.longest_rest:
        row.begin(user.longest_rest)


def current(request: HttpRequest) -> Session | None:
    """The stored session of this request, None for one that was made by it or does not exist."""
    row: Session | None = getattr(request.session, "row", None)
    return row


def key_hash(cookie: str) -> bytes:
    """What the database knows of a cookie (SHA-256; the cookie has 165 random bits)."""
    return hashlib.sha256(b"session cookie " + cookie.encode()).digest()


def opened(cookie: str, data: bytes) -> bytes | None:
    """A session's contents; None when they were sealed under a secret that is no longer known."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        with suppress(encryption.Unreadable):
            return encryption.unseal(content_key(cookie, secret), data, PLACE)
    return None


def content_key(cookie: str, secret: str) -> bytes:
    """The key of a session's contents: needs the cookie and the installation's secret."""
    return hmac.digest(secret.encode(), b"session contents " + cookie.encode(), "sha256")

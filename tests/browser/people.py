"""People with accounts on a live server, made many at a time: signing up is tested only once."""

import json
import time
from dataclasses import dataclass

from tests.servers.live import LiveServer

PASSWORD = "a quiet place by the window"
MAKE = """
import json, time
from allauth.account.internal.flows import login
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from trustbook.accounts.models import User
from trustbook.accounts.sessions import SessionStore

hashed, made = make_password({password!r}), []
for number in range({first}, {last}):
    person = User(email=f"person{{number}}@example.org", password=hashed, time_zone="Europe/Dublin")
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    session = SessionStore()
    session.device = "Chromium on Linux"
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [
        {{"method": "password", "at": time.time(), "reauthenticated": True}}
    ]
    session.create()
    session.save()
    made.append([person.email, settings.SESSION_COOKIE_NAME, session.session_key])
print(json.dumps(made))
"""

PROMOTE = """
import json, time
from allauth.account.internal.flows import login
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from trustbook.accounts.models import User
from trustbook.accounts.sessions import SessionStore
from trustbook.accounts.therapists import strong_steps

User.objects.filter(email={email!r}).update(is_therapist=True)
person = User.objects.get(email={email!r})
TOTP.activate(person, generate_totp_secret())
[(step, kind)] = strong_steps(person).items()
session = SessionStore({cookie!r})
session.load()
session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [
    {{"method": "mfa", "type": kind, "id": step, "at": time.time()}}
]
session.save()
"""
"""Makes somebody a therapist, who has just shown the second step."""


@dataclass(frozen=True)
class Person:
    """Somebody with an account, and a session in which they are signed in."""

    email: str
    cookie_name: str
    cookie: str
    password: str = PASSWORD


class People:
    """Fresh people, one after the other."""

    BATCH = 40
    FRESH = 120
    """Seconds; later their session would be asked for the password again (after 300)."""

    def __init__(self, site: LiveServer) -> None:
        self.site = site
        self.made, self.made_at = 0, 0.0
        self.waiting: list[Person] = []

    def next(self) -> Person:
        """Somebody who has written nothing yet, and has just signed in."""
        if not self.waiting or time.monotonic() - self.made_at > self.FRESH:
            self.made_at = time.monotonic()
            script = MAKE.format(password=PASSWORD, first=self.made, last=self.made + self.BATCH)
            self.made += self.BATCH
            printed = self.site.manage("shell", "--verbosity=0", "-c", script)
            self.waiting = [Person(*one) for one in json.loads(printed.splitlines()[-1])]
        return self.waiting.pop(0)

    def therapist(self) -> Person:
        """The next one, with the role and a second step that was shown a moment ago."""
        person = self.next()
        script = PROMOTE.format(email=person.email, cookie=person.cookie)
        self.site.manage("shell", "--verbosity=0", "-c", script)
        return person

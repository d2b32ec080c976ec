"""Making a therapist of somebody on a live server, as the operator and a second step would."""

from tests.browser.people import Person
from tests.servers.live import LiveServer

GIVE = """
import time
from allauth.account.internal.flows import login
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from trustbook.accounts.models import User
from trustbook.accounts.sessions import SessionStore

person = User.objects.get(email={email!r})
person.is_therapist = True
person.save(update_fields=["is_therapist"])
TOTP.activate(person, generate_totp_secret())
session = SessionStore({cookie!r})
session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [
    {{"method": "mfa", "type": "totp", "at": time.time(), "reauthenticated": True}}
]
session.save()
"""


def give_role(site: LiveServer, person: Person) -> None:
    """From now on ``person`` is a therapist whose session has shown the second step."""
    script = GIVE.format(email=person.email, cookie=person.cookie)
    site.manage("shell", "--verbosity=0", "--no-imports", "-c", script)

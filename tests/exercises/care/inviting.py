"""What a therapist's browser sends to invite, and what it shows then."""

import html
import re

from exercises.care.inviting_forms import new_token
from exercises.invitations.marks import read
from exercises.models import Invitation

PAGE = "/care/invite/"
MANY = "/care/invite/many/"
HANDED = re.compile(r'<p class="handed[^>]*>([^<]*)</p>')


def invite(desk, label="J. L.", email="", token=None, to=PAGE):
    """What the form sends; each time it was opened anew, unless a ``token`` is given."""
    return desk.post(to, {"label": label, "email": email, "token": token or new_token()})


def paste(desk, lines, make="", token="d" * 32):
    """What the form for many sends; ``make`` is the button that was pressed."""
    pressed = {"save": make} if make else {}
    return desk.post(MANY, {"lines": lines, "token": token} | pressed)


def handed(response):
    """The links and codes that a page shows."""
    assert response.status_code == 200, response.content.decode()
    return HANDED.findall(response.content.decode())


def opened_by(typed):
    """The invitation that a link or a code opens."""
    found = read(typed)
    assert found
    return Invitation.objects.filter(**found.where).first()


def words(response):
    """The page as it is read."""
    return html.unescape(response.content.decode())

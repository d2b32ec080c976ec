"""What browsers send and show when a therapist invites somebody."""

import html
import re

from exercises.care import invitations
from exercises.care.inviting_forms import new_token
from tests.exercises.together.invited import masked

PAGE = "/therapist/accept/"
MINE = "/therapist/"
NOBODYS = "0000000000"


def made_for(therapist, label="J. L."):
    """An invitation of a therapist, for a new client."""
    draft = invitations.drafted(therapist, new_token(), label, "")
    invitations.invite(therapist, [draft])
    return draft.made


def look(browser, typed, **more):
    """What the form of accepting sends."""
    return browser.post(PAGE, {"invitation": typed, **more})


def accept(browser, typed):
    """What the page that says what will be seen sends."""
    return look(browser, typed, accept="yes")


def words(response):
    """The page as it is read, in one line."""
    text = re.sub(r"<[^>]*>", "", response.content.decode())
    return " ".join(html.unescape(text).split())


__all__ = ["MINE", "NOBODYS", "PAGE", "accept", "look", "made_for", "masked", "words"]

"""How the pages of two people name a lesson in their addresses."""

import hmac
from itertools import chain

from django.http import Http404

from exercises import access
from exercises.models import Couple
from exercises.own_lessons import is_own
from lessons.catalogue import catalogue
from trustbook.accounts.models import User


def word_for(couple: Couple, lesson_id: str) -> str:
    """The id of a lesson of the courses; for one that a therapist wrote, a word of these two.

    Its id would tell the other of a therapist, and by it two clients of one could find each other.
    """
    if not is_own(lesson_id):
        return lesson_id
    return hmac.digest(couple.data_key(), b"lesson " + lesson_id.encode(), "sha256").hex()[:32]


def lesson_called(couple: Couple, person: User, word: str) -> str:
    """The id of the lesson that ``word`` stands for. Raises ``Http404`` for one that is own."""
    if is_own(word):
        raise Http404
    if catalogue().lesson_by_id(word):
        return word
    shares = chain(access.shared_with(person), access.shown_to_partner(person))
    ids = {share.answer.lesson_id for share in shares if share.answer}
    own = (one for one in ids if is_own(one))
    return next((one for one in own if word_for(couple, one) == word), word)

"""Passwords that somebody would guess who knows which site this is."""

import unicodedata

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError

WORDS = ("trustbook", "workbook", "trust", "lesson", "exercise", "partner", "therapy")
"""What this site is about. A password may hold such a word, but not be made of little else."""
MUST_REMAIN = 8
"""Letters and other characters that a password has besides these words, digits and signs."""


class SiteWordsValidator:
    """Refuses what is left with too little once the words of this site are taken out."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raises ``ValidationError`` for "trustbook123" and "My Workbook 2026"."""
        rest = unicodedata.normalize("NFKC", password).casefold()
        named = any(word in rest for word in WORDS)
        for word in WORDS:
            rest = rest.replace(word, "")
        if named and sum(letter.isalpha() for letter in rest) < MUST_REMAIN:
            raise ValidationError(
                "This password is too close to what this site is about. Add words of your own.",
                code="site_words",
            )

    def get_help_text(self) -> str:
        """Said where Django lists what is asked of a password."""
        return "A password made of the name of this site and a number is easily guessed."
